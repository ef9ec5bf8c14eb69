"""Messages that ask back instead of answering: "what do you mean?", "tender??", "what tingling? I never said that"."""

from bot.reading.phrases import Match
from bot.reading.tokens import Tokens

DIGRESSION, ASKS = ASIDE = ("digression", "asks")
"""Labels of a message that answers nothing; one that asks what the question means speaks of no finding either."""
FIRM = ("yes", "no")
TELLING = frozenset({"yes", "yes_soft", "no", "no_asked", "no_soft", "unsure", "course", "content"})
"""After a word of the question these answer it: "tender? not really"."""
LONG = 12
"""A message longer than this asks only with a question mark."""
REPEATED = 3
"""A question of at most so many words only repeats what was asked."""


def asks_back(tokens: Tokens, found: tuple[Match, ...], *, led: frozenset[str], tags: frozenset[str]) -> str:
    """How the message asks or greets, if it does; "no, thanks" answers, and so does "does it hurt? yes".

    led: words that may stand before a question: "well, what is it?"
    tags: words that end what is no question: "it's sore, ok?"
    """
    kinds: set[str] = set()
    if "?" in tokens.text or len(tokens.words) <= LONG:
        late = bool(led.intersection(tokens.words[:1]))
        kinds = {match.label for match in found if match.start <= late and match.label in ASIDE}
    if _repeats_the_question(tokens, found, tags):
        kinds.add(ASKS)
    if not kinds or any(match.label in FIRM and _is_plain(tokens, match) for match in found):
        return ""
    return ASKS if ASKS in kinds else DIGRESSION


def wonders(tokens: Tokens, found: tuple[Match, ...]) -> bool:
    """Whether the first sentence asks what was meant, whatever follows: "what tingling? I have none"."""
    asks = any(match.label == ASKS and match.start == 0 for match in found)
    return asks and _ends_asking(tokens, tokens.first_sentence)


def _is_plain(tokens: Tokens, match: Match) -> bool:
    """Whether an answer opens the message, or a sentence after the first."""
    sentences = tokens.sentences
    return match.start == 0 or sentences[match.start] != sentences[match.start - 1]


def _repeats_the_question(tokens: Tokens, found: tuple[Match, ...], tags: frozenset[str]) -> bool:
    """Whether the first sentence only wonders at a word of the question: "tender??", "saddle area? I don't ride"."""
    first = tokens.first_sentence
    if not 0 < first <= REPEATED or not _ends_asking(tokens, first):
        return False
    if first > 1 and tokens.words[first - 1] in tags:
        return False
    return not any(match.start >= first and match.label in TELLING for match in found)


def _ends_asking(tokens: Tokens, end: int) -> bool:
    """Whether a question mark stands behind the first `end` words."""
    return "?" in tokens.text[tokens.ends[end - 1] :][:3]
