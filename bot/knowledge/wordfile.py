"""One YAML file of words: read as plain strings, with every complaint naming file, entry and remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import KnowledgeError

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar stays a string: `no` and `on` are words here, not booleans."""


@dataclass(frozen=True)
class WordFile:
    """The entries of one file, each taken by name and kind."""

    name: str
    entries: Mapping[str, Any]

    def words(self, entry: str) -> tuple[str, ...]:
        """The list of strings under `entry`."""
        return self.listed(entry, self._get(entry))

    def table(self, entry: str) -> dict[str, tuple[str, ...]]:
        """The lists of strings under `entry`, by name."""
        return {name: self.listed(f"{entry}.{name}", listed) for name, listed in self.mapping(entry).items()}

    def texts(self, entry: str) -> dict[str, str]:
        """The strings under `entry`, by name."""
        for name, text in self.mapping(entry).items():
            if not isinstance(text, str):
                raise self.error(f"{entry}.{name}", "is no text", "write one word or phrase")
        return dict(self.mapping(entry))

    def numbers(self, entry: str) -> dict[str, float]:
        """The numbers under `entry`, by name."""
        try:
            return {name: float(text) for name, text in self.texts(entry).items()}
        except ValueError as error:
            raise self.error(entry, f"holds no number ({error})", "write digits") from error

    def mapping(self, entry: str) -> dict[str, Any]:
        """The mapping under `entry`."""
        found = self._get(entry)
        if not isinstance(found, dict):
            raise self.error(entry, "is no mapping", "write `name: value` lines")
        return found

    def listed(self, entry: str, found: Any) -> tuple[str, ...]:
        """`found` as a tuple of strings, refused when it is anything else or says one thing twice."""
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self.error(
                entry, "is no list of words", "write `[word, word]` or `- word` lines, quoting `{` and `,`"
            )
        return tuple(dict.fromkeys(" ".join(item.split()) for item in found))

    def error(self, entry: str, complaint: str, remedy: str) -> KnowledgeError:
        """The complaint, ready to be raised."""
        return KnowledgeError(f"{self.name}: {entry} {complaint}: {remedy}")

    def _get(self, entry: str) -> Any:
        if entry not in self.entries:
            raise self.error(entry, "is missing", "add it or restore the file")
        return self.entries[entry]


def read_word_file(folder: Path, name: str, *, entries: frozenset[str] | None = None) -> WordFile:
    """The file, refused when it is missing, no mapping, or holds an entry nobody reads; None: any may stand in it."""
    path = folder / name
    if not path.is_file():
        raise KnowledgeError(f"{name}: the file is missing in {folder.name}: restore it")
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - builds strings only
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}: not readable as YAML ({str(error).splitlines()[0]}): correct it") from error
    if not isinstance(found, dict):
        raise KnowledgeError(f"{name}: holds no entries: write `name: value` lines")
    unknown = sorted(set(found) - entries) if entries is not None else []
    if unknown and entries is not None:
        raise KnowledgeError(f"{name}: unknown entry {unknown[0]!r}: correct its name to one of {sorted(entries)}")
    return WordFile(name, found)
