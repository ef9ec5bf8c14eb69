"""`python -m bot.rasa_host.launcher`: the rasa process that `needlepoint serve` starts and watches over."""

import os
import signal
import stat
import sys
import threading

from bot.errors import NeedlepointError
from bot.rasa_host.light_imports import import_lightly
from bot.rasa_host.quiet import be_quiet
from bot.settings import from_environment


def main() -> int:
    """Serve until told to stop, or until whoever started this process is gone; 1 when it cannot start."""
    be_quiet()
    import_lightly()
    _compute_on_one_core()
    try:
        settings = from_environment()
        from bot.rasa_host.server import serve  # rasa takes seconds to import, and talks while it does

        _leave_with_parent()
        serve(settings)
    except NeedlepointError as error:
        print(error, file=sys.stderr)  # noqa: T201  # for the person who started it
        return 1
    return 0


def _compute_on_one_core() -> None:
    """A turn's matrices are so small that sharing them out among cores doubles its time; measured."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # noqa: TID251  # written before numpy is imported and reads it


def _leave_with_parent() -> None:
    """Where standard input is a pipe, its end means that the parent has died: then stop as if told to."""
    if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        threading.Thread(target=_stop_at_end_of_input, daemon=True).start()


def _stop_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
