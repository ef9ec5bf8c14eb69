"""What the widget itself says: easy to read, complete, and nothing that is never said."""

import re
from pathlib import Path

from bot.knowledge.readability import HARDEST, grade, is_too_hard
from bot.web.assets import FOLDER
from scripts.data_file import read_yaml

KNOWLEDGE = Path(__file__).parents[2] / "bot" / "knowledge" / "en" / "lint.yml"
EASY = read_yaml(KNOWLEDGE)["easy_words"].split()
WORDS = dict(
    re.findall(r'^  (\w+): "(.+)",$', (FOLDER / "chat" / "words.js").read_text(encoding="utf-8"), re.MULTILINE)
)
SOURCES = "\n".join(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.js") if file.name != "words.js")


def test_the_words_are_easy_to_read() -> None:
    assert len(WORDS) > 80
    told = " ".join(words if words.endswith((".", "?", "!")) else f"{words}." for words in WORDS.values())
    assert grade(told, EASY) <= HARDEST
    assert [words for words in WORDS.values() if is_too_hard(words, EASY)] == []


def test_every_word_that_is_asked_for_is_there_and_every_word_is_asked_for() -> None:
    asked = set(re.findall(r'\bsay\(\s*"(\w+)"', SOURCES))
    assert asked - set(WORDS) == set()
    assert [name for name in WORDS if not re.search(rf"\b{name}\b", SOURCES)] == []
