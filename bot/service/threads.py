"""Where blocking calls to the store run: a few threads, and an end to every wait."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from bot.errors import StorageError

T = TypeVar("T")
WORKERS = 4


class Threads:
    """A small pool for the ledger's calls.

    After `patience` seconds a patient is told that nothing was stored; the same message may be sent again.
    """

    def __init__(self, *, patience: float, workers: int = WORKERS) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="store")
        self._patience = patience

    async def run(self, call: Callable[..., T], *args: Any, **named: Any) -> T:
        """What the call returns; StorageError when it takes too long."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience):
                return await loop.run_in_executor(self._pool, partial(call, *args, **named))
        except TimeoutError:
            raise StorageError("the store did not answer in time") from None

    def close(self) -> None:
        """No further calls; those that run may end."""
        self._pool.shutdown(wait=False, cancel_futures=True)
