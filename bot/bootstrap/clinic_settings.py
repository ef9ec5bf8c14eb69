"""The settings in force: the environment's, and over them what managers have set at the desk."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import KnowledgeError, SettingsError, StorageError
from bot.service.audit_chain import key_of
from bot.service.clinic_settings_records import Stored
from bot.service.settings_files import Beneath, variables
from bot.settings import Settings, from_environment, ground_from_environment
from bot.settings.given import CALENDAR, OVERLAY, AtDesk, Ground
from bot.store.clinic_settings import stored_in

log = logging.getLogger("needlepoint")
FOLDER, COPY = "settings", "last-read.json"


def settings_in_force() -> Settings:
    """The settings of this process; SettingsError names what stands against them, and how it is taken back."""
    return from_environment(at_desk_of(ground_from_environment()))


def at_desk_of(ground: Ground) -> AtDesk:
    """What is set at the desk, its files written where both processes find them."""
    stored, folder = _stored(ground), ground.data_dir / FOLDER
    over = variables(stored.values, Beneath(ground.environment, ground.language), folder=folder)
    return AtDesk(stored.values, stored.revision, over)


@contextmanager
def naming_the_way_back(settings: Settings) -> Iterator[None]:
    """Errors about a file that was made of what is set at the desk say how that is taken back."""
    try:
        yield
    except (KnowledgeError, SettingsError) as error:
        over = settings.given.at_desk.over
        names = [name for name in (CALENDAR, OVERLAY) if over.get(name) and _is_about(error, name)]
        if not names:
            raise
        way = f"It was set at the desk; `needlepoint settings reset {names[0]}` takes it back."
        raise type(error)(f"{error}\n{way}") from error


def _is_about(error: Exception, name: str) -> bool:
    return str(error).startswith(name) if name == CALENDAR else isinstance(error, KnowledgeError)


def _stored(ground: Ground) -> Stored:
    """What the database has; while it cannot be reached, what it had when it was read last."""
    copy = ground.data_dir / FOLDER / COPY
    try:
        stored = stored_in(ground.database_url, key=key_of(ground.audit_secret or ""))
    except StorageError as error:
        log.error("what is set at the desk cannot be read, so what was read last is in force: %s", error)
        return _read_copy(copy)
    if stored.revision:
        _keep_copy(copy, stored)
    return stored


def _keep_copy(file: Path, stored: Stored) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"revision": stored.revision, "values": dict(stored.values)}), encoding="utf-8")
    draft.replace(file)


def _read_copy(file: Path) -> Stored:
    if not file.is_file():
        return Stored()
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Stored(int(kept["revision"]), dict(kept["values"]))
