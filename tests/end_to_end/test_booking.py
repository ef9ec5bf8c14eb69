"""The three ways of booking through the chat API, with both processes, the store and a real mail server."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from tests.end_to_end.pair import Pair, Patient, eventually, free_port
from tests.outside.test_smtp import Kept

Meet = Callable[[Pair], Patient]
COMPLAINT = "My shoulder has been aching for two weeks."
ORDINARY = {"who": "me_19_49", "pattern": "same_for_months", "background": "skip", "booking.offer": "book"}
CONTACT = "Marisol Okafor, 604 555 0134, marisol@example.org"


@pytest.fixture
def mail() -> Iterator[tuple[Kept, int]]:
    """A mail server on this machine, with its port."""
    kept, port = Kept(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


@pytest.fixture
def start(built: None, tmp_path: Path) -> Iterator[Callable[..., Pair]]:
    """Starts a pair with these settings."""
    running: list[Pair] = []

    def begin(**settings: str) -> Pair:
        running.append(Pair(tmp_path, RASA_TIMEOUT="30", **settings))
        running[-1].wait_ready()
        return running[-1]

    yield begin
    for pair in running:
        pair.stop()


def to_booking(patient: Patient, *, until: str) -> list[dict[str, Any]]:
    """The replies once this question is put, or none any more."""
    replies = patient.say(text=COMPLAINT)
    for _ in range(15):
        question = open_question(replies)
        if question is None or question["question"] == until:
            return replies
        if question["question"] == "booking.contact":
            replies = patient.say(text=CONTACT)
        else:
            answer = ORDINARY.get(question["question"], "none")
            said = {"choices": [answer]} if question["multiple"] else {"choice": answer}
            replies = patient.say(**said, in_reply_to=question["id"])
    raise AssertionError(f"{until} was never asked")


def open_question(replies: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The question that was put last."""
    return next((reply for reply in reversed(replies) if reply["question"]), None)


def test_a_request_reaches_the_encounter_with_what_was_asked(pair: Pair, meet: Meet) -> None:
    patient = meet(pair)
    to_booking(patient, until="booking.times")
    patient.say(text="Tuesday mornings")
    patient.say(choice="yes")
    patient.say(text="ICBC")
    replies = patient.say(text="BC 123-456")
    assert open_question(replies) is not None
    booking = patient.encounter()["booking"]
    assert (booking["times"], booking["payer"], booking["claim"]) == ("Tuesday mornings", "icbc", "BC123456")
    assert booking["contact"]["phone"] == "+16045550134"


def test_a_number_without_its_area_code_is_asked_for_again(pair: Pair, meet: Meet) -> None:
    patient = meet(pair)
    to_booking(patient, until="booking.contact")
    replies = patient.say(text="Marisol, 555 0134")
    assert replies[-1]["question"] == "booking.contact"
    assert "no area code" in replies[-1]["text"]


@pytest.mark.slow
def test_the_clinics_own_page_comes_with_the_summary(start: Callable[..., Pair], meet: Meet) -> None:
    patient = meet(start(BOOKING="link", BOOKING_URL="https://clinic.example/book"))
    told = to_booking(patient, until="booking.contact")[-1]
    assert told["data"]["link"]["url"] == "https://clinic.example/book"
    assert "shoulder" in told["data"]["link"]["copy"].lower()
    patient.say(text="604 555 0134")
    assert patient.encounter()["booking"]["contact"]["phone"] == "+16045550134"


@pytest.mark.slow
def test_a_time_of_the_demonstration_calendar_is_booked_by_words_and_moved_and_cancelled_by_link(
    start: Callable[..., Pair], meet: Meet, mail: tuple[Kept, int]
) -> None:
    kept, port = mail
    mailing = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none", "MAIL_FROM": "a@b.example"}
    pair = start(BOOKING="calendar", **mailing)
    patient = meet(pair)
    shown = to_booking(patient, until="booking.slot")[-1]
    assert shown["data"]["times"] is True
    replies = patient.say(text=shown["choices"][0]["label"])
    assert replies[-1]["question"] == "booking.confirm"
    booked = patient.say(text="yes please")[0]["data"]["appointment"]
    assert booked["label"] == shown["choices"][0]["label"]
    with httpx.Client(base_url=pair.url) as browser:
        listed = browser.get(f"{booked['manage']}/times").text
        found = re.search(r'value="(slot\.[^"]+)"', listed)
        assert found
        moved = browser.post(f"{booked['manage']}/move", data={"slot": found[1]}, follow_redirects=True)
        assert "Your time is changed." in moved.text
        gone = browser.post(f"{booked['manage']}/cancel", follow_redirects=True)
        assert "is cancelled" in gone.text
        assert Calendar.from_ical(browser.get(booked["ics"]).text).walk("VEVENT")
    assert eventually(lambda: len(kept.mails) == 3, 40)
    text = " ".join(str(message) for message in kept.mails)
    assert booked["manage"] in text.replace("=\n", "").replace("=3D", "=")
    assert not any(word in text for word in ("Marisol", "shoulder", "aching"))
    assert "Marisol" not in pair.errors()
    assert "marisol@" not in pair.errors()


@pytest.mark.slow
def test_a_summary_is_mailed_as_a_link_without_a_clinical_word(
    start: Callable[..., Pair], meet: Meet, mail: tuple[Kept, int]
) -> None:
    kept, port = mail
    mailing = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none", "MAIL_FROM": "a@b.example"}
    pair = start(PUBLIC_URL="https://chat.example", **mailing)
    patient = meet(pair)
    to_booking(patient, until="booking.offer")
    with httpx.Client(base_url=pair.url, headers=patient.headers) as browser:
        asked = browser.post("/api/chat/summary/mail", json={"to": "marisol@example.org"})
        assert asked.status_code == 202, asked.text
        assert eventually(lambda: len(kept.mails) == 1, 40)
        text = str(kept.mails[0]).replace("=\n", "").replace("=3D", "=")
        link = re.search(r"https://chat\.example(/summary/\S+)", text)
        assert link
        assert "shoulder" in browser.get(link[1]).text.lower()
    assert not any(word in text.lower() for word in ("shoulder", "aching", "pain"))
    assert "marisol@" not in pair.errors()
