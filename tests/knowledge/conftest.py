"""A copy of the data files that a test may damage."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge.shelf import HERE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The data files of bot/knowledge in a folder of their own."""
    copy = tmp_path / "knowledge"
    shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy
