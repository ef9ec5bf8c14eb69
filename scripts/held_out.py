"""The messages that are only ever counted, each as the rules, the second net, both and a list of words hear it.

Their authors never saw a rule or a message of another; no rule was written and no net trained from them. Print totals
of them and nothing else, or they can no longer measure anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Mapping, Sequence

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import FlagClass, Level
from bot.reading.flags import Screen
from bot.reading.flags_together import FEWEST_WORDS
from scripts.data_file import read_yaml
from scripts.flag_corpus import READ_ON, ROOT
from scripts.keyword_baseline import is_found_by_keywords, keywords

FOLDER = ROOT / "tests" / "reading" / "en" / "flags" / "held_out"
ORDINARY = "ordinary_"
"""Authors by this name wrote what patients of a clinic mostly write: complaints with nothing urgent in them."""

NO_CLASS = "none"
"""What authors wrote as the class of a message that is near none."""


@dataclass(frozen=True)
class Labelled:
    """One message with what its author meant by it."""

    author: str
    text: str
    level: Level = Level.NONE
    flag_class: FlagClass | None = None

    @property
    def is_ordinary(self) -> bool:
        """A complaint like most, by an author who was not asked for near misses."""
        return self.author.startswith(ORDINARY)


@dataclass(frozen=True)
class Heard:
    """What was heard in it: the flags of the rules alone and of both nets, and how likely the net alone has it urgent.

    likelihood: None where the message has too few words for the net.
    """

    labelled: Labelled
    ruled: tuple[RedFlag, ...]
    flags: tuple[RedFlag, ...]
    likelihood: float | None
    is_net_sure: bool
    has_keyword: bool

    @property
    def is_ruled(self) -> bool:
        """The rules alone call it urgent."""
        return is_urgent(self.ruled)

    @property
    def is_raised(self) -> bool:
        """Both nets together call it urgent."""
        return is_urgent(self.flags)

    @property
    def is_asked(self) -> bool:
        """Not called urgent, but the patient is asked about it."""
        return not self.is_raised and any(flag.ask for flag in self.flags)

    @property
    def is_right_class(self) -> bool:
        """Called urgent for what its author meant."""
        return any(flag.level.is_today and flag.flag_class is self.labelled.flag_class for flag in self.flags)


def is_urgent(flags: Sequence[RedFlag]) -> bool:
    """One of the flags cannot wait until tomorrow."""
    return any(flag.level.is_today for flag in flags)


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """Every message of a folder, in the order of its files."""
    files = {file.stem: read_yaml(file) for file in sorted(folder.glob("*.yml"))}
    return [_labelled(author, row) for author, rows in files.items() for row in rows]


def heard(messages: Sequence[Labelled], screen: Screen) -> list[Heard]:
    """The messages as a screen hears them."""
    words = keywords()
    return [_heard(one, screen, words) for one in messages]


def _heard(one: Labelled, screen: Screen, words: Mapping[str, Sequence[str]]) -> Heard:
    net, tokens = screen.net, screen.hearing.tokens(one.text)
    likely = net.likelihood(tokens) if net is not None and len(tokens.words) >= FEWEST_WORDS else None
    return Heard(
        one,
        ruled=replace(screen, net=None).screen(one.text, (), known=frozenset(), today=READ_ON),
        flags=screen.screen(one.text, (), known=frozenset(), today=READ_ON),
        likelihood=likely,
        is_net_sure=net is not None and likely is not None and likely >= net.bounds.raised,
        has_keyword=is_found_by_keywords(one.text, words),
    )


def _labelled(author: str, row: Any) -> Labelled:
    """A bare text, or one without a level, is an ordinary complaint."""
    if not isinstance(row, dict):
        return Labelled(author, row)
    level, name = Level(row.get("level", "none")), row.get("class", NO_CLASS)
    return Labelled(author, row["text"], level, None if name == NO_CLASS else FlagClass(name))
