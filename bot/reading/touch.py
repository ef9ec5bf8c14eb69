"""Pain that is denied only upon touch: "not sore when I press it" says nothing of the pain itself."""

from dataclasses import replace

from bot.clinical.reading import Mention
from bot.clinical.vocabulary import Finding, Presence


def without_touch_for_pain(
    mentions: tuple[Mention, ...], asked: tuple[Finding, ...], sore: frozenset[str]
) -> tuple[Mention, ...]:
    """The mentions without pain that is denied inside a denial of tenderness.

    Where tenderness is asked about and pain is not, "sore" answers for tenderness.
    """
    touched = [one for one in mentions if _denies(one, Finding.TENDERNESS)]
    kept = [one for one in mentions if not (_denies(one, Finding.PAIN) and any(_overlap(one, two) for two in touched))]
    if Finding.TENDERNESS not in asked or Finding.PAIN in asked:
        return tuple(kept)
    return tuple(_as_tenderness(one, sore) for one in kept)


def _denies(mention: Mention, finding: Finding) -> bool:
    return mention.finding is finding and mention.presence is Presence.ABSENT and not mention.implied


def _overlap(one: Mention, two: Mention) -> bool:
    return one.start < two.end and two.start < one.end


def _as_tenderness(mention: Mention, sore: frozenset[str]) -> Mention:
    is_sore = mention.finding is Finding.PAIN and not sore.isdisjoint(mention.text.casefold().split())
    return replace(mention, finding=Finding.TENDERNESS) if is_sore else mention
