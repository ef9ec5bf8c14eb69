"""Every setting of Needlepoint in one table, and the frozen settings that are loaded from it.

The table itself is in bot/settings/table.py; it imports bot.errors only and never reads anything. `SETTINGS` is
what the documentation and the command line print. `load` reads a real clinic's settings and names every
one that is missing; `demo` fills in a demonstration clinic; `from_environment` is the only place that reads the
environment and is called by entry points only.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.settings.demonstration import CLINIC, LIMITS, own_secrets
from bot.settings.given import CHANGEABLE, AtDesk, Given, Ground
from bot.settings.hours import OpenSpan
from bot.settings.table import DEMO, SETTINGS, Setting

__all__ = [
    "DEMO",
    "SETTINGS",
    "DataSettings",
    "Setting",
    "Settings",
    "data_from_environment",
    "demo",
    "faults_in",
    "from_environment",
    "ground_from_environment",
    "load",
    "raw_environment",
]

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Settings:
    """Every setting in force; secrets do not show in its repr."""

    clinic_name: str
    clinic_phone: str
    region: str
    secret_key: str = field(repr=False)
    audit_key: str | None = field(repr=False)
    rasa_secret: str = field(repr=False)
    database_url: str = field(repr=False)
    data_dir: Path
    clinic_email: str | None
    clinic_address: str | None
    clinic_hours: str | None
    opening_hours: tuple[OpenSpan, ...]
    closed_on: tuple[date, ...]
    answer_urgent: int
    answer_same_day: int
    hand_back_minutes: int
    duty_email: str | None
    clinic_fees: str | None
    clinic_website: str | None
    clinic_colour: str | None
    clinic_logo: Path | None
    booking: str
    booking_url: str | None
    calendar: Path | None
    smtp_host: str | None
    smtp_port: int
    smtp_security: str
    smtp_user: str | None
    smtp_password: str | None = field(repr=False)
    mail_from: str | None
    language: str
    time_zone: str
    overlay: str | None
    signatures: Path
    consent: str
    host: str
    port: int
    rasa_port: int
    rasa_host: str
    rasa_timeout: float
    store_timeout: float
    model_path: Path
    public_url: str | None
    frame_ancestors: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    api_key: str | None = field(repr=False)
    metrics_token: str | None = field(repr=False)
    session_hours: int
    rate_sessions: int
    rate_messages: int
    rate_requests: int
    rate_sign_ins: int
    keep_left_early_days: int
    keep_not_booked_days: int
    keep_booked_years: int
    keep_mail_days: int
    log_level: str
    demo: bool = False
    given: Given = field(default_factory=Given, repr=False, compare=False)
    """Where these came from."""

    @property
    def address(self) -> str:
        """Where people find this service, without a slash at its end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def audit_secret(self) -> str:
        """What the key of the audit's chain is made from."""
        return self.audit_key or self.secret_key

    @property
    def rasa_url(self) -> str:
        """Where the web process posts its turns."""
        return f"http://{self.rasa_host}:{self.rasa_port}"


@dataclass(frozen=True)
class DataSettings:
    """Which clinical data are the clinic's, and who signed them."""

    region: str | None
    overlay: str | None
    signatures: Path


def load(environ: Mapping[str, str], *, at_desk: AtDesk | None = None) -> Settings:
    """A real clinic's settings; SettingsError names everything that is missing or malformed at once."""
    values, problems = _values({**environ, **(at_desk.over if at_desk else {})})
    problems = {**problems, **_missing_for_booking(values)}
    _refuse(problems, at_desk)
    return Settings(**_with_files(values), given=_given(environ, at_desk))


def demo(environ: Mapping[str, str], *, at_desk: AtDesk | None = None) -> Settings:
    """The demonstration clinic: loopback only, and secrets of its own that stay in its data folder."""
    environ = _demonstration(environ)
    values, problems = _values({**environ, **_set_by_hand(at_desk.over if at_desk else {})})
    if values.get("host") not in LOOPBACK:
        problems["HOST"] = "HOST: demo mode listens on 127.0.0.1 only; use `needlepoint serve` for anything else"
    _refuse(problems, at_desk)
    return Settings(**_with_files(values), demo=True, given=_given(environ, at_desk))


