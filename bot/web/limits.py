"""How much one session and one address may send: token buckets in memory, oldest forgotten first."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from bot.settings import Settings
from bot.web.problems import RateLimited

REMEMBERED = 20_000
"""Addresses and sessions kept at most; a forgotten one starts with a full bucket."""


class Buckets:
    """One bucket per key, each filling at `per_minute`; a full bucket holds one minute's worth."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int:
        """0 when one more is allowed, else the seconds until it will be."""
        now = self._clock()
        level, since = self._levels.pop(key, (float(self._per_minute), now))
        level = min(self._per_minute, level + (now - since) * self._per_minute / 60)
        allowed = level >= 1
        self._levels[key] = (level - 1 if allowed else level, now)
        if len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)
        return 0 if allowed else math.ceil((1 - level) * 60 / self._per_minute)


@dataclass(frozen=True)
class Limits:
    """The buckets of one application."""

    sessions: Buckets
    messages: Buckets
    requests: Buckets


def build_limits(settings: Settings, *, clock: Callable[[], float]) -> Limits:
    """The limits that the settings ask for."""
    return Limits(
        sessions=Buckets(settings.rate_sessions, clock=clock),
        messages=Buckets(settings.rate_messages, clock=clock),
        requests=Buckets(settings.rate_requests, clock=clock),
    )


def admit_request(request: Request) -> None:
    """Let one more request of this address in, or RateLimited."""
    _admit(_limits_of(request).requests, address_of(request))


def admit_session(request: Request) -> None:
    """Let this address open one more session, or RateLimited."""
    _admit(_limits_of(request).sessions, address_of(request))


def admit_message(request: Request, session_id: str) -> None:
    """Let this session send one more message, or RateLimited."""
    _admit(_limits_of(request).messages, session_id)


def address_of(request: Request) -> str:
    """The client's address; the server has already replaced it by the one a trusted proxy forwards."""
    return request.client.host if request.client else "unknown"


def _admit(buckets: Buckets, key: str) -> None:
    seconds = buckets.take(key)
    if seconds:
        raise RateLimited(seconds)


def _limits_of(request: Request) -> Limits:
    limits: Limits = request.app.state.limits
    return limits
