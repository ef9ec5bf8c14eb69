"""What a reading adds to the encounter: which mentions count, which are kept aside, and the facts beside them."""

from dataclasses import replace

from bot.clinical.encounter import Encounter, FindingRecord, OtherFinding, record_of
from bot.clinical.reading import Mention, Reading
from bot.clinical.vocabulary import MINOR, SPINE, About, Finding, Imaging, Presence, Region

NOT_COUNTED = frozenset({Region.ABDOMEN, Region.CHEST})
"""Places where pain is no muscle-and-joint finding unless the words say muscle or rib (clinical.md section 2)."""
MOST_KEPT, MOST_QUOTES = 24, 8
"""Things kept aside, and quotes of one finding: an encounter does not grow with the conversation."""
PARTS = {
    Region.BACK_UNSPECIFIED: (Region.UPPER_BACK, Region.LOWER_BACK),
    Region.LEG_UNSPECIFIED: (Region.THIGH, Region.KNEE, Region.LOWER_LEG, Region.ANKLE_FOOT),
    Region.WHOLE_BODY: tuple(Region),
}
NO_PLACE = frozenset({Region.WHOLE_BODY, Region.SKIN_GENERAL})

WHERE = "where"
NO_TIMES = ("who", "booking", "precautions")
"""Questions whose answers hold ages and dates of visits, and no time of the complaint."""
PLACED = frozenset({Finding.SWEATING_CHANGE, Finding.TEMPERATURE_CHANGE})
"""Findings that count only where a place is known."""


def absorb(encounter: Encounter, reading: Reading, *, asked: tuple[Finding, ...] = ()) -> Encounter:
    """The encounter with everything a message says about the patient; `asked` had their place in the question.

    Who is a minor follows from the age and the region (bot.clinical.minor), not from the reading.
    """
    reading = _without_remarks(encounter, reading) if encounter.regions else _with_ailing(reading)
    mentions = tuple(_denied_there(one, reading) for one in _without_touch(reading.mentions))
    reading = replace(reading, mentions=mentions)
    for mention in reading.mentions:
        encounter = _absorb_mention(encounter, mention, asked)
    encounter = _settle_within_message(encounter, reading, asked)
    background = reading.background
    return replace(
        encounter,
        regions=_union(encounter.regions, reading.regions),
        side=reading.side or encounter.side,
        duration_days=_duration(encounter, reading),
        severity=reading.severity if reading.severity is not None else encounter.severity,
        imaging=_imaging(encounter.imaging, reading.imaging),
        precautions=_union(encounter.precautions, tuple(id for id in reading.precautions if id != MINOR)),
        for_someone=encounter.for_someone or reading.for_someone,
        qualities=_union(encounter.qualities, reading.background.qualities)[:MOST_KEPT],
        onset=reading.background.onset or encounter.onset,
        payer=encounter.payer or (background.payer if reading.mentions or background.claim else None),
        claim=encounter.claim or background.claim,
    )


def _without_remarks(encounter: Encounter, reading: Reading) -> Reading:
    """The reading without places that come up amid a conversation and are none of the complaint's.

    "There is a deer eating my tulips, the CHEEK of him"; each new place would cost the patient a further safety list.
    """
    asked = encounter.open_question
    beside = set(reading.remarked) - set(encounter.regions)
    if not beside or (asked is not None and asked.id == WHERE):
        return reading
    mentions = tuple(replace(one, regions=_without(one.regions, beside)) for one in reading.mentions)
    return replace(reading, regions=_without(reading.regions, beside), mentions=mentions)


def _with_ailing(reading: Reading) -> Reading:
    """Before any place is known: that of which it is said in general that something is wrong, or the only one named."""
    only = reading.places if len(reading.places) == 1 else ()
    return reading if reading.regions else replace(reading, regions=reading.ailing or only)


def _without(regions: tuple[Region, ...], others: set[Region]) -> tuple[Region, ...]:
    return tuple(region for region in regions if region not in others)


