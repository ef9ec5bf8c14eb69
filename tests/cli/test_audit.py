"""`needlepoint audit` as a person runs it: the chain is verified, and its lines are listed."""

import csv
import io
import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of a demonstration clinic in which three links were made."""
    for _ in range(3):
        run("setup-link", "--demo", DATA_DIR=str(tmp_path))
    return tmp_path


def audit(folder: Path, *words: str, **environ: str) -> tuple[int, str]:
    """The code and all that the command said."""
    ended = run("audit", *words, "--demo", DATA_DIR=str(folder), **environ)
    return ended.returncode, ended.stdout + ended.stderr


def without_triggers(folder: Path, statement: str) -> None:
    """What somebody does who can write to the file."""
    file = sqlite3.connect(folder / "needlepoint.sqlite3")
    for name in ("audit_no_update", "audit_no_delete", "audit_head_no_delete"):
        file.execute(f"DROP TRIGGER {name}")
    file.execute(statement)
    file.commit()
    file.close()


def test_a_chain_that_holds_is_said_to_and_its_end_is_known_again(folder: Path) -> None:
    code, told = audit(folder, "verify")
    assert (code, told.startswith("The chain holds: 3 lines. Its end is 3:")) == (0, True)
    end = told.split()[-1]
    assert audit(folder, "verify", "--expect", end)[0] == 0
    assert audit(folder, "verify", "--expect", f"3:{'0' * 64}") == (
        1,
        f"The chain holds, but is another one: it has no line 3:{'0' * 64}.\n",
    )
    assert audit(folder, "verify", "--expect", "three")[0] == 2


def test_a_broken_chain_is_code_1_with_the_first_broken_line(folder: Path) -> None:
    without_triggers(folder, "UPDATE audit SET actor = 'nobody' WHERE id = 2")
    code, told = audit(folder, "verify")
    assert code == 1
    assert told.startswith("The chain is broken: line 2 was changed, or was written without the clinic's key. 1 lines")


def test_another_secret_is_told_how_to_name_the_former(folder: Path) -> None:
    new = "n" * 40
    assert "set AUDIT_KEY to the former" in audit(folder, "verify", SECRET_KEY=new)[1]


def test_the_former_secret_goes_on_keying_the_chain(tmp_path: Path) -> None:
    old, new = "o" * 40, "n" * 40
    run("setup-link", "--demo", DATA_DIR=str(tmp_path), SECRET_KEY=old)
    run("setup-link", "--demo", DATA_DIR=str(tmp_path), SECRET_KEY=new, AUDIT_KEY=old)
    assert audit(tmp_path, "verify", SECRET_KEY=new, AUDIT_KEY=old)[0] == 0


def test_lines_are_listed_by_day_subject_and_actor(folder: Path) -> None:
    _, told = audit(folder, "list", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [row["action"] for row in rows] == [*["setup_link.created"] * 3, "audit.exported"]
    subject = rows[1]["subject"]
    assert audit(folder, "list", "--subject", subject)[1].split()[0] == "2"
    assert audit(folder, "list", "--actor", "patient")[1] == ""
    assert audit(folder, "list", "--since", "2999-01-01")[1] == ""
    assert len(audit(folder, "list", "--since", "2020-01-01")[1].splitlines()) > 5
    assert audit(folder, "list", "--since", "yesterday")[0] == 2
