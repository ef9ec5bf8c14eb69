"""At what urgency a turn of the patient lists an inquiry that staff have judged."""

import json
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from bot.clinical.vocabulary import Level
from bot.service.desk_judgements import Verdict
from bot.service.records import Answer, InquiryRecord
from bot.store import audit
from bot.store.judgements import end_standing
from bot.store.tables import inquiries, judgements, messages
from bot.store.texts import flags_of

_DECIDES = and_(
    judgements.c.inquiry_id == inquiries.c.id,
    judgements.c.ended_at.is_(None),
    judgements.c.verdict != Verdict.AGREE.value,
)
JUDGED = (
    select(
        inquiries,
        judgements.c.urgency.label("judged_urgency"),
        judgements.c.screened.label("judged_screened"),
    )
    .select_from(inquiries)
    .join(judgements, _DECIDES, isouter=True)
)
"""Inquiries with the judgement that decides where they are listed; null where the screening does."""


def listed_urgency(connection: Connection, row: Row[Any], record: InquiryRecord, answer: Answer) -> int:
    """The judged urgency, unless the screening is more urgent and has heard something new since."""
    if row.judged_urgency is None or record.urgency == row.judged_urgency:
        return record.urgency
    if record.urgency > row.judged_urgency or not _is_news(connection, row, record, answer):
        return int(row.judged_urgency)
    end_standing(connection, row.id, by="patient", now=answer.now)
    audit.write(connection, "patient", "inquiry.raised_again", subject=row.id, now=answer.now)
    return record.urgency


def _is_news(connection: Connection, row: Row[Any], record: InquiryRecord, answer: Answer) -> bool:
    """The judge knew less: the screening is more urgent than then, or a red flag was raised or heard again."""
    if record.urgency < row.judged_screened:
        return True
    raised = {flag for flag in record.flags if not flag.endswith(f":{Level.NONE.value}")}
    if raised - set(json.loads(row.flags)):
        return True
    said = connection.execute(select(messages.c.flags).where(messages.c.id == answer.message_id)).scalar()
    return any(flag.ask or flag.level is not Level.NONE for flag in flags_of(said or "[]"))
