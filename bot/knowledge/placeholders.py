"""Placeholders in wording: which exist, and which stand in a text."""

from string import Formatter

from bot.knowledge.shelf import Shelf

FILE = "placeholders.yml"


def placeholders_in(text: str) -> frozenset[str]:
    """The names that stand in curly brackets in a text; ValueError when a bracket is left open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def samples(shelf: Shelf) -> dict[str, str]:
    """Every known placeholder with a sample of what fills it."""
    return {entry.id: str(entry.fields.get("sample", "")) for entry in shelf.entries(FILE)}


def check_placeholders(shelf: Shelf, file: str, *, key: str, text: str) -> None:
    """Refuse a text with an unknown or malformed placeholder."""
    try:
        unknown = placeholders_in(text) - shelf.ids(FILE)
    except ValueError as error:
        shelf.problems.add(file, key, complaint=f"cannot be filled in: {error}", remedy="close every { with }")
        return
    for name in sorted(unknown):
        shelf.problems.add(
            file, key, complaint=f"uses unknown placeholder {{{name}}}", remedy=f"correct it or add it to {FILE}"
        )
