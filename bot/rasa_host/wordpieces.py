"""Text cut into the word pieces that the sentence model was trained on (BERT, uncased)."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("wordpieces.txt")
BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100
UNSEEN = ("Cc", "Cf", "Co", "Cs")
CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


@lru_cache(maxsize=1)
def load_vocabulary() -> Mapping[str, int]:
    """The number of every word piece, by its line in the vocabulary file."""
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def piece_numbers(text: str, vocabulary: Mapping[str, int], *, at_most: int) -> list[int]:
    """The numbers of the text's word pieces between the begin and end marks, at most so many in all."""
    numbers = [vocabulary[BEGIN]]
    for word in _words(text):
        if len(numbers) >= at_most - 1:
            break
        numbers.extend(vocabulary[piece] for piece in _pieces(word, vocabulary))
    return [*numbers[: at_most - 1], vocabulary[END]]


def _pieces(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """The longest pieces from left to right; pieces inside a word begin with ##."""
    pieces: list[str] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        piece = _longest_piece(word, start, vocabulary)
        if piece is None:
            return [UNKNOWN]
        pieces.append(piece)
        start += len(piece) - (2 if start else 0)
    return pieces or [UNKNOWN]


def _longest_piece(word: str, start: int, vocabulary: Mapping[str, int]) -> str | None:
    mark = "##" if start else ""
    for end in range(len(word), start, -1):
        if mark + word[start:end] in vocabulary:
            return mark + word[start:end]
    return None


def _words(text: str) -> Iterator[str]:
    """Lower-case words without accents; punctuation and Chinese characters stand alone."""
    word = ""
    for sign in unicodedata.normalize("NFD", _spaced(text).lower()):
        if sign.isspace() or _stands_alone(sign):
            if word:
                yield word
            word = ""
            if not sign.isspace():
                yield sign
        elif unicodedata.category(sign) != "Mn":
            word += sign
    if word:
        yield word


def _spaced(text: str) -> str:
    return "".join(_tidy(sign) for sign in text)


def _tidy(sign: str) -> str:
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in UNSEEN or sign == "\ufffd" else sign


def _stands_alone(sign: str) -> bool:
    code = ord(sign)
    if any(first <= code <= last for first, last in CJK):
        return True
    is_ascii_mark = code < 128 and not sign.isalnum() and not sign.isspace()
    return is_ascii_mark or unicodedata.category(sign).startswith("P")
