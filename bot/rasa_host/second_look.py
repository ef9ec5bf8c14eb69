"""A second look at messages whose words alone leave doubt, with their meaning beside their words."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa_host.first_look import FirstLook


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondLook(FirstLook):
    """Decides anew about the messages that carry a vector; the others keep the first look's intent."""

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, those in doubt with a new ranking."""
        in_doubt = [message for message in messages if message.get_dense_features(TEXT)[1] is not None]
        if in_doubt:
            super().process(in_doubt)
        return messages
