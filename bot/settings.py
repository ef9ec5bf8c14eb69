"""Every setting of Needlepoint in one table, and the frozen settings that are loaded from it.

`SETTINGS` is what the documentation and the command line print. `load` reads a real clinic's settings and names every
one that is missing; `demo` fills in a demonstration clinic; `from_environment` is the only place that reads the
environment and is called by entry points only.
"""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

SHORTEST_SECRET = 32
LOOPBACK = ("127.0.0.1", "::1", "localhost")
CONSENTS = ("notice", "explicit")


def _text(value: str) -> str:
    return value.strip()


def _optional(value: str) -> str | None:
    return value.strip() or None


def _words(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"needs at least {SHORTEST_SECRET} characters")
    return value


def _consent(value: str) -> str:
    if value not in CONSENTS:
        raise ValueError(f"is one of {', '.join(CONSENTS)}")
    return value


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("is a whole number above 0")
    return number


def _seconds(value: str) -> float:
    number = float(value)
    if not 0 < number < 3600:
        raise ValueError("is a number of seconds above 0")
    return number


@dataclass(frozen=True)
class Setting:
    """One row of the table: the variable, the field it fills, its default (None: must be given) and a help line."""

    variable: str
    field: str
    default: str | None
    help: str
    read: Callable[[str], Any] = _text
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("CLINIC_NAME", "clinic_name", None, "The clinic's name, as patients know it."),
    Setting("CLINIC_PHONE", "clinic_phone", None, "The number patients call when the chat cannot help."),
    Setting("REGION", "region", None, "The region file with emergency, nurse and crisis numbers, such as ca-bc."),
    Setting("SECRET_KEY", "secret_key", None, "Signs session tokens and cookies.", _secret, secret=True),
    Setting("RASA_SECRET", "rasa_secret", None, "Shared by the web and rasa processes.", _secret, secret=True),
    Setting("DATABASE_URL", "database_url", "", "SQLAlchemy address; empty: SQLite in DATA_DIR.", secret=True),
    Setting("DATA_DIR", "data_dir", "var", "Folder for the database and what the clinic keeps.", Path),
    Setting("CLINIC_EMAIL", "clinic_email", "", "E-mail address shown to patients.", _optional),
    Setting("CLINIC_ADDRESS", "clinic_address", "", "Street address shown to patients.", _optional),
    Setting("CLINIC_HOURS", "clinic_hours", "", "Opening hours in one line.", _optional),
    Setting("CLINIC_FEES", "clinic_fees", "", "Fees in one line.", _optional),
    Setting("CLINIC_WEBSITE", "clinic_website", "", "The clinic's website.", _optional),
    Setting("LANGUAGE", "language", "en", "Language of the wording when the patient has not chosen one."),
    Setting("TIME_ZONE", "time_zone", "America/Vancouver", "The clinic's time zone, for times shown to staff."),
    Setting("OVERLAY", "overlay", "", "YAML file with the clinic's changes to the clinical data.", _optional),
    Setting("SIGNATURES", "signatures", "", "File of who signed the rules; empty: signatures.jsonl in DATA_DIR."),
    Setting("CONSENT", "consent", "notice", "notice: the first message accepts; explicit: a yes is asked.", _consent),
    Setting("HOST", "host", "127.0.0.1", "Address the web process listens on."),
    Setting("PORT", "port", "8000", "Port of the web process, the only public one.", _count),
    Setting("RASA_PORT", "rasa_port", "5005", "Port of the rasa process, on 127.0.0.1 only.", _count),
    Setting("RASA_HOST", "rasa_host", "127.0.0.1", "Where the web process finds rasa."),
    Setting("RASA_TIMEOUT", "rasa_timeout", "3", "Seconds that a turn may take before the patient is told.", _seconds),
    Setting("MODEL_PATH", "model_path", "models", "Folder with the trained model; the newest is used.", Path),
    Setting("PUBLIC_URL", "public_url", "", "Address the clinic gives out, such as https://chat.clinic.ca.", _optional),
    Setting("FRAME_ANCESTORS", "frame_ancestors", "", "Websites that may show the chat in a frame.", _words),
    Setting("TRUSTED_PROXIES", "trusted_proxies", "", "Proxies whose forwarded client address is believed.", _words),
    Setting("API_KEY", "api_key", "", "Opens POST /api/understand; empty: closed.", _optional, secret=True),
    Setting("METRICS_TOKEN", "metrics_token", "", "Opens GET /metrics; empty: loopback only.", _optional, secret=True),
    Setting("SESSION_HOURS", "session_hours", "168", "Hours that a patient's session token opens its session.", _count),
    Setting("RATE_SESSIONS", "rate_sessions", "30", "New sessions a minute from one address.", _count),
    Setting("RATE_MESSAGES", "rate_messages", "40", "Messages a minute in one session.", _count),
    Setting("RATE_REQUESTS", "rate_requests", "600", "Requests a minute from one address.", _count),
    Setting("RATE_SIGN_INS", "rate_sign_ins", "10", "Failed sign-ins in 15 minutes, per account and address.", _count),
    Setting("LOG_LEVEL", "log_level", "WARNING", "How much the log says: ERROR, WARNING, INFO or DEBUG."),
)
DEMO = Setting("DEMO", "demo", "", "1: a demonstration clinic on this machine only, with made-up secrets.")


@dataclass(frozen=True)
class Settings:
    """Every setting in force; secrets do not show in its repr."""

    clinic_name: str
    clinic_phone: str
    region: str
    secret_key: str = field(repr=False)
    rasa_secret: str = field(repr=False)
    database_url: str = field(repr=False)
    data_dir: Path
    clinic_email: str | None
    clinic_address: str | None
    clinic_hours: str | None
    clinic_fees: str | None
    clinic_website: str | None
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
    log_level: str
    demo: bool = False

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
