"""Packages that rasa reads for its own channels, stores and pictures, which this process never uses: left unread.

They take 30 MB and a second of every start. `rasa train`, `rasa shell` and their like read them all, as ever.
"""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

from bot.rasa_host.tensorflow_standin import InertModule

CHANNELS = ("aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "twilio", "webexteamssdk")
STORES = ("aio_pika", "boto3", "botocore", "confluent_kafka", "pymongo", "redis")
PICTURES = ("matplotlib", "PIL")
UNREAD = frozenset((*CHANNELS, *STORES, *PICTURES))


def import_lightly() -> None:
    """From now on an inert module answers for each of these packages; called before rasa is imported."""
    if not any(isinstance(finder, UnreadFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, UnreadFinder())


class UnreadFinder:
    """Finds an inert module in place of a package that is not to be read."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> "ModuleSpec | None":
        """Where to find the module, None for every other one."""
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in UNREAD else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The inert module."""
        return InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it as it is."""
