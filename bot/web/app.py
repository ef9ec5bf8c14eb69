"""The application: `create_app` puts routes, limits, headers and pages around the parts it is handed."""

import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.web import appointment, chat, health, metrics, pages, resuming, summary, understand
from bot.web.access import Access
from bot.web.assets import build_assets
from bot.web.body_size import BodySize
from bot.web.headers import SecurityHeaders
from bot.web.limits import build_limits
from bot.web.logo import load_logo
from bot.web.openapi import describe
from bot.web.parts import Parts
from bot.web.problems import add_handlers
from bot.web.render import shown


def create_app(parts: Parts) -> FastAPI:
    """The web application on these parts."""
    app = FastAPI(
        title="Needlepoint",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    _give_state(app, parts)
    for room in (chat, resuming, summary, understand, health, metrics, pages, appointment):
        app.include_router(room.router)
    app.include_router(summary.shared)
    # The desk and the channels: their routers are built by bootstrap with their services and handed in.
    for router in parts.routers:
        app.include_router(router)
    add_handlers(app)
    _add_middleware(app, parts)
    describe(app)
    return app


def _give_state(app: FastAPI, parts: Parts) -> None:
    app.state.parts = parts
    app.state.figures = metrics.Figures()
    app.state.limits = build_limits(parts.settings, clock=time.monotonic)
    app.state.streams = Counter()
    app.state.assets = build_assets(parts.settings.clinic_colour)
    app.state.logo = load_logo(parts.settings.clinic_logo)
    app.state.templates = pages.load_templates()


def _add_middleware(app: FastAPI, parts: Parts) -> None:
    """Outermost last: headers on every answer, then the log, then the size of the body."""
    app.add_middleware(BodySize, signpost=lambda: shown(parts.conversations.signpost()))
    app.add_middleware(Access, figures=app.state.figures)
    app.add_middleware(SecurityHeaders, settings=parts.settings)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Start what runs beside the requests, such as redelivery, and stop it cleanly."""
    parts: Parts = app.state.parts
    if parts.start:
        await parts.start()
    yield
    if parts.stop:
        await parts.stop()
