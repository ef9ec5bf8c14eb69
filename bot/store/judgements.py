"""Judgements of levels: kept by staff, deciding where an inquiry is listed, overruled by a new flag of the patient."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from bot.clinical.codec import from_data
from bot.clinical.encounter import Encounter
from bot.errors import EncounterError
from bot.service.desk_judgements import Judged, Judgement, JudgementRow, Judging, Verdict, refusal
from bot.service.desk_records import DONE, URGENT_BELOW, Act, Staff, Status
from bot.service.inquiry import urgency_of
from bot.store import audit
from bot.store.inbox_lists import refresh
from bot.store.tables import conversations, inquiries, judgements, staff
from bot.store.transaction import Database

_DONE = {status.value for status in DONE}
_PAGE = 500


class JudgementRows:
    """The JudgementBook of the desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def judge(self, inquiry_id: str, judgement_id: str, judging: Judging, *, staff: Staff, act: Act) -> Judged:
        """Keep it in place of the one that stands, and list the inquiry by it."""
        with self._database.write() as connection:
            row = _locked(connection, inquiry_id)
            if row is None:
                return Judged.NOT_FOUND
            known = encounter_of(row.encounter)
            screened = urgency_of(known) if known else row.urgency
            refused = refusal(judging, staff, screened=screened, listed=row.urgency)
            if refused is None and _is_overtaken(judging, row, becomes=judging.urgency(screened)):
                refused = Judged.OVERTAKEN
            if refused:
                return refused
            return _keep(connection, row, judgement_id, judging, known, screened=screened, staff=staff, act=act)

    def counts(self, *, since: datetime) -> dict[tuple[int, Verdict], int]:
        """How many judgements there were since then, by the screening's urgency and the verdict."""
        one = judgements.c
        counted = select(one.screened, one.verdict, func.count()).where(one.judged_at >= since)
        with self._database.read() as connection:
            rows = connection.execute(counted.group_by(one.screened, one.verdict)).all()
        return {(screened, Verdict(verdict)): count for screened, verdict, count in rows}

    def rows(self, *, with_words: bool) -> Iterator[JudgementRow]:
        """Every judgement, oldest first, a page at a time."""
        one, after = judgements.c, None
        order = one.judged_at, one.id
        while True:
            found = _OF_REVIEW.order_by(*order).limit(_PAGE)
            if after is not None:
                found = found.where(or_(order[0] > after[0], and_(order[0] == after[0], order[1] > after[1])))
            with self._database.read() as connection:
                rows = connection.execute(found).all()
            yield from (_review_row(row, with_words=with_words) for row in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1].judged_at, rows[-1].id


def of_inquiry(connection: Connection, inquiry_id: str) -> tuple[Judgement, ...]:
    """Every judgement of an inquiry, the newest first."""
    mine = _ALL.where(judgements.c.inquiry_id == inquiry_id)
    newest_first = mine.order_by(judgements.c.judged_at.desc(), judgements.c.ended_at.is_not(None))
    return tuple(_judgement(row) for row in connection.execute(newest_first))


def encounter_of(text: str) -> Encounter | None:
    """A damaged encounter must not hide the name, the number and the transcript: it counts as none."""
    try:
        return from_data(Encounter, json.loads(text))
    except (EncounterError, ValueError):
        return None


_ALL: Select[Any] = select(judgements, staff.c.name.label("by")).join(staff, staff.c.id == judgements.c.staff_id)
_OF_REVIEW = (
    _ALL.add_columns(conversations.c.encounter)
    .join(inquiries, inquiries.c.id == judgements.c.inquiry_id)
    .join(conversations, conversations.c.id == inquiries.c.conversation_id)
)


def _locked(connection: Connection, inquiry_id: str) -> Row[Any] | None:
    """The inquiry with its conversation, which takes no message and no answer until the transaction ends."""
    mine = select(inquiries.c.conversation_id).where(inquiries.c.id == inquiry_id).scalar_subquery()
    connection.execute(select(conversations.c.id).where(conversations.c.id == mine).with_for_update())
    found = select(inquiries, conversations.c.encounter, conversations.c.message_seq)
    found = found.join(conversations, conversations.c.id == inquiries.c.conversation_id)
    return connection.execute(found.where(inquiries.c.id == inquiry_id)).one_or_none()


def _is_overtaken(judging: Judging, row: Row[Any], *, becomes: int) -> bool:
    """Nothing is made less urgent on a page that lacks the patient's newest message."""
    return bool(judging.version != row.version or (becomes > row.urgency and judging.heard != row.message_seq))


def _keep(
    connection: Connection,
    row: Row[Any],
    judgement_id: str,
    judging: Judging,
    known: Encounter | None,
    *,
    screened: int,
    staff: Staff,
    act: Act,
) -> Judged:
    becomes = judging.urgency(screened)
    seen = inquiries.c.id == row.id, inquiries.c.version == judging.version
    changed = update(inquiries).where(*seen).values(version=inquiries.c.version + 1, **_listing(row, becomes, act.now))
    if connection.execute(changed).rowcount != 1:
        return Judged.OVERTAKEN
    end_standing(connection, row.id, by="staff", now=act.now)
    connection.execute(
        insert(judgements).values(
            id=judgement_id,
            inquiry_id=row.id,
            staff_id=act.staff_id,
            role=staff.role.value,
            verdict=judging.verdict.value,
            screened=screened,
            listed=row.urgency,
            urgency=becomes,
            rules=json.dumps(sorted({flag.rule for flag in known.flags}) if known else []),
            protocol_version=known.protocol_version[:80] if known else "",
            note=judging.reason,
            judged_at=act.now,
        )
    )
    refresh(connection, row.id)
    audit.write(connection, act.staff_id, "inquiry.judged", subject=row.id, now=act.now, detail=judging.verdict.value)
    return Judged.DONE


def end_standing(connection: Connection, inquiry_id: str, *, by: str, now: datetime) -> None:
    """The judgement that stood decides no longer."""
    standing = judgements.c.inquiry_id == inquiry_id, judgements.c.ended_at.is_(None)
    connection.execute(update(judgements).where(*standing).values(ended_at=now, ended_by=by))


def _listing(row: Row[Any], becomes: int, now: datetime) -> dict[str, Any]:
    """What a judgement changes of the inquiry: raised to urgent, it is back on the desk, snoozed or done or not."""
    changed: dict[str, Any] = {"urgency": becomes, "urgent_since": None}
    if becomes < row.urgency:
        changed |= {"snoozed_until": None}
    if becomes < URGENT_BELOW:
        changed |= {"urgent_since": row.urgent_since or now}
        if row.status in _DONE and becomes < row.urgency:
            changed |= {"status": Status.NEW.value, "waiting_since": now, "closed_reason": None}
    return changed


def _judgement(row: Row[Any]) -> Judgement:
    levels = row.screened, row.listed, row.urgency
    return Judgement(Verdict(row.verdict), row.by, row.judged_at, *levels, row.note, row.ended_by)


def _review_row(row: Row[Any], *, with_words: bool) -> JudgementRow:
    known = encounter_of(row.encounter) if with_words else None
    words = tuple(flag.words for flag in known.flags) if known else ()
    rules = tuple(json.loads(row.rules))
    return JudgementRow(_judgement(row), row.role, rules, row.protocol_version, row.inquiry_id, words)
