"""The timeline of an inquiry says once what the patient asked for, and again only when they ask for something else."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clinical.advance import Turn
from bot.clinical.effect import AppointmentRequest, RequestAppointment
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails
from bot.clinical.reply import Reply, ReplyKind
from bot.service.desk_background import Event
from bot.service.ports import TurnAnswer, TurnRequest
from bot.store import tables
from bot.store.desk_background import Backgrounds
from tests.service.clinic import BURNING, TestClinic, clinic_on
from tests.service.takeovers import inquiry_of

ORDINARY = {"who": "me_19_49", "background": "skip", "booking.offer": "book", "booking.times": "mornings"}
ASKED = "appointment.requested"


async def answered(clinic: TestClinic, session: str, replies: list[dict[str, Any]]) -> list[str]:
    """Everything that is asked is answered; the booking questions that were put."""
    put = []
    while replies and replies[-1]["question"]:
        question = replies[-1]["question"]
        put += [question] if question.startswith("booking.") else []
        if question == "booking.contact":
            replies = await clinic.say(session, "604 555 0123")
        elif question == "booking.name":
            replies = await clinic.say(session, "Kim")
        else:
            ids = [choice["id"] for choice in replies[-1]["choices"]]
            usual = ORDINARY.get(question, "none")
            replies = await clinic.tap(session, usual if usual in ids else ids[0])
    return put


async def booked(clinic: TestClinic) -> str:
    """The session of somebody who has asked for an appointment and answered everything about it."""
    session = await clinic.session()
    put = await answered(clinic, session, await clinic.say(session, BURNING))
    assert len(put) > 4, put
    return session


def told(clinic: TestClinic, session: str) -> list[Event]:
    """The wishes of the timeline."""
    inquiry = inquiry_of(clinic.database, session)
    read = Backgrounds(clinic.database).read(inquiry, most_earlier=1, most_events=100)
    assert read is not None
    return [event for event in read.events if event.what == ASKED]


async def test_a_wish_is_told_once_however_many_answers_are_about_it(clinic: TestClinic) -> None:
    session = await booked(clinic)
    assert len(told(clinic, session)) == 1


async def test_every_answer_that_changes_the_request_stays_in_the_audit(clinic: TestClinic) -> None:
    await booked(clinic)
    line = tables.audit.c
    with clinic.database.read() as connection:
        lines = select(func.count()).select_from(tables.audit).where(line.action == ASKED)
        assert connection.execute(lines).scalar_one() > 2


class Asking:
    """A rasa that keeps these requests, one with every message."""

    def __init__(self, *requests: AppointmentRequest) -> None:
        self._requests = iter(requests)

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """A turn with the next request."""
        wanted = next(self._requests)
        encounter = replace(request.encounter, request=wanted, wants_appointment=True)
        return TurnAnswer(Turn(encounter, (Reply(ReplyKind.BOOKING, "Noted."),), (RequestAppointment(wanted),)))


KIM = ContactDetails("Kim", "+16045550123")
WITH_AMY = AppointmentRequest(KIM, times="mornings", practitioner="Amy Lee")
LATER = [
    (replace(WITH_AMY, voicemail="yes"), 1),
    (replace(WITH_AMY, payer="icbc", claim="AB123"), 1),
    (replace(WITH_AMY, visit_language="French"), 1),
    (replace(WITH_AMY, contact=ContactDetails("Kim", "+16045550199")), 1),
    (replace(WITH_AMY, times="evenings"), 2),
    (replace(WITH_AMY, practitioner=None), 2),
    (replace(WITH_AMY, call_back=True), 2),
    (AppointmentRequest(KIM), 2),
]


@pytest.mark.parametrize(("later", "times"), LATER)
async def test_a_wish_is_told_again_when_it_is_another_and_not_when_something_is_added(
    clinic: TestClinic, protocol: Protocol, later: AppointmentRequest, times: int
) -> None:
    asking = clinic_on(clinic.database, protocol, turns=Asking(WITH_AMY, later, later))
    session = await asking.session()
    for text in ("book me", "and something else", "as I said"):
        asking.clock.move(60)
        await asking.say(session, text)
    assert len(told(asking, session)) == times
    asking.service.threads.close()
