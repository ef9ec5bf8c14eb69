"""The wording rules of a language: patterns that must never, or must, stand in what patients read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.strict_yaml import parse

FILE = "lint.yml"


@dataclass(frozen=True)
class WordingRule:
    """One rule with its own tests: texts it must refuse and texts it must let pass."""

    id: str
    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    is_required: bool
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]

    def is_for(self, key: str) -> bool:
        """The rule speaks about the text with this key."""
        return any(fnmatchcase(key, one) for one in self.keys)

    def breach(self, text: str) -> str | None:
        """The words that break the rule, or what is missing; None when the text keeps it."""
        found = self.pattern.search(" ".join(text.split()))
        if self.is_required:
            return None if found else f"nothing like {self.pattern.pattern}"
        return found.group() if found else None


@dataclass(frozen=True)
class WordingRules:
    """All wording rules of a language, and the words that count as easy."""

    rules: tuple[WordingRule, ...]
    easy_words: tuple[str, ...]


def read_wording_rules(root: Path, language: str) -> WordingRules:
    """The rules in a language's lint.yml."""
    path = root / language / FILE
    try:
        content = parse(path.read_text(encoding="utf-8"))
        diseases = "|".join(word.replace("\0", " ") for word in content["diseases"].replace("\\ ", "\0").split())
        rules = tuple(_rule(id, fields, f"({diseases})") for id, fields in content["rules"].items())
    except (OSError, KeyError, AttributeError, re.error) as error:
        raise KnowledgeError(f"{language}/{FILE}: cannot be used: {error}; correct or add it") from error
    return WordingRules(rules, tuple(content["easy_words"].split()))


def _rule(id: str, fields: Mapping[str, Any], diseases: str) -> WordingRule:
    required = "must" in fields
    source = fields["must" if required else "never"].replace("DISEASE", diseases)
    joined = re.sub(r"\s*\|\s+", "|", source)
    return WordingRule(
        id=id,
        keys=tuple(fields["keys"]),
        pattern=re.compile(joined, re.IGNORECASE),
        is_required=required,
        why=fields["why"],
        bad=tuple(fields["bad"]),
        good=tuple(fields["good"]),
    )
