"""Words that mean something else where they answer a question: "not sore" of touch, "it doesn't sweat" of sweating."""

from collections.abc import Mapping
from dataclasses import replace

from bot.clinical.reading import Mention
from bot.clinical.vocabulary import Finding, Presence


def upon_asking(
    mentions: tuple[Mention, ...], asked: tuple[Finding, ...], words: Mapping[str, frozenset[str]]
) -> tuple[Mention, ...]:
    """The mentions as they are meant in the light of what was asked.

    Where tenderness is asked about and pain is not, "sore" answers for touch; where sweating is asked about, a place
    that "doesn't sweat" is as it should be.
    """
    kept = list(mentions)
    if Finding.TENDERNESS in asked and Finding.PAIN not in asked:
        kept = [_as_tenderness(one, words["sore"]) for one in kept]
    if Finding.SWEATING_CHANGE in asked:
        kept = [_as_usual(one, words["denying"], words["no_longer"]) for one in kept]
    return tuple(kept)


def _as_tenderness(mention: Mention, sore: frozenset[str]) -> Mention:
    is_sore = mention.finding is Finding.PAIN and not sore.isdisjoint(_words(mention))
    return replace(mention, finding=Finding.TENDERNESS) if is_sore else mention


def _as_usual(mention: Mention, denying: frozenset[str], no_longer: frozenset[str]) -> Mention:
    said = _words(mention)
    is_usual = (
        mention.finding is Finding.SWEATING_CHANGE and not denying.isdisjoint(said) and no_longer.isdisjoint(said)
    )
    return replace(mention, presence=Presence.ABSENT) if is_usual and "sweat" in said else mention


def _words(mention: Mention) -> set[str]:
    return set(mention.text.casefold().replace("'", "").replace("’", "").split())
