"""The wording linter: every text a patient reads, held to what may be said, who may be called and how hard it reads.

Run it with `python -m bot.knowledge.lint`; it prints every problem and ends with 1 if there is any.
"""

import sys
from pathlib import Path

from bot.clinical.protocol import Protocol
from bot.errors import KnowledgeError
from bot.knowledge.ease import filled, too_hard, too_hard_together
from bot.knowledge.flag_book import load_flag_book
from bot.knowledge.lint_rules import read_wording_rules
from bot.knowledge.loader import assemble
from bot.knowledge.placeholders import samples
from bot.knowledge.problems import Problem
from bot.knowledge.responses import DOMAIN, responses
from bot.knowledge.shelf import HERE, Shelf
from bot.knowledge.told import FIGURE, LANGUAGES, SOURCES, checklists, lint_text, problem_of, texts


def lint(*, language: str = "en", region: str = "ca-bc", overlay: Path | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the data and the wording; empty when all of it may be shown to patients."""
    return lint_folder(HERE, language=language, region=region, overlay=overlay)


def lint_folder(
    root: Path, *, language: str, region: str, overlay: Path | None = None, domain: Path = DOMAIN
) -> tuple[Problem, ...]:
    """The same for the data files below a folder and the responses of a domain."""
    protocol, shelf = assemble(root, language=language, region=region, overlay=overlay)
    if shelf.problems.found:
        return tuple(shelf.problems.found)
    rules = read_wording_rules(root, language)
    told = (*texts(protocol), *responses(domain))
    found = [problem for one in told for problem in lint_text(one, rules)]
    found += _uncited_figures(shelf, protocol)
    read = filled(told, samples(shelf), protocol.region)
    english = [one for one in read if not one.key.startswith((LANGUAGES, SOURCES))]
    found += [problem for one in [*english, *checklists(protocol)] for problem in too_hard(one, rules)]
    found += too_hard_together(english, rules)
    found += _flag_rule_problems(root, shelf)
    return tuple(found)


def main() -> int:
    """Print every problem of the data in force; 1 when there is any."""
    found = lint()
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    return 1 if found else 0


def _uncited_figures(shelf: Shelf, protocol: Protocol) -> list[Problem]:
    read = {entry.id for entry in shelf.entries("citations.yml") if entry.fields.get("basis") == "read"}
    sources = {entry.id: set(entry.names("source")) for entry in shelf.entries(shelf.spoken("faq.yml"))}
    return [
        problem_of(f"faq/{key}", "a percentage without a citation", "name a source that was read")
        for key, text in protocol.faq.items()
        if FIGURE.search(text) and not (sources[key.split("/")[0]] - {"clinic_page"}) & read
    ]


def _flag_rule_problems(root: Path, shelf: Shelf) -> list[Problem]:
    """What the flag book refuses, and classes no list asks about that no rule reads in text either."""
    try:
        book = load_flag_book(root, language=shelf.language)
    except KnowledgeError as error:
        return [Problem(f"{shelf.language}/flags", "rules", str(error), "correct them")]
    read = {rule.flag_class.value for rule in book.rules}
    remedy = f"add one to {shelf.language}/flags"
    return [
        Problem(entry.file, entry.id, "is text_only, but no rule reads it in text", remedy)
        for entry in shelf.entries("flag_classes.yml")
        if entry.switch("text_only") and entry.id not in read
    ]


if __name__ == "__main__":
    sys.exit(main())
