"""The rasa process as a child: started, waited for, started again when it dies, and stopped with us."""

import asyncio
import contextlib
import signal
import time
from asyncio.subprocess import Process
from pathlib import Path

from bot.cli.rasa_programs import rasa_command
from bot.errors import RasaError
from bot.settings import Settings
from bot.settings.environment import child_environment

START_PATIENCE = 120.0
STOP_PATIENCE = 5.0
LONGEST_PAUSE = 30.0
STEADY = 60.0
"""Seconds of life after which a death is treated as the first one again."""


class RasaProcess:
    """One rasa process at a time, on 127.0.0.1, with its log in the data folder."""

    def __init__(self, settings: Settings, *, command: list[str] | None = None, port: int | None = None) -> None:
        self._settings = settings
        self._command = command
        self.port = port or settings.rasa_port
        self._process: Process | None = None
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """The process id of the one that runs now."""
        return self._process.pid if self._process else None

    @property
    def log(self) -> Path:
        """Where it writes what goes wrong."""
        return self._settings.data_dir / "rasa.log"

    async def start(self) -> None:
        """Start it; RasaError when its environment is missing."""
        command = self._command or rasa_command("bot.rasa_host.launcher")
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and we stop it in order. Its input is a pipe that closes
            # when we die, however we die, which is how it knows to leave.
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=child_environment({**self._settings.given.at_desk.over, "RASA_PORT": str(self.port)}),
            )

    async def wait_ready(self) -> None:
        """Return once its canned conversation works; RasaError when it ends before or takes too long."""
        deadline = time.monotonic() + START_PATIENCE
        while not await self._answers():
            if self._process is None or self._process.returncode is not None:
                raise RasaError(f"Rasa could not start: {self._last_words()} The whole log is in {self.log}.")
            if time.monotonic() > deadline:
                raise RasaError(f"Rasa was not ready after {START_PATIENCE:.0f} s; its log is in {self.log}.")
            await asyncio.sleep(0.1)

    async def keep_alive(self) -> None:
        """Start it again whenever it dies, sooner the longer it had lived; runs until `stop`."""
        pause = 0.25
        while self._process is not None:
            started = time.monotonic()
            await self._process.wait()
            if self._stopping:
                return
            pause = 0.25 if time.monotonic() - started > STEADY else min(LONGEST_PAUSE, pause * 2)
            await asyncio.sleep(pause)
            with contextlib.suppress(OSError):  # the machine is short of something: try again after the next pause
                await self.start()

    async def stop(self) -> None:
        """Ask it to leave, and end it when it does not."""
        self._stopping = True
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._process.wait(), STOP_PATIENCE)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _answers(self) -> bool:
        """Whether GET /ready answers 200, which it does after a canned conversation."""
        try:
            reader, writer = await asyncio.open_connection(self._settings.rasa_host, self.port)
        except OSError:
            return False
        try:
            writer.write(b"GET /ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            status = await asyncio.wait_for(reader.readline(), 10)
        except (OSError, TimeoutError):
            return False
        finally:
            writer.close()
        return b" 200 " in status

    def _last_words(self) -> str:
        """The last line of its log, shortened."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if self.log.exists() else []
        return f"{lines[-1].strip()[:300].rstrip('.')}." if lines else "it said nothing."
