"""The two processes that run now, and their exchange for others when other settings shall come into force."""

import asyncio
import contextlib
import gc
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import FastAPI

from bot.cli.rasa_process import RasaProcess
from bot.cli.web_server import WebServer, free_port
from bot.errors import NeedlepointError
from bot.service.applying import Applying
from bot.settings import Settings

SHARED = ("overlay", "language", "model_path")
"""The settings that the rasa process works with; with others than these it need not be exchanged."""


@dataclass(frozen=True)
class Renewal:
    """How other settings come into force: who asks, what is stored now, and a rasa for it at a port."""

    applying: Applying
    read: Callable[[], Settings]
    rasa_for: Callable[[Settings, int], RasaProcess]


class Pair:
    """One rasa and one web application that run together; never both of them are new at the same moment."""

    def __init__(self, settings: Settings, *, rasa: RasaProcess, build_app: Callable[[Settings], FastAPI]) -> None:
        self.settings = settings
        self.rasa = rasa
        self._build_app = build_app
        self._web: WebServer | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._listening: socket.socket | None = None

    async def start_web(self, listening: socket.socket) -> None:
        """The web application, built in a thread so that Ctrl-C is heard meanwhile."""
        self._listening = listening
        self._web = await self._started(await asyncio.to_thread(self._build_app, self.settings), self.settings)

    async def watch(self, renewal: Renewal | None) -> None:
        """Keep rasa alive, and exchange both whenever that is asked for, until the web application ends by itself."""
        self._keeping = asyncio.create_task(self.rasa.keep_alive())
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        if renewal:
            renewal.applying.when_asked(lambda: _call(loop, asked.set))
        while self._web:
            waits = asyncio.create_task(asked.wait())
            serves = asyncio.create_task(self._web.serve())
            done, _ = await asyncio.wait({waits, serves}, return_when=asyncio.FIRST_COMPLETED)
            waits.cancel()
            if serves in done:
                return serves.result()
            if renewal:
                asked.clear()
                await self._renew(renewal)

    async def stop(self) -> None:
        """End both in order."""
        if self._keeping:
            self._keeping.cancel()
        if self._web:
            await self._web.stop()
        await self.rasa.stop()

    async def _renew(self, renewal: Renewal) -> None:
        """What is stored is in force at the end, or everything as it was and the reason told."""
        try:
            await self._exchange(renewal)
        except Exception as error:  # whatever it is, patients must be answered as before
            if self._web is None:
                raise
            renewal.applying.failed(str(error))
        else:
            renewal.applying.done()
        # The words and rules of the application that has gone are 60 MB of objects in circles.
        await asyncio.to_thread(gc.collect)

    async def _exchange(self, renewal: Renewal) -> None:
        """The new rasa beside the old one, then the new web in the place of the old; only then the old rasa ends."""
        settings = replace(await asyncio.to_thread(renewal.read), rasa_port=self.rasa.port)
        fresh = await self._fresh_rasa(settings, renewal) if self._needs_rasa(settings) else None
        if fresh:
            settings = replace(settings, rasa_port=fresh.port)
        try:
            app = await asyncio.to_thread(self._build_app, settings)
            await self._exchange_web(app, settings)
        except BaseException:
            if fresh:
                await fresh.stop()
            raise
        self.settings = settings
        if fresh:
            await self._retire(fresh)

    async def _fresh_rasa(self, settings: Settings, renewal: Renewal) -> RasaProcess:
        used = self.rasa.port == self.settings.rasa_port
        fresh = renewal.rasa_for(settings, free_port(settings.rasa_host) if used else self.settings.rasa_port)
        await fresh.start()
        try:
            await fresh.wait_ready()
        except BaseException:
            await fresh.stop()
            raise
        return fresh

    async def _exchange_web(self, app: FastAPI, settings: Settings) -> None:
        """The port stays open meanwhile: whoever connects waits a moment. A web that does not come up goes back."""
        if self._web:
            await self._web.retire()
        self._web = None
        try:
            self._web = await self._started(app, settings)
        except NeedlepointError:
            before = await asyncio.to_thread(self._build_app, self.settings)
            self._web = await self._started(before, self.settings)
            raise

    async def _retire(self, fresh: RasaProcess) -> None:
        if self._keeping:
            self._keeping.cancel()
        await self.rasa.stop()
        self.rasa = fresh
        self._keeping = asyncio.create_task(fresh.keep_alive())

    async def _started(self, app: FastAPI, settings: Settings) -> WebServer:
        assert self._listening is not None  # start_web came first
        web = WebServer(app, settings=settings, listening=self._listening)
        await web.start()
        return web

    def _needs_rasa(self, settings: Settings) -> bool:
        return any(getattr(settings, name) != getattr(self.settings, name) for name in SHARED)


def _call(loop: asyncio.AbstractEventLoop, what: Callable[[], None]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended, and everything with it
        loop.call_soon_threadsafe(what)
