"""How a message looks to the intent classifier: its words, word pairs and letter groups, rare ones weighing most."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import coo_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

FILE = "words_and_letters.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class WordsAndLetters(SparseFeaturizer, GraphComponent):
    """Counts words (1-2) and letter groups (2-5 within words), each weighed by how few examples have it.

    `weight` scales the whole: the larger it is, the less the classifier, whose strength is fixed, smooths.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that config.yml may change."""
        return {**SparseFeaturizer.get_default_config(), "weight": 3.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Any weight will do."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "WordsAndLetters":
        """A featurizer that has yet to see the training data."""
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "WordsAndLetters":
        """The featurizer as it was trained."""
        featurizer = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            featurizer._remember(json.loads((folder / FILE).read_text(encoding="utf-8")))
        return featurizer

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, name: str) -> None:
        """Keep where the trained counters go."""
        super().__init__(name, config)
        self._model_storage, self._resource = model_storage, resource
        self._weights: list[Weights] = []

    def train(self, training_data: TrainingData) -> Resource:
        """The counters, fitted to the examples and stored with the model."""
        texts = [str(example.get(TEXT)) for example in training_data.intent_examples]
        learned = [_as_json(counter.fit(texts)) for counter in _counters()]
        with self._model_storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(learned), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training data with features."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with features."""
        for message in messages:
            if message.get(TEXT) is not None:
                self.add_features_to_message(None, self._row(message.get(TEXT)), TEXT, message)
        return messages

    def _row(self, text: str) -> coo_matrix:
        """What scikit-learn's own transform gives, without the checks that cost more than the counting."""
        columns: list[int] = []
        values: list[float] = []
        width = 0
        for weights in self._weights:
            found, weighed = weights.of(text)
            columns += [width + column for column in found]
            values += [self._config["weight"] * value for value in weighed]
            width += len(weights.vocabulary)
        return coo_matrix((values, ([0] * len(columns), columns)), shape=(1, width))

    def _remember(self, kept: list[dict[str, Any]]) -> None:
        counters = zip(_counters(), kept, strict=True)
        self._weights = [Weights(counter.build_analyzer(), **one) for counter, one in counters]


@dataclass(frozen=True)
class Weights:
    """The column and the weight of every word or letter group that the examples hold."""

    cut: Callable[[str], list[str]]
    vocabulary: dict[str, int]
    weights: list[float]

    def of(self, text: str) -> tuple[list[int], list[float]]:
        """The columns that a text has, each with its weight; the weights are of length 1 together."""
        counts = Counter(column for column in map(self.vocabulary.get, self.cut(text)) if column is not None)
        weighed = [(1 + log(count)) * self.weights[column] for column, count in counts.items()]
        length = sqrt(sum(weight * weight for weight in weighed))
        return list(counts), [weight / length for weight in weighed]


def _counters() -> tuple[TfidfVectorizer, TfidfVectorizer]:
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", sublinear_tf=True)  # noqa: S106  # no password
    letters = TfidfVectorizer(ngram_range=(2, 5), analyzer="char_wb", sublinear_tf=True)
    return words, letters


def _as_json(counter: TfidfVectorizer) -> dict[str, Any]:
    vocabulary = {name: int(number) for name, number in counter.vocabulary_.items()}
    return {"vocabulary": vocabulary, "weights": [round(float(weight), 6) for weight in counter.idf_]}
