"""One message at a time per conversation, in the order of arrival; different conversations in parallel."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class _Gate:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Turnstile:
    """A fair lock for each conversation that is busy now; idle conversations cost nothing."""

    def __init__(self) -> None:
        self._gates: dict[str, _Gate] = {}

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        """The conversation is ours until the block ends."""
        gate = self._gates.setdefault(session_id, _Gate())
        gate.waiting += 1
        try:
            async with gate.lock:
                yield
        finally:
            gate.waiting -= 1
            if not gate.waiting:
                del self._gates[session_id]

    def busy(self) -> int:
        """How many conversations are being answered or wait for it."""
        return len(self._gates)
