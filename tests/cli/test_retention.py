"""`needlepoint retention` as a person runs it: it says what it would erase, erases it, and leaves no byte behind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from bot.service.audit_chain import key_of
from bot.settings import demo
from bot.store.tables import conversations
from bot.store.transaction import Database
from tests.cli.program import run_program
from tests.store.persons import CANARY, hire, talk


def clinic_with_patients(folder: Path) -> None:
    """A demonstration clinic with a patient of long ago."""
    run_program("migrate", "--demo", DATA_DIR=str(folder))
    settings = demo({"DATA_DIR": str(folder)})
    database = Database(settings.database_url, key=key_of(settings.audit_secret))
    hire(database)
    session, _ = talk(database)
    with database.write() as connection:
        long_ago = datetime.now(UTC) - timedelta(days=500)
        mine = update(conversations).where(conversations.c.id == session)
        connection.execute(mine.values(last_activity_at=long_ago))
    database.close()


def test_what_it_says_it_would_erase_it_erases_to_the_last_byte(tmp_path: Path) -> None:
    clinic_with_patients(tmp_path)
    would = run_program("retention", "--dry-run", "--demo", DATA_DIR=str(tmp_path)).stdout
    assert would.startswith("A run now would erase: 1 inquiries without a visit")
    assert any(CANARY.encode() in file.read_bytes() for file in tmp_path.iterdir())
    done = run_program("retention", "--demo", DATA_DIR=str(tmp_path)).stdout
    assert done.startswith("Erased: 1 inquiries without a visit")
    assert "hold nothing of what was erased" in done
    assert not any(CANARY.encode() in file.read_bytes() for file in tmp_path.iterdir())
    assert run_program("retention", "--demo", DATA_DIR=str(tmp_path)).stdout.startswith("Erased: nothing.")
    assert run_program("audit", "verify", "--demo", DATA_DIR=str(tmp_path)).returncode == 0
