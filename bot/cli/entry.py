"""The console script: runs a command, and turns what went wrong into one plain sentence and an exit code."""

import os
import sys

from bot.errors import NeedlepointError

FAILED = 2
INTERRUPTED = 130


def main() -> None:
    """Run the command line; errors raised on purpose end with code 2 and their message on stderr."""
    from bot.cli.commands import app

    try:
        app(standalone_mode=True)
    except NeedlepointError as error:
        _stop(str(error), FAILED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has left; what is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(INTERRUPTED)


def _stop(sentence: str, code: int) -> None:
    sys.stderr.write(f"needlepoint: {sentence}\n")
    sys.exit(code)
