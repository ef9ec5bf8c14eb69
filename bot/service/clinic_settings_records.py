"""What is kept of what managers set at the desk, and what keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.service.desk_records import Act


@dataclass(frozen=True)
class Stored:
    """Everything that is set now, by name; `changed` has the revision in which each name changed last."""

    revision: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SettingChange:
    """Another value for a name, or None where it is no longer set at the desk; `was` is what was in force before."""

    name: str
    value: str | None
    was: str


@dataclass(frozen=True)
class PastChange:
    """A change that was made, by whom and when."""

    revision: int
    change: SettingChange
    by: str
    at: datetime


class SettingsBook(Protocol):
    """What is set at the desk, and every change of it. Its calls block and raise StorageError."""

    def stored(self) -> Stored:
        """What is set now."""
        ...

    def keep(self, changes: tuple[SettingChange, ...], *, after: int, act: Act) -> bool:
        """Keep them all as the next revision; False when `after` is not the newest any more."""
        ...

    def past(self, *, before: int | None, limit: int) -> tuple[PastChange, ...]:
        """The newest changes, of those in a revision lower than `before`."""
        ...

    def applied(self, *, act: Act) -> None:
        """Write down that somebody asked for the stored settings to be put into force."""
        ...
