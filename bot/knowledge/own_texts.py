"""The texts that a clinic may put its own in the place of, and an overlay made of those it has written."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.entry import REVIEWED, SOURCE
from bot.knowledge.overlay import lay_over, texts_in
from bot.knowledge.problems import Problems
from bot.knowledge.shelf import HERE, ORIGIN, Shelf, read_file, read_shelf

WORDING, FAQ, LABELS, PLACE = "wording", "faq", "labels", "region"
OF_PLACE = ("walk_in",)
"""What the region's numbers are is no wording: a clinic that must change one does so in an overlay file."""
BESIDES = (SOURCE, REVIEWED, ORIGIN)


@dataclass(frozen=True)
class Standing:
    """A text that may be changed: as the project has it, and as it stands with the clinic's overlay file."""

    key: str
    house: str
    text: str

    @property
    def group(self) -> str:
        """What it belongs to, such as wording/question."""
        section, _, rest = self.key.partition("/")
        return section if section in (FAQ, PLACE) else f"{section}/{rest.replace('/', '.').split('.')[0]}"


def standing_texts(language: str, region: str, overlay: Path | None) -> dict[str, Standing]:
    """Every text that may be changed, by its key; KnowledgeError when the data cannot be read."""
    shelf = read_shelf(HERE, language=language, region=region)
    house = dict(_texts(shelf))
    if overlay is not None:
        shelf = lay_over(shelf, overlay)
    shelf.problems.refuse()
    now = dict(_texts(shelf))
    return {key: Standing(key, text, now.get(key, text)) for key, text in house.items()}


def overlay_with(own: Mapping[str, str], *, clinic: str, language: str, overlay: Path | None) -> str:
    """The YAML of the overlay file, where there is one, with these texts in it by their keys."""
    problems = Problems()
    content: dict[str, Any] = {}
    if overlay is not None:
        content = deepcopy(dict(read_file(overlay, overlay.name, problems=problems)))
    answers = read_file(HERE / language / "faq.yml", f"{language}/faq.yml", problems=problems)
    problems.refuse()
    content.setdefault("clinic", clinic)
    for key, text in sorted(own.items()):
        section, *path = key.split("/")
        place = content.setdefault(section, {})
        if section == FAQ:
            place[path[0]] = {**place.get(path[0], answers.get(path[0], {})), REVIEWED: None}
        _put(place, path, text)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _put(place: dict[str, Any], path: list[str], text: str) -> None:
    for name in path[:-1]:
        place = place.setdefault(name, {})
    place[path[-1]] = text


def _texts(shelf: Shelf) -> Iterator[tuple[str, str]]:
    for section, paths in _sections(shelf):
        for path, text in paths:
            if isinstance(text, str) and text.strip() and not set(path) & set(BESIDES):
                yield f"{section}/{('.' if section == WORDING else '/').join(path)}", text.strip()


def _sections(shelf: Shelf) -> Iterator[tuple[str, list[tuple[tuple[str, ...], Any]]]]:
    for section, file in ((WORDING, "wording.yml"), (FAQ, "faq.yml"), (LABELS, "labels.yml")):
        yield section, texts_in(shelf.files[shelf.spoken(file)], ())
    place = shelf.files[shelf.region_file]
    yield PLACE, [((name,), place.get(name)) for name in OF_PLACE]
