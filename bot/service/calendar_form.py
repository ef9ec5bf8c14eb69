"""The clinic's calendar as a form: the content of its file, part by part, and the file again with a part changed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.knowledge.strict_yaml import parse
from bot.service.calendar_file import BOUNDS, WEEKDAYS

PRACTITIONERS, HOLIDAYS = "practitioners", "holidays"
FIRST = {"slot_minutes": 40, "lead_hours": 12, "horizon_days": 28}
"""How a new calendar begins."""
LONGEST_ID = 36


@dataclass(frozen=True)
class PractitionerForm:
    """One practitioner as typed: languages and each weekday's hours with commas between them."""

    id: str = ""
    name: str = ""
    languages: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CalendarForm:
    """The whole calendar as typed; a line for each holiday."""

    numbers: Mapping[str, str]
    holidays: str
    practitioners: tuple[PractitionerForm, ...]

    def practitioner(self, id: str) -> PractitionerForm | None:
        """The one with this id."""
        return next((one for one in self.practitioners if one.id == id), None)


def form_of(text: str) -> CalendarForm:
    """The form of a calendar's YAML; of one that is empty or no calendar, that of a new one."""
    content = _content(text)
    listed = content.get(PRACTITIONERS)
    people = listed.items() if isinstance(listed, Mapping) else ()
    return CalendarForm(
        numbers={name: str(content.get(name, FIRST[name])) for name in BOUNDS},
        holidays="\n".join(_list(content.get(HOLIDAYS))),
        practitioners=tuple(_form_of(str(id), one) for id, one in people if isinstance(one, Mapping)),
    )


def with_rules(text: str, *, numbers: Mapping[str, str], holidays: str) -> str:
    """The YAML with other numbers and holidays."""
    days = [line.strip() for line in holidays.replace(",", "\n").splitlines() if line.strip()]
    return _yaml({**_content(text), **{name: _number(value) for name, value in numbers.items()}, HOLIDAYS: days})


def with_practitioner(text: str, typed: PractitionerForm) -> str:
    """The YAML with this practitioner, in the place of the one with the same id or as a new one."""
    content = {**FIRST, **_content(text)}
    listed = dict(content.get(PRACTITIONERS) or {})
    id = typed.id or _new_id(typed.name, set(listed))
    hours = {day: _list(typed.hours.get(day, "")) for day in WEEKDAYS if typed.hours.get(day, "").strip()}
    # What the form does not know of a practitioner stays as the file has it.
    fields = {**listed.get(id, {}), "name": typed.name, "languages": _list(typed.languages), "hours": hours}
    return _yaml({**content, PRACTITIONERS: {**listed, id: fields}})


def without_practitioner(text: str, id: str) -> str:
    """The YAML without this practitioner; without the last one there is no calendar."""
    content = _content(text)
    listed = {one: fields for one, fields in dict(content.get(PRACTITIONERS) or {}).items() if str(one) != id}
    return _yaml({**content, PRACTITIONERS: listed}) if listed else ""


def _form_of(id: str, fields: Mapping[str, Any]) -> PractitionerForm:
    hours = fields.get("hours")
    days = hours if isinstance(hours, Mapping) else {}
    typed = {day: ", ".join(_list(days.get(day))) for day in WEEKDAYS if days.get(day)}
    return PractitionerForm(id, str(fields.get("name", "")), ", ".join(_list(fields.get("languages"))), typed)


def _content(text: str) -> dict[str, Any]:
    try:
        content = parse(text)
    except yaml.YAMLError:
        return {}
    return dict(content) if isinstance(content, Mapping) else {}


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(one) for one in value] if isinstance(value, list) else []


def _number(value: str) -> int | str:
    """The number, or what was typed instead, which the calendar's reader refuses in its own words."""
    return int(value) if value.strip().isascii() and value.strip().isdigit() and len(value) < 9 else value.strip()


def _new_id(name: str, taken: set[str]) -> str:
    """A short id that no other has: times that are booked are kept under it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:LONGEST_ID].strip("-") or "practitioner"
    numbered = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(id for id in numbered if id not in taken)


def _yaml(content: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=120)
