"""Words that mean something else where they answer a question: "not sore" of touch, "it doesn't sweat" of sweating."""

from collections.abc import Mapping
from dataclasses import replace

from bot.clinical.reading import Mention
from bot.clinical.vocabulary import About, Finding, Presence

Words = Mapping[str, frozenset[str]]
BURNING = (Finding.PAIN, Finding.ALTERED_SENSATION)
WORDS = ("sore", "denying", "no_longer", "burning", "reactions")
"""The small words that this is told by."""


def upon_asking(mentions: tuple[Mention, ...], asked: tuple[Finding, ...], words: Words) -> tuple[Mention, ...]:
    """The mentions as they are meant in the light of what was asked.

    Where tenderness is asked about and pain is not, "sore" answers for touch; where sweating is asked about, a place
    that "doesn't sweat" is as it should be; where pain is asked about, what burns hurts. Whoever else looked or
    pressed, a denial is of the patient who was asked: "my wife says no swelling".
    """
    if not asked:
        return mentions
    kept = [_own(mention) for mention in mentions]
    if Finding.TENDERNESS in asked and Finding.PAIN not in asked:
        kept = [_as_tenderness(one, words["sore"]) for one in kept]
    if Finding.TENDERNESS in asked:
        kept = [one for one in kept if not _is_reaction(one, kept, words["reactions"])]
    if Finding.SWEATING_CHANGE in asked:
        kept = [_as_usual(one, words["denying"], words["no_longer"]) for one in kept]
    return tuple(_of_burning(kept, asked, words["burning"]))


def _own(mention: Mention) -> Mention:
    is_denial = mention.about is About.SOMEONE_ELSE and mention.presence is Presence.ABSENT
    return replace(mention, about=About.PATIENT) if is_denial else mention


def _as_tenderness(mention: Mention, sore: frozenset[str]) -> Mention:
    is_sore = mention.finding is Finding.PAIN and not sore.isdisjoint(_words(mention))
    return replace(mention, finding=Finding.TENDERNESS) if is_sore else mention


def _is_reaction(mention: Mention, mentions: list[Mention], reactions: frozenset[str]) -> bool:
    """Whether the pain is but the cry at a touch: "she presses one spot and I SHOUT"."""
    if mention.finding is not Finding.PAIN or reactions.isdisjoint(_words(mention)):
        return False
    touched = [one for one in mentions if _is(one, Finding.TENDERNESS, Presence.PRESENT)]
    return any(one.start < mention.end and mention.start < one.end for one in touched)


def _as_usual(mention: Mention, denying: frozenset[str], no_longer: frozenset[str]) -> Mention:
    said = _words(mention)
    is_usual = (
        mention.finding is Finding.SWEATING_CHANGE and not denying.isdisjoint(said) and no_longer.isdisjoint(said)
    )
    said_so = mention.presence is not Presence.UNKNOWN and "sweat" in said
    return replace(mention, presence=Presence.ABSENT) if is_usual and said_so else mention


def _of_burning(mentions: list[Mention], asked: tuple[Finding, ...], burning: frozenset[str]) -> list[Mention]:
    """What burns is both pain and altered sensation where they were asked about; with tingling denied, pain alone."""
    burns = next((one for one in mentions if _burns(one, burning)), None)
    if burns is None:
        return mentions
    told = {one.finding for one in mentions if not one.implied and not _burns(one, burning)}
    denied = any(_is(one, Finding.ALTERED_SENSATION, Presence.ABSENT) and not one.implied for one in mentions)
    meant = [finding for finding in BURNING if finding in asked and finding not in told]
    kept = [one for one in mentions if not (one.implied and one.finding in meant)]
    if denied and Finding.PAIN in asked:
        kept = [one for one in kept if not (_burns(one, burning) and one.finding is Finding.ALTERED_SENSATION)]
    added = [finding for finding in meant if not any(one.finding is finding for one in kept)]
    return kept + [replace(burns, finding=finding) for finding in added]


def _burns(mention: Mention, burning: frozenset[str]) -> bool:
    """Whether the mention says that something burns, and names no pain."""
    said = _words(mention)
    told = mention.presence is Presence.PRESENT and mention.about is About.PATIENT and not mention.implied
    return told and mention.finding in BURNING and not burning.isdisjoint(said) and "pain" not in said


def _is(mention: Mention, finding: Finding, presence: Presence) -> bool:
    return mention.finding is finding and mention.presence is presence and mention.about is About.PATIENT


def _words(mention: Mention) -> set[str]:
    return set(mention.text.casefold().replace("'", "").replace("’", "").replace(",", " ").split())
