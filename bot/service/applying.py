"""Putting stored settings into force: whoever runs the processes is asked to begin them anew."""

import threading
from collections.abc import Callable
from enum import Enum


class Stage(str, Enum):
    """How far it is."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Applying:
    """The request of the desk to the supervisor, and what became of it; safe between threads."""

    def __init__(self) -> None:
        self.stage = Stage.IDLE
        self.reason = ""
        """Why the processes go on as they were, after a failure."""
        self._lock = threading.Lock()
        self._asked: Callable[[], None] | None = None

    @property
    def is_supervised(self) -> bool:
        """Whether anybody would hear it."""
        return self._asked is not None

    def when_asked(self, begin: Callable[[], None]) -> None:
        """Call this, from any thread, for each request."""
        self._asked = begin

    def ask(self) -> bool:
        """Ask for it; False where nobody hears it. One request at a time: a second one changes nothing."""
        with self._lock:
            if self._asked is None:
                return False
            if self.stage is not Stage.RUNNING:
                self.stage, self.reason = Stage.RUNNING, ""
                self._asked()
            return True

    def done(self) -> None:
        """The stored settings are in force."""
        self.stage = Stage.DONE

    def failed(self, reason: str) -> None:
        """Everything goes on as it was."""
        self.stage, self.reason = Stage.FAILED, reason
