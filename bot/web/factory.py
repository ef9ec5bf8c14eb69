"""The application on the real parts of bootstrap, with the checks of its readiness."""

import asyncio
import time
from collections.abc import Mapping

from fastapi import APIRouter, FastAPI

from bot.bootstrap.building import build
from bot.bootstrap.clinic_settings import naming_the_way_back
from bot.bootstrap.desk import build_desk
from bot.bootstrap.parts import Built
from bot.bootstrap.readiness import store_trouble
from bot.clinical.encounter import Encounter
from bot.clinical.event import Facts
from bot.desk.router import desk_router
from bot.errors import RasaError
from bot.outside.clock import SystemClock
from bot.service.applying import Applying
from bot.service.ports import TurnRequest
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.logs import configure_logs
from bot.web.parts import Check, Parts, PartState

CANNED = "hello"
REMEMBERED = 2.0
"""Seconds that a check's outcome is kept, so that asking often costs nothing."""


def build_app(settings: Settings, *, applying: Applying | None = None) -> FastAPI:
    """The whole web application of these settings; nothing is connected before it starts."""
    configure_logs(settings.log_level)
    with naming_the_way_back(settings):
        return app_on(build(settings), applying=applying)


def app_on(built: Built, *, applying: Applying | None = None) -> FastAPI:
    """The web application on these parts; `applying` hears when other settings shall come into force."""
    parts = Parts(
        settings=built.settings,
        conversations=built.service.conversations,
        understand=built.rasa.understand,
        checks=checks_of(built),
        start=built.start,
        stop=built.stop,
        routers=_routers(built, applying),
        place=built.protocol.region,
        summaries=built.service.summaries,
        resuming=built.service.resuming,
        appointments=built.service.appointments,
    )
    return create_app(parts)


def checks_of(built: Built) -> Mapping[str, Check]:
    """What must work, and what may be missing but is named."""

    async def database() -> PartState:
        trouble = await asyncio.to_thread(store_trouble, built.database)
        return PartState(ready=trouble is None, reason=trouble)

    async def rasa() -> PartState:
        try:
            answer = await built.rasa.turn(_canned_turn(built))
        except RasaError as error:
            return PartState(ready=False, reason=str(error))
        return _same_knowledge(answer.turn.encounter.protocol_version, built.protocol.version)

    async def knowledge() -> PartState:
        return PartState(ready=True)

    async def flag_model() -> PartState:
        return PartState(ready=True, degraded=built.net_trouble is not None, reason=built.net_trouble)

    remembered = {"database": _remembered(database), "rasa": _remembered(rasa)}
    return {**remembered, "knowledge": knowledge, "flag model": flag_model}


def _routers(built: Built, applying: Applying | None) -> tuple[APIRouter, ...]:
    """The pages of other rooms, each handed its services: the desk, and here later the channels' webhooks."""
    talk, protocol = built.service.talk, built.protocol
    desk = build_desk(built.settings, database=built.database, protocol=protocol, talk=talk, applying=applying)
    return (desk_router(desk),)


def _canned_turn(built: Built) -> TurnRequest:
    settings = built.settings
    facts = Facts(SystemClock().now(), built.clinic, region=settings.region, language=settings.language)
    return TurnRequest("ready", CANNED, (), (), Encounter(), facts, settings.language)


def _same_knowledge(theirs: str, ours: str) -> PartState:
    """Both processes must have loaded the same clinical data."""
    if theirs in ("", ours):
        return PartState(ready=True)
    return PartState(ready=True, degraded=True, reason=f"rasa has knowledge {theirs}, web has {ours}: restart both")


def _remembered(check: Check) -> Check:
    """The same check, asked at most once in two seconds."""
    kept: list[tuple[float, PartState]] = []

    async def ask() -> PartState:
        if not kept or time.monotonic() - kept[-1][0] > REMEMBERED:
            kept[:] = [(time.monotonic(), await check())]
        return kept[-1][1]

    return ask
