"""What an answer changes in the encounter, question by question."""

import re
from dataclasses import replace

from bot.clinical.absorb import with_finding
from bot.clinical.cues import begins_with_cue, has_cue
from bot.clinical.encounter import Encounter, OpenQuestion, record_of
from bot.clinical.given import noted_mistakes
from bot.clinical.minor import with_minor
from bot.clinical.plan import LIST, REST, askable
from bot.clinical.protocol import Protocol
from bot.clinical.reading import Reading
from bot.clinical.red_flags import clarified, settled_by_list, with_ticked, with_unsure
from bot.clinical.tally import unknown
from bot.clinical.vocabulary import NONE, PLACELESS, UNSURE, Finding, FlagClass, Imaging, Presence

MAY_BE_PASSED = ("where", "time", "who", "pattern", LIST, REST)
LONGEST_NOTE = 300
SCALE = re.compile(r"\d{1,2}\s?/\s?10")
PASS = frozenset({"skip", "skip it", "skip this", "pass", "next"})
AGES = ((50, "19_49"), (65, "50_64"))
"""Upper limits of the bands above the youngest, whose limit is the region's age of majority."""
SCANS = {
    "scan_none": Imaging.NONE,
    "scan_normal": Imaging.NORMAL,
    "scan_abnormal": Imaging.ABNORMAL,
    "scan_booked": Imaging.BOOKED,
}


def settle(
    encounter: Encounter,
    question: OpenQuestion,
    chosen: tuple[str, ...],
    protocol: Protocol,
    *,
    typed: str | None = None,
) -> Encounter:
    """The encounter after these choices answered this question; `typed` are the patient's words if it was typed."""
    kind = question.id.split(".")[0]
    if kind == "safety":
        encounter = _settle_safety(encounter, question, chosen, protocol)
    elif kind == "clarify":
        encounter = clarified(encounter, FlagClass(question.id.split(".")[1]), chosen[0])
    elif kind == "where":
        encounter = _settle_where(encounter, chosen, protocol)
    elif kind == "who":
        encounter = with_minor(replace(encounter, who=chosen[0]), None, protocol)
    elif kind == "pattern":
        encounter = replace(encounter, pattern=chosen[0])
    elif kind == "findings":
        encounter = _settle_findings(encounter, question, chosen, typed)
    elif kind == "background":
        encounter = _settle_background(encounter, chosen)
    return closed(encounter, question.id)


def settled_by_words(
    encounter: Encounter, question: OpenQuestion, reading: Reading, protocol: Protocol
) -> Encounter | None:
    """The encounter when the message itself answers the question without naming a choice, else None."""
    if question.id == "where" and (set(encounter.regions) - PLACELESS or reading.places):
        return closed(replace(encounter, regions=encounter.regions or reading.places), question.id)
    if question.id == "time" and encounter.duration_days is not None:
        return closed(encounter, question.id)
    if question.id == REST and reading.mentions:
        return closed(replace(encounter, left_open=()), question.id)  # what was said again is not asked a third time
    if question.id == LIST and any(mention.finding in question.asks for mention in reading.mentions):
        return closed(_with_left_open(encounter, question, reading), question.id)
    if question.id == "who" and (age := _age(reading)) is not None:
        says_me = has_cue(protocol, "myself", reading.text) or begins_with_cue(protocol, "me_first", reading.text)
        for_someone = not says_me and (encounter.for_someone or has_cue(protocol, "others", reading.text))
        who = band(age, for_someone=for_someone, age_of_majority=protocol.region.age_of_majority)
        return closed(with_minor(replace(encounter, who=who), age, protocol), question.id)
    if question.id in MAY_BE_PASSED and reading.text.strip().casefold().rstrip(".!") in PASS:
        return closed(encounter, question.id)
    if question.id == "background" and reading.text.strip():
        note = reading.text.strip()[:LONGEST_NOTE]
        return closed(replace(encounter, background=(*encounter.background, note)), question.id)
    return None


