"""A damaged word file is refused with its name, the entry and what to do."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.lexicon import Lexicon, load_lexicon
from bot.knowledge.shelf import HERE
from bot.reading.reader import build_reader

DAMAGE = [
    ("lexicon.yml", "      - tender|tenderness\n", "      - tender|tenderness\n      - sore\n", "also belongs to"),
    ("lexicon.yml", "  tenderness:\n", "  moods:\n", "is no finding"),
    ("lexicon.yml", "      - tender|tenderness\n", "      - {x: y}\n", "no list of words"),
    ("cues.yml", "  deny_verb:\n", "  refuse:\n", "no kind of cue"),
    ("places.yml", "  elbow: [", "  funnybone: [", "unknown"),
    ("answers.yml", "both: [", "twice: [", "unknown entry"),
    ("answers.yml", "  soother: [", "  remedy: [", "also a list of another file"),
    ("durations.yml", "units: {day: 1", "units: {day: long", "no number"),
    ("spelling.yml", "fillers: [", "fillers: {[", "not readable"),
    ("small_words.yml", "parts: [", "part: [", "unknown entry"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the English files that a test may damage."""
    return Path(shutil.copytree(HERE / "en", tmp_path / "en"))


@pytest.mark.parametrize(("name", "old", "new", "complaint"), DAMAGE)
def test_bad_data_are_refused(folder: Path, name: str, old: str, new: str, complaint: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=complaint) as refused:
        load_lexicon(folder)
    assert name in str(refused.value)


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / "imaging.yml").unlink()
    with pytest.raises(KnowledgeError, match="imaging"):
        load_lexicon(folder)


def test_a_phrase_with_an_unknown_list_is_refused(folder: Path) -> None:
    path = folder / "lexicon.yml"
    text = path.read_text(encoding="utf-8").replace("- tender|tenderness", '- "{nothing} sore"', 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="unknown word list"):
        build_reader(load_lexicon(folder))


def test_every_finding_has_many_phrases(lexicon: Lexicon) -> None:
    for finding in ("pain", "muscle_spasm", "swelling", "temperature_change", "altered_sensation"):
        assert len(lexicon.findings[finding]) >= 20
