"""Text is cut as the sentence model's own tokenizer cuts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rasa_host.wordpieces import load_vocabulary, piece_numbers

PIECES = {number: piece for piece, number in load_vocabulary().items()}
CASES = [
    ("My KNEE hurts!", ["my", "knee", "hurts", "!"]),
    ("paresthesia", ["par", "##esthesia"]),
    ("d\u00e9j\u00e0 vu", ["de", "##ja", "vu"]),
    ("can't", ["can", "'", "t"]),
    ("7/10", ["7", "/", "10"]),
    ("\u8170\u75db", ["[UNK]", "[UNK]"]),
    ("\u4e2d\u6587 ok", ["\u4e2d", "\u6587", "ok"]),
    ("", []),
    ("a\x00b\u200bc", ["abc"]),
    ("x" * 101, ["[UNK]"]),
    ("\U0001f600 fine", ["[UNK]", "fine"]),
]


def cut(text: str, *, at_most: int = 128) -> list[str]:
    return [PIECES[number] for number in piece_numbers(text, load_vocabulary(), at_most=at_most)]


@pytest.mark.parametrize(("text", "pieces"), CASES)
def test_words_become_the_longest_known_pieces(text: str, pieces: list[str]) -> None:
    assert cut(text) == ["[CLS]", *pieces, "[SEP]"]


def test_a_long_text_is_cut_off_inside_its_marks() -> None:
    pieces = cut("pain " * 300, at_most=16)
    assert pieces == ["[CLS]", *["pain"] * 14, "[SEP]"]


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    numbers = piece_numbers(text, load_vocabulary(), at_most=32)
    assert 2 <= len(numbers) <= 32
    assert all(number in PIECES for number in numbers)
