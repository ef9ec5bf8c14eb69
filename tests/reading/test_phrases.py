"""Phrases of the lexicon match what their syntax says, and nothing else."""

import pytest

from bot.errors import KnowledgeError
from bot.reading.patterns import Grammar
from bot.reading.phrases import PhraseBook
from bot.reading.reader import Reader

GRAMMAR = Grammar(lists={"press": ("press~", "touch")}, inflections={"swell": ("swollen",)}, resuming=frozenset({"it"}))

CASES = [
    ("sore to? touch", "it is sore to touch", "sore to touch"),
    ("sore to? touch", "it is sore touch", "sore touch"),
    ("hurt~ ...2 when i {press}", "hurts a lot when i press it", "hurts a lot when i press"),
    ("hurt~ ...2 when i {press}", "hurts a lot in there when i press it", None),
    ("hurt~ ...2 when i {press}", "hurts. when i press it", None),
    ("swell~", "my swollen knee", "swollen"),
    ("cramp~", "cramping calves", "cramping"),
    ("arm|leg ...3 dead", "my leg, it goes dead", "leg, it goes dead"),
    ("arm|leg ...3 dead", "my leg, battery goes dead", None),
]


@pytest.mark.parametrize(("phrase", "text", "found"), CASES)
def test_a_phrase_matches(reader: Reader, phrase: str, text: str, found: str | None) -> None:
    tokens = reader.tokenize(text)
    matches = PhraseBook({"x": [phrase]}, grammar=GRAMMAR).find(tokens)
    assert [tokens.quote(match.start, match.end) for match in matches] == ([found] if found else [])


def test_of_overlapping_matches_of_one_label_the_longest_stays(reader: Reader) -> None:
    tokens = reader.tokenize("pins and needles")
    matches = PhraseBook({"x": ["pins", "pins and needles"]}).find(tokens)
    assert [(match.start, match.end) for match in matches] == [(0, 3)]


@pytest.mark.parametrize("phrase", ["", "word?", "...2 word", "word ...2", "{nobody}", "a ...99 b", "can't/won't"])
def test_a_phrase_that_describes_nothing_is_refused_by_name(phrase: str) -> None:
    with pytest.raises(KnowledgeError, match="phrase"):
        PhraseBook({"x": [phrase]})


def test_ten_times_the_phrases_change_nothing_and_try_no_more(reader: Reader) -> None:
    many = {"y": [f"word{n} ...2 other{n}" for n in range(5_000)]}
    tokens = reader.tokenize("my foot is numb")
    small, large = PhraseBook({"x": ["numb"]}), PhraseBook({"x": ["numb"], **many})
    assert small.find(tokens) == large.find(tokens)
