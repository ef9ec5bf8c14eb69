"""The rasa process over its private HTTP interface (contracts.md, between web and rasa)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from bot.clinical.advance import Turn
from bot.clinical.codec import from_data, from_tagged, to_data
from bot.clinical.effect import (
    ConfirmTime,
    EraseConversation,
    HoldTime,
    ReleaseTime,
    RequestAppointment,
    RequestPerson,
)
from bot.clinical.encounter import Encounter
from bot.clinical.event import Intent
from bot.clinical.reply import Reply
from bot.errors import EncounterError, RasaError, RasaRefused
from bot.service.ports import TurnAnswer, TurnRequest

EFFECTS = (RequestAppointment, RequestPerson, EraseConversation, HoldTime, ConfirmTime, ReleaseTime)
TRIES = 2
"""A connection that a restarted rasa no longer knows fails at once; turns change nothing there, so ask once more."""


class RasaTurns:
    """bot.service.ports.Turns by HTTP; no turn takes longer than `timeout` seconds."""

    def __init__(
        self, url: str, *, secret: str, timeout: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._timeout = timeout
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=timeout,
            trust_env=False,
            transport=transport,
        )

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """The turn for a message; RasaError when none came in time, RasaRefused when it answered with an error."""
        return _answer(await self._post("/turn", _body(request)))

    async def understand(self, line: Mapping[str, Any]) -> Mapping[str, Any]:
        """What one message expresses, in the line format of `needlepoint understand`."""
        return await self._post("/understand", dict(line))

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._patiently(path, body)
        except (httpx.HTTPError, TimeoutError) as error:
            raise RasaError(f"rasa did not answer: {type(error).__name__}") from None
        return _json(response)

    async def _patiently(self, path: str, body: dict[str, Any]) -> httpx.Response:
        for _ in range(TRIES - 1):
            try:
                return await self._client.post(path, json=body)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                continue
        return await self._client.post(path, json=body)


def _body(request: TurnRequest) -> dict[str, Any]:
    said = {"text": request.text} if request.text is not None else {"choices": list(request.choices)}
    return {
        "message_id": request.message_id,
        **said,
        "flags": to_data(request.flags),
        "encounter": to_data(request.encounter),
        "facts": to_data(request.facts),
        "language": request.language,
    }


def _json(response: httpx.Response) -> dict[str, Any]:
    if response.status_code != httpx.codes.OK:
        raise RasaRefused(f"rasa answered {response.status_code}")
    try:
        body = response.json()
    except ValueError:
        raise RasaRefused("rasa answered something else than JSON") from None
    if not isinstance(body, dict):
        raise RasaRefused("rasa answered something else than an object")
    return body


def _answer(body: dict[str, Any]) -> TurnAnswer:
    try:
        turn = Turn(
            encounter=from_data(Encounter, body["encounter"]),
            replies=tuple(from_data(Reply, reply) for reply in body["replies"]),
            effects=tuple(from_tagged(EFFECTS, effect) for effect in body["effects"]),
        )
        intents = tuple(from_data(Intent, intent) for intent in body.get("intents", ()))
    except (EncounterError, KeyError, TypeError, AttributeError) as error:
        raise RasaRefused(f"rasa answered no turn: {type(error).__name__}") from None
    if not turn.replies:
        raise RasaRefused("rasa answered with silence")
    return TurnAnswer(turn, intents)
