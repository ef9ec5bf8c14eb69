"""Many conversations at a time: each persona in turn, every round with another seed."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import cycle, islice

import httpx

from tests.simulated.course import Course
from tests.simulated.persona import Persona
from tests.simulated.talk import Talk

AT_ONCE = 12
"""Conversations held at the same time; more only wait for the two processes."""
PATIENCE = httpx.Timeout(60)


async def hold_all(
    url: str, personas: Sequence[Persona], *, count: int, seed: int, heard: Callable[[Course], None] = lambda _: None
) -> list[Course]:
    """How `count` conversations with the service at this address went; `heard` is told of each that has ended."""
    room = asyncio.Semaphore(AT_ONCE)

    async def hold(web: httpx.AsyncClient, persona: Persona, number: int) -> Course:
        async with room:
            course = await Talk(web, persona, f"{seed + number // len(personas)}").hold()
        heard(course)
        return course

    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits) as web:
        people = islice(cycle(personas), count)
        return await asyncio.gather(*(hold(web, persona, number) for number, persona in enumerate(people)))
