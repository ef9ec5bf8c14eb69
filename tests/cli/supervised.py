"""A supervised pair for tests: the web application on fakes, and a program that acts as rasa.

usage: python -m tests.cli.supervised FOLDER PORT RASA_PORT [rasa's behaviour]
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from rich.console import Console

from bot.cli.pair import Renewal
from bot.cli.rasa_process import RasaProcess
from bot.cli.supervisor import Plan, supervise
from bot.errors import SettingsError
from bot.service.applying import Applying
from bot.settings import Settings, demo
from bot.web.app import create_app
from tests.web.fakes import FakeConversations, parts

RASA = """
import http.server, os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == '/ready' else 404); self.end_headers()
    def log_message(self, *_): pass
if 'refuses' in sys.argv: sys.exit('the model is missing')
http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), Ready).serve_forever()
"""


def main(folder: str, port: str, rasa_port: str, *behaviour: str) -> None:
    """Supervise until stopped."""
    settings = demo({"DATA_DIR": folder, "PORT": port, "RASA_PORT": rasa_port})
    rasa = RasaProcess(settings, command=_command(settings.rasa_port, *behaviour))
    applying = Applying()
    renewal = Renewal(applying, lambda: _renewed(settings, behaviour), _rasa_for(behaviour))

    def app(settings: Settings) -> FastAPI:
        if settings.clinic_name == "Refused":
            raise SettingsError("the new name is refused")
        made = create_app(parts(Path(settings.data_dir), FakeConversations()))
        made.add_api_route("/name", lambda: settings.clinic_name)
        made.add_api_route("/apply", applying.ask)
        made.add_api_route("/stage", lambda: f"{applying.stage.value} {applying.reason}")
        return made

    supervise(Plan(settings, rasa, app, lambda _: f"rasa is {rasa.pid}", renewal), Console())


def _renewed(settings: Settings, behaviour: tuple[str, ...]) -> Settings:
    """Another name, and another overlay, which needs another rasa."""
    name = "Refused" if "refused" in behaviour else "Renewed"
    return replace(settings, clinic_name=name, overlay="other.yml")


def _rasa_for(behaviour: tuple[str, ...]) -> Callable[[Settings, int], RasaProcess]:
    fresh = ("refuses",) if "lame" in behaviour else behaviour
    return lambda settings, port: RasaProcess(settings, command=_command(port, *fresh), port=port)


def _command(port: int, *behaviour: str) -> list[str]:
    return [sys.executable, "-c", RASA, str(port), *behaviour]


if __name__ == "__main__":
    main(*sys.argv[1:])
