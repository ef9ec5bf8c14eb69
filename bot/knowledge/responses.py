"""The responses of a Rasa domain, where it has any: texts and buttons that the linter reads like all others."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.shelf import HERE
from bot.knowledge.strict_yaml import parse
from bot.knowledge.told import Told

DOMAIN = HERE.parents[1] / "domain.yml"
"""The domain of the project; where only the package is installed there is none."""


def responses(domain: Path = DOMAIN) -> Iterator[Told]:
    """Every text and every button of the responses in a domain file."""
    if not domain.is_file():
        return
    try:
        said: Mapping[str, Any] = parse(domain.read_text(encoding="utf-8")).get("responses") or {}
        for name, variants in said.items():
            for number, variant in enumerate(variants, start=1):
                for part, text in enumerate(_texts(variant), start=1):
                    yield Told(f"responses/{name}.{number}.{part}", text)
    except (AttributeError, TypeError) as error:
        raise KnowledgeError(f"{domain.name}: its responses cannot be read: {error}; correct them") from error


def _texts(variant: Mapping[str, Any]) -> list[str]:
    buttons = [button.get("title") for button in variant.get("buttons") or ()]
    return [str(text) for text in (variant.get("text"), *buttons) if text]
