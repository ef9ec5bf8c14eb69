"""The desk of a real clinic for browser tests: the whole desk on a database of its own, on a free loopback port."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from bot.bootstrap.building import build
from bot.bootstrap.desk import build_desk
from bot.desk.router import desk_router
from bot.knowledge.loader import load_protocol
from bot.service.desk import DeskServices
from bot.settings import demo
from bot.store.schema import upgrade
from bot.store.transaction import Database
from bot.web.factory import app_on


@contextmanager
def serving_desk(folder: Path) -> Iterator[tuple[DeskServices, str]]:
    """The services and the address while the block runs; localhost counts as safe, so cookies are as over TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://localhost:{listening.getsockname()[1]}"
        settings = replace(demo({"DATA_DIR": str(folder), "PUBLIC_URL": address}), demo=False)
        upgrade(settings.database_url)
        database = Database(settings.database_url)
        talk = build(settings).service.talk
        services = build_desk(settings, database=database, protocol=load_protocol(), talk=talk)
        app = FastAPI()
        app.include_router(desk_router(services))
        with _running(app, listening):
            yield services, address
        database.close()


@contextmanager
def serving_clinic(folder: Path, **changed: Any) -> Iterator[tuple[DeskServices, str]]:
    """The same for a whole demonstration clinic, chat and desk, whose rasa is down; `changed` are other settings."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://localhost:{listening.getsockname()[1]}"
        chosen = demo({"DATA_DIR": str(folder), "PUBLIC_URL": address, "RASA_PORT": "1"})
        built = build(replace(chosen, **changed))
        upgrade(built.settings.database_url, key=built.database.key)
        services = build_desk(built.settings, database=built.database, protocol=built.protocol)
        with _running(app_on(built), listening):
            yield services, address


@contextmanager
def _running(app: FastAPI, listening: socket.socket) -> Iterator[None]:
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield
    server.should_exit = True
    thread.join(10)
