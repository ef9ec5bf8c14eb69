"""The rules that read red flags in text as rows for the table: class, level, signs, source and who reviewed them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.strict_yaml import parse

FOLDER = "flags"


@dataclass(frozen=True)
class FlagRuleEntry:
    """One rule of a flag file."""

    file: str
    id: str
    flag_class: str
    level: str
    signs: str
    asks: bool
    sources: tuple[str, ...]
    reviewed: Any


def flag_rule_entries(root: Path, language: str) -> Iterator[FlagRuleEntry]:
    """Every rule in the flag files of a language."""
    for path in sorted((root / language / FOLDER).glob("*.yml")):
        content = parse(path.read_text(encoding="utf-8")) or {}
        for id, fields in (content.get("rules") or {}).items():
            yield _entry(path.relative_to(root).as_posix(), str(id), fields)


def _entry(file: str, id: str, fields: Mapping[str, Any]) -> FlagRuleEntry:
    source = fields.get("source", [])
    any_of = fields.get("any", [])
    signs = " and ".join(map(str, fields.get("all", []))) + (f" with {' or '.join(map(str, any_of))}" if any_of else "")
    return FlagRuleEntry(
        file=file,
        id=id,
        flag_class=str(fields["class"]),
        level=str(fields["level"]),
        signs=signs,
        asks=bool(fields.get("ask", False)),
        sources=tuple(source) if isinstance(source, list) else (str(source),),
        reviewed=fields.get("reviewed"),
    )
