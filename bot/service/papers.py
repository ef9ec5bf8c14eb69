"""A paper for staff before it is drawn: headings, values with their labels, and what was said, in order."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class PartKind(str, Enum):
    """How one part of a paper looks."""

    HEADING = "heading"
    PAIR = "pair"
    LINE = "line"
    SAID = "said"
    """Somebody's words, line by line as they were written."""
    BY = "by"
    """Who said or did it, and when."""


@dataclass(frozen=True)
class Part:
    """One part of a paper; `label` is what a value is called."""

    kind: PartKind
    text: str
    label: str = ""


@dataclass(frozen=True)
class Paper:
    """A whole paper; `foot` stands on every page, `replaced` is said where letters cannot be shown."""

    title: str
    clinic: str
    foot: str
    language: str
    replaced: str
    parts: tuple[Part, ...]


class Press(Protocol):
    """Draws papers."""

    def draw(self, paper: Paper) -> bytes:
        """The paper as a PDF."""
        ...
