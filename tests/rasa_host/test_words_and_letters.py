"""The features of a message are scikit-learn's TF-IDF, counted without its overhead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.rasa_host.words_and_letters import Weights, _as_json, _counters

TEXTS = ["my knee hurts", "does the needle hurt?", "my my KNEE", "what does it cost", "ça fait mal au genou"]


@pytest.fixture(scope="module")
def counters() -> list[tuple[TfidfVectorizer, Weights]]:
    """scikit-learn's counters and ours, of the same texts."""
    fitted = [counter.fit(TEXTS) for counter in _counters()]
    return [(counter, Weights(counter.build_analyzer(), **_as_json(counter))) for counter in fitted]


@given(st.one_of(st.sampled_from(TEXTS), st.text(), st.text(alphabet="knehurtsm y", max_size=30)))
def test_every_text_has_the_same_row(counters: list[tuple[TfidfVectorizer, Weights]], text: str) -> None:
    for counter, weights in counters:
        columns, values = weights.of(text)
        row = np.zeros(len(weights.vocabulary))
        row[columns] = values
        assert np.allclose(row, counter.transform([text]).toarray()[0], atol=1e-5)


def test_a_rare_word_weighs_more_than_a_common_one(counters: list[tuple[TfidfVectorizer, Weights]]) -> None:
    _, words = counters[0]
    columns, values = words.of("does cost")
    weight = dict(zip(columns, values, strict=True))
    assert weight[words.vocabulary["cost"]] > weight[words.vocabulary["does"]]
