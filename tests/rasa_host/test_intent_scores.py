"""A classifier kept as numbers says what scikit-learn would say."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.rasa_host.intent_scores import load_scores, scores_of

WORDS, MEANING, EXAMPLES = 40, 6, 60


def examples(intents: int) -> tuple[csr_matrix, np.ndarray, list[str]]:
    chance = np.random.default_rng(7)
    words = csr_matrix(chance.random((EXAMPLES, WORDS)) * (chance.random((EXAMPLES, WORDS)) > 0.8))
    wanted = [f"intent_{number % intents}" for number in range(EXAMPLES)]
    return words, chance.random((EXAMPLES, MEANING)), wanted


def message(words: csr_matrix, meaning: Any = None) -> Message:
    features = [Features(words.tocoo(), "sentence", TEXT, "words")]
    if meaning is not None:
        features.append(Features(meaning.reshape(1, -1), "sentence", TEXT, "meaning"))
    return Message(data={TEXT: "x"}, features=features)


@pytest.mark.parametrize("intents", [2, 3, 5])
@pytest.mark.parametrize("with_meaning", [False, True], ids=["words alone", "words and meaning"])
def test_the_ranking_is_that_of_scikit_learn(intents: int, with_meaning: bool, tmp_path: Path) -> None:
    words, meaning, wanted = examples(intents)
    table = hstack([words, csr_matrix(meaning)]).tocsr() if with_meaning else words
    fitted = LogisticRegression(max_iter=500).fit(table, wanted)
    scores_of(fitted).save(tmp_path)
    kept = load_scores(tmp_path)
    for place in range(10):
        ranking = kept.ranking(message(words[place], meaning[place] if with_meaning else None))
        expected = dict(zip(fitted.classes_, fitted.predict_proba(table[place])[0], strict=True))
        assert [one["name"] for one in ranking] == sorted(expected, key=lambda name: -expected[name])
        assert {one["name"]: one["confidence"] for one in ranking} == pytest.approx(expected, abs=1e-5)


def test_a_message_without_features_gets_every_intent_all_the_same() -> None:
    words, _, wanted = examples(3)
    kept = scores_of(LogisticRegression(max_iter=500).fit(words, wanted))
    ranking = kept.ranking(Message(data={TEXT: ""}))
    assert sum(one["confidence"] for one in ranking) == pytest.approx(1)
    assert len(ranking) == 3
