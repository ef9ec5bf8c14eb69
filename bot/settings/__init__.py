"""Every setting of Needlepoint in one table, and the frozen settings that are loaded from it.

The table itself is in bot/settings/table.py; it imports bot.errors only and never reads anything. `SETTINGS` is
what the documentation and the command line print. `load` reads a real clinic's settings and names every
one that is missing; `demo` fills in a demonstration clinic; `from_environment` is the only place that reads the
environment and is called by entry points only.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.settings.hours import OpenSpan
from bot.settings.table import DEMO, SETTINGS, Setting

__all__ = ["DEMO", "SETTINGS", "DataSettings", "Settings", "data_from_environment", "demo", "from_environment", "load"]

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


def load(environ: Mapping[str, str]) -> Settings:
    """A real clinic's settings; SettingsError names everything that is missing or malformed at once."""
    values, problems = _values(environ)
    problems += _missing_for_booking(values)
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**_with_files(values))


def demo(environ: Mapping[str, str]) -> Settings:
    """The demonstration clinic: loopback only, and secrets of its own that stay in its data folder."""
    folder = Path(environ.get("DATA_DIR") or "var")
    set_by_hand = {name: value for name, value in environ.items() if value}
    given = {**_DEMO_CLINIC, **_DEMO_LIMITS, **_demo_secrets(folder), **set_by_hand}
    values, problems = _values(given)
    if values.get("host") not in LOOPBACK:
        problems.append("HOST: demo mode listens on 127.0.0.1 only; use `needlepoint serve` for anything else")
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**_with_files(values), demo=True)


def from_environment() -> Settings:
    """The settings of this process: the demonstration clinic with DEMO=1, a real clinic otherwise."""
    return demo(os.environ) if os.environ.get(DEMO.variable) == "1" else load(os.environ)


def data_from_environment() -> DataSettings:
    """The same for the clinical data alone, also on a machine where the clinic's other settings are missing."""
    values = _with_files(_values(os.environ)[0])
    return DataSettings(values.get("region"), values["overlay"], values["signatures"])


_DEMO_CLINIC = {"CLINIC_NAME": "Demonstration clinic", "CLINIC_PHONE": "604-555-0100", "REGION": "ca-bc"}
_DEMO_LIMITS = dict.fromkeys(("RATE_SESSIONS", "RATE_MESSAGES", "RATE_REQUESTS"), "1000000")
"""Only this machine can reach the demonstration, and whoever measures it is one address with many sessions."""


def _values(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in SETTINGS:
        given = environ.get(setting.variable) or setting.default
        if given is None:
            problems.append(f"{setting.variable} is missing: {setting.help}")
            continue
        try:
            values[setting.field] = setting.read(given)
        except ValueError as error:
            problems.append(f"{setting.variable} {_complaint(setting, error)}")
    return values, problems


def _complaint(setting: Setting, error: ValueError) -> str:
    return "is not a number" if "invalid literal" in str(error) or "could not convert" in str(error) else str(error)


def _missing_for_booking(values: Mapping[str, Any]) -> list[str]:
    """What the chosen way of booking cannot do without."""
    if values.get("booking") == "link" and not values.get("booking_url"):
        return ["BOOKING_URL is missing: BOOKING=link sends patients to the clinic's own booking page"]
    if values.get("booking") == "calendar" and not values.get("calendar"):
        return ["CALENDAR is missing: BOOKING=calendar needs the practitioners and their hours"]
    return []


def _with_files(values: dict[str, Any]) -> dict[str, Any]:
    folder = values["data_dir"]
    address = values["database_url"] or f"sqlite:///{folder / 'needlepoint.sqlite3'}"
    return {**values, "database_url": address, "signatures": Path(values["signatures"] or folder / "signatures.jsonl")}


def _demo_secrets(folder: Path) -> dict[str, str]:
    """The secrets kept in the data folder; the first process to ask writes them, the others read the same."""
    file = folder / "demo-secrets.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(file, json.dumps({name: secrets.token_hex(32) for name in ("SECRET_KEY", "RASA_SECRET")}))
    kept = json.loads(file.read_text(encoding="utf-8"))
    return {name: str(value) for name, value in kept.items()}


def _write_once(file: Path, content: str) -> None:
    """Linked into place whole, so that two processes that start together agree on one content."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
