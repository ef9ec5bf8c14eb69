"""Which side a message sets right: the one that is affirmed, or the one that was not understood before."""

from dataclasses import dataclass
from itertools import pairwise

from bot.clinical.vocabulary import Side
from bot.reading.phrases import covered
from bot.reading.places import Place, Where, join_sides
from bot.reading.stances import Stance, Stances
from bot.reading.tokens import Tokens

OTHER_SIDE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@dataclass(frozen=True)
class SideWords:
    """Words that lead to a side ("the right") and words that link two ("left and right")."""

    leading: frozenset[str]
    linking: frozenset[str]


def corrected_side(tokens: Tokens, where: Where, stances: Stances, *, words: SideWords) -> tuple[Side | None, bool]:
    """The side that it is, and whether it is the one that was not understood before."""
    sides = _sides(where, stances)
    affirmed = _affirmed(tokens, sides, stances, words.linking)
    if affirmed is not None:
        return affirmed, False
    if _is_other(stances):
        said = [OTHER_SIDE[sides[at]] for at in sides if stances.of[at].repeats and sides[at] in OTHER_SIDE]
        return (said[0] if said else None), True
    refused = [at for at in sides if stances.of[at].refuses and _is_bodily(tokens, at, where.places, words.leading)]
    if refused:
        return OTHER_SIDE.get(sides[refused[0]]), False
    if any(stances.of[at] is Stance.NOT_ONLY for at in sides):
        return Side.BOTH, False
    mine = [sides[at] for at in sides if stances.of[at] is Stance.MINE]
    return (mine[-1] if mine else None), False


def _is_bodily(tokens: Tokens, at: int, places: tuple[Place, ...], leading: frozenset[str]) -> bool:
    """Whether a side that is denied is one of the body: "not THE right", "not right knee", not "isn't right"."""
    led = at == 0 or tokens.words[at - 1] in leading
    return led or tokens.words[at] == Side.LEFT.value or any(place.start == at + 1 for place in places)


def _sides(where: Where, stances: Stances) -> dict[int, Side]:
    """The words for left and right that are of the body."""
    plainly, never = covered(stances.every("sides")), covered(stances.every("no_sides"))
    return {
        at: side
        for at, side in sorted(where.every_side.items())
        if at not in never and (at in where.sides or at in plainly)
    }


def _affirmed(tokens: Tokens, sides: dict[int, Side], stances: Stances, linking: frozenset[str]) -> Side | None:
    """The side of the first sentence that says which; what is said to be it before what is only named."""
    firmly = [at for at in sides if stances.of[at] in (Stance.MEANT, Stance.ONLY)]
    plain = [at for at in sides if stances.of[at] is Stance.PLAIN]
    for found in (
        firmly,
        [at for at in plain if at in stances.bare],
        plain if stances.turns or len(plain) < len(sides) else [],
    ):
        first = [at for at in found if tokens.sentences[at] == tokens.sentences[found[0]]]
        if first:
            return _joined(tokens, first, sides, linking)
    return None


def _joined(tokens: Tokens, found: list[int], sides: dict[int, Side], linking: frozenset[str]) -> Side | None:
    """Both where two are listed; where one is said after the other it is the last."""
    listed = all(not linking.isdisjoint(tokens.words[one:other]) for one, other in pairwise(found))
    return join_sides([sides[at] for at in found]) if listed else sides[found[-1]]


def _is_other(stances: Stances) -> bool:
    compared = covered(stances.every("compared"))
    return any(match.start not in compared and match.end - 1 not in compared for match in stances.every("other"))
