"""The linear model behind the second net, as scikit-learn fits it: one question a head, over features by rarity."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from scripts.flag_corpus import Message

SEEN = 3
"""A feature counts when so many messages hold it."""
STRENGTH = 300.0
"""How little the weights are held back; of 10, 30, 100, 300 and 1,000 this was best on writers left out."""
MORE = 2.0
"""How much an urgent message counts: there are fewer of them than of others."""


class Model:
    """Urgency and the classes, learned from these messages."""

    def __init__(self, messages: Sequence[Message]) -> None:
        """Learn."""
        self._vectors = TfidfVectorizer(analyzer=_seen, binary=True, min_df=SEEN)
        rows = self._vectors.fit_transform(messages)
        counts = weights_of(messages)
        self.names: Sequence[str] = self._vectors.get_feature_names_out()
        self.rarity: np.ndarray[Any, Any] = self._vectors.idf_
        self.urgent = fitted(rows, [one.is_urgent for one in messages], counts)
        names = sorted({one.flag_class for one in messages if one.is_urgent})
        self.classes = {
            name: fitted(rows, [one.is_urgent and one.flag_class == name for one in messages], counts) for name in names
        }

    def rows_of(self, messages: Sequence[Message]) -> csr_matrix:
        """The messages as vectors of length 1."""
        return self._vectors.transform(messages)

    def scores(self, messages: Sequence[Message], *, share: float) -> np.ndarray[Any, Any]:
        """Urgency, and a share of the likeliest class."""
        rows = self.rows_of(messages)
        classes = np.max([head.decision_function(rows) for head in self.classes.values()], axis=0)
        return np.asarray(self.urgent.decision_function(rows) + share * classes)


def fitted(rows: csr_matrix, answers: Sequence[bool], weights: np.ndarray[Any, Any]) -> LogisticRegression:
    """A linear model of one question."""
    model = LogisticRegression(C=STRENGTH, max_iter=500, solver="liblinear")
    return model.fit(rows, np.array(answers), weights)


def weights_of(messages: Sequence[Message]) -> np.ndarray[Any, Any]:
    """How much each message counts."""
    return np.array([MORE if one.is_urgent else 1.0 for one in messages])


def _seen(message: Message) -> Sequence[str]:
    return message.seen
