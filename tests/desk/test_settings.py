"""The settings pages: managers set what the environment gave before, checked alike, and audited."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.service.clinic_settings_records import SettingChange
from bot.service.desk import DeskServices
from bot.service.desk_records import Act
from bot.settings.hours import hours_by_day, hours_of_days, read_hours
from tests.desk.browser import Browser, shown
from tests.desk.settings_forms import VERSION

Audited = Callable[[], list[tuple[str, str | None]]]

WEEK = {f"day.{day}": "9:00-17:00" for day in ("mon", "tue", "wed", "thu", "fri")}
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


def test_a_mail_server_without_a_sender_keeps_the_clinics_address(services: DeskServices) -> None:
    checks = replace(services.settings.checks, mails_from_clinic=True)
    assert "CLINIC_EMAIL" in checks.faults({"CLINIC_EMAIL": ""}, before={"CLINIC_EMAIL": "desk@clinic.example"})


@pytest.mark.parametrize("written", ["mon-fri 9:00-17:00", "mon 9:00-12:00; mon 13:00-17:00; sun 10:00-11:05"])
def test_a_week_of_lines_is_the_same_week(written: str) -> None:
    assert read_hours(hours_of_days(hours_by_day(read_hours(written)))) == read_hours(written)
