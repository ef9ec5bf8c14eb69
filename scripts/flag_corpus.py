"""The messages that the second net over red flags learns from, and those that only measure it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Mapping

from bot.reading.load import load_reading
from bot.reading.net_features import features
from scripts.data_file import read_yaml
from scripts.reading_corpora import sentences

ROOT = Path(__file__).resolve().parent.parent
CORPUS, TALK = ROOT / "corpora" / "red_flags", ROOT / "data" / "nlu.yml"
ORDINARY = ROOT / "corpora" / "everyday"
"""Messages of writers who knew of no danger signs: learned from, but the bounds are not set by them."""
SENTENCES = ("own", "second author", "eight voices")
"""Corpora of the reader; those held out for it stay held out here."""
EVERYDAY = "everyday"
ENDINGS = ("ing", "ed", "es", "s", "y")
URGENT = ("emergency", "crisis", "same_day")
READ_ON = date(2026, 11, 22)
"""The day that the messages are read on: years in them are counted from it."""
READER, SCREEN = load_reading("en", with_net=False)


@dataclass(frozen=True)
class Message:
    """A labelled message: by whom, as features, of which class, at which level, and what the rules say of it.

    is_found_by_rules: they raise it; is_found: they raise it or ask about it.
    """

    author: str
    text: str
    seen: tuple[str, ...]
    flag_class: str
    level: str
    is_found_by_rules: bool
    is_found: bool

    @property
    def is_urgent(self) -> bool:
        """It must be seen today or sooner."""
        return self.level in URGENT


def corpus(folder: Path = CORPUS) -> list[Message]:
    """The messages of every author."""
    return [message for file in _files(folder) for message in messages_of(file)]


def messages_of(file: Path) -> list[Message]:
    """The messages of one file; a bare text is an ordinary complaint."""
    return [read(file.stem, **_labels(row)) for row in _rows(file)]


def everyday_talk() -> list[Message]:
    """The messages of people who need no help, the examples of intents and the sentences that findings are read in.

    The examples and sentences nobody has labelled for red flags: those that the rules find something in are left out.
    """
    entries: list[Mapping[str, Any]] = read_yaml(TALK)["nlu"]
    examples = [line[2:] for entry in entries for line in entry["examples"].splitlines()]
    said = [sentence.text for corpus in SENTENCES for sentence in sentences(corpus)]
    others = [one for one in [read(EVERYDAY, text) for text in dict.fromkeys([*examples, *said])] if not one.is_found]
    return [*[read(EVERYDAY, text) for file in _files(ORDINARY) for text in _rows(file)], *others]


def read(author: str, text: str, flag_class: str = "", level: str = "none") -> Message:
    """A message as both nets see it."""
    tokens = READER.tokenize(text)
    seen = tuple(one.name for one in features(tokens, ENDINGS))
    flags = SCREEN.ruled(tokens, today=READ_ON)
    return Message(author, text, seen, flag_class, level, any(flag.level.is_today for flag in flags), bool(flags))


def fingerprint() -> str:
    """The messages that were written for the net to learn from, as one hash."""
    digest = hashlib.sha256()
    for file in (*_files(CORPUS), *_files(ORDINARY)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml"))


def _rows(file: Path) -> list[Any]:
    rows: list[Any] = read_yaml(file)
    return rows


def _labels(row: Any) -> dict[str, str]:
    if not isinstance(row, dict):
        return {"text": row}
    return {"text": row["text"], "flag_class": row.get("class", ""), "level": row.get("level", "none")}
