"""Putting an inquiry off, closing it for a reason, and what no urgent one allows."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clinical.vocabulary import Disposition
from bot.service.desk import DeskServices
from bot.service.desk_records import Reason
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, backache, flagged
from tests.desk.queues import queue

Arrive = Callable[[Patient], str]


def snooze(browser: Browser, id: str, clock: TurnableClock, **by: float) -> str:
    """What the page says after snoozing for so long."""
    return browser.act(id, "snooze", until=(clock.now() + timedelta(**by)).isoformat(), version="0")


def test_a_snoozed_inquiry_is_out_of_sight_and_comes_back_by_itself(
    ana: Browser, arrive: Arrive, services: DeskServices, clock: TurnableClock
) -> None:
    id = arrive(Patient(encounter=backache()))
    assert "It comes back by itself" in snooze(ana, id, clock, minutes=10)
    assert not queue(services, "open").entries
    assert [entry.id for entry in queue(services, "snoozed").entries] == [id]
    clock.turn(minutes=10)
    assert [entry.id for entry in queue(services, "open").entries] == [id]
    assert not queue(services, "snoozed").entries


def test_it_can_be_brought_back_at_once(
    ana: Browser, arrive: Arrive, services: DeskServices, clock: TurnableClock
) -> None:
    id = arrive(Patient(encounter=backache()))
    snooze(ana, id, clock, hours=2)
    assert "The inquiry is back." in ana.act(id, "snooze", until="", version="1")
    assert queue(services, "open").entries


@pytest.mark.parametrize("disposition", [Disposition.EMERGENCY, Disposition.CRISIS])
def test_an_urgent_inquiry_cannot_be_snoozed(
    ana: Browser, arrive: Arrive, services: DeskServices, clock: TurnableClock, disposition: Disposition
) -> None:
    id = arrive(Patient(encounter=flagged(disposition)))
    ana.act(id, "notes", text="Spoke to them.")
    assert "is not snoozed" in snooze(ana, id, clock, hours=1)
    assert queue(services, "open").entries


@pytest.mark.parametrize("until", ["2020-01-01T09:00:00+00:00", "2036-01-01T09:00:00+00:00", "soon", "typed"])
def test_a_time_that_is_past_or_far_off_or_none_is_refused(ana: Browser, arrive: Arrive, until: str) -> None:
    page = f"/desk/inquiries/{arrive(Patient(encounter=backache()))}"
    assert ana.submit(f"{page}/snooze", page=page, until=until, at="", version="0").status_code == 400


def test_an_urgent_inquiry_waits_for_its_patient_only_with_a_note(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.CRISIS)))
    assert "only with a note" in ana.act(id, "status", status="waiting", version="0")
    assert "is changed" in ana.act(id, "status", status="waiting", version="0", note="Left word with her sister.")


@pytest.mark.parametrize("reason", list(Reason))
def test_closing_has_a_reason_and_another_reason_a_note(ana: Browser, arrive: Arrive, reason: Reason) -> None:
    id = arrive(Patient(encounter=backache()))
    assert "Choose the reason" in ana.act(id, "status", status="closed", version="0")
    page = ana.act(id, "status", status="closed", version="0", reason=reason.value)
    assert ("is changed" in page) == (reason is not Reason.OTHER)
    if reason is Reason.OTHER:
        assert "is changed" in ana.act(id, "status", status="closed", version="0", reason="other", note="Moved away")


def test_a_reason_is_shown_in_the_inbox(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "status", status="closed", version="0", reason="not_reachable")
    assert "Closed: Not reachable" in ana.read("/desk?status=closed")


def test_the_two_who_snooze_and_close_are_told_apart(ana: Browser, arrive: Arrive, clock: TurnableClock) -> None:
    id = arrive(Patient(encounter=backache()))
    ana.act(id, "status", status="waiting", version="0")
    assert "Somebody changed it" in snooze(ana, id, clock, hours=1)
