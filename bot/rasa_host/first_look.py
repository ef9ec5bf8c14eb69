"""A first look at what a message wants, by its words alone."""

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.tensorflow.constants import RANKING_LENGTH

from bot.rasa_host.intent_scores import IntentScores, load_scores, scores_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FirstLook(LogisticRegressionClassifier):
    """Trained like rasa's own classifier, kept and scored as plain numbers.

    Rasa's way to read it back imports every estimator of scikit-learn (seconds), and its way to score copies the
    whole table of weights for each message (milliseconds).
    """

    scores: IntentScores | None = None

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "FirstLook":
        """The classifier as it was trained."""
        look = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            look.scores = load_scores(folder)
        return look

    def persist(self) -> None:
        """Keep what was learned with the model."""
        self.scores = scores_of(self.clf)
        with self._model_storage.write_to(self._resource) as folder:
            self.scores.save(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, each with its intent and the ranking of the most likely ones."""
        if self.scores is None:
            return messages
        for message in messages:
            ranking = self.scores.ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self.config[RANKING_LENGTH] or None], add_to_output=True)
        return messages
