"""Every text a patient may read, with the key that names its place, and what it must not say or leave out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.clinical.protocol import Protocol, SafetySet
from bot.clinical.vocabulary import Region
from bot.knowledge.lint_rules import WordingRules
from bot.knowledge.numbers import number_to_call
from bot.knowledge.problems import Problem
from bot.knowledge.safety import lists_of

LANGUAGES = "languages/"
"""Texts that are no English: how hard they read is not measured."""
SOURCES = "sources/"
"""Lists of names of studies, which are what they are: how hard they read is not measured."""
OTHER_PARTS = ("told", "short", "thanks")
"""The texts of another language."""
FILLED_IN = ("wording/", "faq/", "labels/", "told/", "canned/", LANGUAGES)
"""The groups whose placeholders are filled in before a patient reads them."""
FIGURE = re.compile(r"\d\s?%|\bper ?cent(age)?s?\b|\b\d[\d,]* (in|out of) (every )?\d", re.IGNORECASE)
"""A share of something: a percentage, or "1 in 1,024"."""


@dataclass(frozen=True)
class Told:
    """One text that a patient may read, with the key that names its place."""

    key: str
    text: str


def texts(protocol: Protocol) -> Iterator[Told]:
    """Every text of a protocol that a patient may read."""
    groups = {
        "wording": protocol.wording,
        "faq": protocol.faq,
        "labels": protocol.labels,
        "precautions": protocol.precautions,
        "items": {item.id: item.label for item in protocol.items.values()},
        "plain": {item.id: item.plain for item in protocol.items.values()},
        "findings": {finding.value: label for finding, label in protocol.finding_labels.items()},
        "finding_lines": {finding.value: line for finding, line in protocol.finding_questions.items()},
        "regions": {region.value: label for region, label in protocol.region_labels.items()},
        "region": {"walk_in": protocol.region.walk_in},
        "sources": {topic: text for topic, text in protocol.faq_sources.items() if text},
        "languages": _in_other_languages(protocol),
        "canned": _canned(protocol),
        **{f"choices/{group}": labels for group, labels in protocol.choices.items()},
    }
    for group, entries in groups.items():
        yield from (Told(f"{group}/{key}", text) for key, text in entries.items())


def _in_other_languages(protocol: Protocol) -> dict[str, str]:
    parts = {(id, part): getattr(one, part) for id, one in protocol.languages.items() for part in OTHER_PARTS}
    return {f"{id}.{part}": text for (id, part), text in parts.items() if text}


def _canned(protocol: Protocol) -> dict[str, str]:
    parts = {(id, part): getattr(one, part) for id, one in protocol.canned.items() for part in ("text", "nameless")}
    return {f"{id}.{part}": text for (id, part), text in parts.items()}


def checklists(protocol: Protocol) -> Iterator[Told]:
    """Every safety checklist as a patient reads it: the question, then its numbered lines."""
    for region in Region:
        sets = [one for one in protocol.sets if region in one.regions]
        yield from _lists_of(region.value, sets, protocol)
    yield from _lists_of("unknown", [one for one in protocol.sets if one.for_unknown], protocol)


def lint_text(told: Told, rules: WordingRules) -> tuple[Problem, ...]:
    """What a text says that it must not say, or leaves out."""
    found = []
    for rule in rules.rules:
        words = rule.breach(told.text) if rule.is_for(told.key) else None
        if words is not None:
            found.append(problem_of(told.key, f"{rule.why}: {words!r}", "say it another way"))
    if "{" in told.text and not told.key.startswith(FILLED_IN):
        found.append(problem_of(told.key, "a placeholder stands in it that nobody fills in", "write the word itself"))
    number = number_to_call(told.text)
    if number:
        remedy = "use a placeholder of the region or the clinic"
        found.append(problem_of(told.key, f"a phone number stands in it: {number}", remedy))
    if FIGURE.search(told.text) and not _is_answer(told):
        found.append(problem_of(told.key, "a percentage stands in it", "figures belong in faq, each with its citation"))
    return tuple(found)


def _is_answer(told: Told) -> bool:
    """An answer to a question, whose figures are held to its citations (bot/knowledge/lint.py)."""
    return told.key.startswith("faq/") or told.key.endswith("/answer")


def _lists_of(name: str, sets: list[SafetySet], protocol: Protocol) -> Iterator[Told]:
    for part, items in lists_of(sets).items():
        labels = [protocol.items[item].label for item in items]
        prompt = protocol.wording.get(f"question.safety.{part}", "")
        lines = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
        if lines:
            yield Told(f"checklist/{name}.{part}", "\n".join([prompt, *lines]))


def problem_of(key: str, complaint: str, remedy: str) -> Problem:
    """A problem of the text with this key."""
    file, _, entry = key.partition("/")
    return Problem(file, entry or key, complaint, remedy)
