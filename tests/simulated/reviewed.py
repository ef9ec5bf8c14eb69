"""What the reviewed clinical data says of the ids that personas and the chat use: items, places, precautions."""

from functools import cache
from pathlib import Path
from typing import Any

import bot.knowledge
from bot.knowledge.strict_yaml import parse

FOLDER = Path(bot.knowledge.__file__).parent


@cache
def safety_items() -> dict[str, tuple[str | None, str]]:
    """The class and the level of each safety item; level `none`: no alarm by itself."""
    return {id: (item.get("flag_class"), item["level"]) for id, item in _file("safety_items.yml").items()}


def alarms_of(items: tuple[str, ...]) -> tuple[str, ...]:
    """The alarm classes that these items raise by themselves."""
    known = [safety_items()[item] for item in items if item in safety_items()]
    return tuple(dict.fromkeys(flag for flag, level in known if flag and level != "none"))


@cache
def places() -> dict[str, tuple[str, ...]]:
    """The regions that each choice of the question `where` stands for."""
    return {id: tuple(choice["regions"]) for id, choice in _file("en/labels.yml")["where"].items()}


@cache
def precautions() -> tuple[str, ...]:
    """The ids of what the physiotherapist must know before a needle."""
    return tuple(_file("en/labels.yml")["precautions"])


@cache
def faq_topics() -> tuple[str, ...]:
    """The topics that the clinic answers."""
    return tuple(_file("en/faq.yml"))


@cache
def _file(name: str) -> Any:
    return parse((FOLDER / name).read_text(encoding="utf-8"))
