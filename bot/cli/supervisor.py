"""Runs both processes: the web application in this one, rasa as a child; both start, are watched and end together."""

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI
from rich.console import Console

from bot.cli.canned import converse_once
from bot.cli.pair import Pair, Renewal
from bot.cli.rasa_process import RasaProcess
from bot.cli.web_server import check_free, listen
from bot.settings import Settings


@dataclass(frozen=True)
class Plan:
    """What to run: the settings, rasa, how the web application is built, and what to print once it is ready."""

    settings: Settings
    rasa: RasaProcess
    build_app: Callable[[Settings], FastAPI]
    greeting: Callable[[Settings], str]
    renewal: Renewal | None = None
    """How settings that are changed meanwhile come into force; None where they wait for the next start."""


def supervise(plan: Plan, console: Console) -> None:
    """Start both processes, say when and where they are ready, and run until Ctrl-C or SIGTERM."""
    settings = plan.settings
    check_free(settings.rasa_host, settings.rasa_port)
    fast_loop = uvicorn.Config("", log_config=None).get_loop_factory()
    with listen(settings) as listening, asyncio.Runner(loop_factory=fast_loop) as runner:
        runner.run(_until_stopped(plan, listening, console))


async def _until_stopped(plan: Plan, listening: socket.socket, console: Console) -> None:
    """Run; the first Ctrl-C or SIGTERM ends it in order, further ones change nothing."""
    work = asyncio.create_task(_run(plan, listening, console))
    asked: list[int] = []

    def stop() -> None:
        if not asked:
            asked.append(1)
            console.print("Stopping ...")
            work.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    await asyncio.wait([work])
    if not work.cancelled():
        work.result()


async def _run(plan: Plan, listening: socket.socket, console: Console) -> None:
    started = time.monotonic()
    pair = Pair(plan.settings, rasa=plan.rasa, build_app=plan.build_app)
    try:
        console.print("Starting Rasa ...")
        await plan.rasa.start()
        console.print("Starting the web ...")
        await pair.start_web(listening)
        await plan.rasa.wait_ready()
        await asyncio.to_thread(converse_once, _here(plan.settings))
        console.print(f"Ready in {time.monotonic() - started:.1f} s\n", highlight=False)
        console.print(plan.greeting(plan.settings), markup=False, highlight=False, soft_wrap=True)
        await pair.watch(plan.renewal)
    finally:
        await pair.stop()


def _here(settings: Settings) -> str:
    """The address by which this machine reaches the web application."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104  # compared, not bound
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"
