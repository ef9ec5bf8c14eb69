"""A pasted text is kept once, only when staff say so, and is then an inquiry like any other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from bot.clinical.reading import ContactDetails
from bot.service.desk import DeskServices
from bot.service.desk_records import Staff
from bot.service.desk_roles import Role
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser
from tests.desk.kept import Kept
from tests.desk.pasting import LETTER, URGENT, fields_of, keep, read

Audited = Callable[[], list[tuple[str, str | None]]]


def test_what_is_kept_is_an_inquiry_of_the_desk_in_its_place_by_urgency(ana: Browser, audited: Audited) -> None:
    keep(ana, LETTER)
    address = keep(ana, URGENT, name="Tom")
    inbox = ana.read("/desk").partition("Waiting")[2]
    assert inbox.index("Tom") < inbox.index("Oona Berg")
    page = ana.read(address)
    assert URGENT in page
    assert "Patient, as entered" in page
    assert "pasted in by Ana" in page
    assert "Left early" not in page
    assert "Tom" in ana.read("/desk?channel=desk")
    assert [action for action, _ in audited()].count("triage.kept") == 2


def test_the_text_is_kept_as_it_was_pasted(ana: Browser, database: Database) -> None:
    keep(ana, LETTER)
    with database.read() as connection:
        assert connection.execute(select(tables.messages.c.text)).scalars().all() == [LETTER]


def test_who_it_is_from_is_what_staff_made_of_it(ana: Browser) -> None:
    page = ana.read(keep(ana, LETTER, name="Oona  Bergh", phone="604-555-0199", email=""))
    assert "Oona Bergh" in page
    assert "604-555-0199" in page or "(604) 555-0199" in page or "604 555 0199" in page
    assert "mailto" not in page


def test_a_text_without_a_finding_is_an_inquiry_too(ana: Browser) -> None:
    assert "Do you have parking?" in ana.read(keep(ana, "Do you have parking?"))


def test_the_same_form_sent_twice_makes_one_inquiry(ana: Browser, kept: Callable[[], Kept], audited: Audited) -> None:
    fields = fields_of(read(ana, LETTER))
    answers = [ana.send("/desk/triage/keep", fields).headers["location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert kept() == Kept(1, 1, 1)
    assert [action for action, _ in audited()].count("triage.kept") == 1


def test_the_same_form_sent_at_once_makes_one_inquiry(
    services: DeskServices, hire: Callable[[str], None], database: Database, kept: Callable[[], Kept]
) -> None:
    hire("Ana")
    with database.read() as connection:
        id = connection.execute(select(tables.staff.c.id)).scalar_one()
    ana, triage = Staff(id, "Ana", "ana@clinic.example", Role.MANAGER), services.triage
    assert triage is not None
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: triage.keep("f" * 32, LETTER, ContactDetails(), ana), range(16)))
    assert len(made) == 1
    assert kept() == Kept(1, 1, 1)


def test_a_form_of_somebody_else_is_never_theirs(
    ana: Browser, work: Callable[[str], Browser], kept: Callable[[], Kept]
) -> None:
    bo = work("Bo")
    fields = fields_of(read(ana, LETTER))
    ana.send("/desk/triage/keep", fields)
    bo.send("/desk/triage/keep", {**fields, "form_token": bo.form_token("/desk/triage")})
    assert kept().inquiries == 2


def test_a_form_id_that_is_none_of_ours_is_refused(ana: Browser, kept: Callable[[], Kept]) -> None:
    answer = ana.submit("/desk/triage/keep", page="/desk/triage", text=LETTER, form="1")
    assert answer.status_code == 400
    assert kept() == Kept(0, 0, 0)
