"""What must agree within one persona: words for all that is true, and the fields that their style or end needs."""

from tests.simulated.entry import Entry
from tests.simulated.persona import Interruption, Persona, tells
from tests.simulated.reviewed import faq_topics

HEAD_AND_NECK = ("neck", "head")
SPINE = ("neck", "upper_back", "lower_back", "back_unspecified", "buttock")
LEAST_FILLER = 4
CONFIRMED = ("start_over", "delete_my_data", "stop_messages")


def check(persona: Persona, entry: Entry) -> None:
    """Complain of everything in this persona that does not agree."""
    if not persona.name or not persona.name.replace("_", "").isalnum():
        entry.complain("name: must be letters, digits and _")
    if not persona.style:
        entry.complain("style: at least one is needed")
    if not 1 <= len(persona.opening) <= 3:
        entry.complain("opening: 1 to 3 alternative first messages")
    _check_end(persona, entry)
    _check_words(persona, entry)
    _check_changes(persona, entry)
    for number, interruption in enumerate(persona.interruptions, 1):
        _check_interruption(interruption, number, entry)


def _check_end(persona: Persona, entry: Entry) -> None:
    if (persona.ends == "result") != bool(persona.disposition):
        entry.complain("disposition: belongs to ends: result, and only there")
    if (persona.ends == "dropped_out") != (persona.drops_out_after is not None):
        entry.complain("drops_out_after: belongs to ends: dropped_out, and only there")
    asks_for_one = "wants_human" in persona.style or any(one.wish == "talk_to_person" for one in persona.interruptions)
    if persona.ends == "human" and not asks_for_one:
        entry.complain("interruptions: who ends with a human asks for one there, or has the style wants_human")
    if persona.ends == "information" and "present" in persona.truth.findings.values():
        entry.complain("truth: who only asks questions has no finding that is present")


def _check_words(persona: Persona, entry: Entry) -> None:
    says, truth = persona.says, persona.truth
    if persona.ends == "result":
        _check_screened(persona, entry)
    for item in set(truth.safety) ^ set(says.safety):
        complaint = "is true and has no words for it" if item in truth.safety else "has words and is not true"
        entry.complain(f"says: safety: {item} {complaint}")
    if truth.safety and not truth.checked:
        entry.complain("truth: checked: is needed with safety items")
    scan = next((id for id in truth.background if id.startswith("scan_")), None)
    if scan and scan != f"scan_{truth.imaging}":
        entry.complain(f"truth: background says {scan} and imaging says {truth.imaging}")
    if "rambling" in persona.style and len(says.filler) < LEAST_FILLER:
        entry.complain(f"says: filler: a rambling person needs at least {LEAST_FILLER} sentences")


def _check_screened(persona: Persona, entry: Entry) -> None:
    """Who reaches a result has an answer to every question."""
    says, truth = persona.says, persona.truth
    for finding, presence in truth.findings.items():
        words = {"present": says.yes_to, "absent": says.no_to}.get(presence)
        if words is not None and not any(tells(one) for one in words.get(finding, ())):
            entry.complain(f"says: findings: {finding} is {presence} and has no words for it that make sense alone")
    for key in ("where", "who", "none", "unsure", "background"):
        if not getattr(says, key):
            entry.complain(f"says: {key} is missing")
    if not truth.who or not truth.regions:
        entry.complain("truth: who and regions are needed")
    if set(truth.regions) & set(HEAD_AND_NECK) and not (truth.pattern and says.pattern):
        entry.complain("truth: pattern, and says: pattern, are needed with neck or head")
    if not set(truth.regions) & set(SPINE) and truth.findings["swelling"] != "unknown":
        entry.complain("truth: swelling is only what lies beside the spine: unknown for these regions")


def _check_changes(persona: Persona, entry: Entry) -> None:
    if "changes_mind" in persona.style and not (persona.changes or persona.interruptions):
        entry.complain("changes: who changes their mind needs some")
    for change in persona.changes:
        if change.first == persona.truth.findings.get(change.finding):
            entry.complain(f"changes: {change.finding} is {change.first} in truth as well")
        if not change.says:
            entry.complain(f"changes: {change.finding} needs words that take it back")


def _check_interruption(one: Interruption, number: int, entry: Entry) -> None:
    where = f"interruptions[{number}]"
    if one.at < 1:
        entry.complain(f"{where}: at: the number of the question, 1 or more")
    if bool(one.say) == bool(one.tap):
        entry.complain(f"{where}: either say or tap")
    if one.kind == "faq" and one.topic not in faq_topics():
        entry.complain(f"{where}: topic: {one.topic!r} is none of {', '.join(faq_topics())}")
    if one.kind == "control" and not one.wish:
        entry.complain(f"{where}: means: which wish these words are")
    if one.wish in CONFIRMED and one.confirm is None:
        entry.complain(f"{where}: confirm: yes or no")
    if one.tap and one.with_answer:
        entry.complain(f"{where}: with_answer: a tap cannot stand in the same message as an answer")
