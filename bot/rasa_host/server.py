"""The rasa process as a Sanic application on loopback, with the trained model loaded."""

from asyncio import AbstractEventLoop
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.model import get_latest_model
from sanic import Sanic
from threadpoolctl import threadpool_limits

from bot.errors import RasaError
from bot.rasa_host.canned import converse_once
from bot.rasa_host.in_process_actions import build_actions, compile_answer_check, remember_event_types
from bot.rasa_host.memory import settle_memory
from bot.rasa_host.private_door import add_door
from bot.rasa_host.remembered_rules import remembering
from bot.rasa_host.straight_runner import StraightRunner
from bot.settings import Settings

LOOPBACK = "127.0.0.1"
LARGEST_BODY = 1_000_000
"""Bytes; an encounter of a long conversation has a tenth of it."""


def build_app(settings: Settings) -> Sanic:
    """The application; its model is loaded, and has proved itself, before it listens."""
    app = Sanic("needlepoint_rasa", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    add_door(app, settings)

    async def load(app: Sanic, loop: AbstractEventLoop) -> None:
        app.ctx.agent = load_agent(settings.model_path, overlay=settings.overlay)
        await converse_once(app.ctx.agent, settings)
        settle_memory()

    app.register_listener(load, "before_server_start")
    return app


def serve(settings: Settings) -> None:
    """Answer on loopback until told to stop."""
    app = build_app(settings)
    app.run(host=LOOPBACK, port=settings.rasa_port, workers=1, access_log=False, motd=False, debug=False)


def load_agent(models: Path, *, overlay: str | None) -> Agent:
    """The newest trained model with its actions beside it; RasaError when there is none."""
    model = get_latest_model(str(models)) if models.is_dir() else str(models)
    if model is None or not Path(model).is_file():
        raise RasaError(f"there is no trained model in {models}: run make setup")
    agent = Agent.load(model, action_endpoint=build_actions(overlay=overlay))
    _hasten(agent.processor)
    return agent


def _hasten(processor: MessageProcessor) -> None:
    """Let rasa work out once what it would work out for every message anew."""
    compile_answer_check()
    remember_event_types()
    threadpool_limits(1)  # what one message needs is too little to share out among threads
    processor.graph_runner = StraightRunner(processor.graph_runner)
    processor.choose_first_action = remembering(processor.predict_next_with_tracker_if_should)
