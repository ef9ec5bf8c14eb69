"""Holding, booking and giving back a time of the clinic's calendar, inside the transaction that keeps the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, update

from bot.clinical.effect import ConfirmTime, HoldTime, ReleaseTime
from bot.errors import EffectError
from bot.service.calendar import HOLD
from bot.service.ports import Openings
from bot.service.records import Answer
from bot.store import audit, mails
from bot.store.appointments import CONFIRMED, HELD, TAKEN, insert_once, is_free
from bot.store.effects import CARRY_OUT, CarryOut
from bot.store.tables import appointments as table

MAIL = "booking_confirmed"


@dataclass(frozen=True)
class TimeEffects:
    """Carries out the effects on times; `manage` is the page of a conversation's appointment, `mails` tells by mail."""

    openings: Openings
    manage: Callable[[str], str]
    mails: bool

    def all(self) -> Mapping[type[Any], CarryOut]:
        """Every effect, with those on times."""
        return MappingProxyType({**CARRY_OUT, HoldTime: self.hold, ConfirmTime: self.confirm, ReleaseTime: release})

    def hold(self, connection: Connection, effect: HoldTime, answer: Answer) -> None:
        """The time is kept for this patient for some minutes; one held before is free again."""
        _release(connection, answer.session_id)
        if not self._takes(connection, effect, answer, state=HELD, held_until=answer.now + HOLD):
            raise EffectError(effect, TAKEN)
        audit.write(connection, "patient", "appointment.held", subject=answer.message_id, now=answer.now)

    def confirm(self, connection: Connection, effect: ConfirmTime, answer: Answer) -> None:
        """The time is booked: the one that was held, or anew where the hold ran out and nobody took it."""
        if effect.starts_at <= answer.now:
            raise EffectError(effect, TAKEN)
        if not (_confirms(connection, effect, answer) or self._takes(connection, effect, answer, state=CONFIRMED)):
            raise EffectError(effect, TAKEN)
        audit.write(connection, "patient", "appointment.confirmed", subject=answer.session_id, now=answer.now)
        self._tell(connection, answer)

    def _takes(self, connection: Connection, effect: HoldTime | ConfirmTime, answer: Answer, **state: Any) -> bool:
        now = answer.now
        if not is_free(connection, effect, besides=answer.session_id, openings=self.openings, now=now):
            return False
        row = {"id": answer.message_id, "conversation_id": answer.session_id, "practitioner": effect.practitioner}
        times = {"starts_at": effect.starts_at, "minutes": effect.minutes, "created_at": now, "changed_at": now}
        return insert_once(connection, **row, **times, **state, sequence=0)

    def _tell(self, connection: Connection, answer: Answer) -> None:
        request = answer.encounter.request
        if not self.mails or request is None or request.contact.email is None:
            return
        mails.queue(
            connection,
            conversation_id=answer.session_id,
            kind=MAIL,
            address=request.contact.email,
            link=self.manage(answer.session_id),
            now=answer.now,
            id=answer.message_id,
        )


def release(connection: Connection, _: ReleaseTime, answer: Answer) -> None:
    """The time that was held is free again."""
    _release(connection, answer.session_id)


def _release(connection: Connection, session_id: str) -> None:
    connection.execute(delete(table).where(_held_by(session_id)))


def _confirms(connection: Connection, effect: ConfirmTime, answer: Answer) -> bool:
    """Whether the patient's own hold is still there; nobody took it, though it may have run out."""
    mine = and_(
        _held_by(answer.session_id),
        table.c.practitioner == effect.practitioner,
        table.c.starts_at == effect.starts_at,
    )
    booked = update(table).where(mine).values(state=CONFIRMED, held_until=None, changed_at=answer.now)
    return connection.execute(booked).rowcount == 1


def _held_by(session_id: str) -> ColumnElement[bool]:
    return and_(table.c.conversation_id == session_id, table.c.state == HELD)
