"""`needlepoint rules` and `needlepoint check-knowledge`: the clinical data as a table, and what is wrong with them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.cli.data_in_force import DataInForce
from bot.errors import KnowledgeError
from bot.knowledge.lint import lint
from bot.knowledge.review import Review, review_of
from bot.knowledge.rules_table import RuleTable, as_csv, as_markdown, rule_table
from bot.knowledge.signatures import read_signatures
from bot.reading.load import load_reading

FORMATS: Mapping[str, Callable[[RuleTable, Review], str]] = {"markdown": as_markdown, "csv": as_csv}


def printed_rules(format: str, data: DataInForce) -> str:
    """Every clinical rule in force with who signed it, as Markdown or CSV."""
    table = rule_table(language=data.language, region=data.region, overlay=data.overlay)
    return FORMATS[format](table, review_of(table.protocol, read_signatures(data.signatures)))


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
