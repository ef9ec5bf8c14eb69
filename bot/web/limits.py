"""How much one session and one address may send and try: counted in memory, oldest forgotten first."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_network

from starlette.requests import Request

from bot.settings import Settings
from bot.web.problems import RateLimited

PAPERS = 20
"""PDFs a minute for one address: each costs the machine a third of a second."""
WRONG_CODES, CODE_WINDOW = 5, 15 * 60.0
"""Wrong one-time codes from one network, and the seconds in which they are counted."""
MAILS, MAIL_WINDOW = 3, 3600.0
"""Mails that one session may have sent, and the seconds in which they are counted."""
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


class Tries:
    """So many tries per key in so many seconds; one that is forgiven does not count."""

    def __init__(self, most: int, *, seconds: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._made: OrderedDict[str, list[float]] = OrderedDict()

    def take(self, key: str) -> int:
        """0 when one more is allowed, which counts from now on, else the seconds until it will be."""
        now = self._clock()
        made = [at for at in self._made.pop(key, []) if now - at < self._seconds]
        allowed = len(made) < self._most
        self._made[key] = [*made, now] if allowed else made
        if len(self._made) > REMEMBERED:
            self._made.popitem(last=False)
        return 0 if allowed else math.ceil(made[0] + self._seconds - now)

    def forgive(self, key: str) -> None:
        """The newest try of this key was right."""
        made = self._made.get(key)
        if made:
            made.pop()


@dataclass(frozen=True)
class Limits:
    """The buckets of one application."""

    sessions: Buckets
    messages: Buckets
    requests: Buckets
    papers: Buckets
    codes: Tries
    mails: Tries


def build_limits(settings: Settings, *, clock: Callable[[], float]) -> Limits:
    """The limits that the settings ask for."""
    return Limits(
        sessions=Buckets(settings.rate_sessions, clock=clock),
        messages=Buckets(settings.rate_messages, clock=clock),
        requests=Buckets(settings.rate_requests, clock=clock),
        papers=Buckets(PAPERS, clock=clock),
        codes=Tries(WRONG_CODES, seconds=CODE_WINDOW, clock=clock),
        mails=Tries(MAILS, seconds=MAIL_WINDOW, clock=clock),
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


def admit_paper(request: Request) -> None:
    """Let this address have one more PDF made, or RateLimited."""
    _admit(_limits_of(request).papers, address_of(request))


def admit_mail(request: Request, session_id: str) -> None:
    """Let this session send one more mail, or RateLimited."""
    _admit(_limits_of(request).mails, session_id)


def admit_code(request: Request) -> None:
    """Let this network try one more code, or RateLimited, whether the code is right or wrong."""
    _admit(_limits_of(request).codes, network_of(request))


def forgive_code(request: Request) -> None:
    """The code was right: it does not count."""
    _limits_of(request).codes.forgive(network_of(request))


def network_of(request: Request) -> str:
    """The client's network: its address, or the 64 bits that one IPv6 household has for itself."""
    address = address_of(request)
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address


def address_of(request: Request) -> str:
    """The client's address; the server has already replaced it by the one a trusted proxy forwards."""
    return request.client.host if request.client else "unknown"


def _admit(limit: Buckets | Tries, key: str) -> None:
    seconds = limit.take(key)
    if seconds:
        raise RateLimited(seconds)


def _limits_of(request: Request) -> Limits:
    limits: Limits = request.app.state.limits
    return limits
