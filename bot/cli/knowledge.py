"""`needlepoint rules` and `needlepoint check-knowledge`: the clinical data as a table, and what is wrong with them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.lint import lint
from bot.knowledge.rules_table import RuleRow, as_csv, as_markdown, rule_rows
from bot.reading.load import load_reading

FORMATS: Mapping[str, Callable[[tuple[RuleRow, ...]], str]] = {"markdown": as_markdown, "csv": as_csv}


def rule_table(format: str, *, language: str, region: str, overlay: Path | None) -> str:
    """Every clinical rule in force, as Markdown or CSV."""
    return FORMATS[format](rule_rows(language=language, region=region, overlay=overlay))


def faults(*, language: str, region: str, overlay: Path | None) -> list[str]:
    """Everything that is wrong with the data, the wording and the words of messages, one sentence each."""
    found = [str(problem) for problem in lint(language=language, region=region, overlay=overlay)]
    return found + unreadable(language)


def unreadable(language: str) -> list[str]:
    """Why messages cannot be read with the words of the language: nothing, or the first reason."""
    try:
        load_reading(language)
    except KnowledgeError as error:
        return [str(error)]
    return []
