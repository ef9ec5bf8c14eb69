"""The weights of the second net over patients' messages: a linear model that `make train-flags` writes as JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.clinical.vocabulary import FlagClass, Level
from bot.errors import KnowledgeError
from bot.knowledge.shelf import HERE
from bot.knowledge.strict_yaml import parse

FILE, CLASSES = "flags_net.json", "flag_classes.yml"
VERSION = 1
SCALE = 1000
"""Numbers are written as whole thousandths."""
EMERGENCY = "emergency"


class Term(NamedTuple):
    """What one feature says: how rare it is (squared), for urgency, and for some of the heads by their number."""

    rarity: float
    urgent: float
    heads: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Bounds:
    """Probabilities, no units: at `raised` a message is urgent, at `asked` it is asked about.

    What a rule finds is raised from `doubted` on and asked about below it; `joined` is what several messages together
    must reach. From `sure` on neither words of time nor a part that is denied make the net doubt what it hears.
    """

    sure: float
    raised: float
    asked: float
    doubted: float
    joined: float


@dataclass(frozen=True)
class FlagNet:
    """A trained net.

    heads: for emergencies (the first) and for each class of flags, what the net believes before it has read a word.
    share: how much the likeliest class adds to the score of urgency. slope, offset: from score to probability.
    levels: the urgent levels of each class, most urgent first.
    """

    corpus: str
    endings: tuple[str, ...]
    terms: Mapping[str, Term]
    urgent: float
    emergency: float
    classes: Mapping[FlagClass, float]
    share: float
    slope: float
    offset: float
    bounds: Bounds
    levels: Mapping[FlagClass, tuple[Level, ...]]


def load_flag_net(root: Path = HERE, *, language: str = "en") -> FlagNet | None:
    """The net of a language, None where none was trained; KnowledgeError when its file cannot be used."""
    path = root / language / FILE
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ValueError(f"version {content['version']} instead of {VERSION}")
        return _net(content, urgent_levels(parse((root / CLASSES).read_text(encoding="utf-8"))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise KnowledgeError(f"{language}/{FILE}: cannot be used: {error}; run `make train-flags`") from error


def urgent_levels(classes: Mapping[str, Any]) -> dict[FlagClass, tuple[Level, ...]]:
    """The classes that may be urgent and their levels above see_doctor, most urgent first."""
    listed = {FlagClass(name): [Level(level) for level in fields["levels"]] for name, fields in classes.items()}
    urgent = {name: [level for level in found if level.is_today] for name, found in listed.items()}
    return {name: tuple(sorted(found, key=lambda level: level.urgency)) for name, found in urgent.items() if found}


def _net(content: Mapping[str, Any], levels: Mapping[FlagClass, tuple[Level, ...]]) -> FlagNet:
    emergency, *classes = content["heads"]
    if emergency[0] != EMERGENCY or {FlagClass(name) for name, _ in classes} != set(levels):
        raise ValueError("its heads are not those of flag_classes.yml")
    return FlagNet(
        corpus=content["corpus"],
        endings=tuple(content["endings"]),
        terms=_terms(content["terms"]),
        urgent=content["urgent"] / SCALE,
        emergency=emergency[1] / SCALE,
        classes={FlagClass(name): bias / SCALE for name, bias in classes},
        bounds=Bounds(**content["bounds"]),
        levels=levels,
        **{name: content[name] for name in ("share", "slope", "offset")},
    )


def _emptied(terms: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every term, taken out as it is read: there are so many that two copies at once would be felt."""
    while terms:
        yield terms.popitem()


def _terms(written: dict[str, str]) -> dict[str, Term]:
    """The terms; numbers and pairs that many of them share are kept once, or they would take up twice the memory."""
    numbers: dict[int, float] = {}
    pairs: dict[tuple[int, int], tuple[int, float]] = {}

    def number(thousandths: int) -> float:
        return numbers.setdefault(thousandths, thousandths / SCALE)

    def pair(head: int, weight: int) -> tuple[int, float]:
        return pairs.setdefault((head, weight), (head, number(weight)))

    def term(line: str) -> Term:
        rarity, urgent, *heads = map(int, line.split())
        found = zip(heads[::2], heads[1::2], strict=True)
        return Term(number(rarity), number(urgent), tuple([pair(head, weight) for head, weight in found]))

    return {feature: term(line) for feature, line in _emptied(written)}
