"""The clinic's calendar file (CALENDAR), read strictly: everything that is wrong with it is named at once."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.clinical.appointment import Practitioner
from bot.errors import SettingsError
from bot.knowledge.entry import Entry
from bot.knowledge.problems import Problems
from bot.knowledge.strict_yaml import parse
from bot.service.calendar import Calendar, Span, Worker

DEMONSTRATION = Path(__file__).parent / "demonstration_calendar.yml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BOUNDS = {"slot_minutes": (5, 480), "lead_hours": (0, 720), "horizon_days": (1, 120)}
_SPAN = re.compile(r"(\d{1,2}):(\d{2}) ?[-–] ?(\d{1,2}):(\d{2})")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?: to (\d{4}-\d{2}-\d{2}))?")
LONGEST_HOLIDAY = 366
LONGEST_NAME = 60


def read_calendar(file: Path, *, zone: ZoneInfo) -> Calendar:
    """The calendar of this file; SettingsError names everything that is wrong with it."""
    problems = Problems()
    top = Entry(file.name, "calendar", _content(file), problems)
    top.only("practitioners", "holidays", *BOUNDS)
    bounded = {name: _number(top, name) for name in BOUNDS}
    calendar = Calendar(
        workers=_workers(top),
        minutes=bounded["slot_minutes"],
        lead=timedelta(hours=bounded["lead_hours"]),
        horizon_days=bounded["horizon_days"],
        holidays=_holidays(top),
        zone=zone,
    )
    if problems.found:
        raise SettingsError("\n".join(["CALENDAR:", *[str(problem) for problem in problems.found]]))
    return calendar


def _content(file: Path) -> Mapping[str, Any]:
    try:
        content = parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"CALENDAR: {file} cannot be read: {type(error).__name__}") from None
    except yaml.YAMLError as error:
        raise SettingsError(f"CALENDAR: {file.name} is no YAML: {error}") from None
    if not isinstance(content, Mapping):
        raise SettingsError(
            f"CALENDAR: {file.name} needs practitioners, {', '.join(BOUNDS)}; see docs/clinic-calendar.yml"
        )
    return content


def _number(entry: Entry, name: str) -> int:
    low, high = BOUNDS[name]
    before = len(entry.problems.found)
    value = entry.number(name)
    if len(entry.problems.found) == before and not low <= value <= high:
        entry.refuse(f"field '{name}' is {value}", f"write a number from {low} to {high}")
    return value


def _workers(top: Entry) -> tuple[Worker, ...]:
    listed = top.fields.get("practitioners")
    if not isinstance(listed, Mapping) or not listed:
        top.refuse("has no practitioners", "write at least one below 'practitioners', by a short id")
        return ()
    workers = [
        _worker(Entry(top.file, f"practitioners.{id}", fields, top.problems), str(id))
        for id, fields in _entries(top, listed)
    ]
    names = [worker.practitioner.name for worker in workers]
    for name in {name for name in names if name and names.count(name) > 1}:
        top.refuse(f"two practitioners are named {name!r}", "patients choose by name: make them differ")
    return tuple(workers)


def _entries(top: Entry, listed: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    sound = []
    for id, fields in listed.items():
        if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", str(id)):
            top.refuse(f"practitioner id {id!r}", "use small letters, digits, - and _, a letter first")
        elif not isinstance(fields, Mapping):
            top.refuse(f"practitioner {id!r} is {fields!r}", "write name, languages and hours below it, indented")
        else:
            sound.append((str(id), fields))
    return sound


def _worker(entry: Entry, id: str) -> Worker:
    entry.only("name", "languages", "hours")
    name = " ".join(entry.text("name").split())
    if len(name) > LONGEST_NAME:
        entry.refuse("field 'name' is very long", f"write at most {LONGEST_NAME} characters")
    languages = entry.names("languages")
    hours = entry.fields.get("hours")
    if not isinstance(hours, Mapping) or not hours:
        entry.refuse("has no hours", "write weekdays below 'hours', such as monday: [9:00-12:00, 13:00-17:00]")
        hours = {}
    days = Entry(entry.file, f"{entry.id}.hours", hours, entry.problems)
    days.only(*WEEKDAYS)
    read = {number: _spans(days, day) for number, day in enumerate(WEEKDAYS) if day in hours}
    return Worker(Practitioner(id, name, languages), read)


def _spans(days: Entry, day: str) -> tuple[Span, ...]:
    spans = [span for text in days.names(day) if (span := _span(days, day, text))]
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            days.refuse(
                f"{day}: {later.opens:%H:%M} is before {earlier.closes:%H:%M}", "write hours in order, none twice"
            )
    return tuple(spans)


def _span(days: Entry, day: str, text: str) -> Span | None:
    found = _SPAN.fullmatch(text.strip())
    numbers = [int(number) for number in found.groups()] if found else []
    if numbers and numbers[0] < 24 and numbers[2] < 24 and max(numbers[1], numbers[3]) < 60:
        span = Span(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
        if span.opens < span.closes:
            return span
    days.refuse(f"{day}: {text!r} are no hours", "write 9:00-12:00, the earlier time first")
    return None


def _holidays(top: Entry) -> frozenset[date]:
    days: set[date] = set()
    for text in top.names("holidays"):
        found = _DAYS.fullmatch(text.strip())
        first, last = (_day(found[1]), _day(found[2] or found[1])) if found else (None, None)
        if first is None or last is None or not first <= last <= first + timedelta(days=LONGEST_HOLIDAY):
            top.refuse(f"holiday {text!r}", "write 2026-12-25, or 2026-12-24 to 2027-01-03")
            continue
        days |= {first + timedelta(days=ahead) for ahead in range((last - first).days + 1)}
    return frozenset(days)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