def from_environment(at_desk: AtDesk | None = None) -> Settings:
    """The settings of this process: the demonstration clinic with DEMO=1, a real clinic otherwise."""
    return (demo if _is_demo() else load)(os.environ, at_desk=at_desk)


def raw_environment() -> Mapping[str, str]:
    """What the environment, or the demonstration, gives each variable, unread."""
    return _demonstration(os.environ) if _is_demo() else os.environ


def ground_from_environment() -> Ground:
    """Where the clinic keeps what is set at the desk; SettingsError when that cannot be said."""
    environ = raw_environment()
    values, problems = _values(environ)
    needed = ("DATA_DIR", "DATABASE_URL")
    _refuse({name: problem for name, problem in problems.items() if name in needed}, None)
    whole = _with_files(values)
    secret = values.get("audit_key") or values.get("secret_key")
    return Ground(whole["data_dir"], whole["database_url"], secret, _changeable(environ), whole["language"])


def data_from_environment(at_desk: AtDesk | None = None) -> DataSettings:
    """The same for the clinical data alone, also on a machine where the clinic's other settings are missing."""
    values = _with_files(_values({**os.environ, **(at_desk.over if at_desk else {})})[0])
    return DataSettings(values.get("region"), values["overlay"], values["signatures"])


def faults_in(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with values of what the desk may set, by variable; secrets and the rest are left out of it."""
    values, problems = _values(given)
    problems = {**problems, **_missing_for_booking(values)}
    return {name: problem for name, problem in problems.items() if name in CHANGEABLE}


def _is_demo() -> bool:
    return os.environ.get(DEMO.variable) == "1"


def _demonstration(environ: Mapping[str, str]) -> dict[str, str]:
    folder = Path(environ.get("DATA_DIR") or "var")
    return {**CLINIC, **LIMITS, **own_secrets(folder), **_set_by_hand(environ)}


def _set_by_hand(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if value}


def _given(environ: Mapping[str, str], at_desk: AtDesk | None) -> Given:
    return Given(_changeable(environ), at_desk or AtDesk())


def _changeable(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: environ[name] for name in CHANGEABLE if environ.get(name)}


def _refuse(problems: Mapping[str, str], at_desk: AtDesk | None) -> None:
    """SettingsError with one line for each; what came from the desk says how it is taken back without the desk."""
    if not problems:
        return
    over = at_desk.over if at_desk else {}
    raise SettingsError(
        "\n".join(f"{said}{_way_back(name) if name in over else ''}" for name, said in problems.items())
    )


def _way_back(name: str) -> str:
    return f" (it was set at the desk; `needlepoint settings reset {name}` takes it back)"


def _values(environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for setting in SETTINGS:
        given = environ.get(setting.variable) or setting.default
        if given is None:
            problems[setting.variable] = f"{setting.variable} is missing: {setting.help}"
            continue
        try:
            values[setting.field] = setting.read(given)
        except ValueError as error:
            problems[setting.variable] = f"{setting.variable} {_complaint(setting, error)}"
    return values, problems


def _complaint(setting: Setting, error: ValueError) -> str:
    return "must be a number" if "invalid literal" in str(error) or "could not convert" in str(error) else str(error)


def _missing_for_booking(values: Mapping[str, Any]) -> dict[str, str]:
    """What the chosen way of booking cannot do without."""
    if values.get("booking") == "link" and not values.get("booking_url"):
        return {"BOOKING_URL": "BOOKING_URL is missing: BOOKING=link sends patients to the clinic's own booking page"}
    if values.get("booking") == "calendar" and not values.get("calendar"):
        return {"CALENDAR": "CALENDAR is missing: BOOKING=calendar needs the practitioners and their hours"}
    return {}


def _with_files(values: dict[str, Any]) -> dict[str, Any]:
    folder = values["data_dir"]
    address = values["database_url"] or f"sqlite:///{folder / 'needlepoint.sqlite3'}"
    return {**values, "database_url": address, "signatures": Path(values["signatures"] or folder / "signatures.jsonl")}
