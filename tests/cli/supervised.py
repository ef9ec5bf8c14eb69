"""A supervised pair for tests: the web application on fakes, and a program that acts as rasa.

usage: python -m tests.cli.supervised FOLDER PORT RASA_PORT [rasa's behaviour]
"""

import sys
from pathlib import Path

from fastapi import FastAPI
from rich.console import Console

from bot.cli.rasa_process import RasaProcess
from bot.cli.supervisor import Plan, supervise
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
    rasa = RasaProcess(settings, command=[sys.executable, "-c", RASA, rasa_port, *behaviour])
    supervise(Plan(settings, rasa, _app, lambda _: f"rasa is {rasa.pid}"), Console())


def _app(settings: Settings) -> FastAPI:
    return create_app(parts(Path(settings.data_dir), FakeConversations()))


if __name__ == "__main__":
    main(*sys.argv[1:])
