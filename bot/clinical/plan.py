"""What to ask next: the fewest questions that are safe, in the order of clinical.md section 5."""

from bot.clinical.encounter import Encounter
from bot.clinical.protocol import Protocol
from bot.clinical.red_flags import pending
from bot.clinical.safety import needed_sets, open_lists
from bot.clinical.tally import unknown
from bot.clinical.vocabulary import PLACELESS, SPINE, Finding

MOST_QUESTIONS = 12
"""No patient is asked more than this before the result (clinical.md section 5)."""
SAFE_BY = 4
"""The last safety list is asked at the latest as this question."""
LIST = "findings"
REST = "findings.rest"
"""The findings of the list that a typed answer left open: a tick would have told, so they are asked about once."""
AIM = 5
"""Questions that only help the physiotherapist are dropped once this many were asked."""


def next_question(encounter: Encounter, protocol: Protocol) -> str | None:
    """The id of the question to ask now; None when the result can be given."""
    if len(encounter.asked) >= MOST_QUESTIONS:
        return None
    for id in _in_order(encounter, protocol):
        if id not in encounter.answered:
            return id
    return None


def _in_order(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    left = [one.id for one in open_lists(encounter, protocol)]
    before_last, last = (left[:-1], left[-1:]) if len(left) > 1 or _first_was_asked(encounter) else (left, [])
    first = (*_follow_up(encounter), *_clarify(encounter, protocol), *_where(encounter))
    if encounter.returning:
        return (*first, *left)
    return (
        *first,
        *before_last,
        *_early(encounter, protocol, lists_left=len(left)),
        *last,
        *_who(encounter),
        *_findings(encounter),
        *_background(encounter),
    )


def _follow_up(encounter: Encounter) -> tuple[str, ...]:
    times = sum(id.startswith("safety.unsure") for id in encounter.answered)
    return (f"safety.unsure{times + 1}",) if encounter.to_follow else ()


def _clarify(encounter: Encounter, protocol: Protocol) -> tuple[str, ...]:
    """The question about a doubtful flag; whether words were meant at all, a list still to come tells as well."""
    listed = {item.flag_class for one in open_lists(encounter, protocol) for item in one.items}
    waiting = [flag for flag in pending(encounter) if not (flag.unclear_words and flag.flag_class in listed)]
    return (f"clarify.{waiting[0].flag_class.value}",) if waiting else ()


def _where(encounter: Encounter) -> tuple[str, ...]:
    known = set(encounter.regions) - PLACELESS
    asked_already = any(id.startswith(("safety.", "clarify.")) for id in encounter.asked)
    return () if known or asked_already else ("where",)


def _early(encounter: Encounter, protocol: Protocol, *, lists_left: int) -> tuple[str, ...]:
    """Head and neck: the pattern, then for whom, come before the last list while it is still asked in time."""
    if not any(one.asks_pattern for one in needed_sets(encounter, protocol)):
        return ()
    room = SAFE_BY - len(encounter.asked) - min(lists_left, 1)
    open_ids = [id for id in ("pattern", "who") if id not in encounter.answered]
    return tuple(open_ids[: max(room, 0)]) if lists_left <= 1 else ()


def _who(encounter: Encounter) -> tuple[str, ...]:
    return () if encounter.who else ("who",)


def _findings(encounter: Encounter) -> tuple[str, ...]:
    asked_without_a_spine = set(unknown(encounter)) - {Finding.SWELLING}
    rest = (REST,) if set(encounter.left_open) & set(unknown(encounter)) else ()
    return (LIST, *rest) if asked_without_a_spine else rest


def _background(encounter: Encounter) -> tuple[str, ...]:
    is_put_already = "background" in encounter.asked
    return ("background",) if is_put_already or len(set(encounter.asked) - {REST}) < AIM else ()


def _first_was_asked(encounter: Encounter) -> bool:
    return any(id.startswith("safety.") for id in encounter.answered)


def askable(encounter: Encounter) -> tuple[Finding, ...]:
    """The unknown findings that make sense to ask: swelling beside the spine only where a spine is meant."""
    places = set(encounter.regions) - PLACELESS
    has_spine = not places or not places.isdisjoint(SPINE)
    return tuple(finding for finding in unknown(encounter) if has_spine or finding is not Finding.SWELLING)
