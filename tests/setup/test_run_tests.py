"""A run of all tests: what is run alone is found, and the folder in memory is gone afterwards."""

from pathlib import Path

import pytest

from scripts import run_tests
from scripts.run_tests import ROOT, every_folder, files_in_memory, files_with_some_alone


def test_every_file_with_a_test_that_runs_alone_is_among_those_run_alone():
    marked = {
        str(file.relative_to(ROOT)) for file in ROOT.glob("tests/**/test_*.py") if "mark.alone" in file.read_text()
    }
    assert len(marked) > 10
    assert marked <= set(files_with_some_alone(every_folder()))


def test_the_folder_in_memory_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run_tests, "MEMORY", tmp_path)
    monkeypatch.setattr(run_tests, "ROOM", 1)
    with files_in_memory() as settings:
        (folder,) = settings.values()
        (Path(folder) / "file").touch()
        assert Path(folder).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("memory", "room"), [("missing", 1), (".", 10**18)])
def test_without_room_in_memory_the_disk_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: str, room: int
):
    monkeypatch.setattr(run_tests, "MEMORY", tmp_path / memory)
    monkeypatch.setattr(run_tests, "ROOM", room)
    with files_in_memory() as settings:
        assert settings == {}
