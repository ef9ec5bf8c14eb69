"""What the inbox is asked to show: a part of it, filters that combine, and words or a number to search for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.clinical.vocabulary import Disposition, Finding, Region
from bot.errors import NotUnderstood
from bot.service.desk_records import DONE, OPEN, Status
from bot.service.desk_words import asked_number, asked_words
from bot.service.inquiry import STEP

UNFINISHED = "unfinished"
LONGEST_SEARCH = 100
MOST_FILTERS = 12


class Scope(str, Enum):
    """Where an inquiry stands as a whole; every list of the inbox is of one of these."""

    OPEN = "o"
    SNOOZED = "z"
    DONE = "d"


class View(str, Enum):
    """Ways to look at the inbox that are no property of the patient."""

    UNREAD = "unread"
    NEW_TO_ME = "new_to_me"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    NO_CONTACT = "no_contact"
    LEFT_EARLY = "left_early"


class Kind(str, Enum):
    """What an inquiry can be filtered by; the names stand in the address."""

    LEVEL = "level"
    REGION = "region"
    FINDING = "finding"
    CHANNEL = "channel"
    PAYER = "payer"
    LANGUAGE = "language"
    RECEIVED = "received"


@dataclass(frozen=True)
class Facet:
    """One filter with its value."""

    kind: Kind
    value: str


@dataclass(frozen=True)
class Search:
    """What somebody typed to search for, read as words or as a phone number."""

    typed: str = ""

    @property
    def number(self) -> str | None:
        """The number, None when it is none."""
        return asked_number(self.typed)

    @property
    def words(self) -> tuple[str, ...]:
        """The words; none when it is a number."""
        return () if self.number else asked_words(self.typed)


@dataclass(frozen=True)
class InboxQuery:
    """Everything that decides which inquiries are shown."""

    status: str = "open"
    views: tuple[View, ...] = ()
    facets: tuple[Facet, ...] = ()
    search: Search = field(default_factory=Search)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The query as the address has it; what is left out is the usual."""
        status = () if self.status == "open" else (("status", self.status),)
        views = tuple(("is", view.value) for view in self.views)
        facets = tuple((facet.kind.value, facet.value) for facet in self.facets)
        return (*status, *views, *facets, *((("q", self.search.typed),) if self.search.typed else ()))


@dataclass(frozen=True)
class Asked:
    """A query with who asks and when, as the store needs it."""

    query: InboxQuery
    staff_id: str
    left_before: datetime


SCOPES: Mapping[str, tuple[tuple[Scope, ...], Status | None]] = {
    "open": ((Scope.OPEN,), None),
    **{status.value: ((Scope.OPEN,), status) for status in OPEN},
    "snoozed": ((Scope.SNOOZED,), None),
    **{status.value: ((Scope.DONE,), status) for status in DONE},
    "all": (tuple(Scope), None),
}
SEVERAL = (Kind.REGION, Kind.FINDING)
"""A patient has several of these; of the others the last one asked for counts."""
LEVELS = (*(one.value for one in Disposition), UNFINISHED)
_ALLOWED: Mapping[Kind, re.Pattern[str]] = {
    Kind.LEVEL: re.compile("|".join(LEVELS)),
    Kind.REGION: re.compile("|".join(region.value for region in Region)),
    Kind.FINDING: re.compile("|".join(finding.value for finding in Finding)),
    Kind.CHANNEL: re.compile(r"[a-z0-9_]{1,20}"),
    Kind.PAYER: re.compile(r"[a-z0-9_]{1,40}"),
    Kind.LANGUAGE: re.compile(r"[A-Za-z0-9-]{1,35}"),
    Kind.RECEIVED: re.compile(r"\d{4}-\d{2}(-\d{2})?"),
}


def read_query(pairs: Iterable[tuple[str, str]]) -> InboxQuery:
    """The query that an address carries; NotUnderstood when it names what there is not."""
    status, typed = "open", ""
    views: dict[View, None] = {}
    facets: dict[Facet, None] = {}
    for name, value in pairs:
        if name == "status":
            status = _known_status(value)
        elif name == "q":
            typed = " ".join(value.split())[:LONGEST_SEARCH]
        elif name == "is" and value:
            views[_view(value)] = None
        elif name in _KINDS and value:
            added = _facet(_KINDS[name], value)
            facets = {one: None for one in facets if one.kind is not added.kind or added.kind in SEVERAL}
            facets[added] = None
    if len(views) + len(facets) > MOST_FILTERS:
        raise NotUnderstood("the address names too many filters of the inbox")
    return InboxQuery(status, tuple(views), tuple(facets), Search(typed))


def level_of(urgency: int) -> Disposition | None:
    """The level an urgency is listed under; None while nothing is settled."""
    rank, between = divmod(urgency, STEP)
    return None if between else tuple(Disposition)[rank]


_KINDS = {kind.value: kind for kind in Kind}


def _known_status(value: str) -> str:
    if value not in SCOPES:
        raise NotUnderstood("the address names no filter of the inbox")
    return value


def _view(value: str) -> View:
    try:
        return View(value)
    except ValueError:
        raise NotUnderstood("the address names no view of the inbox") from None


def _facet(kind: Kind, value: str) -> Facet:
    if not _ALLOWED[kind].fullmatch(value):
        raise NotUnderstood(f"the address names no {kind.value} of the inbox")
    return Facet(kind, value)
