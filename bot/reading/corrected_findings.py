"""Which findings a message sets right: not there, there after all, or only repeated."""

from dataclasses import dataclass

from bot.clinical.vocabulary import Finding, Presence
from bot.reading.findings import finding_of
from bot.reading.phrases import Match
from bot.reading.presence import Judgement
from bot.reading.stances import QUESTION, Stance, Stances
from bot.reading.tokens import Tokens
from bot.reading.told import Told

GONE, THERE, REPEATED = "gone", "there", "repeated"
OPPOSITE = (GONE, THERE)


@dataclass(frozen=True)
class SetRight:
    """The findings by what becomes of them; one that is both gone and there is the opposite of what was known."""

    gone: tuple[Finding, ...]
    there: tuple[Finding, ...]
    repeated: tuple[Finding, ...]


def corrected_findings(tokens: Tokens, told: Told, stances: Stances) -> SetRight:
    """What the message sets right of every finding it names."""
    each = list(zip(told.matches, told.judgements, strict=True))
    own = {finding_of(match): judged for match, judged in reversed(each) if _is_own(stances.of[match.start])}
    found: dict[str, dict[Finding, None]] = {GONE: {}, THERE: {}, REPEATED: {}}
    for match, judged in each:
        finding = finding_of(match)
        for kind in _becomes(tokens, match, judged, own.get(finding), told, stances):
            found[kind][finding] = None
    return SetRight(tuple(found[GONE]), tuple(found[THERE]), tuple(found[REPEATED]))


def _becomes(
    tokens: Tokens, match: Match, judged: Judgement, own: Judgement | None, told: Told, stances: Stances
) -> tuple[str, ...]:
    """What becomes of one finding named; `own` is what the message itself says of it elsewhere."""
    stance = stances.of[match.start]
    if stance is Stance.TURNED:
        return OPPOSITE
    if stance.repeats or stance is Stance.PROTEST:
        return _by_own(own) if own is not None else _repeated(tokens, match, judged, told, stances)
    if stance is Stance.OFF and not _is_asked(tokens, match):
        return (THERE,) if _is_denied_before(match, judged) else (GONE,)
    return (GONE,) if _is_last(match, told, stances, "off_that") else ()


def _by_own(own: Judgement) -> tuple[str, ...]:
    """A finding that is there needs no setting right, for the reading says so already."""
    if own.presence is Presence.PRESENT:
        return ()
    return (GONE,) if own.presence is Presence.ABSENT else (REPEATED,)


def _repeated(tokens: Tokens, match: Match, judged: Judgement, told: Told, stances: Stances) -> tuple[str, ...]:
    """What becomes of a finding that was only said or written before."""
    stance = stances.of[match.start]
    denied = _is_denied_before(match, judged)
    if stance is Stance.PROTEST or _is_last(match, told, stances, "untrue"):
        return (THERE,) if denied else (GONE,)
    if _is_last(match, told, stances, "off_that") or (stance is Stance.RENAMED and _is_renamed(tokens, match, stances)):
        return (GONE,)
    if stance is not Stance.YOURS:
        return ()
    return (GONE,) if judged.presence is Presence.ABSENT and not denied else (REPEATED,)


def _is_last(match: Match, told: Told, stances: Stances, kind: str) -> bool:
    """Whether the finding is the last one named before a phrase of that kind: "take that out", "it isn't"."""
    return any(_is_last_before(match, cue, told) for cue in stances.every(kind))


def _is_renamed(tokens: Tokens, match: Match, stances: Stances) -> bool:
    """Whether the message goes on with what was meant: "by numb I MEANT heavy", "when I say numb, I MEAN tired"."""
    meant = any("meant" in tokens.words[cue.start : cue.end] for cue in stances.every(Stance.MEANT.value))
    return meant or "meant" in tokens.words[match.end :] or any(at >= match.end for at in stances.spoken)


def _is_asked(tokens: Tokens, match: Match) -> bool:
    """Whether the sentence is a question, which may be about a treatment: "can needles take the pain out?"."""
    sentence = [at for at in range(len(tokens.words)) if tokens.sentences[at] == tokens.sentences[match.start]]
    if len(sentence) <= QUESTION:
        return False
    last = sentence[-1]
    follows = tokens.starts[last + 1] if last + 1 < len(tokens.words) else len(tokens.text)
    return "?" in tokens.text[tokens.ends[last] : follows]


def _is_own(stance: Stance) -> bool:
    """Whether it is what the message itself says of a finding."""
    return not stance.repeats and stance not in (Stance.OFF, Stance.PROTEST, Stance.TURNED)


def _is_last_before(match: Match, cue: Match, told: Told) -> bool:
    before = [other for other in told.matches if other.end <= cue.start]
    return bool(before) and before[-1].start == match.start


def _is_denied_before(match: Match, judged: Judgement) -> bool:
    """Whether what was said before was itself a denial: "I said NO pain but this is not true"."""
    denied = judged.presence is Presence.ABSENT and judged.span is not None and judged.span[0] < match.start
    return denied and judged.cue.lower().split()[:1] == ["no"]
