"""The calendar on the settings pages: the same as its file, practitioner by practitioner."""

from collections.abc import Callable
from pathlib import Path

from bot.service.calendar_file import read_calendar
from bot.service.calendar_form import PractitionerForm, form_of, with_practitioner, with_rules
from bot.service.desk import DeskServices
from bot.service.zone import zone_of
from bot.settings.given import CALENDAR
from tests.desk.browser import Browser, shown

EXAMPLE = Path("docs/clinic-calendar.yml")


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
