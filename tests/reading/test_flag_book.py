"""The flag rules as data: what the loader accepts, and what it refuses with a remedy."""

from pathlib import Path

import pytest

from bot.clinical.vocabulary import FlagClass
from bot.errors import KnowledgeError
from bot.knowledge.flag_book import FlagBook, Kind, load_flag_book, words_of
from bot.knowledge.lexicon import load_lexicon
from bot.knowledge.shelf import HERE

CITATIONS = "judgement: {text: professional judgement}\n"
GOOD = """
concepts:
  sore: {kind: sign, phrases: "sore toe ; toe sore"}
rules:
  toe: {class: lump, level: see_doctor, all: [sore], source: [judgement], reviewed: null}
"""


@pytest.fixture(scope="module")
def book() -> FlagBook:
    return load_flag_book()


COMMON = """
came come comes went go goes going gone got get gets feel feels felt turned turn now just move moves moved look
looks out hard checked big bigger thick worse still hour hours game it is was has have had take took put keep
keeps make made do does did like said say work time day days week back side left right good well light stop
start down up off on over see saw give gave sit stand set let need want help after before since
"""
"""Words that mean nothing by themselves."""


def _load(folder: Path, content: str) -> FlagBook:
    (folder / "citations.yml").write_text(CITATIONS, encoding="utf-8")
    (folder / "en" / "flags").mkdir(parents=True)
    (folder / "en" / "flags" / "toes.yml").write_text(content, encoding="utf-8")
    return load_flag_book(folder, language="en")


def test_a_small_book_is_read(tmp_path: Path) -> None:
    (rule,) = _load(tmp_path, GOOD).rules
    assert (rule.id, rule.flag_class, rule.all_of) == ("toe", FlagClass.LUMP, ("sore",))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("all: [sore]", "all: [sour]", "names unknown 'sour'"),
        ("class: lump", "class: bump", "field 'class' is 'bump'"),
        ("source: [judgement]", "source: [hearsay]", "names unknown 'hearsay'"),
        ("source: [judgement], ", "", "has no source"),
        (", reviewed: null", "", ""),
        ("kind: sign", "kind: signal", "field 'kind' is 'signal'"),
        ("level: see_doctor", "level: soon", "field 'level' is 'soon'"),
        ("rules:", "rulez:", "is no part of a flag file"),
        ("all: [sore]", "all: []", "names no concept in 'all'"),
    ],
)
def test_a_bad_book_is_refused_with_file_and_entry(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=r"en/flags/toes\.yml"):
        _load(tmp_path, GOOD.replace(old, new))
    (tmp_path / "en" / "flags" / "toes.yml").unlink()
    (tmp_path / "en" / "flags").rmdir()
    with pytest.raises(KnowledgeError) as refused:
        _load(tmp_path, GOOD.replace(old, new))
    assert complaint in str(refused.value)


def test_every_class_has_a_rule(book: FlagBook) -> None:
    assert {rule.flag_class for rule in book.rules} == set(FlagClass)


def test_every_phrase_is_written_as_the_tokenizer_writes_words(book: FlagBook) -> None:
    rules = load_lexicon(HERE / "en").rules
    words = words_of(book, inflections=rules.inflections)
    respelt = {word: rules.variants[word] for word in words if rules.variants.get(word, word) != word}
    assert respelt == {}


def test_every_concept_is_used_by_a_rule_or_tells_the_time_or_the_person_or_looks_alike(
    book: FlagBook,
) -> None:
    used = {name for rule in book.rules for name in (*rule.all_of, *rule.any_of, *rule.none_of)}
    beside = {
        "acute", "asking", "border", "checked", "first_person", "gossip", "hypothetical", "long_past", "look_alikes",
        "mine_instead", "other_complaint", "other_person", "other_place", "over_since", "time_ago", "time_long",
        "time_months", "time_now", "time_recent", "time_same", "time_worse",
    }  # fmt: skip
    assert set(book.concepts) - used == beside


def test_no_common_word_alone_stands_for_what_a_patient_feels_or_lived_through(book: FlagBook) -> None:
    alone = [
        (one.name, word)
        for one in book.concepts.values()
        if one.kind is not Kind.WORD
        for phrase in one.phrases
        if " " not in phrase
        for word in _alternatives(book, phrase)
    ]
    assert [(name, word) for name, word in alone if word in COMMON.split()] == []


def _alternatives(book: FlagBook, part: str) -> list[str]:
    words = part.rstrip("?").split("|")
    return [inner for word in words for inner in (book.lists[word[1:-1]] if word.startswith("{") else (word,))]
