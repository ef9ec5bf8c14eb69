"""Holds one conversation of a persona with the running service, over its chat API and nothing else."""

import asyncio
from random import Random
from typing import Any
from uuid import UUID

import httpx

from tests.simulated.course import Course, Exchange, Reply
from tests.simulated.message import CONTACT, Message
from tests.simulated.mind import Mind
from tests.simulated.persona import Persona

MOST_TURNS = 30
SCREENED = ("result", "emergency", "crisis", "dropped_out")
"""Ends of people who want to be asked and told, not called."""
LATER, TRIES = (429, 503), 10
"""Answers after which the same message may be sent again, as the chat page does."""
UNHEARD = 2
"""How often someone tells their complaint to who asks nothing; after that it is a dead end."""


class Refused(Exception):
    """The service answered a message of a patient with a problem."""


class Talk:
    """One conversation in the making."""

    def __init__(self, web: httpx.AsyncClient, persona: Persona, seed: str) -> None:
        self._web, self._persona = web, persona
        self._chance = Random(f"{persona.name}/{seed}")
        self._mind = Mind(persona, self._chance)
        self._course = Course(persona, seed)
        self._headers: dict[str, str] = {}
        self._unheard = 0

    async def hold(self) -> Course:
        """How it went."""
        try:
            opened = await self._ask("POST", "/api/chat/sessions", {"channel": "web", "language": "en"})
            self._headers = {"Authorization": f"Bearer {opened['token']}"}
            self._course.end = await self._talk()
            self._course.known = await self._ask("GET", "/api/chat/encounter", None)
        except (Refused, httpx.HTTPError) as error:
            self._course.end = f"error: {error!r}"
        return self._course

    async def _talk(self) -> str:
        message, is_open = self._mind.opening(), None
        for _ in range(MOST_TURNS):
            exchange = await self._say(message, is_open)
            question = exchange.question
            end = self._ended(exchange) or self._left()
            if end == "result" and self._mind.has_more:
                message, is_open = self._mind.last_words(), None
                await self._say(message, is_open)
                return end
            if end:
                return end
            message = await self._next(question)
            is_open = question["question"] if question else None
        return "dead_end"

    async def _next(self, question: Reply | None) -> Message:
        if question is None or not self._is_for_me(question):
            return self._unasked()
        heard: dict[str, str] = {}
        if (question.get("data") or {}).get("fix"):
            known = await self._ask("GET", "/api/chat/encounter", None)
            heard = {finding: one["presence"] for finding, one in known["findings"].items()}
        return self._mind.reply_to(question, heard)

    def _ended(self, exchange: Exchange) -> str | None:
        for kind in ("emergency", "result"):
            if kind in exchange.kinds:
                return kind
        if self._persona.ends == "human" and exchange.sent.wish == "talk_to_person":
            return "human"
        if exchange.sent.wish in ("delete_my_data", "stop_messages") and "yes" in exchange.sent.choices:
            return "stopped"
        if exchange.question is None and exchange.sent.why == CONTACT:
            return "call_back"
        if self._persona.ends in SCREENED and exchange.question and exchange.question["question"] == "booking.contact":
            return "handed_off"
        if self._persona.ends == "information" and not self._mind.has_more:
            return "information"
        if exchange.question is None and self._persona.ends != "information" and self._unheard >= UNHEARD:
            return "dead_end"
        return None

    def _left(self) -> str | None:
        limit = self._persona.drops_out_after
        return "dropped_out" if limit is not None and len(self._course.exchanges) >= limit else None

    def _is_for_me(self, question: Reply) -> bool:
        """Who only asks questions, and who is offered a visit before their complaint was heard, say something else."""
        if self._persona.ends == "information":
            return False
        return question["question"] != "booking.offer"

    def _unasked(self) -> Message:
        if self._persona.ends == "information":
            return self._mind.last_words()
        self._unheard += 1
        return self._mind.complaint()

    async def _say(self, message: Message, is_open: str | None) -> Exchange:
        id = str(UUID(int=self._chance.getrandbits(128), version=4))
        try:
            answered = await self._ask("POST", "/api/chat/messages", message.body(id))
        except Refused as refused:
            self._course.exchanges.append(Exchange(message, is_open, (_problem(refused),)))
            raise
        exchange = Exchange(message, is_open, tuple(answered["replies"]))
        self._course.exchanges.append(exchange)
        return exchange

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        answer = await self._web.request(method, path, json=body, headers=self._headers)
        for _ in range(TRIES):
            if answer.status_code not in LATER:
                break
            await asyncio.sleep(int(answer.headers.get("Retry-After", "1")))
            answer = await self._web.request(method, path, json=body, headers=self._headers)
        if answer.status_code >= 400:
            raise Refused(f"{answer.status_code}: {answer.text[:200]}")
        found: dict[str, Any] = answer.json()
        return found


def _problem(refused: Refused) -> Reply:
    return {"kind": "problem", "question": None, "text": str(refused), "choices": []}
