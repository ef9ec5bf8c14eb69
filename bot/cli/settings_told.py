"""The settings as the command line tells of them, also when a value keeps the clinic from starting."""

from collections.abc import Iterator

from bot.errors import SettingsError
from bot.outside.clock import SystemClock
from bot.service.actors import SYSTEM
from bot.service.audit_chain import key_of
from bot.service.clinic_settings_records import SettingChange
from bot.service.desk_records import Act
from bot.service.settings_files import own_texts
from bot.settings import SETTINGS, Setting, ground_from_environment, raw_environment
from bot.settings.given import OVERLAY
from bot.store.clinic_settings import ClinicSettings, stored_in
from bot.store.transaction import Database

DESK, SERVER, DEFAULT = "desk", "environment", "default"
SET, UNSET = "(set, not shown)", "(empty)"


def told() -> Iterator[str]:
    """One line for each setting: name, value, where it comes from; then each text that was set at the desk."""
    ground, environ = ground_from_environment(), raw_environment()
    values = stored_in(ground.database_url, key=key_of(ground.audit_secret or "")).values
    for setting in SETTINGS:
        source = DESK if setting.variable in values else SERVER if environ.get(setting.variable) else DEFAULT
        value = values.get(setting.variable, environ.get(setting.variable) or setting.default or "")
        yield "\t".join((setting.variable, _shown(setting, value), source))
    for key, text in sorted(own_texts(values).items()):
        yield "\t".join((key, _one_line(text), DESK))


def taken_back(name: str) -> str:
    """It is no longer set at the desk; SettingsError when it was not."""
    ground = ground_from_environment()
    if ground.audit_secret is None:
        raise SettingsError("SECRET_KEY is missing: the audit, where this is written down, is keyed with it")
    database = Database(ground.database_url, key=key_of(ground.audit_secret))
    try:
        return _taken_back(ClinicSettings(database), name)
    finally:
        database.close()


def _taken_back(book: ClinicSettings, name: str) -> str:
    stored = book.stored()
    names = sorted(own_texts(stored.values)) if name == OVERLAY else [name] if name in stored.values else []
    if not names:
        raise SettingsError(f"{name} is not set at the desk; `needlepoint settings list` says what is")
    changes = tuple(SettingChange(one, None, stored.values[one]) for one in names)
    if not book.keep(changes, after=stored.revision, act=Act(SYSTEM, SystemClock().now())):
        raise SettingsError("somebody changed the settings at the same moment: try again")
    return f"{name} is no longer set at the desk. It takes effect at the next start."


def _shown(setting: Setting, value: str) -> str:
    if setting.secret:
        return SET if value else UNSET
    return _one_line(value) or UNSET


def _one_line(text: str) -> str:
    return " ".join(text.split())
