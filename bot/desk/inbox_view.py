"""What the inbox shows of its query: tabs, filters to choose from, chips, and the addresses behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot.clinical.protocol import Protocol
from bot.clinical.vocabulary import Finding
from bot.service.desk_filters import LEVELS, SCOPES, InboxQuery, Kind, View
from bot.service.inquiry import OTHER_PAYER

CHANNELS = ("web", "phone", "email", "sms", "whatsapp", "messenger", "desk")
OFFERED_VIEWS = tuple(View)


@dataclass(frozen=True)
class Tab:
    """One tab of the inbox; `name` is a word of words.html."""

    name: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Chip:
    """One filter in force, with the address of the inbox without it."""

    kind: str
    value: str
    without: str


class InboxView:
    """Reads one query for the page of the inbox."""

    def __init__(self, query: InboxQuery, protocol: Protocol) -> None:
        self.query = query
        self._protocol = protocol

    @property
    def statuses(self) -> tuple[Tab, ...]:
        """Tabs for the statuses; the filters stay."""
        rest = [pair for pair in self.query.pairs() if pair[0] != "status"]
        return tuple(
            Tab(status, address_of([("status", status), *rest]), status == self.query.status) for status in SCOPES
        )

    @property
    def views(self) -> tuple[Tab, ...]:
        """Views that can be added to the query, or taken away again."""
        return tuple(self._toggled(view) for view in OFFERED_VIEWS)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Every filter in force, each with the way to take it away."""
        pairs = self._pairs()
        return tuple(
            Chip(kind, value, address_of([pair for pair in pairs if pair != (kind, value)]))
            for kind, value in pairs
            if kind != "status"
        )

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What the search form carries along: everything but the search."""
        return tuple(pair for pair in self._pairs() if pair[0] != "q")

    @property
    def choices(self) -> Mapping[str, Mapping[str, str | None]]:
        """The values of each filter with their labels; None where words.html has the word."""
        payers = {**self._protocol.choices["payer"], OTHER_PAYER: None}
        return {
            Kind.LEVEL.value: dict.fromkeys(LEVELS),
            Kind.REGION.value: {region.value: label for region, label in self._protocol.region_labels.items()},
            Kind.FINDING.value: dict.fromkeys(finding.value for finding in Finding),
            Kind.PAYER.value: payers,
            Kind.CHANNEL.value: dict.fromkeys(CHANNELS),
            Kind.LANGUAGE.value: {id: one.name for id, one in self._protocol.languages.items()},
        }

    @property
    def export(self) -> str:
        """Where everything is taken out that these filters show."""
        return f"/desk/export?{urlencode(self._pairs(), quote_via=quote)}"

    def page(self, after: str = "") -> str:
        """The address of this query, from a place on."""
        return address_of([*self._pairs(), *([("after", after)] if after else [])])

    def _pairs(self) -> list[tuple[str, str]]:
        rest = [pair for pair in self.query.pairs() if pair[0] != "status"]
        return [("status", self.query.status), *rest]

    def _toggled(self, view: View) -> Tab:
        pairs, mine = self._pairs(), ("is", view.value)
        is_on = view in self.query.views
        return Tab(view.value, address_of([p for p in pairs if p != mine] if is_on else [*pairs, mine]), is_on)


def address_of(pairs: list[tuple[str, str]]) -> str:
    """The inbox under these filters."""
    return f"/desk?{urlencode(pairs, quote_via=quote)}"
