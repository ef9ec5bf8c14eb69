"""A patient comes back the next day, with the same token and on another device, to the question they left."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import select, update

from bot.cli.conversation import answer_to
from bot.service.sessions import SALT
from bot.settings import demo
from bot.store.instants import Instant
from bot.store.tables import audit, metadata
from bot.store.transaction import Database
from tests.end_to_end.pair import Pair, Patient
from tests.end_to_end.test_screening import COMPLAINT

NIGHT = timedelta(hours=26)


class Yesterday(TimestampSigner):
    """Signs as the clinic did a night ago."""

    def get_timestamp(self) -> int:
        """The time of then."""
        return int(time.time() - NIGHT.total_seconds())


def pass_night(folder: Path) -> None:
    """Everything the stopped clinic has stored is a night older, but for the audit, which nobody can change."""
    database = Database(demo({"DATA_DIR": str(folder)}).database_url)
    with database.write() as connection:
        for table in metadata.sorted_tables:
            if table is audit:
                continue
            for column in [column for column in table.columns if isinstance(column.type, Instant)]:
                known = connection.execute(
                    select(column).where(column.is_not(None)).distinct().order_by(column)
                ).scalars()
                for at in known.all():
                    connection.execute(update(table).where(column == at).values({column.name: at - NIGHT}))
    database.close()


def token_of_yesterday(folder: Path, session: str) -> str:
    """The token as it was signed a night ago."""
    secret = json.loads((folder / "demo-secrets.json").read_text(encoding="utf-8"))["SECRET_KEY"]
    return URLSafeTimedSerializer(secret, salt=SALT, signer=Yesterday).dumps(session)


class Returning:
    """A browser that comes back with a token."""

    def __init__(self, pair: Pair, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self.web = httpx.Client(base_url=pair.url, timeout=20, headers=headers)

    def __enter__(self) -> "Returning":
        return self

    def __exit__(self, *_: object) -> None:
        self.web.close()

    def transcript(self) -> dict[str, Any]:
        """What was said so far."""
        shown: dict[str, Any] = self.web.get("/api/chat/transcript").json()
        return shown

    def say(self, **said: Any) -> list[dict[str, Any]]:
        """The replies to a text or choices."""
        answer = self.web.post("/api/chat/messages", json={"id": str(uuid4()), **said})
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        return replies


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_next_day_the_same_token_goes_on_and_nothing_is_asked_twice(built: None, tmp_path: Path) -> None:
    before = Pair(tmp_path, RASA_TIMEOUT="30")
    try:
        before.wait_ready()
        patient = Patient(before)
        first = next(reply for reply in patient.say(text=COMPLAINT) if reply["question"])
        session = URLSafeTimedSerializer("", salt=SALT).loads_unsafe(patient.token)[1]
        patient.leave()
    finally:
        before.stop()
    pass_night(tmp_path)
    after = Pair(tmp_path, RASA_TIMEOUT="30")
    try:
        after.wait_ready()
        with Returning(after, token_of_yesterday(tmp_path, session)) as returned:
            _goes_on(after, returned, first)
    finally:
        after.stop()


def _goes_on(pair: Pair, patient: Returning, first: dict[str, Any]) -> None:
    shown = patient.transcript()
    said = [entry["text"] for entry in shown["entries"] if entry["from"] == "patient"]
    assert said == [COMPLAINT]
    assert shown["open"] == first
    asked = [first["question"]]
    replies = patient.say(**answer_to(first))
    while not any(reply["kind"] == "result" for reply in replies):
        question = next(reply for reply in reversed(replies) if reply["question"])
        asked.append(question["question"])
        assert len(asked) <= 8, asked
        replies = patient.say(**answer_to(question))
    assert len(asked) == len(set(asked)), asked
    _is_shown_to_the_physiotherapist(pair, patient)
    _continues_on_another_device(pair, patient)


def _is_shown_to_the_physiotherapist(pair: Pair, patient: Returning) -> None:
    told = patient.web.get("/api/chat/summary").json()
    assert "burning pain in my lower back" in told["lines"][0]
    link = patient.web.post("/api/chat/summary/link").json()["url"]
    page = httpx.get(f"{pair.url}{link}")
    assert "Show this to your physiotherapist" in page.text
    assert all(f">{value}<" in page.text.replace("&#39;", "'") for _, value in told["rows"])


def _continues_on_another_device(pair: Pair, patient: Returning) -> None:
    code = patient.web.post("/api/chat/codes").json()["code"]
    typed = {"code": code.lower().replace("-", " ")}
    opened = httpx.post(f"{pair.url}/api/chat/resume", json=typed)
    assert opened.status_code == 201
    assert {key: opened.json()[key] for key in ("entries", "open", "last")} == patient.transcript()
    with Returning(pair, opened.json()["token"]) as elsewhere:
        assert elsewhere.say(**answer_to(opened.json()["open"]))
        assert patient.transcript() == elsewhere.transcript()
    assert httpx.post(f"{pair.url}/api/chat/resume", json=typed).status_code == 404
