"""Why a sentence was read as it was: words, matches, cues and scopes, as values that a command can print."""

from dataclasses import dataclass
from datetime import date

from bot.clinical.reading import Reading
from bot.clinical.vocabulary import Finding
from bot.reading.phrases import Match
from bot.reading.reader import Analysis, Reader


@dataclass(frozen=True)
class WordShown:
    """One word: as written, as read, with its offsets and the numbers of its clause and sentence."""

    written: str
    word: str
    start: int
    end: int
    clause: int
    sentence: int


@dataclass(frozen=True)
class MatchShown:
    """One finding: the words, the phrase of the lexicon, and how it was judged by which cue."""

    finding: str
    words: str
    phrase: str
    presence: str
    about: str
    cue: str
    scope: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class CueShown:
    """One cue: its kind, its words and the phrase of the cue file; `mask` undoes the cues inside it."""

    kind: str
    words: str
    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Explanation:
    """Everything that led from the text to its reading."""

    reading: Reading
    words: tuple[WordShown, ...]
    matches: tuple[MatchShown, ...]
    cues: tuple[CueShown, ...]


def explain(reader: Reader, text: str, *, asked: tuple[Finding, ...] = (), today: date) -> Explanation:
    """The explanation of one message."""
    seen = reader.analyse(text, asked=asked)
    return Explanation(
        reading=reader.read(text, asked=asked, today=today),
        words=_words(seen),
        matches=_matches(seen),
        cues=_cues(seen),
    )


def _words(seen: Analysis) -> tuple[WordShown, ...]:
    tokens = seen.tokens
    return tuple(
        [
            WordShown(
                written=tokens.quote(at, at + 1),
                word=tokens.words[at],
                start=tokens.starts[at],
                end=tokens.ends[at],
                clause=tokens.clauses[at],
                sentence=tokens.sentences[at],
            )
            for at in range(len(tokens.words))
        ]
    )


def _matches(seen: Analysis) -> tuple[MatchShown, ...]:
    shown = []
    for match, judged, places in zip(seen.matches, seen.judgements, seen.owned, strict=True):
        first, last = judged.span or (match.start, match.end)
        shown.append(
            MatchShown(
                finding=match.label,
                words=seen.tokens.quote(match.start, match.end),
                phrase=match.phrase,
                presence=judged.presence.value,
                about=judged.about.value,
                cue=judged.cue,
                scope=seen.tokens.quote(min(first, match.start), max(last, match.end)),
                places=tuple([seen.tokens.quote(place.start, place.end) for place in places]),
            )
        )
    return tuple(shown)


def _cues(seen: Analysis) -> tuple[CueShown, ...]:
    return tuple(
        [
            CueShown(cue.label, seen.tokens.quote(cue.start, cue.end), cue.phrase, cue.start, cue.end)
            for cue in sorted((*seen.scopes.marks.cues, *seen.scopes.marks.masks), key=_start)
        ]
    )


def _start(cue: Match) -> int:
    return cue.start
