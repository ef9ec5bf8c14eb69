"""The concepts and rules that read red flags from free text, loaded from <language>/flags/*.yml and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.clinical.vocabulary import FlagClass, Level
from bot.knowledge.entry import Entry
from bot.knowledge.problems import Problems
from bot.knowledge.shelf import HERE, read_file
from bot.knowledge.word_rules import inflected

FOLDER = "flags"
PARTS = ("lists", "concepts", "rules")
FIELDS = "class level all any none within any_within none_within ask sure steady slow timeless outlasts source reviewed"


class Kind(str, Enum):
    """How the words around a concept count.

    SIGN: it must be there now and be the patient's. EVENT: something that happened, not denied, not long ago.
    HISTORY: may be long past, but not denied and not another person's. DEED: done by another person, not denied.
    WORD: counts wherever it stands.
    """

    SIGN = "sign"
    EVENT = "event"
    HISTORY = "history"
    DEED = "deed"
    WORD = "word"


class Within(str, Enum):
    """How near the words of one rule must stand.

    PHRASE: a few words apart in one sentence, with nothing between that speaks of another place. NEAR: some words
    apart. ADJACENT: in one sentence or in two that follow each other.
    """

    PHRASE = "phrase"
    CLAUSE = "clause"
    NEAR = "near"
    SENTENCE = "sentence"
    ADJACENT = "adjacent"
    MESSAGE = "message"


@dataclass(frozen=True)
class Concept:
    """One thing a patient may say, and the phrases for it.

    plain: ordinary complaints name it too ("it hurts", "tingles"), so by itself it speaks for no red flag.
    """

    name: str
    kind: Kind
    phrases: tuple[str, ...]
    plain: bool = False


@dataclass(frozen=True)
class FlagRule:
    """Which concepts together raise a class of red flag, and at what level.

    none_of: concepts that veto. ask: always doubtful. sure: said so plainly that the second net is not asked.
    steady: long-standing has the row's level too.
    slow: months do not make it long-standing.
    timeless: how long it has been does not matter. outlasts: counts though it has passed again.
    """

    id: str
    flag_class: FlagClass
    level: Level
    all_of: tuple[str, ...]
    source: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    within: Within = Within.SENTENCE
    any_within: Within = Within.SENTENCE
    none_within: Within = Within.SENTENCE
    ask: bool = False
    sure: bool = False
    steady: bool = False
    slow: bool = False
    timeless: bool = False
    outlasts: bool = False


@dataclass(frozen=True)
class FlagBook:
    """Every concept and rule of one language, and the word lists that their phrases name."""

    concepts: Mapping[str, Concept]
    rules: tuple[FlagRule, ...]
    lists: Mapping[str, tuple[str, ...]]


def load_flag_book(root: Path = HERE, *, language: str = "en") -> FlagBook:
    """The flag rules of a language; KnowledgeError names everything that is wrong with them."""
    problems = Problems()
    citations = read_file(root / "citations.yml", "citations.yml", problems=problems)
    paths = sorted((root / language / FOLDER).glob("*.yml"))
    names = {f"{language}/{FOLDER}/{path.name}": path for path in paths}
    files = {name: read_file(path, name, problems=problems) for name, path in names.items()}
    lists = _merged(files, "lists", problems=problems)
    concepts = {entry.id: _concept(entry) for entry in _entries(files, "concepts", problems=problems)}
    rules = tuple([_rule(entry, concepts, citations) for entry in _entries(files, "rules", problems=problems)])
    problems.refuse()
    return FlagBook(concepts, rules, {name: tuple(str(words).split()) for name, words in lists.items()})


def words_of(book: FlagBook, *, inflections: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every word that the flag phrases know, so that it is not taken for a misspelling and misspellings become it."""
    parts = [part.rstrip("?") for one in book.concepts.values() for phrase in one.phrases for part in phrase.split()]
    written = [word for part in parts for word in part.split("|")] + [
        word for words in book.lists.values() for word in words
    ]
    plain = frozenset([word for word in written if word.isalnum()])
    return plain.union(*[inflected(word[:-1], inflections) for word in written if word.endswith("~")])


def _merged(files: Mapping[str, Mapping[str, Any]], part: str, *, problems: Problems) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for file, content in files.items():
        for name in set(content) - set(PARTS):
            problems.add(file, str(name), complaint="is no part of a flag file", remedy=f"use only {', '.join(PARTS)}")
        for id, value in (content.get(part) or {}).items():
            if id in merged:
                problems.add(file, str(id), complaint=f"stands twice in {part}", remedy="give one another name")
            merged[id] = value
    return merged


def _entries(files: Mapping[str, Mapping[str, Any]], part: str, *, problems: Problems) -> list[Entry]:
    where = {id: file for file, content in files.items() for id in content.get(part) or {}}
    entries = []
    for id, fields in _merged(files, part, problems=problems).items():
        if isinstance(fields, Mapping):
            entries.append(Entry(where[id], str(id), fields, problems))
        else:
            problems.add(where[id], str(id), complaint="is no entry", remedy="write its fields below it, indented")
    return entries


def _concept(entry: Entry) -> Concept:
    entry.only("kind", "phrases", "plain")
    lines = entry.text("phrases").replace("\n", " ; ").split(" ; ")
    phrases = tuple([one.strip() for one in lines if one.strip()])
    return Concept(entry.id, entry.member("kind", Kind) or Kind.SIGN, phrases, plain=entry.switch("plain"))


def _rule(entry: Entry, concepts: Collection[str], citations: Collection[str]) -> FlagRule:
    entry.only(*FIELDS.split())
    if not entry.names("all"):
        entry.refuse("names no concept in 'all'", "name what must be said")
    return FlagRule(
        id=entry.id,
        flag_class=entry.member("class", FlagClass) or FlagClass.LUMP,
        level=entry.member("level", Level) or Level.NONE,
        all_of=entry.known("all", concepts),
        source=tuple(entry.sources(citations).split(", ")),
        any_of=entry.known("any", concepts),
        none_of=entry.known("none", concepts),
        within=_scope(entry, "within"),
        any_within=_scope(entry, "any_within" if "any_within" in entry.fields else "within"),
        none_within=_scope(entry, "none_within"),
        ask=entry.switch("ask"),
        sure=entry.switch("sure"),
        steady=entry.switch("steady"),
        slow=entry.switch("slow"),
        timeless=entry.switch("timeless"),
        outlasts=entry.switch("outlasts"),
    )


def _scope(entry: Entry, name: str) -> Within:
    return (entry.member(name, Within) if name in entry.fields else None) or Within.SENTENCE
