"""The widget stays light, plain and readable: what a patient's phone must load, and what is in it."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "bot" / "web" / "static"
TOP = ("widget.js", "chat.js", "chat.css", "mark.svg")
PARTS = sorted((STATIC / "chat").iterdir())
MARKUP = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\("
ELSEWHERE = r"@import|https?://(?!www\.w3\.org/2000/svg|chat\.example)"
LIGHT = 25_000
LONGEST = 250


def test_all_files_of_the_widget_are_light() -> None:
    files = [*(STATIC / name for name in TOP), *PARTS]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < LIGHT


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.[jc]s*")), ids=lambda file: file.name)
def test_a_file_is_short_and_sets_text_only_as_text(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST
    assert not re.search(f"{MARKUP}|{ELSEWHERE}", source)


def test_the_page_asks_for_every_part_at_once() -> None:
    page = (STATIC.parent / "templates" / "chat.html").read_text(encoding="utf-8")
    assert [file.name for file in PARTS if f'"{file.stem}"' not in page] == []
