"""Live replies: whoever listens to a session hears what is published to it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.service.records import StoredReply

MOST_WAITING = 200
Listening = asyncio.Queue[StoredReply]


class Fanout:
    """The listeners of this process, by session."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listening]] = {}

    def publish(self, session_id: str, replies: tuple[StoredReply, ...]) -> None:
        """Every listener of the session hears these replies; one that stopped reading misses what does not fit."""
        for queue in self._listeners.get(session_id, ()):
            for reply in replies[: MOST_WAITING - queue.qsize()]:
                queue.put_nowait(reply)

    def is_heard(self, session_id: str) -> bool:
        """Whether anybody listens to the session at this process."""
        return session_id in self._listeners

    def forget(self, session_id: str) -> None:
        """What was published to a session and not heard yet is never heard: its patient had it erased."""
        for queue in self._listeners.get(session_id, ()):
            while not queue.empty():
                queue.get_nowait()

    @contextmanager
    def listen(self, session_id: str) -> Iterator[Listening]:
        """A queue that hears the session until the block ends."""
        queue: Listening = asyncio.Queue()
        self._listeners.setdefault(session_id, set()).add(queue)
        try:
            yield queue
        finally:
            listeners = self._listeners[session_id]
            listeners.discard(queue)
            if not listeners:
                del self._listeners[session_id]
