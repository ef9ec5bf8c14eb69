"""A turn whose effect fails is not kept, the patient is told so, and no red flag is ever lost with it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.clinical.advance import Turn
from bot.clinical.effect import AppointmentRequest, RequestAppointment, RequestPerson
from bot.clinical.encounter import Encounter
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.reply import Reply, ReplyKind
from bot.errors import EffectError, StorageError
from bot.service.ports import TurnAnswer, TurnRequest
from bot.service.records import Answer
from bot.store.effects import CARRY_OUT
from bot.store.ledger import SqlLedger
from bot.store.tables import appointment_requests, messages
from tests.service.clinic import NUMB, TestClinic, clinic_on

KIM = AppointmentRequest(ContactDetails("Kim", "+16045550123"), times="mornings")
Refuse = Callable[[Connection, Any, Answer], None]


def refuse(_: Connection, effect: Any, __: Answer) -> None:
    """No time is free any more."""
    raise EffectError(effect, "no_longer_free")


class Booking:
    """A rasa that books whatever is said."""

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """A turn with an appointment request."""
        booked = Encounter(request=KIM, wants_appointment=True)
        return TurnAnswer(Turn(booked, (Reply(ReplyKind.BOOKING, "It is booked."),), (RequestAppointment(KIM),)))


def booking_clinic(clinic: TestClinic, protocol: Protocol, **refusing: Refuse) -> TestClinic:
    """A clinic where everything said is a booking, and some effects fail."""
    kinds = {"appointment": RequestAppointment, "person": RequestPerson}
    effects = {**CARRY_OUT, **{kinds[name]: do for name, do in refusing.items()}}
    return clinic_on(clinic.database, protocol, turns=Booking(), ledger=SqlLedger(clinic.database, effects=effects))


async def test_an_appointment_request_is_kept_with_the_turn(clinic: TestClinic, protocol: Protocol) -> None:
    booking = booking_clinic(clinic, protocol)
    assert (await booking.say(await booking.session(), "book me"))[0]["text"] == "It is booked."
    assert requests(booking) == ["mornings"]


async def test_a_failed_effect_is_told_and_the_turn_is_as_if_it_had_not_been(
    clinic: TestClinic, protocol: Protocol
) -> None:
    booking = booking_clinic(clinic, protocol, appointment=refuse)
    session = await booking.session()
    (reply,) = await booking.say(session, "book me")
    assert "604-555-0123" in reply["text"]
    seen: Any = await booking.conversations.encounter(session)
    assert seen["booking"] is None
    assert requests(booking) == []
    assert states(booking) == ["answered"]


async def test_a_retry_after_a_failed_effect_gets_the_same_answer(clinic: TestClinic, protocol: Protocol) -> None:
    booking = booking_clinic(clinic, protocol, appointment=refuse)
    session = await booking.session()
    assert await booking.say(session, "book me", id="one") == await booking.say(session, "book me", id="one")


async def test_an_emergency_is_told_and_kept_although_its_effect_failed(clinic: TestClinic, protocol: Protocol) -> None:
    booking = booking_clinic(clinic, protocol, appointment=refuse)
    session = await booking.session()
    replies = await booking.say(session, f"{NUMB}, call me on 604 555 0123")
    assert replies[0]["kind"] == "emergency"
    seen: Any = await booking.conversations.encounter(session)
    assert seen["disposition"] == "emergency"


async def test_a_store_that_breaks_in_an_effect_keeps_nothing(clinic: TestClinic, protocol: Protocol) -> None:
    def broken(connection: Connection, _: Any, __: Answer) -> None:
        connection.exec_driver_sql("SELECT * FROM nowhere")

    booking = booking_clinic(clinic, protocol, appointment=broken)
    session = await booking.session()
    with pytest.raises(StorageError):
        await booking.say(session, "book me")
    assert states(booking) == ["received"]


def requests(clinic: TestClinic) -> list[Any]:
    """The times asked for."""
    with clinic.database.read() as connection:
        return list(connection.execute(select(appointment_requests.c.times)).scalars())


def states(clinic: TestClinic) -> list[Any]:
    """The states of all messages."""
    with clinic.database.read() as connection:
        return list(connection.execute(select(messages.c.state)).scalars())
