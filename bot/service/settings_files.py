"""What is set at the desk, as variables over the environment: a calendar and texts become files of their own."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.knowledge.own_texts import overlay_with
from bot.settings.given import CALENDAR, CHANGEABLE, OVERLAY

IN_TEXTS = "/"
"""Stands in the name of every text and in no variable."""


@dataclass(frozen=True)
class Beneath:
    """What the desk's settings stand over: the environment's values, and the language of the clinic's texts."""

    environment: Mapping[str, str]
    language: str


def own_texts(values: Mapping[str, str]) -> dict[str, str]:
    """The texts among what is set, by their keys."""
    return {name: text for name, text in values.items() if IN_TEXTS in name}


def variables(values: Mapping[str, str], beneath: Beneath, *, folder: Path) -> dict[str, str]:
    """The variables that stand over the environment; their files are written into the folder."""
    over = {name: value for name, value in values.items() if name in CHANGEABLE and name not in (CALENDAR, OVERLAY)}
    if CALENDAR in values:
        calendar = values[CALENDAR].strip()
        over[CALENDAR] = str(_written(folder, "calendar", calendar)) if calendar else ""
    own = own_texts(values)
    if own:
        over[OVERLAY] = str(
            _written(folder, "overlay", _overlay(own, {**beneath.environment, **over}, beneath.language))
        )
    return over


def overlay_file(environment: Mapping[str, str]) -> Path | None:
    """The clinic's own overlay file, where it has one."""
    return Path(environment[OVERLAY]) if environment.get(OVERLAY) else None


def _overlay(own: Mapping[str, str], given: Mapping[str, str], language: str) -> str:
    clinic = given.get("CLINIC_NAME") or "the clinic"
    return overlay_with(own, clinic=clinic, language=language, overlay=overlay_file(given))


def _written(folder: Path, name: str, content: str) -> Path:
    """The file with this content. Another content is another file, so that nobody reads one that is half new."""
    digest = sha256(content.encode()).hexdigest()[:12]
    file = folder / f"{name}-{digest}.yml"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(content, encoding="utf-8")
        draft.replace(file)
    return file
