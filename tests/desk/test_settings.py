"""The settings pages: managers set what the environment gave before, checked alike, audited, and applied when asked."""

import asyncio
import gc
import re
import weakref
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import httpx
import pytest
from fastapi import FastAPI

from bot.desk.router import desk_router
from bot.service.applying import Stage
from bot.service.calendar_file import read_calendar
from bot.service.calendar_form import PractitionerForm, form_of, with_practitioner, with_rules
from bot.service.clinic_settings_records import SettingChange
from bot.service.desk import DeskServices
from bot.service.desk_records import Act
from bot.service.zone import zone_of
from bot.settings.given import CALENDAR
from bot.settings.hours import hours_by_day, hours_of_days, read_hours
from tests.desk.browser import Browser, shown

Audited = Callable[[], list[tuple[str, str | None]]]
EXAMPLE = Path("docs/clinic-calendar.yml")
VERSION = re.compile(r'name="version" value="(\d+)"')
WEEK = {f"day.{day}": "9:00-17:00" for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def save(ana: Browser) -> Callable[..., tuple[int, str]]:
    """Fills in a page as it stands and saves it: the status, and what is shown then."""

    def save(page: str, fields: Mapping[str, str], version: str | None = None) -> tuple[int, str]:
        address = f"/desk/settings/{page}"
        found = VERSION.search(ana.open(address).text)
        assert found
        sent = {"form_token": ana.form_token(address), "version": version or found[1], **fields}
        answer = ana.send(address.partition("?")[0], sent)
        if answer.status_code == 303:
            return 303, ana.read(answer.headers["location"])
        return answer.status_code, answer.text

    return save


PAGES = ("", "/facts", "/hours", "/place", "/booking", "/keeping", "/texts", "/texts?q=hello", "/changes", "/calendar")


def test_every_page_opens_and_stands_in_the_list_at_the_side(ana: Browser) -> None:
    for page in (*PAGES, "/calendar/new", "/texts/one?key=wording/control.greet"):
        assert ana.open(f"/desk/settings{page}").status_code == 200, page
    for page in ("/nothing", "/calendar/nobody", "/texts/one?key=wording/nothing"):
        assert ana.open(f"/desk/settings{page}").status_code == 404, page


GOOD = [
    ("facts", {"CLINIC_NAME": "Harbour Physiotherapy"}),
    ("facts", {"CLINIC_PHONE": "+1 (604) 555-0177"}),
    ("facts", {"CLINIC_EMAIL": "desk@clinic.example", "CLINIC_WEBSITE": "clinic.example/ims"}),
    ("facts", {"CLINIC_FEES": "First visit $120", "CLINIC_COLOUR": "#1f6f66"}),
    ("hours", {**WEEK, "CLOSED_ON": "2026-12-25\n2026-12-26"}),
    ("hours", {**WEEK, "day.sat": "9:00-12:00, 13:00-15:30", "ANSWER_URGENT": "3", "DUTY_EMAIL": "on@duty.example"}),
    ("place", {"TIME_ZONE": "America/St_Johns"}),
    ("booking", {"BOOKING": "link", "BOOKING_URL": "https://clinic.example/book"}),
    ("keeping", {"KEEP_BOOKED_YEARS": "20", "CONSENT": "explicit"}),
]
BAD = [
    ("facts", {"CLINIC_NAME": " "}, "CLINIC_NAME", "is missing"),
    ("facts", {"CLINIC_PHONE": "ask us"}, "CLINIC_PHONE", "must be a phone number"),
    ("facts", {"CLINIC_EMAIL": "desk"}, "CLINIC_EMAIL", "must be an e-mail address"),
    ("facts", {"CLINIC_WEBSITE": "our page"}, "CLINIC_WEBSITE", "must be a web address"),
    ("facts", {"CLINIC_FEES": "x" * 301}, "CLINIC_FEES", "must be one line"),
    ("facts", {"CLINIC_COLOUR": "green"}, "CLINIC_COLOUR", "must be a colour"),
    ("hours", {**WEEK, "day.tue": "nine"}, "day.tue", "must be hours"),
    ("hours", {**WEEK, "day.tue": "17:00-9:00"}, "day.tue", "must be hours"),
    ("hours", {}, "OPENING_HOURS", "needs at least one day"),
    ("hours", {**WEEK, "CLOSED_ON": "Christmas"}, "CLOSED_ON", "must be dates"),
    ("hours", {**WEEK, "ANSWER_URGENT": "soon"}, "ANSWER_URGENT", "must be a number"),
    ("place", {"REGION": "atlantis"}, "REGION", "is missing"),
    ("place", {"REGION": "../../etc"}, "REGION", "must be the name of a region file"),
    ("place", {"TIME_ZONE": "Vancouver"}, "TIME_ZONE", "names no time zone"),
    ("booking", {"BOOKING": "link"}, "BOOKING_URL", "is missing"),
    ("booking", {"BOOKING_URL": "javascript:alert(1)"}, "BOOKING_URL", "must be a web address"),
    ("keeping", {"KEEP_BOOKED_YEARS": "0"}, "KEEP_BOOKED_YEARS", "must be a whole number above 0"),
    ("keeping", {"KEEP_NOT_BOOKED_DAYS": "40000"}, "KEEP_NOT_BOOKED_DAYS", "must be at most 36500"),
]


def test_good_values_are_kept_and_audited_by_name_and_version(
    save: Callable[..., tuple[int, str]], services: DeskServices, audited: Audited
) -> None:
    for page, fields in GOOD:
        status, text = save(page, fields)
        assert (status, "Saved." in text) == (303, True), (page, text)
    kept = services.settings.book.stored().values
    assert kept["CLINIC_PHONE"] == "+1 (604) 555-0177"
    assert kept["OPENING_HOURS"].endswith("fri 9:00-17:00; sat 9:00-12:00; sat 13:00-15:30")
    assert kept["CLOSED_ON"] == "2026-12-25\n2026-12-26"
    changed = [detail for action, detail in audited() if action == "settings.changed"]
    assert changed == sorted(changed, key=lambda version: int(version or 0))
    assert len(changed) == len(kept)
    assert len(set(changed)) == len(GOOD)


def test_bad_values_are_refused_beside_the_field_and_nothing_typed_is_lost(
    save: Callable[..., tuple[int, str]], services: DeskServices
) -> None:
    for page, fields, field, complaint in BAD:
        status, text = save(page, {**fields, **({"CLINIC_ADDRESS": "12 Dock Road"} if page == "facts" else {})})
        assert status == 400, (page, fields)
        assert complaint in shown(text), (page, fields)
        assert 'aria-invalid="true"' in text or field == "OPENING_HOURS", field
        if page == "facts":
            assert "12 Dock Road" in text
    assert services.settings.book.stored().revision == 0


def test_a_value_says_where_it_comes_from_and_goes_back_to_the_servers(
    save: Callable[..., tuple[int, str]], ana: Browser, services: DeskServices
) -> None:
    assert "From the server" in ana.read("/desk/settings/facts")
    save("facts", {"CLINIC_PHONE": "604-555-0177"})
    assert "Set here, not in force yet" in ana.read("/desk/settings/facts")
    _, text = save("facts", {"CLINIC_PHONE": "604-555-0177", "back.CLINIC_PHONE": "1"})
    assert "Saved." in text
    assert services.settings.book.stored().values == {}
    past = ana.read("/desk/settings/changes")
    assert "604-555-0100" in past
    assert "the server's own again" in past
    assert "Ana" in past


def test_the_second_of_two_managers_is_told_and_loses_nothing(
    save: Callable[..., tuple[int, str]], services: DeskServices
) -> None:
    save("facts", {"CLINIC_FEES": "First visit $120"})
    status, text = save("facts", {"CLINIC_FEES": "First visit $130"}, version="0")
    assert status == 409
    assert "First visit $130" in text
    assert "Saved by somebody: First visit $120" in shown(text)
    found = VERSION.search(text)
    assert found
    assert save("facts", {"CLINIC_FEES": "First visit $130"}, version=found[1])[0] == 303
    assert services.settings.book.stored().values["CLINIC_FEES"] == "First visit $130"
    # Another page is no conflict.
    assert save("place", {"TIME_ZONE": "America/Toronto"}, version="0")[0] == 303


def test_two_who_save_at_the_same_moment_do_not_both_have_the_next_revision(services: DeskServices) -> None:
    book, act = services.settings.book, Act("1" * 32, services.clock.now())
    assert book.keep((SettingChange("CLINIC_FEES", "a", ""),), after=0, act=act)
    assert not book.keep((SettingChange("CLINIC_HOURS", "b", ""),), after=0, act=act)
    assert book.stored().values == {"CLINIC_FEES": "a"}


def test_a_text_is_refused_in_the_linters_words_and_kept_when_it_may_be_said(
    save: Callable[..., tuple[int, str]], ana: Browser, services: DeskServices
) -> None:
    page, key = "texts/one?key=wording/control.greet", "wording/control.greet"
    for text, complaint in [
        ("You have cancer.", "a disease is named as the patient's own"),
        ("Call 604-555-0199.", "a phone number stands in it"),
        ("Hello {nobody}.", "uses unknown placeholder {nobody}"),
        (f"Notwithstanding {'considerable musculoskeletal symptomatology ' * 9}articulate.", "reads at grade"),
        ("", "cannot change"),
    ]:
        status, answer = save(page, {"key": key, "text": text})
        assert (status, complaint in shown(answer)) == (400, True), (text, shown(answer))
        assert text in shown(answer)
    assert save(page, {"key": key, "text": "Hi. What hurts?"})[0] == 303
    assert services.settings.book.stored().values == {key: "Hi. What hurts?"}
    assert "Hi. What hurts?" in ana.read("/desk/settings/texts")


def test_what_is_saved_waits_and_is_applied_where_somebody_hears_it(
    save: Callable[..., tuple[int, str]], ana: Browser, services: DeskServices, audited: Audited
) -> None:
    assert "Not in force yet" not in ana.read("/desk/settings")
    save("facts", {"CLINIC_PHONE": "604-555-0177"})
    assert "run by something else: restart them" in ana.read("/desk/settings")
    asked: list[int] = []
    applying = services.settings.applying
    applying.when_asked(lambda: asked.append(1))
    for _ in range(2):
        assert ana.submit("/desk/settings/apply", page="/desk/settings").status_code == 303
    assert (asked, applying.stage) == ([1], Stage.RUNNING)
    assert "being applied" in ana.read("/desk/settings")
    assert audited()[-1] == ("settings.applied", "1")
    applying.failed("Rasa could not start: it said nothing.")
    assert "everything goes on as before. Rasa could not start" in ana.read("/desk/settings")


def test_a_mail_server_without_a_sender_keeps_the_clinics_address(services: DeskServices) -> None:
    checks = replace(services.settings.checks, mails_from_clinic=True)
    assert "CLINIC_EMAIL" in checks.faults({"CLINIC_EMAIL": ""}, before={"CLINIC_EMAIL": "desk@clinic.example"})


def test_the_form_of_a_calendar_gives_the_same_calendar_as_its_file(tmp_path: Path) -> None:
    text, zone = EXAMPLE.read_text(encoding="utf-8"), zone_of("America/Vancouver")
    form, made = form_of(text), ""
    for one in form.practitioners:
        made = with_practitioner(made, one)
    made = with_rules(made, numbers=form.numbers, holidays=form.holidays)
    (tmp_path / "made.yml").write_text(made, encoding="utf-8")
    assert read_calendar(tmp_path / "made.yml", zone=zone) == read_calendar(EXAMPLE, zone=zone)


def test_what_the_form_does_not_know_of_a_practitioner_stays() -> None:
    text = "practitioners:\n  amy:\n    name: Amy\n    pronouns: she\n    hours: {monday: [9:00-12:00]}\n"
    assert "pronouns: she" in with_practitioner(text, PractitionerForm("amy", "Amy Lee", "", {"monday": "9:00-11:00"}))


def test_practitioners_are_added_changed_and_removed(
    save: Callable[..., tuple[int, str]], ana: Browser, services: DeskServices
) -> None:
    amy = {"name": "Amélie Lee", "languages": "English, French", "monday": "9:00-12:20, 13:00-17:00"}
    status, text = save("calendar/new", {**amy, "tuesday": "noon"})
    assert (status, "tuesday: 'noon' are no hours" in shown(text)) == (400, True)
    assert "9:00-12:20, 13:00-17:00" in text
    assert save("calendar/new", amy)[0] == 303
    assert "Amélie Lee" in ana.read("/desk/settings/booking")
    assert save("calendar/amelie-lee", {**amy, "friday": "9:00-12:00"})[0] == 303
    assert save("calendar", {"slot_minutes": "2", "lead_hours": "1", "horizon_days": "9"})[0] == 400
    rules = {"slot_minutes": "30", "lead_hours": "1", "horizon_days": "9", "holidays": "2026-12-24 to 2026-12-26"}
    assert save("calendar", rules)[0] == 303
    form = form_of(services.settings.book.stored().values[CALENDAR])
    assert (form.numbers["slot_minutes"], form.practitioners[0].hours["friday"]) == ("30", "9:00-12:00")
    answer = ana.submit("/desk/settings/calendar/amelie-lee/remove", page="/desk/settings", version="99")
    assert answer.status_code == 303
    assert "no practitioner yet" in ana.read("/desk/settings/booking")


@pytest.mark.parametrize("written", ["mon-fri 9:00-17:00", "mon 9:00-12:00; mon 13:00-17:00; sun 10:00-11:05"])
def test_a_week_of_lines_is_the_same_week(written: str) -> None:
    assert read_hours(hours_of_days(hours_by_day(read_hours(written)))) == read_hours(written)


def test_an_application_that_has_ended_keeps_nothing_of_its_desk() -> None:
    class Services:
        """Stands for the services, with the words and rules they hold."""

    services = Services()
    held, app = weakref.ref(services), FastAPI()
    app.include_router(desk_router(cast(DeskServices, services)))
    asyncio.run(_live(app))
    del services, app
    gc.collect()
    assert held() is None


async def _live(app: FastAPI) -> None:
    """The application begins, answers one request and ends."""
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as client,
    ):
        assert (await client.get("/desk/static/desk.css")).status_code == 200
