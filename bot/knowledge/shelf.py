"""The data files of one language and region as they stand on disk, with the clinic's overlay laid over them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.entry import Entry
from bot.knowledge.problems import Problems
from bot.knowledge.strict_yaml import parse

HERE = Path(__file__).parent
SHARED = (
    "citations.yml",
    "findings.yml",
    "flag_classes.yml",
    "languages.yml",
    "pair_rules.yml",
    "placeholders.yml",
    "precautions.yml",
    "safety_items.yml",
    "safety_sets.yml",
)
SPOKEN = ("canned.yml", "faq.yml", "labels.yml", "playbooks.yml", "wording.yml")
VERSIONED = ("*.yml", "*.json")
"""Rules and words are YAML; weights that were learned from them are JSON and decide as much."""


@dataclass(frozen=True)
class Shelf:
    """Parsed files by name; `{language}/` and `regions/` stand before the names they belong to."""

    language: str
    region: str
    files: Mapping[str, Mapping[str, Any]]
    problems: Problems
    version: str

    @property
    def region_file(self) -> str:
        """The name of the region's file."""
        return f"regions/{self.region}.yml"

    def spoken(self, name: str) -> str:
        """The name of a file of this language."""
        return f"{self.language}/{name}"

    def entries(self, file: str) -> Iterator[Entry]:
        """The entries of a file, each a mapping; others are refused."""
        for id, fields in self.files.get(file, {}).items():
            if isinstance(fields, Mapping):
                yield Entry(str(fields.get(ORIGIN, file)), str(id), _without_origin(fields), self.problems)
            else:
                self.problems.add(file, str(id), complaint="is no entry", remedy="write its fields below it, indented")

    def section(self, file: str, *path: str) -> Mapping[str, Any]:
        """A group of entries inside a file; one that is missing or no group is a problem and counts as empty."""
        content: Any = self.files.get(file, {})
        for name in path:
            content = content.get(name) if isinstance(content, Mapping) else None
        if isinstance(content, Mapping):
            return content
        remedy = "write its entries below it, indented"
        self.problems.add(file, ".".join(path), complaint="is missing or no group", remedy=remedy)
        return {}

    def ids(self, file: str) -> frozenset[str]:
        """The ids a file defines."""
        return frozenset(map(str, self.files.get(file, {})))


ORIGIN = "(overlay)"
"""The key under which an entry that a clinic added carries the name of the overlay file."""


def read_shelf(root: Path, *, language: str, region: str) -> Shelf:
    """Every file that a protocol needs, parsed; unreadable ones are problems and count as empty."""
    problems = Problems()
    names = [*SHARED, f"regions/{region}.yml", *(f"{language}/{name}" for name in SPOKEN)]
    files = {name: read_file(root / name, name, problems=problems) for name in names}
    return Shelf(language, region, files, problems, version_of(root, language=language, region=region))


def read_file(path: Path, name: str, *, problems: Problems) -> Mapping[str, Any]:
    """The mapping in a file; a missing or malformed file is a problem and counts as empty."""
    try:
        content = parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.add(name, "file", complaint="is missing", remedy="add it or choose another language or region")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        problems.add(name, "file", complaint=f"cannot be read: {reason}", remedy="correct the YAML")
    else:
        if isinstance(content, dict):
            return content
        problems.add(name, "file", complaint="is no list of ids", remedy="start each entry with its id and a colon")
    return {}


def version_of(root: Path, *, language: str, region: str) -> str:
    """A name for exactly this state of all data: the same on every Python and system, whatever its line ends."""
    digest = sha256()
    for path in _in_force(root, language=language, region=region):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]


def _in_force(root: Path, *, language: str, region: str) -> list[Path]:
    found = [path for kind in VERSIONED for path in (*root.glob(kind), *(root / language).rglob(kind))]
    found.append(root / "regions" / f"{region}.yml")
    return sorted((path for path in found if path.is_file()), key=lambda path: path.relative_to(root).as_posix())


def _without_origin(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != ORIGIN}