def _without_touch(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without pain that is denied only upon touch: "not sore when I press it" is no word on the pain."""
    touched = [one for one in mentions if _denies(one, Finding.TENDERNESS)]
    return tuple(
        one for one in mentions if not (_denies(one, Finding.PAIN) and any(_is_of_touch(one, two) for two in touched))
    )


def _is_of_touch(pain: Mention, touch: Mention) -> bool:
    """Whether the pain is denied by the words that deny the touch: not so in "no pain, not even when pressed"."""
    overlap = pain.start < touch.end and touch.start < pain.end
    return overlap and (pain.end == touch.end or "," not in touch.text)


def _denied_there(mention: Mention, reading: Reading) -> Mention:
    """A denial with the place that it is about: "my arm is not numb" says nothing of the foot."""
    places = reading.correction.not_places if reading.correction else ()
    is_bare_denial = mention.presence is Presence.ABSENT and not mention.regions and not mention.implied
    return replace(mention, regions=places) if is_bare_denial and places else mention


def _denies(mention: Mention, finding: Finding) -> bool:
    return mention.finding is finding and mention.presence is Presence.ABSENT and not mention.implied


def reason_aside(mention: Mention, asked: tuple[Finding, ...] = ()) -> str | None:
    """None when the encounter counts the mention, else the id of the reason why it does not."""
    if mention.about is not About.PATIENT:
        return str(mention.about.value)
    if mention.presence is not Presence.PRESENT:
        return None
    if mention.visceral or _only_in(mention.regions, NOT_COUNTED):
        return "visceral"
    if mention.finding in asked and not mention.regions:
        return None
    if mention.finding is Finding.SWELLING and not (mention.near_spine or _touches(mention.regions, SPINE)):
        return "not_beside_the_spine"
    if mention.finding in PLACED and not _has_place(mention):
        return "no_place"
    return None


def _absorb_mention(encounter: Encounter, mention: Mention, asked: tuple[Finding, ...]) -> Encounter:
    reason = reason_aside(_placed(encounter, mention), asked)
    if reason:
        other = OtherFinding(mention.finding, mention.text, reason)
        return replace(encounter, other_findings=_union(encounter.other_findings, (other,))[:MOST_KEPT])
    return with_finding(encounter, mention.finding, mention.presence, quote=mention.text, regions=mention.regions)


def _placed(encounter: Encounter, mention: Mention) -> Mention:
    """The mention at the places known where its words point back to them ("it does feel hot") or take back a denial."""
    known = tuple(region for region in encounter.regions if region not in NO_PLACE)
    denied = record_of(encounter, mention.finding).presence is Presence.ABSENT
    if mention.regions or not known or not (mention.points_back or denied):
        return mention
    beside = mention.finding is Finding.SWELLING and SPINE.issuperset(known)
    return replace(mention, regions=known) if beside or mention.finding in PLACED else mention


def with_finding(
    encounter: Encounter,
    finding: Finding,
    presence: Presence,
    *,
    quote: str | None,
    regions: tuple[Region, ...] = (),
) -> Encounter:
    """The encounter with one finding stated; a later denial of another place changes nothing."""
    known = record_of(encounter, finding)
    quotes = (quote,) if quote else ()
    if presence is Presence.UNKNOWN:
        return encounter
    if known.presence is presence:
        record = replace(
            known, quotes=_union(known.quotes, quotes)[:MOST_QUOTES], regions=_union(known.regions, regions)
        )
    elif _denies_elsewhere(known, presence, regions):
        return encounter
    else:
        contradicted = known.presence is not Presence.UNKNOWN
        record = FindingRecord(finding, presence, quotes, regions, contradicted=contradicted)
    others = tuple(kept for kept in encounter.findings if kept.finding is not finding)
    return replace(encounter, findings=(*others, record))


def _denies_elsewhere(known: FindingRecord, presence: Presence, regions: tuple[Region, ...]) -> bool:
    is_denial_of_known = presence is Presence.ABSENT and known.presence is Presence.PRESENT
    if not is_denial_of_known or not regions or not known.regions:
        return False
    return not _touches(_with_parts(regions), frozenset(_with_parts(known.regions)))


def _with_parts(regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """The regions, with the parts of those that are named as a whole: "the back" is the upper and the lower back."""
    return (*regions, *[part for region in regions for part in PARTS.get(region, ())])


def _settle_within_message(encounter: Encounter, reading: Reading, asked: tuple[Finding, ...]) -> Encounter:
    """Present wins over absent when one message says both of a finding ("left foot numb, right one not")."""
    for mention in reading.mentions:
        record = record_of(encounter, mention.finding)
        counted = reason_aside(_placed(encounter, mention), asked) is None and mention.presence is Presence.PRESENT
        if counted and record.presence is Presence.ABSENT:
            restored = FindingRecord(mention.finding, Presence.PRESENT, (mention.text,), mention.regions)
            others = tuple(kept for kept in encounter.findings if kept.finding is not mention.finding)
            encounter = replace(encounter, findings=(*others, restored))
    return encounter


def _duration(encounter: Encounter, reading: Reading) -> int | None:
    """The time that was said first; what a later message sets right is a correction, and any other time is chatter."""
    waiting = encounter.open_question.id if encounter.open_question else ""
    is_free = encounter.duration_days is None and not waiting.startswith(NO_TIMES)
    return reading.duration_days if is_free else encounter.duration_days


def _imaging(known: Imaging | None, said: Imaging | None) -> Imaging | None:
    if said is None or (said is Imaging.MENTIONED and known is not None):
        return known
    return said


def _has_place(mention: Mention) -> bool:
    return mention.side is not None or mention.near_spine or bool(set(mention.regions) - NO_PLACE)


def _only_in(regions: tuple[Region, ...], places: frozenset[Region]) -> bool:
    return bool(regions) and set(regions) <= places


def _touches(regions: tuple[Region, ...], places: frozenset[Region]) -> bool:
    return not places.isdisjoint(regions)


def _union(known: tuple, new: tuple) -> tuple:  # type: ignore[type-arg]  # one helper for tuples of any one type
    return known + tuple(item for item in dict.fromkeys(new) if item not in known)
