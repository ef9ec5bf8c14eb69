"""Messages become words: contractions, fillers, stutters, sentences and spelling."""

import pytest

from bot.reading.reader import Reader

WORDS = {
    "can't": "cant",
    "I ca n't feel it": "i cant feel it",
    "I can\u2019t": "i cant",
    "do not": "dont",
    "um it uh hurts": "it hurts",
    "It, you know, hurts": "it hurts",
    "I I I mean it hurts": "i it hurts",
    "pins-and-needles": "pins and needles",
    "sooore": "sore",
    "2weeks 3yrs": "2 weeks 3 years",
    "the 2nd toe": "the 2nd toe",
    "my sister's lower back": "my sister lowback",
    "numbess, tingeling, swolen, achey": "numbness tingling swollen achey",
    "shoulderr": "shoulder",
    "hurtin": "hurting",
    "seated": "seated",
    "throwing": "throwing",
    "": "",
    "!!! ...": "",
}


@pytest.mark.parametrize("text", WORDS)
def test_words_are_normalised(reader: Reader, text: str) -> None:
    assert " ".join(reader.tokenize(text).words) == WORDS[text]


def test_offsets_point_into_the_original_text(reader: Reader) -> None:
    text = "Uh,  my\tFOOT\u2019s \U0001f600 n-n-numb"
    tokens = reader.tokenize(text)
    assert tokens.quote(0, len(tokens.words)) == "my\tFOOT\u2019s \U0001f600 n-n-numb"


def test_a_stop_between_digits_ends_no_sentence(reader: Reader) -> None:
    assert set(reader.tokenize("for 2.5 weeks").sentences) == {0}
    assert set(reader.tokenize("for 2 weeks. It hurts").sentences) == {0, 1}


def test_contrast_and_new_subjects_open_a_clause(reader: Reader) -> None:
    tokens = reader.tokenize("NO SWELLING BUT IT HURTS WHEN I PRESS")
    assert dict(zip(tokens.words, tokens.clauses, strict=True))["swelling"] == 0
    assert tokens.clauses[tokens.words.index("hurts")] == tokens.clauses[tokens.words.index("press")] > 0
