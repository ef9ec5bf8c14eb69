"""The playbook of an inquiry's level: the next step first, every step ticked once with who and when."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.clinical.vocabulary import Disposition
from bot.service.desk import DeskServices
from bot.service.desk_records import Act
from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import LEVELS, Patient, asked_for, backache, flagged

Arrive = Callable[[Patient], str]
Audited = Callable[[], list[tuple[str, str | None]]]


def next_step(page: str) -> str:
    """What the page says is to be done."""
    _, _, rest = page.replace("What to do next", "What to do first").partition("What to do first")
    return rest[:200]


@pytest.mark.parametrize("level", list(Disposition))
def test_every_level_shows_its_own_next_step_and_who_calls(
    ana: Browser, arrive: Arrive, services: DeskServices, level: Disposition
) -> None:
    known = flagged(level) if level in LEVELS else backache(disposition=level)
    page = ana.read(f"/desk/inquiries/{arrive(Patient(encounter=replace(known, request=asked_for('Mary', '+1604'))))}")
    playbook = services.protocol.playbooks[level.value]
    assert playbook.title in page
    assert playbook.steps[0].text in next_step(page)
    assert f"Who calls: {playbook.who}" in page
    assert page.index("Mary") < page.index(playbook.steps[0].text) < page.index("Is the level right?")


def test_an_unfinished_screening_and_a_returning_patient_have_their_own(
    ana: Browser, arrive: Arrive, services: DeskServices
) -> None:
    books = services.protocol.playbooks
    unfinished = arrive(Patient(encounter=backache(disposition=None, complete=False)))
    assert books["unfinished"].title in ana.read(f"/desk/inquiries/{unfinished}")
    returning = arrive(Patient(encounter=backache(disposition=None, complete=True, returning=True)))
    page = ana.read(f"/desk/inquiries/{returning}")
    assert books["returning"].title in page
    assert "no new screening" in page


def test_a_ticked_step_says_who_and_when_and_the_next_one_comes_first(
    ana: Browser, arrive: Arrive, services: DeskServices, audited: Audited
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.EMERGENCY)))
    steps = services.protocol.playbooks["emergency"].steps
    ana.act(id, "take", owner="")
    page = ana.act(id, "tick", step="emergency/call")
    assert f"{steps[1].text} Done by Ana, 9:00 am" in page
    assert steps[2].text in next_step(page)
    assert ("inquiry.ticked", "emergency/call") in audited()
    page = ana.act(id, "tick", step="emergency/call", undo="1")
    assert "Done by" not in page
    assert ("inquiry.unticked", "emergency/call") in audited()


def test_taking_the_inquiry_is_the_step_that_says_so(ana: Browser, arrive: Arrive, services: DeskServices) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.CRISIS)))
    take, call, *_ = services.protocol.playbooks["crisis"].steps
    assert f"{take.text} Take it" in next_step(ana.read(f"/desk/inquiries/{id}"))
    page = ana.act(id, "take", owner="")
    assert f"{take.text} Ana has it" in page
    assert call.text in next_step(page)
    assert take.text in next_step(ana.act(id, "release"))


def test_a_step_that_two_tick_stays_the_first_ones(
    ana: Browser, arrive: Arrive, services: DeskServices, clock: TurnableClock, hire: Callable[[str], None]
) -> None:
    id, start = arrive(Patient(encounter=backache())), threading.Barrier(4)
    for number in range(4):
        hire(f"Staff{number}")
    known = [services.accounts.book.credentials(f"staff{number}@clinic.example") for number in range(4)]

    def tick(staff_id: str) -> None:
        start.wait()
        assert services.backgrounds.book.tick(id, "physio_exam/call", act=Act(staff_id, clock.now()))

    threads = [threading.Thread(target=tick, args=(found[0].id,)) for found in known if found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    background = services.backgrounds.read(id)
    assert background is not None
    assert len(background.ticks) == 1


@pytest.mark.parametrize("step", ["", "emergency/dance", "x" * 200])
def test_only_steps_of_playbooks_are_ticked(ana: Browser, arrive: Arrive, step: str) -> None:
    id = arrive(Patient(encounter=backache()))
    page = f"/desk/inquiries/{id}"
    assert ana.submit(f"{page}/tick", page=page, step=step).status_code == 400


def test_the_crisis_script_leaves_nobody_alone_with_it(services: DeskServices) -> None:
    crisis, region = services.protocol.playbooks["crisis"], services.protocol.region
    script = " ".join([crisis.who, *(f"{step.text} {step.say or ''}" for step in crisis.steps)])
    for part in (region.crisis_line, region.emergency_number, "Stay on the line", "Nobody judges this alone"):
        assert part in script


def test_a_visit_is_suggested_only_where_one_may_be_booked(services: DeskServices) -> None:
    books = services.protocol.playbooks
    without = {id for id, book in books.items() if book.visit is None}
    assert without == {"emergency", "crisis", "information", "unfinished"}
    assert "authorised to needle" in (books["physio_exam"].visit or "")


def test_ticks_of_one_inquiry_are_not_those_of_another(ana: Browser, arrive: Arrive) -> None:
    first, second = arrive(Patient(encounter=backache())), arrive(Patient(encounter=backache()))
    ana.act(first, "tick", step="physio_exam/call")
    assert "Done by" not in ana.read(f"/desk/inquiries/{second}")
