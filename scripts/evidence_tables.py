"""The figures of the evidence as Markdown: shares with their exact intervals, by class, by level, by likelihood."""

from __future__ import annotations

from typing import Callable, Iterable, Mapping, Sequence

from bot.clinical.vocabulary import FlagClass, Level
from scripts.exact_interval import interval
from scripts.flag_mutants import Mutant
from scripts.held_out import Heard

ASKED, NOTHING = "asked about", "nothing"
BINS = 5

Claim = Callable[[Heard], bool]
HEARERS: Mapping[str, Claim] = {
    "rules alone": lambda one: one.is_ruled,
    "net alone": lambda one: one.is_net_sure,
    "both": lambda one: one.is_raised,
    "asked about besides": lambda one: one.is_asked,
    "word list": lambda one: one.has_keyword,
}


def by_class(messages: Sequence[Heard]) -> str:
    """Of the urgent messages of each class, those called urgent."""
    urgent = [one for one in messages if one.labelled.level.is_today]
    groups = {one.value: [message for message in urgent if message.labelled.flag_class is one] for one in FlagClass}
    return _hearers("class", {**{name: found for name, found in groups.items() if found}, "all": urgent})


def by_author(messages: Sequence[Heard]) -> str:
    """Of the urgent messages of each author, those called urgent."""
    urgent = [one for one in messages if one.labelled.level.is_today]
    return _hearers("author", _grouped(urgent, lambda one: one.labelled.author))


def false_alarms(messages: Sequence[Heard]) -> str:
    """Of the messages with nothing urgent in them, those called urgent all the same."""
    quiet = [one for one in messages if not one.labelled.level.is_today]
    kinds = _grouped(quiet, _kind)
    return _hearers("labelled as", {name: kinds[name] for name in sorted(kinds)})


def right_class(messages: Sequence[Heard]) -> str:
    """How often what is called urgent is called so for what its author meant."""
    raised = [one for one in messages if one.labelled.level.is_today and one.is_raised]
    right = share(sum(one.is_right_class for one in raised), len(raised))
    return f"Of the {len(raised)} urgent messages that both call urgent, the labelled class is raised in {right}."


def levels(messages: Sequence[Heard]) -> str:
    """Each labelled level against the most urgent one that both nets raise."""
    columns = [*[level.value for level in Level if level is not Level.NONE], ASKED, NOTHING]
    rows = []
    for level in Level:
        found = [_told(one) for one in messages if one.labelled.level is level]
        rows.append([level.value, str(len(found)), *[str(found.count(column)) for column in columns]])
    return table(["labelled", "messages", *columns], rows)


def calibration(messages: Sequence[Heard]) -> str:
    """What the net's likelihood means: of the messages in each fifth of it, how many are urgent."""
    told = [(one.likelihood, one.labelled.level.is_today) for one in messages if one.likelihood is not None]
    rows = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        here = [(likely, urgent) for likely, urgent in told if low <= likely < high or likely == high == 1]
        mean = f"{sum(likely for likely, _ in here) / len(here):.2f}" if here else ""
        rows.append([f"{low:.1f} to {high:.1f}", str(len(here)), mean, share(sum(one for _, one in here), len(here))])
    return table(["likelihood", "messages", "on average", "urgent"], rows)


def controls(damaged: Sequence[Mutant]) -> str:
    """How many of the damaged rules the messages on file notice, by kind of damage."""
    kinds = sorted({one.change for one in damaged})
    groups = {**{name: [one for one in damaged if one.change == name] for name in kinds}, "all": damaged}
    rows = [[name, str(len(group)), _noticed(group)] for name, group in groups.items()]
    return table(["damage", "rules", "noticed"], rows)


def share(hits: int, of: int) -> str:
    """ "9: 90 % (55 to 100)": how many, which share that is, and its exact 95 % interval."""
    if of == 0:
        return ""
    low, high = interval(hits, of)
    return f"{hits}: {_percent(hits / of)} % ({_percent(low)} to {_percent(high)})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _hearers(head: str, groups: Mapping[str, Sequence[Heard]]) -> str:
    """A row for each group with the share that each hearer claims of it."""
    rows = []
    for name, group in groups.items():
        shares = [share(sum(claims(one) for one in group), len(group)) for claims in HEARERS.values()]
        rows.append([name, str(len(group)), *shares])
    return table([head, "messages", *HEARERS], rows)


def _grouped(messages: Sequence[Heard], name_of: Callable[[Heard], str]) -> dict[str, list[Heard]]:
    groups: dict[str, list[Heard]] = {}
    for one in messages:
        groups.setdefault(name_of(one), []).append(one)
    return groups


def _kind(one: Heard) -> str:
    if one.labelled.is_ordinary:
        return "ordinary complaints"
    return "near misses" if one.labelled.level is Level.NONE else "see a doctor this week"


def _told(one: Heard) -> str:
    most = min((flag.level for flag in one.flags), key=lambda level: level.urgency, default=Level.NONE)
    if most is Level.NONE:
        return ASKED if one.is_asked else NOTHING
    return str(most.value)


def _noticed(group: Sequence[Mutant]) -> str:
    return share(sum(one.is_caught for one in group), len(group))


def _percent(part: float) -> str:
    """Whole percents; all and none are said of nothing less."""
    return str(min(max(round(100 * part), int(part > 0)), 100 - int(part < 1)))
