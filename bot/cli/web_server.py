"""The web application on its port, inside this process."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI
from sse_starlette.sse import AppStatus

from bot.errors import NeedlepointError, SettingsError
from bot.settings import Settings

STOP_PATIENCE = 3
LAST_REQUESTS = 0.5
"""Seconds in which a connection that was just taken says what it wants; cut off before, it would be lost."""
BUSIEST = 2_000
"""Connections at most; above it the server answers 503 at once."""


class WebStopped(NeedlepointError):
    """The web application did not come up; its log has the reason."""


class _Server(uvicorn.Server):
    """A server that leaves the signals to the supervisor."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves one application until told to stop."""

    def __init__(self, app: FastAPI, *, settings: Settings, listening: socket.socket) -> None:
        self._server = _Server(_config(app, settings))
        # A handle of its own: the server closes it at its end, and whoever connects meanwhile waits for the next one.
        self._listening = listening.dup()
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return once requests are answered; WebStopped when the application did not come up."""
        AppStatus.should_exit = False
        self._serving = asyncio.create_task(self._serve())
        while not self._server.started:
            if self._serving.done():
                self._serving.result()
            await asyncio.sleep(0.02)

    async def serve(self) -> None:
        """Return when it has stopped."""
        if self._serving:
            await asyncio.shield(self._serving)

    async def retire(self) -> None:
        """Take no new connection, so that it waits for the next server, answer those that were taken, and stop."""
        for server in self._server.servers:
            server.close()
        await asyncio.sleep(LAST_REQUESTS)
        await self.stop()

    async def stop(self) -> None:
        """Let the requests under way finish, end the event streams, and return."""
        self._server.should_exit = AppStatus.should_exit = True
        if self._serving:
            await asyncio.wait([self._serving])

    async def _serve(self) -> None:
        try:
            await self._server.serve(sockets=[self._listening])
        except SystemExit as error:
            raise WebStopped("the web application could not start; the lines above say why") from error


def listen(settings: Settings) -> socket.socket:
    """The public port, taken before anything slow is started; SettingsError when another program has it."""
    listening = _socket_for(settings.host)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise SettingsError(
            f"port {settings.port} of {settings.host} is not free: stop the other program, or choose another, "
            f"such as PORT={settings.port + 1}"
        ) from error
    return listening


def check_free(host: str, port: int) -> None:
    """SettingsError when another program already has the port that rasa needs."""
    with _socket_for(host) as trial:
        try:
            trial.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"port {port}, which Rasa needs, is not free: stop the other program, or choose another, "
                f"such as RASA_PORT={port + 1}"
            ) from error


def free_port(host: str) -> int:
    """A port of this machine that nothing listens on."""
    with _socket_for(host) as trial:
        trial.bind((host, 0))
        return int(trial.getsockname()[1])


def _socket_for(host: str) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Our own log instead of the server's, no server header, and forwarded addresses from named proxies only."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=STOP_PATIENCE,
        limit_concurrency=BUSIEST,
        ws="none",
    )
