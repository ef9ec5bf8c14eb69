"""A trained logistic regression as plain numbers: read in a moment, scored by the few features that a message has."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from sklearn.linear_model import LogisticRegression

WEIGHTS, NAMES = "weights.npy", "intents.json"


@dataclass(frozen=True)
class IntentScores:
    """One row of weights for every feature, one column for every intent; the last row is added to each message."""

    weights: np.ndarray
    names: Sequence[str]

    def ranking(self, message: Message) -> list[dict[str, Any]]:
        """Every intent with its confidence, best first, for the sentence features that the message carries."""
        scores = self.weights[-1] + self._of_words(message) + self._of_meaning(message)
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return [{"name": self.names[place], "confidence": float(likely[place])} for place in np.argsort(-likely)]

    def save(self, folder: Path) -> None:
        """Write the numbers and the names of the intents."""
        np.save(folder / WEIGHTS, self.weights)
        (folder / NAMES).write_text(json.dumps(list(self.names)), encoding="utf-8")

    def _of_words(self, message: Message) -> Any:
        features = message.get_sparse_features(TEXT)[1]
        if features is None:
            return 0.0
        row = features.features.tocoo()
        return row.data @ self.weights[row.col]

    def _of_meaning(self, message: Message) -> Any:
        features = message.get_dense_features(TEXT)[1]
        if features is None:
            return 0.0
        vector = np.ravel(features.features)
        return vector @ self.weights[-1 - len(vector) : -1]


def scores_of(fitted: LogisticRegression) -> IntentScores:
    """The numbers of a fitted model; sklearn keeps one column only where there are two intents."""
    both = np.vstack([fitted.coef_.T, fitted.intercept_])
    weights = both if both.shape[1] > 1 else np.hstack([np.zeros_like(both), both])
    return IntentScores(np.ascontiguousarray(weights, dtype=np.float32), [str(name) for name in fitted.classes_])


def load_scores(folder: Path) -> IntentScores:
    """The numbers as they were saved."""
    names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    return IntentScores(np.load(folder / WEIGHTS), names)
