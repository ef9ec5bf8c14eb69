"""The facts of the place where the clinic is: the only source of numbers in what patients read."""

from pathlib import Path

from bot.clinical.protocol import RegionFacts
from bot.knowledge.entry import Entry
from bot.knowledge.problems import Problems
from bot.knowledge.shelf import HERE, Shelf, read_file
from bot.knowledge.strict_yaml import parse

TEXTS = ("name", "country", "emergency_number", "nurse_line", "crisis_line", "walk_in")


def read_place(shelf: Shelf) -> RegionFacts:
    """The region's facts; each of them must be filled in."""
    entry = Entry(shelf.region_file, shelf.region, shelf.files.get(shelf.region_file, {}), shelf.problems)
    entry.only(*TEXTS, "age_of_majority", "source", "reviewed")
    entry.sources(shelf.ids("citations.yml"))
    texts = {name: entry.text(name) for name in TEXTS}
    return RegionFacts(id=shelf.region, age_of_majority=entry.number("age_of_majority"), **texts)


def load_age_of_majority(root: Path, *, region: str) -> int:
    """The age under which a patient is a minor in this region; KnowledgeError when its file does not say."""
    problems = Problems()
    file = f"regions/{region}.yml"
    age = Entry(file, region, read_file(root / file, file, problems=problems), problems).number("age_of_majority")
    problems.refuse()
    return age


def known_regions(root: Path = HERE) -> dict[str, str]:
    """The regions that there are files for: their names by id."""
    files = sorted((root / "regions").glob("*.yml"))
    return {file.stem: str(parse(file.read_text(encoding="utf-8")).get("name", file.stem)) for file in files}
