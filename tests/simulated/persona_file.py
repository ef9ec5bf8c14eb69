"""Reads persona files strictly: every mistake is named with its file, its person and its field, all of them at once."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.clinical.vocabulary import FlagClass, Region
from bot.knowledge.strict_yaml import parse
from tests.simulated.entry import Entry
from tests.simulated.persona import (
    BACKGROUND,
    CHECKED,
    CONTROLS,
    DISPOSITIONS,
    ENDS,
    FINDINGS,
    IMAGING,
    KINDS,
    PATTERN,
    PRESENCES,
    STYLES,
    WHO,
    Change,
    Interruption,
    Persona,
    Says,
    Truth,
)
from tests.simulated.persona_rules import check
from tests.simulated.reviewed import precautions, safety_items

FOLDER = Path(__file__).parent / "personas"
PLAIN_WORDS = ("all", "none", "unsure", "yes", "no", "where", "who", "pattern", "background", "checked", "contact")
FLAGS = tuple(flag.value for flag in FlagClass)


class BadPersona(ValueError):
    """A persona file that cannot be used, with everything that is wrong with it."""


def load_personas(files: Iterable[Path] | None = None) -> tuple[Persona, ...]:
    """The people of these files, else of all files of `personas/`, in the order of their names."""
    problems: list[str] = []
    found: list[Persona] = []
    for file in sorted(FOLDER.glob("*.yml")) if files is None else files:
        found += _read(file, problems)
    names = [persona.name for persona in found]
    problems += [f"{name}: two people have this name" for name in sorted({n for n in names if names.count(n) > 1})]
    if problems:
        raise BadPersona(f"{len(problems)} problem(s) with the simulated patients:\n" + "\n".join(problems))
    return tuple(sorted(found, key=lambda persona: persona.name))


def _read(file: Path, problems: list[str]) -> list[Persona]:
    try:
        given = parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.append(f"{file.name}: cannot be read: {error}")
        return []
    if not isinstance(given, list):
        problems.append(f"{file.name}: must be a list of people")
        return []
    return [_person(one, f"{file.name}: person {number}", problems) for number, one in enumerate(given, 1)]


def _person(given: object, where: str, problems: list[str]) -> Persona:
    entry = Entry(given, where, problems)
    name = entry.word("name") or ""
    entry.where = f"{where.split(':')[0]}: {name or where}"
    persona = Persona(
        name,
        style=entry.words("style", STYLES),
        opening=entry.words("opening"),
        truth=_truth(entry.entry("truth")),
        says=_says(entry.entry("says")),
        ends=entry.word("ends", ENDS) or "",
        disposition=entry.words("disposition", DISPOSITIONS),
        changes=tuple(_change(one) for one in entry.entries("changes")),
        interruptions=tuple(_interruption(one) for one in entry.entries("interruptions")),
        drops_out_after=entry.number("drops_out_after"),
    )
    entry.close()
    check(persona, entry)
    return persona


def _truth(entry: Entry) -> Truth:
    findings = entry.entry("findings")
    presence = {finding: findings.word(finding, PRESENCES) or "unknown" for finding in findings.left()}
    for finding in FINDINGS:
        if finding not in presence:
            findings.complain(f"{finding} is missing: present, absent or unknown")
    truth = Truth(
        {finding: presence.get(finding, "unknown") for finding in FINDINGS},
        regions=entry.words("regions", tuple(region.value for region in Region)),
        who=entry.word("who", WHO),
        duration_days=entry.number("duration_days"),
        imaging=entry.word("imaging", IMAGING),
        pattern=entry.word("pattern", PATTERN),
        background=entry.words("background", BACKGROUND),
        severity=entry.number("severity"),
        precautions=entry.words("precautions", precautions()),
        safety=entry.words("safety", tuple(safety_items())),
        checked=entry.word("checked", CHECKED),
        flags=entry.words("flags", FLAGS),
        may_flag=entry.words("may_flag", FLAGS),
    )
    for finding in presence:
        if finding not in FINDINGS:
            findings.complain(f"{finding!r} is none of the seven findings")
    entry.close()
    return truth


def _says(entry: Entry) -> Says:
    findings, safety = entry.entry("findings"), entry.entry("safety")
    yes_to, no_to = {}, {}
    for finding in findings.left():
        spoken = findings.entry(finding)
        yes_to[finding], no_to[finding] = spoken.words("yes"), spoken.words("no")
        spoken.close()
        if finding not in FINDINGS:
            findings.complain(f"{finding!r} is none of the seven findings")
    says = Says(
        yes_to={finding: words for finding, words in yes_to.items() if words},
        no_to={finding: words for finding, words in no_to.items() if words},
        safety={item: safety.words(item) for item in safety.left()},
        filler=entry.words("filler"),
        **{key: entry.words(key) for key in PLAIN_WORDS},
    )
    entry.close()
    return says


def _change(entry: Entry) -> Change:
    change = Change(
        entry.word("finding", FINDINGS) or "",
        first=entry.word("first", PRESENCES[:2]) or "",
        says=entry.words("says"),
        at=entry.number("at"),
    )
    entry.close()
    return change


def _interruption(entry: Entry) -> Interruption:
    interruption = Interruption(
        entry.number("at") or 0,
        kind=entry.word("kind", KINDS) or "",
        say=entry.words("say"),
        tap=entry.word("tap", CONTROLS),
        topic=entry.word("topic"),
        means=entry.word("means", CONTROLS),
        confirm=entry.word("confirm", ("yes", "no")),
        with_answer=entry.claim("with_answer"),
    )
    entry.close()
    return interruption
