"""What stands around an inquiry: other contacts of the same person, the timeline, look-alikes and contradictions."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import event

from bot.clinical.effect import AppointmentRequest
from bot.clinical.reading import ContactDetails
from bot.clinical.vocabulary import Disposition
from bot.service.desk import DeskServices
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.conftest import PASSWORD, TurnableClock
from tests.desk.patients import Patient, asked_for, backache, flagged

Arrive = Callable[[Patient], str]
MARY = "+16045550123"


def by_mail(name: str) -> AppointmentRequest:
    """A request of somebody who gave only an address."""
    return AppointmentRequest(ContactDetails(name, None, "mary@mail.example"))


def read(browser: Browser, inquiry_id: str) -> str:
    """What the inquiry page shows."""
    return browser.read(f"/desk/inquiries/{inquiry_id}")


def test_other_contacts_with_the_same_number_are_linked_with_their_level_and_end(
    ana: Browser, arrive: Arrive, clock: TurnableClock, visit: Callable[..., Browser]
) -> None:
    def again() -> Browser:
        browser = visit()
        browser.submit("/desk/sign-in", email="ana@clinic.example", password=PASSWORD)
        return browser

    first = arrive(Patient(encounter=flagged(Disposition.SEE_DOCTOR, request=asked_for("Mary Ng", MARY))))
    ana.act(first, "status", status="closed", version="0", reason="not_reachable")
    clock.turn(days=40)
    second = arrive(Patient(encounter=backache(request=asked_for("M. Ng", MARY))))
    page = read(again(), second)
    assert "1 other contact" in page
    assert "See a doctor Closed, not reachable; Mary Ng, same phone" in page
    assert f'href="/desk/inquiries/{first}"' in again().open(f"/desk/inquiries/{second}").text


def test_nobody_elses_contact_is_shown(ana: Browser, arrive: Arrive) -> None:
    arrive(Patient(encounter=backache(request=asked_for("Kim", "+16045550199"))))
    arrive(Patient(encounter=backache()))
    assert "Other contacts" not in read(ana, arrive(Patient(encounter=backache(request=asked_for("Mary", MARY)))))
    assert "Other contacts" not in read(ana, arrive(Patient(encounter=backache())))


def test_contacts_by_e_mail_are_found_too_and_each_stands_once(ana: Browser, arrive: Arrive) -> None:
    both = replace(by_mail("Mary"), contact=ContactDetails("Mary Both", MARY, "mary@mail.example"))
    arrive(Patient(encounter=backache(request=both)))
    arrive(Patient(encounter=backache(request=by_mail("Mary Mail"))))
    page = read(ana, arrive(Patient(encounter=backache(request=both))))
    assert "2 other contacts" in page
    assert "Mary Both, same phone and e-mail" in page
    assert "Mary Mail, same e-mail" in page


def test_the_timeline_tells_flags_wishes_and_what_staff_did_in_order(
    ana: Browser, arrive: Arrive, clock: TurnableClock
) -> None:
    id = arrive(Patient(encounter=flagged(Disposition.SAME_DAY, request=asked_for("Mary", MARY))))
    clock.turn(minutes=1)
    ana.act(id, "take", owner="")
    ana.act(id, "tick", step="same_day/call")
    clock.turn(minutes=1)
    ana.act(id, "calls", outcome="left_message", line="secret words")
    page = read(ana, id)
    timeline = page[page.index("Timeline") :]
    told = ("Chat opened", "Asked for an appointment", "Came to the desk", "Taken, Ana", "Call, Ana: left a message")
    places = [timeline.index(words) for words in told]
    assert places == sorted(places)
    assert "secret words" not in timeline


def test_look_alikes_and_contradictions_are_listed(ana: Browser, arrive: Arrive, services: DeskServices) -> None:
    known = backache(cleared=("bad_fall", "cancer_ever"), unsure_items=("joint_hot",))
    both = replace(known.findings[0], contradicted=True)
    page = read(ana, arrive(Patient(encounter=replace(known, findings=(both, *known.findings[1:])))))
    assert "Look-alikes asked about: 2 denied" in page
    assert services.protocol.items["joint_hot"].label in page
    assert "Ask again: pain." in page


def test_what_stands_around_an_inquiry_is_found_by_index(
    arrive: Arrive, database: Database, services: DeskServices
) -> None:
    id = arrive(Patient(encounter=backache(request=asked_for("Mary", MARY))))
    asked: list[tuple[str, object]] = []

    def remember(_: object, __: object, statement: str, values: object, *___: object) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", remember)
    services.backgrounds.read(id)
    event.remove(database.engine, "before_cursor_execute", remember)
    if database.engine.dialect.name == "sqlite":
        with database.read() as connection:
            plans = [
                str(row)
                for statement, values in asked
                if statement.lstrip().startswith("SELECT")
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            ]
        assert [plan for plan in plans if "SCAN" in plan] == []
