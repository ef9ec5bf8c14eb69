"""One entry of a data file, whose fields are read with a check each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from bot.knowledge.problems import Problems

E = TypeVar("E", bound=Enum)
REVIEWED = "reviewed"
SOURCE = "source"


@dataclass(frozen=True)
class Entry:
    """An entry with the file it stands in; every refused field adds a problem and yields a harmless value."""

    file: str
    id: str
    fields: Mapping[str, Any]
    problems: Problems

    def only(self, *names: str) -> None:
        """Refuse fields that are not among these."""
        for name in self.fields:
            if name not in names:
                self.refuse(f"unknown field '{name}'", f"use only {', '.join(names)}")

    def text(self, name: str) -> str:
        """A non-empty text."""
        value = self.fields.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.refuse(f"field '{name}' is {_shown(value)}", f"write a text for {name}, in quotes if it is a number")
        return ""

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.refuse(f"field '{name}' is {_shown(value)}", "write a whole number without quotes")
        return 0

    def switch(self, name: str) -> bool:
        """True or false; false when the field is left out."""
        value = self.fields.get(name, False)
        if isinstance(value, bool):
            return value
        self.refuse(f"field '{name}' is {_shown(value)}", "write true or false")
        return False

    def member(self, name: str, kind: type[E]) -> E | None:
        """The member of a closed set that the field names."""
        value = self.fields.get(name)
        for member in kind:
            if member.value == value:
                return member
        self.refuse(f"field '{name}' is {_shown(value)}", f"use one of {', '.join(str(m.value) for m in kind)}")
        return None

    def names(self, name: str) -> tuple[str, ...]:
        """A list of names; empty when the field is left out."""
        value = self.fields.get(name, [])
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return self._without_repeats(name, tuple(value))
        self.refuse(f"field '{name}' is {_shown(value)}", "write a list of names: [one, two]")
        return ()

    def known(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of names, each of which must be known."""
        names = self.names(name)
        for one in names:
            if one not in known:
                self.refuse(f"field '{name}' names unknown '{one}'", "correct the name or add what it names")
        return tuple(one for one in names if one in known)

    def sources(self, citations: Collection[str]) -> str:
        """The citation ids this entry rests on, as one text; refused when there is none or `reviewed` is missing."""
        names = self.known(SOURCE, citations)
        if not self.fields.get(SOURCE):
            self.refuse("has no source", "name citation ids of citations.yml, or judgement")
        self.check_reviewed()
        return ", ".join(names)

    def refuse(self, complaint: str, remedy: str) -> None:
        """Add a problem of this entry."""
        self.problems.add(self.file, self.id, complaint=complaint, remedy=remedy)

    def check_reviewed(self) -> None:
        """Refuse an entry that does not say who reviewed it, or that nobody did."""
        value = self.fields.get(REVIEWED, "missing")
        signed = isinstance(value, dict) and set(value) == {"by", "on"} and all(value.values())
        if not (value is None or signed):
            self.refuse(f"field 'reviewed' is {_shown(value)}", "write null, or {by: reviewer, on: date}")

    def _without_repeats(self, name: str, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            self.refuse(f"field '{name}' names something twice", "name each once")
        return tuple(dict.fromkeys(names))


def _shown(value: Any) -> str:
    return "missing" if value is None else repr(value)
