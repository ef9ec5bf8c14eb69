"""The settings page: what is in force, where it comes from, and what managers set in its place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bot.knowledge.own_texts import Standing, standing_texts
from bot.service.applying import Applying, Stage
from bot.service.calendar_file import DEMONSTRATION
from bot.service.clinic_settings_records import PastChange, SettingChange, SettingsBook, Stored
from bot.service.desk_records import Act, Staff
from bot.service.ports import Clock
from bot.service.settings_check import DEFAULTS, Checks, Faults
from bot.service.settings_files import IN_TEXTS, Beneath, overlay_file, own_texts
from bot.settings import Settings
from bot.settings.given import CALENDAR, Given

TRIES = 3
PAGE = 50


class Source(str, Enum):
    """Where a value comes from."""

    DESK = "desk"
    SERVER = "server"
    """The environment of the process, or the demonstration."""
    DEFAULT = "default"


class Saved(str, Enum):
    """What became of a form."""

    DONE = "done"
    SAME = "same"
    """Nothing in it was new."""
    OVERTAKEN = "overtaken"
    REFUSED = "refused"


@dataclass(frozen=True)
class Shown:
    """One setting: its value as it is stored now, and what it would be if the desk set nothing."""

    name: str
    value: str
    source: Source
    without: str
    waits: bool
    """It was changed after the running service began."""


@dataclass(frozen=True)
class Outcome:
    """What became of a form, and what is wrong with it."""

    saved: Saved
    faults: Faults = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """What a manager sent: values by name, names to set back, and the revision that was on the page."""

    values: Mapping[str, str]
    version: int
    back: Collection[str] = ()


@dataclass(frozen=True)
class ClinicSettings:
    """The use cases of the settings pages."""

    book: SettingsBook
    given: Given
    checks: Checks
    clock: Clock
    applying: Applying

    def revision(self) -> int:
        """The newest one."""
        return self.book.stored().revision

    def shown(self, names: Collection[str]) -> tuple[dict[str, Shown], int]:
        """These settings, and the revision they stand in."""
        stored = self.book.stored()
        return {name: self._shown(name, stored) for name in names}, stored.revision

    def waiting(self) -> tuple[str, ...]:
        """The names of what is stored and not in force yet."""
        stored, running = self.book.stored(), self.given.at_desk.values
        names = {*stored.values, *running}
        return tuple(sorted(name for name in names if stored.values.get(name) != running.get(name)))

    def save(self, staff: Staff, form: Form) -> Outcome:
        """Keep what is new in the form; nothing of it is kept when anything is wrong or was changed meanwhile."""
        for _ in range(TRIES):
            stored = self.book.stored()
            if any(stored.changed.get(name, 0) > form.version for name in {*form.values, *form.back}):
                return Outcome(Saved.OVERTAKEN)
            changes = tuple(self._changes(form, stored))
            if not changes:
                return Outcome(Saved.SAME)
            faults = self.checks.faults(_after(stored.values, changes), before=stored.values)
            if faults:
                return Outcome(Saved.REFUSED, faults)
            if self.book.keep(changes, after=stored.revision, act=self._act(staff)):
                return Outcome(Saved.DONE)
        return Outcome(Saved.OVERTAKEN)

    def apply(self, staff: Staff) -> bool:
        """Put what is stored into force; False where whoever runs the processes must restart them."""
        if not self.applying.is_supervised:
            return False
        if self.applying.stage is not Stage.RUNNING:
            self.book.applied(act=self._act(staff))
        return self.applying.ask()

    def past(self, *, before: int | None) -> tuple[tuple[PastChange, ...], int | None]:
        """A page of changes that were made, newest first, and the revision before which the next page begins."""
        found = self.book.past(before=before, limit=PAGE)
        return found, found[-1].revision if len(found) == PAGE else None

    def texts(self) -> dict[str, Standing]:
        """Every text that may be changed, as it stands without the desk."""
        environment = self.checks.beneath.environment
        region, _ = self.shown(("REGION",))
        return standing_texts(self.checks.beneath.language, region["REGION"].value, overlay_file(environment))

    def texts_set(self) -> dict[str, str]:
        """The texts that the desk has set, by key."""
        return own_texts(self.book.stored().values)

    def _shown(self, name: str, stored: Stored) -> Shown:
        environment = self.given.environment
        without = self._without(name)
        source = Source.DESK if name in stored.values else Source.SERVER if name in environment else Source.DEFAULT
        waits = stored.values.get(name) != self.given.at_desk.values.get(name)
        return Shown(name, stored.values.get(name, without), source, without, waits)

    def _without(self, name: str) -> str:
        """What it is when the desk sets nothing; of a file its content."""
        if IN_TEXTS in name:
            standing = self.texts().get(name)
            return standing.text if standing else ""
        if name == CALENDAR:
            file = self._calendar_file()
            return file.read_text(encoding="utf-8") if file and file.is_file() else ""
        return self.given.environment.get(name) or DEFAULTS.get(name, "")

    def _calendar_file(self) -> Path | None:
        """The server's own; the demonstration has one once times are booked in the chat."""
        given = {**self.given.environment, **self.book.stored().values}
        if self.given.environment.get(CALENDAR):
            return Path(self.given.environment[CALENDAR])
        return DEMONSTRATION if self.checks.demo and given.get("BOOKING") == "calendar" else None

    def _changes(self, form: Form, stored: Stored) -> list[SettingChange]:
        changes = []
        for name in form.back:
            if name in stored.values:
                changes.append(SettingChange(name, None, stored.values[name]))
        for name, typed in form.values.items():
            shown, value = self._shown(name, stored), typed.strip()
            if name not in form.back and value != shown.value.strip():
                kept = None if value == shown.without.strip() else value
                changes.append(SettingChange(name, kept, shown.value))
        return changes

    def _act(self, staff: Staff) -> Act:
        return Act(staff.id, self.clock.now())


def _after(values: Mapping[str, str], changes: Collection[SettingChange]) -> dict[str, str]:
    taken_back = {one.name for one in changes if one.value is None}
    kept = {name: value for name, value in values.items() if name not in taken_back}
    return {**kept, **{one.name: one.value for one in changes if one.value is not None}}


def clinic_settings(settings: Settings, *, book: SettingsBook, clock: Clock, applying: Applying) -> ClinicSettings:
    """The use cases of the settings pages for the clinic that runs with these."""
    beneath = Beneath(settings.given.environment, settings.language)
    checks = Checks(beneath, settings.demo, bool(settings.smtp_host and not settings.mail_from))
    return ClinicSettings(book, settings.given, checks, clock, applying)
