"""Who has an inquiry open, and who writes there."""

from collections.abc import Callable

from tests.desk.browser import Browser
from tests.desk.conftest import TurnableClock
from tests.desk.patients import Patient, backache

Arrive = Callable[[Patient], str]


def stay(browser: Browser, id: str, **fields: str) -> str:
    """What the page hears when it says that it is still open."""
    page = f"/desk/inquiries/{id}"
    token = browser.form_token("/desk")
    answer = browser.send(f"{page}/present", {"form_token": token, **fields}, **{"X-Desk-Quiet": "1"})
    assert answer.status_code == 200
    return answer.text


def test_the_others_see_who_has_it_open_and_who_writes(
    work: Callable[[str], Browser], arrive: Arrive, clock: TurnableClock
) -> None:
    ana, bo, id = work("Ana"), work("Bo"), arrive(Patient(encounter=backache()))
    ana.open(f"/desk/inquiries/{id}")
    assert "Ana has this open too." in bo.read(f"/desk/inquiries/{id}")
    assert "Ana has it open" in bo.read("/desk")
    assert "Bo" in stay(ana, id, writing="1")
    assert "is writing here" in stay(bo, id)
    clock.turn(seconds=50)
    assert "Ana" not in bo.read("/desk").partition("Waiting")[2]
    assert "Ana" not in stay(bo, id)


def test_nobody_is_told_of_themselves(ana: Browser, arrive: Arrive) -> None:
    id = arrive(Patient(encounter=backache()))
    assert "has this open" not in ana.read(f"/desk/inquiries/{id}")
    assert "has it open" not in ana.read("/desk")
