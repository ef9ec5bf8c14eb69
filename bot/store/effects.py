"""How the effects of a turn are carried out, inside the transaction that keeps its answer."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert

from bot.clinical.effect import (
    ConfirmTime,
    EraseConversation,
    HoldTime,
    ReleaseTime,
    RequestAppointment,
    RequestPerson,
)
from bot.errors import EffectError
from bot.service.records import Answer
from bot.store import audit
from bot.store.erasing import erase
from bot.store.tables import appointment_requests

ADDED = "added"
"""The detail of the audit's line where an answer adds to a request and asks for nothing else."""
WISHED = ("call_back", "times", "practitioner", "visit_language")
"""What of a request is the wish itself; the rest is how to reach the patient and who pays."""

CarryOut = Callable[[Connection, Any, Answer], None]
"""Does what one effect asks; EffectError when it cannot be done, and then nothing of the turn is kept."""


def request_appointment(connection: Connection, effect: RequestAppointment, answer: Answer) -> None:
    """The conversation's appointment request is this one, replacing an earlier one."""
    request, contact = effect.request, effect.request.contact
    mine = appointment_requests.c.conversation_id == answer.session_id
    wished = [appointment_requests.c[name] for name in WISHED]
    earlier = connection.execute(delete(appointment_requests).where(mine).returning(*wished)).mappings().first()
    row = {
        "id": answer.message_id,
        "conversation_id": answer.session_id,
        "name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "times": request.times,
        "voicemail": request.voicemail,
        "payer": request.payer,
        "claim": request.claim,
        "practitioner": request.practitioner,
        "visit_language": request.visit_language,
        "call_back": request.call_back,
        "requested_at": answer.now,
    }
    connection.execute(insert(appointment_requests).values(**row))
    detail = ADDED if earlier is not None and _is_same_wish(earlier, row) else None
    audit.write(
        connection, "patient", "appointment.requested", subject=answer.session_id, now=answer.now, detail=detail
    )


def _is_same_wish(earlier: RowMapping, row: Mapping[str, Any]) -> bool:
    """Nothing that was wished for is otherwise now; what was left open may be said."""
    return all(before is None or before == row[name] for name, before in earlier.items())


def request_person(connection: Connection, effect: RequestPerson, answer: Answer) -> None:
    """The wish for a person is on record; the inquiry of the same transaction shows it to the desk."""
    audit.write(
        connection,
        "patient",
        "person.requested",
        subject=answer.session_id,
        now=answer.now,
        detail=effect.reason[:64],
    )


def no_calendar(_: Connection, effect: HoldTime | ConfirmTime, __: Answer) -> None:
    """Without a calendar there are no times: a clinic that gave it up still has conversations about them."""
    raise EffectError(effect, "no_calendar")


def keep_nothing(_: Connection, __: ReleaseTime, ___: Answer) -> None:
    """Without a calendar nothing is held."""


CARRY_OUT: Mapping[type[Any], CarryOut] = MappingProxyType(
    {
        RequestAppointment: request_appointment,
        RequestPerson: request_person,
        EraseConversation: erase,
        HoldTime: no_calendar,
        ConfirmTime: no_calendar,
        ReleaseTime: keep_nothing,
    }
)