def _with_left_open(encounter: Encounter, question: OpenQuestion, reading: Reading) -> Encounter:
    """The encounter that knows which findings of the list the answer did not speak of, not even as not known."""
    spoken = {mention.finding for mention in reading.mentions}
    left = [one for one in question.asks if one not in spoken and one in unknown(encounter)]
    return replace(encounter, left_open=(*left, *_new_to_ask(encounter, question)))


def _new_to_ask(encounter: Encounter, question: OpenQuestion) -> tuple[Finding, ...]:
    """What the answer has made worth asking: with a back in it, the swelling beside the spine."""
    return tuple(finding for finding in askable(encounter) if question.id == LIST and finding not in question.asks)


def with_note_beside(encounter: Encounter, question: OpenQuestion, text: str) -> Encounter:
    """The encounter with what a box was sent with beside its ticks: the patient's own lines."""
    labels = {choice.label.casefold() for choice in question.choices}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    own = [line for line in lines if line.casefold() not in labels and not SCALE.fullmatch(line)]
    note = " ".join(own)[:LONGEST_NOTE]
    is_tick = len(lines) == 1
    return encounter if is_tick or not note else replace(encounter, background=(*encounter.background, note))


def band(age: int, *, for_someone: bool, age_of_majority: int) -> str:
    """The choice id of the age band, for the patient or for someone they write for."""
    bands = ((age_of_majority, "under_19"), *AGES)
    name = next((name for limit, name in bands if age < limit), "65_plus")
    if not for_someone:
        return f"me_{name}"
    return "other_50_plus" if age >= 50 else f"other_{name}"


def _age(reading: Reading) -> int | None:
    """The age the reader found, else the number that stands alone in the answer ("me, 34")."""
    return reading.age if reading.age is not None else reading.bare_age


def closed(encounter: Encounter, question_id: str) -> Encounter:
    """The encounter with this question answered and nothing waiting."""
    answered = tuple(dict.fromkeys((*encounter.answered, question_id)))
    return replace(encounter, answered=answered, open_question=None)


def _settle_safety(
    encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], protocol: Protocol
) -> Encounter:
    ticked = tuple(protocol.items[item] for item in question.items if item in chosen)
    rest = tuple(item for item in question.items if item not in chosen)
    encounter = noted_mistakes(encounter, question, chosen)
    encounter = replace(encounter, to_follow=tuple(item for item in encounter.to_follow if item not in question.items))
    encounter = with_ticked(encounter, ticked)
    if UNSURE not in chosen:
        encounter = settled_by_list(encounter, tuple(protocol.items[item] for item in rest))
        return replace(encounter, cleared=(*encounter.cleared, *rest))
    if question.id.startswith("safety.unsure"):
        return with_unsure(encounter, tuple(protocol.items[item] for item in rest))
    return replace(encounter, to_follow=(*encounter.to_follow, *rest))


def _settle_where(encounter: Encounter, chosen: tuple[str, ...], protocol: Protocol) -> Encounter:
    regions = tuple(region for id in chosen for region in protocol.where_choices.get(id, ()))
    return replace(encounter, regions=tuple(dict.fromkeys((*encounter.regions, *regions))))


def _settle_findings(
    encounter: Encounter, question: OpenQuestion, chosen: tuple[str, ...], typed: str | None
) -> Encounter:
    labels = {choice.id: choice.label for choice in question.choices}
    for finding in question.asks:
        if finding.value in chosen:
            encounter = with_finding(encounter, finding, Presence.PRESENT, quote=typed or labels[finding.value])
        elif UNSURE not in chosen and record_of(encounter, finding).presence is Presence.UNKNOWN:
            denied = typed or (labels.get(NONE) if NONE in chosen else None)
            encounter = with_finding(encounter, finding, Presence.ABSENT, quote=denied)
    return replace(encounter, left_open=_new_to_ask(encounter, question))


def _settle_background(encounter: Encounter, chosen: tuple[str, ...]) -> Encounter:
    imaging = next((SCANS[id] for id in chosen if id in SCANS), encounter.imaging)
    kept = tuple(id for id in chosen if id not in SCANS and id != "skip")
    return replace(encounter, imaging=imaging, background=(*encounter.background, *kept))
