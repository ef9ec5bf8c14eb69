"""The table of settings: variable, default, help line, and how each value is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.settings.hours import read_dates, read_hours

SHORTEST_SECRET = 32
USUAL_HOURS = "mon-fri 9:00-17:00"
CONSENTS = ("notice", "explicit")
WAYS = ("request", "link", "calendar")
LONGEST_LINE, LONGEST_PHONE, FEWEST_DIGITS = 300, 40, 3
MOST_DAYS, MOST_YEARS, MOST_MINUTES = 36_500, 100, 10_080
SECURITIES = ("starttls", "tls", "none")


def _text(value: str) -> str:
    return value.strip()


def _optional(value: str) -> str | None:
    return value.strip() or None


def _words(value: str) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split())


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return value


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return value

    return read


def _optional_secret(value: str) -> str | None:
    return _secret(value) if value else None


_consent = _one_of(CONSENTS)


def _colour(value: str) -> str | None:
    if value and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("must be a colour such as #1f6f66")
    return value or None


def _web_address(value: str) -> str | None:
    if value and not re.fullmatch(r"https?://[^\s<>\"']+", value):
        raise ValueError("must be a web address such as https://clinic.example/book")
    return value or None


def _line(value: str) -> str:
    text = value.strip()
    if "\n" in text or len(text) > LONGEST_LINE:
        raise ValueError(f"must be one line of at most {LONGEST_LINE} characters")
    return text


def _optional_line(value: str) -> str | None:
    return _line(value) or None


def _phone(value: str) -> str:
    text = _line(value)
    if sum(sign.isdigit() for sign in text) < FEWEST_DIGITS or len(text) > LONGEST_PHONE:
        raise ValueError("must be a phone number such as 604-555-0100")
    return text


def _email(value: str) -> str | None:
    text = value.strip()
    if text and not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+", text):
        raise ValueError("must be an e-mail address such as desk@clinic.example")
    return text or None


def _website(value: str) -> str | None:
    text = value.strip()
    if text and not re.fullmatch(r"(https?://)?[^\s<>\"'/]+\.[^\s<>\"']+", text):
        raise ValueError("must be a web address such as https://clinic.example")
    return text or None


def _region(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value.strip()):
        raise ValueError("must be the name of a region file, such as ca-bc")
    return value.strip()


def _zone(value: str) -> str:
    try:
        ZoneInfo(value.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"names no time zone: {value!r}; write it like America/Vancouver") from None
    return value.strip()


def _file(value: str) -> Path | None:
    return Path(value) if value.strip() else None


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("must be a whole number above 0")
    return number


def _at_most(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = _count(value)
        if number > most:
            raise ValueError(f"must be at most {most}")
        return number

    return read


def _seconds(value: str) -> float:
    number = float(value)
    if not 0 < number < 3600:
        raise ValueError("must be a number of seconds above 0")
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


AUDIT_KEY = "Keys the audit's chain; empty: SECRET_KEY. Once that is changed, the former one goes here."
LEFT_EARLY = "Days that a chat is kept that was left early without a name or number."
HAND_BACK = "Minutes without a look from staff after which a chat goes back to the questions."
NOT_BOOKED = "Days that an inquiry is kept that came to no visit."
BOOKED = "Years that a booked patient's record is kept."
MAILED = "Days that it is kept that a mail was sent."
ANSWER_URGENT = "Minutes to answer an emergency or crisis, at any hour."
ANSWER_SAME_DAY = "Minutes of opening time for same-day advice."
REGION = "The region file with emergency, nurse and crisis numbers, such as ca-bc."
SETTINGS: tuple[Setting, ...] = (
    Setting("CLINIC_NAME", "clinic_name", None, "The clinic's name, as patients know it.", _line),
    Setting("CLINIC_PHONE", "clinic_phone", None, "The number patients call when the chat cannot help.", _phone),
    Setting("REGION", "region", None, REGION, _region),
    Setting("SECRET_KEY", "secret_key", None, "Signs session tokens, seals second factors.", _secret, secret=True),
    Setting("AUDIT_KEY", "audit_key", "", AUDIT_KEY, _optional_secret, secret=True),
    Setting("RASA_SECRET", "rasa_secret", None, "Shared by the web and rasa processes.", _secret, secret=True),
    Setting("DATABASE_URL", "database_url", "", "SQLAlchemy address; empty: SQLite in DATA_DIR.", secret=True),
    Setting("DATA_DIR", "data_dir", "var", "Folder for the database and what the clinic keeps.", Path),
    Setting("CLINIC_EMAIL", "clinic_email", "", "E-mail address shown to patients.", _email),
    Setting("CLINIC_ADDRESS", "clinic_address", "", "Street address shown to patients.", _optional_line),
    Setting("CLINIC_HOURS", "clinic_hours", "", "Opening hours in one line.", _optional_line),
    Setting(
        "OPENING_HOURS",
        "opening_hours",
        "mon-fri 9:00-17:00",
        "When staff answer, such as mon-fri 9:00-17:00.",
        read_hours,
    ),
    Setting("CLOSED_ON", "closed_on", "", "Days the clinic is closed, such as 2026-12-25 2026-12-26.", read_dates),
    Setting("HAND_BACK_MINUTES", "hand_back_minutes", "10", HAND_BACK, _at_most(MOST_MINUTES)),
    Setting("ANSWER_URGENT", "answer_urgent", "5", ANSWER_URGENT, _at_most(MOST_MINUTES)),
    Setting("ANSWER_SAME_DAY", "answer_same_day", "60", ANSWER_SAME_DAY, _at_most(MOST_MINUTES)),
    Setting("DUTY_EMAIL", "duty_email", "", "Mailed when nobody opens an urgent inquiry.", _email),
    Setting("CLINIC_FEES", "clinic_fees", "", "Fees in one line.", _optional_line),
    Setting("CLINIC_WEBSITE", "clinic_website", "", "The clinic's website.", _website),
    Setting("CLINIC_COLOUR", "clinic_colour", "", "The chat's colour, such as #1f6f66.", _colour),
    Setting("CLINIC_LOGO", "clinic_logo", "", "SVG, PNG or WebP file shown at the top of the chat.", _file),
    Setting("BOOKING", "booking", "request", "How patients book: request, link or calendar.", _one_of(WAYS)),
    Setting("BOOKING_URL", "booking_url", "", "The clinic's own booking page, for BOOKING=link.", _web_address),
    Setting("CALENDAR", "calendar", "", "YAML file of practitioners, weekly hours and holidays.", _file),
    Setting("SMTP_HOST", "smtp_host", "", "Mail server for confirmations; empty: no e-mail is sent.", _optional),
    Setting("SMTP_PORT", "smtp_port", "587", "Port of the mail server.", _count),
    Setting("SMTP_SECURITY", "smtp_security", "starttls", "starttls, tls or none.", _one_of(SECURITIES)),
    Setting("SMTP_USER", "smtp_user", "", "Account at the mail server; empty: none is needed.", _optional),
    Setting("SMTP_PASSWORD", "smtp_password", "", "Its password.", _optional, secret=True),
    Setting("MAIL_FROM", "mail_from", "", "Sender of the clinic's mails; empty: CLINIC_EMAIL.", _optional),
    Setting("LANGUAGE", "language", "en", "Language of the wording when the patient has not chosen one."),
    Setting("TIME_ZONE", "time_zone", "America/Vancouver", "The clinic's time zone, for times shown to staff.", _zone),
    Setting("OVERLAY", "overlay", "", "YAML file with the clinic's changes to the clinical data.", _optional),
    Setting("SIGNATURES", "signatures", "", "File of who signed the rules; empty: signatures.jsonl in DATA_DIR."),
    Setting(
        "CONSENT",
        "consent",
        "notice",
        "notice: the first message accepts; explicit: a yes is asked.",
        _one_of(CONSENTS),
    ),
    Setting("HOST", "host", "127.0.0.1", "Address the web process listens on."),
    Setting("PORT", "port", "8000", "Port of the web process, the only public one.", _count),
    Setting("RASA_PORT", "rasa_port", "5005", "Port of the rasa process, on 127.0.0.1 only.", _count),
    Setting("RASA_HOST", "rasa_host", "127.0.0.1", "Where the web process finds rasa."),
    Setting("RASA_TIMEOUT", "rasa_timeout", "3", "Seconds that a turn may take before the patient is told.", _seconds),
    Setting("STORE_TIMEOUT", "store_timeout", "2", "Seconds that the database may take to answer.", _seconds),
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
    Setting("KEEP_LEFT_EARLY_DAYS", "keep_left_early_days", "30", LEFT_EARLY, _at_most(MOST_DAYS)),
    Setting("KEEP_NOT_BOOKED_DAYS", "keep_not_booked_days", "400", NOT_BOOKED, _at_most(MOST_DAYS)),
    Setting("KEEP_BOOKED_YEARS", "keep_booked_years", "16", BOOKED, _at_most(MOST_YEARS)),
    Setting("KEEP_MAIL_DAYS", "keep_mail_days", "30", MAILED, _at_most(MOST_DAYS)),
    Setting("LOG_LEVEL", "log_level", "WARNING", "How much the log says: ERROR, WARNING, INFO or DEBUG."),
)
DEMO = Setting("DEMO", "demo", "", "1: a demonstration clinic on this machine only, with made-up secrets.")
