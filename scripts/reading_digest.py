"""Prints what the reader says of every sentence of tests/reading/en, and of files given, as one line each.

    .venv/bin/python -m scripts.reading_digest [FILE.jsonl ...]

Both Pythons must print the same lines (tests/reading/test_both_pythons.py).
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Iterator

from bot.clinical.vocabulary import Finding
from bot.reading.lines import as_line
from bot.reading.load import load_reading
from scripts.data_file import read_yaml
from scripts.reading_corpora import SENTENCES, TODAY


def main(files: list[str]) -> int:
    """Print the lines."""
    reader, screen = load_reading("en")
    for text, asked in (*_of_tests(), *_of_files(files)):
        reading = reader.read(text, asked=tuple(Finding(name) for name in asked), today=TODAY)
        flagged = replace(reading, flags=screen.flags(reading, today=TODAY))
        print(json.dumps(as_line(flagged), sort_keys=True))
    return 0


def _of_tests() -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(SENTENCES.rglob("*.yml")):
        for case in read_yaml(path):
            if isinstance(case, str):
                yield case, ()
            elif "text" in case:
                yield _case(case)


def _of_files(files: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            yield _case(json.loads(line))


def _case(case: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    asked = case.get("asked") or ()
    return case["text"], (asked,) if isinstance(asked, str) else tuple(asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
