"""What belongs to the patient's complaint: its places, and the times that are its times."""

from dataclasses import replace

from bot.clinical.reading import Mention
from bot.clinical.vocabulary import About, Finding, Presence, Region
from bot.reading.durations import Story
from bot.reading.persons import Persons
from bot.reading.phrases import Match
from bot.reading.places import REGION_ORDER, Place, Where
from bot.reading.presence import Judgement
from bot.reading.tokens import Tokens

NO_REGION = frozenset({Finding.SWEATING_CHANGE})
"""Findings whose places are not the complaint's."""
BACK_PARTS = frozenset({Region.LOWER_BACK, Region.UPPER_BACK})
GENERAL = frozenset({Region.MUSCLES_GENERAL, Region.JOINTS_GENERAL, Region.SKIN_GENERAL, Region.WHOLE_BODY})


def complaints(
    tokens: Tokens, findings: tuple[Match, ...], places: tuple[Place, ...], pronouns: frozenset[str]
) -> tuple[Place, ...]:
    """The places where a finding may be; those that something else is said of only when no other is named before.

    "They scanned my hip, it still hurts."
    """
    first = next((place.start for place in places if place.counts), len(tokens.words))
    taken_up = {
        tokens.sentences[match.start]
        for match in findings
        if not pronouns.isdisjoint(tokens.words[max(0, match.start - 2) : match.start + 1])
    }
    return tuple(
        [
            place
            for place in places
            if place.counts
            or (
                (place.is_aside and place.start < first)
                and (first == len(tokens.words) or tokens.sentences[place.start] in taken_up)
            )
        ]
    )


def leftover(
    tokens: Tokens,
    findings: tuple[Match, ...],
    owned: tuple[tuple[Place, ...], ...],
    places: tuple[Place, ...],
    at: int,
) -> tuple[Place, ...]:
    """For a message whose findings at word `at` and later have no place: those of the nearest sentence.

    "They scanned my hip and all was clear. It still hurts."
    """
    taken = {place.start for found in owned for place in found}
    telling = {tokens.sentences[match.start] for match in findings}
    free = [
        place
        for place in places
        if not place.is_well and (place.start not in taken or tokens.sentences[place.start] not in telling)
    ]
    free = [place for place in free if not place.is_aside] or free
    if not free:
        return ()
    before = [place for place in free if place.start < at]
    nearest = tokens.sentences[before[-1].start if before else free[0].start]
    return tuple([place for place in free if tokens.sentences[place.start] == nearest])


def story(matches: tuple[Match, ...], judgements: tuple[Judgement, ...], persons: Persons, age: int | None) -> Story:
    """What tells whose time a stretch of time is: where findings are that the patient has, and others."""
    told, untold = [], []
    for match, judged in zip(matches, judgements, strict=True):
        if judged.about is About.SOMEONE_ELSE or judged.presence is Presence.ABSENT:
            untold.append(match.start)
        elif judged.about is About.PATIENT:
            told.append(match.start)
    return Story(tuple(told), tuple(untold), () if persons.for_someone else persons.someone, age)


def without_others(
    where: Where, tokens: Tokens, persons: Persons, matches: tuple[Match, ...], judgements: tuple[Judgement, ...]
) -> Where:
    """Without the places of a person who is only mentioned, where no finding is mine: "my wife has the bad BACK"."""
    if persons.for_someone or not persons.someone:
        return where
    each = zip(matches, judgements, strict=True)
    mine = {tokens.clauses[match.start] for match, judged in each if judged.about is About.PATIENT}
    kept = [place for place in where.places if not persons.someone[place.start] or tokens.clauses[place.start] in mine]
    return replace(where, places=tuple(kept))


def with_leftover(
    tokens: Tokens,
    matches: tuple[Match, ...],
    owned: tuple[tuple[Place, ...], ...],
    where: Where,
    mentions: tuple[Mention, ...],
) -> tuple[Mention, ...]:
    """When no present finding has a place, those of places that the message names apart from any finding."""
    lone = [at for at, mention in enumerate(mentions) if is_complaint(mention)]
    if not lone or any(mentions[at].regions for at in lone):
        return mentions
    places = leftover(tokens, matches, owned, where.places, matches[lone[0]].start)
    regions = specific(ordered([region for place in places for region in place.regions]))
    return tuple([replace(told, regions=regions) if at in lone else told for at, told in enumerate(mentions)])


def is_complaint(mention: Mention) -> bool:
    mine = mention.presence is Presence.PRESENT and mention.about is About.PATIENT
    return mine and mention.finding not in NO_REGION


def ordered(regions: list[Region]) -> tuple[Region, ...]:
    return tuple(sorted(set(regions), key=REGION_ORDER.__getitem__)) if regions else ()


def specific(regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """Without "muscles" and "joints" where the text says which, and without "back" where it says which part."""
    if set(regions) <= GENERAL:
        return regions
    vague = GENERAL - {Region.WHOLE_BODY}
    if not BACK_PARTS.isdisjoint(regions):
        vague |= {Region.BACK_UNSPECIFIED}
    return tuple([region for region in regions if region not in vague])


def general_aches(tokens: Tokens, owned: tuple[Place, ...], prepositions: frozenset[str]) -> tuple[Region, ...]:
    """Muscles and joints that ache in general, beside a place of something else: "MUSCLE ACHES and a sore neck".

    Not those of a place: "neck muscle pain", "muscle pain in my neck"; and not bare "muscles".
    """
    ends = {place.end for place in owned}
    general = [
        region
        for place in owned
        if place.end - place.start > 1 and place.start not in ends
        if prepositions.isdisjoint(tokens.words[place.end : place.end + 1])
        for region in place.regions
    ]
    return tuple([region for region in general if region in GENERAL])
