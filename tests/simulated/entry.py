"""One entry of a persona file: takes out what is known, and complains of everything else, all of it together."""

from collections.abc import Mapping, Sequence
from typing import Any

KIND_OF = {str: "text", int: "a whole number", dict: "a mapping", list: "a list", bool: "true or false"}


class Entry:
    """A mapping of a persona file; `where` names it in complaints, which are gathered in `problems`."""

    def __init__(self, given: object, where: str, problems: list[str]) -> None:
        self.where, self.problems = where, problems
        self._left: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
        if not isinstance(given, Mapping):
            self.complain(f"must be a mapping, not {given!r}")

    def complain(self, complaint: str) -> None:
        """Keep one more problem."""
        self.problems.append(f"{self.where}: {complaint}")

    def word(self, key: str, allowed: Sequence[str] = ()) -> str | None:
        """A word, one of the allowed ones where there are any."""
        found = self._take(key, str)
        if isinstance(found, str) and allowed and found not in allowed:
            self.complain(f"{key}: {found!r} is none of {', '.join(allowed)}")
        return found if isinstance(found, str) else None

    def number(self, key: str) -> int | None:
        """A whole number."""
        found = self._take(key, int)
        return found if isinstance(found, int) else None

    def claim(self, key: str) -> bool:
        """True or false; false where nothing stands."""
        return self._take(key, bool) is True

    def words(self, key: str, allowed: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of words; one word alone is a list of one."""
        found = self._left.pop(key, [])
        found = [found] if isinstance(found, str) else found
        if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
            self.complain(f"{key}: must be a list of words, not {found!r}")
            return ()
        for one in found:
            if allowed and one not in allowed:
                self.complain(f"{key}: {one!r} is none of {', '.join(allowed)}")
        return tuple(found)

    def entry(self, key: str) -> "Entry":
        """A mapping below this one; an empty one where nothing stands."""
        return Entry(self._left.pop(key, {}), f"{self.where}: {key}", self.problems)

    def entries(self, key: str) -> list["Entry"]:
        """A list of mappings below this one."""
        found = self._take(key, list) or []
        return [Entry(one, f"{self.where}: {key}[{n}]", self.problems) for n, one in enumerate(found, 1)]

    def left(self) -> tuple[str, ...]:
        """The keys not yet taken."""
        return tuple(self._left)

    def close(self) -> None:
        """Complain of every key that nobody knows."""
        for key in self._left:
            self.complain(f"{key!r} is no field here")

    def _take(self, key: str, kind: type) -> Any:
        found = self._left.pop(key, None)
        if found is None or (isinstance(found, kind) and (kind is bool or not isinstance(found, bool))):
            return found
        self.complain(f"{key}: must be {KIND_OF[kind]}, not {found!r}")
        return None
