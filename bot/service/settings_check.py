"""Whether the clinic could be run with what is to be set: the checks of its start, made before anything is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import KnowledgeError, SettingsError
from bot.service.calendar_file import read_calendar
from bot.service.settings_files import IN_TEXTS, Beneath, variables
from bot.service.zone import zone_of
from bot.settings import SETTINGS, faults_in
from bot.settings.given import CALENDAR, OVERLAY

DEFAULTS = {setting.variable: setting.default or "" for setting in SETTINGS}
NO_SENDER = "must be given: mails that the clinic sends need a sender"
Faults = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Checks:
    """The checks for one clinic; where mail has no sender of its own it is sent from the clinic's address."""

    beneath: Beneath
    demo: bool
    mails_from_clinic: bool

    def faults(self, values: Mapping[str, str], *, before: Mapping[str, str]) -> Faults:
        """What is wrong with these values that was not wrong before, by name, each in its own sentences."""
        changed = {name for name in {*values, *before} if values.get(name) != before.get(name)}
        with TemporaryDirectory() as folder:
            after, was = (self._given(one, Path(folder)) for one in (values, before))
            found = dict(self._plain(after, changed, was))
            found |= self._calendar(after, changed) if not found else {}
            return found | (self._texts(after, was, changed) if not found else {})

    def _given(self, values: Mapping[str, str], folder: Path) -> dict[str, str]:
        return {**self.beneath.environment, **variables(values, self.beneath, folder=folder)}

    def _plain(
        self, given: Mapping[str, str], changed: set[str], was: Mapping[str, str]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        standing = faults_in(was)
        for name, fault in faults_in(given).items():
            if (name in changed or name not in standing) and not (self.demo and name == CALENDAR):
                yield name, (fault.removeprefix(name).strip(),)
        if self.mails_from_clinic and "CLINIC_EMAIL" in changed and not given.get("CLINIC_EMAIL"):
            yield "CLINIC_EMAIL", (NO_SENDER,)

    def _calendar(self, given: Mapping[str, str], changed: set[str]) -> Faults:
        file = given.get(CALENDAR)
        if not file or CALENDAR not in changed:
            return {}
        try:
            read_calendar(Path(file), zone=zone_of(given.get("TIME_ZONE") or DEFAULTS["TIME_ZONE"]))
        except SettingsError as error:
            # Each line begins with the name of the file, which is ours and says nothing here.
            lines = [line.partition(": ")[2] for line in str(error).splitlines()[1:]]
            return {CALENDAR: tuple(lines) or (str(error),)}
        return {}

    def _texts(self, given: Mapping[str, str], was: Mapping[str, str], changed: set[str]) -> Faults:
        """Everything that the linter says of the data with the new texts or region and did not say before."""
        texts = sorted(name for name in changed if IN_TEXTS in name)
        if not texts and "REGION" not in changed:
            return {}
        found = self._lint(given)
        known = self._lint(was) if found else []
        found = [line for line in found if line not in known]
        return {texts[0] if texts else "REGION": tuple(found)} if found else {}

    def _lint(self, given: Mapping[str, str]) -> list[str]:
        from bot.knowledge.lint import lint  # slow: it measures how hard a text reads, which only managers ask for

        file = Path(given[OVERLAY]) if given.get(OVERLAY) else None
        region = given.get("REGION") or ""
        try:
            problems = lint(language=self.beneath.language, region=region, overlay=file)
        except KnowledgeError as error:
            return [str(error)]
        return [f"{problem.complaint}; {problem.remedy}" for problem in problems]
