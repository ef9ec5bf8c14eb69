"""Languages that are not the clinic's: the signs by which each is known, and what its writers are told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.clinical.protocol import OtherLanguage
from bot.knowledge.entry import Entry
from bot.knowledge.placeholders import check_placeholders, placeholders_in
from bot.knowledge.shelf import Shelf
from bot.knowledge.wordfile import WordFile, read_word_file

FILE = "languages.yml"
TEXTS = ("told", "short", "thanks")
SIGNS = ("script", "letters", "words", "weak")
NUMBERS = frozenset({"emergency_number", "nurse_line"})
"""Every text names them; the clinic's own number stands in those that come before there is one to call."""


@dataclass(frozen=True)
class LanguageSigns:
    """How a message in one language is known: by its letters, or by words that no English message holds."""

    id: str
    script: tuple[range, ...] = ()
    letters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()

    def writes(self, letter: str) -> bool:
        """The letter belongs to the language's script."""
        return any(ord(letter) in part for part in self.script)


def read_other_languages(shelf: Shelf, citations: Collection[str]) -> dict[str, OtherLanguage]:
    """The name and the texts of each language, by its tag."""
    return {entry.id: _language(entry, shelf, citations) for entry in shelf.entries(FILE)}


def load_language_signs(root: Path, *, language: str) -> tuple[LanguageSigns, ...]:
    """The signs of every language but the clinic's; KnowledgeError names the entry that is bad."""
    file = read_word_file(root, FILE)
    return tuple(_signs(file, id) for id in file.entries if id != language)


def _language(entry: Entry, shelf: Shelf, citations: Collection[str]) -> OtherLanguage:
    entry.only("name", *SIGNS, *TEXTS, "source", "reviewed")
    if not any(name in entry.fields for name in TEXTS):
        return OtherLanguage(entry.text("name"))
    entry.sources(citations)
    texts = {name: entry.text(name) for name in TEXTS}
    for name, text in texts.items():
        _check(entry, shelf, name=name, text=text)
    return OtherLanguage(entry.text("name"), **texts)


def _check(entry: Entry, shelf: Shelf, *, name: str, text: str) -> None:
    before = len(shelf.problems.found)
    check_placeholders(shelf, FILE, key=f"{entry.id}.{name}", text=text)
    if len(shelf.problems.found) > before:
        return
    needed = NUMBERS if name == "thanks" else NUMBERS | {"phone"}
    for missing in sorted(needed - placeholders_in(text)):
        entry.refuse(f"text '{name}' leaves out {{{missing}}}", "every such text names the numbers")


def _signs(file: WordFile, id: str) -> LanguageSigns:
    fields = file.mapping(id)
    return LanguageSigns(
        id,
        script=tuple(_range(file, id, part) for part in fields.get("script", ())),
        letters=frozenset(fields.get("letters", "")),
        words=_words(fields, "words"),
        weak=_words(fields, "weak"),
    )


def _words(fields: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(str(fields.get(name, "")).split())


def _range(file: WordFile, id: str, written: str) -> range:
    first, _, last = str(written).partition("-")
    try:
        return range(int(first, 16), int(last, 16) + 1)
    except ValueError:
        raise file.error(f"{id}.script", f"holds {written!r}", "write two hex numbers with a dash: 0A00-0A7F") from None
