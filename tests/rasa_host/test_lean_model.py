"""The leaner sentence model says exactly what the original says."""

import numpy as np
import onnxruntime
import pytest

from bot.rasa_host.lean_model import with_lean_vocabulary
from bot.rasa_host.sentence_meaning import _model_file
from bot.rasa_host.wordpieces import load_vocabulary, piece_numbers

TEXTS = ("hello", "my left leg goes numb at night and the muscles feel like ropes", "é", "x" * 300 + " 12", "")


def result(session: onnxruntime.InferenceSession, text: str) -> np.ndarray:
    pieces = np.array([piece_numbers(text, load_vocabulary(), at_most=128)], dtype=np.int64)
    given = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
    return np.asarray(session.run(None, given)[0])


def test_every_vector_is_the_same() -> None:
    original = _model_file().read_bytes()
    sessions = [
        onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        for model in (original, with_lean_vocabulary(original))
    ]
    for text in TEXTS:
        plain, lean = (result(session, text) for session in sessions)
        assert np.array_equal(plain, lean)


def test_the_vocabulary_is_no_longer_turned_into_fractions_whole() -> None:
    original = _model_file().read_bytes()
    lean = with_lean_vocabulary(original)
    assert original.count(b"word_embeddings.weight_cast") == 1
    assert b"word_embeddings.weight_cast" not in lean


@pytest.mark.parametrize("model", [b"", b"\x08\x01", b"something else"])
def test_another_model_is_left_as_it_is(model: bytes) -> None:
    assert with_lean_vocabulary(model) == model
