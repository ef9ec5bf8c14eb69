"""The second net: a small trained model that says how likely a message is to tell of something urgent, and of what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, sqrt
from sys import intern

from bot.clinical.vocabulary import FlagClass, Level
from bot.knowledge.flag_net import FlagNet, Term
from bot.reading.net_features import APART, BESIDE, stems_of
from bot.reading.tokens import Tokens

LONGEST_QUOTE = 25


@dataclass(frozen=True)
class Verdict:
    """How likely the message is urgent (0 to 1) and, for what is likely enough to matter, the class and the level."""

    urgent: float
    flag_class: FlagClass | None = None
    level: Level = Level.NONE
    text: str = ""
    start: int = 0
    end: int = 0
    """The words, `start` up to but without `end`, that `text` quotes."""


class SecondNet:
    """Scores messages with a trained net; knows no rule and none of their phrases."""

    def __init__(self, net: FlagNet) -> None:
        """Score with the weights of this net."""
        self._single = {intern(name): term for name, term in net.terms.items() if " " not in name}
        self._beside, self._apart = _pairs(net.terms, BESIDE), _pairs(net.terms, APART)
        self._net = replace(net, terms={})  # the names of pairs are half of what a net takes up in memory
        self._classes = tuple(net.classes)
        self._biases = (net.emergency, *net.classes.values())
        self.bounds = net.bounds

    def likelihood(self, tokens: Tokens) -> float:
        """How likely the message is urgent, 0 to 1."""
        return self.verdict(tokens, at_least=2.0).urgent

    def verdict(self, tokens: Tokens, *, at_least: float) -> Verdict:
        """The likelihood and, where it reaches `at_least`, the class, the level and the words that speak for it."""
        seen = self._seen(stems_of(tokens, self._net.endings), tokens.sentences)
        if not seen:
            return Verdict(0.0)
        urgent, heads = self._scores(seen)
        best = max(range(1, len(heads)), key=heads.__getitem__)
        net = self._net
        likely = 1 / (1 + exp(-(net.slope * (urgent + net.share * heads[best]) + net.offset)))
        if likely < at_least:
            return Verdict(likely)
        levels = net.levels[self._classes[best - 1]]
        level = levels[0] if heads[0] > 0 else levels[-1]
        start, end = _quoted(tokens, seen)
        return Verdict(likely, self._classes[best - 1], level, tokens.quote(start, end), start, end)

    def speaking(self, tokens: Tokens, *, most: int = 12) -> tuple[tuple[str, float], ...]:
        """The words that weigh most, the weightiest first: above zero for urgency, below against it."""
        seen = self._seen(stems_of(tokens, self._net.endings), tokens.sentences)
        found = [(" ".join(tokens.words[start:end]), term.urgent) for term, start, end in seen]
        return tuple(sorted(found, key=lambda one: -abs(one[1]))[:most])

    def _seen(self, stems: list[str], sentences: tuple[int, ...]) -> list[tuple[Term, int, int]]:
        """The terms of `net_features.features` that the net knows and their words, found without making their names."""
        single, beside, apart = self._single, self._beside, self._apart
        found: dict[tuple[str, ...], tuple[Term, int, int]] = {}
        for at, one in enumerate(stems):
            if one not in single:
                continue
            found.setdefault((one,), (single[one], at, at + 1))
            near = stems[at + 1 : at + 3]
            if near and sentences[at] == sentences[at + 1]:
                if near[0] in beside.get(one, ()):
                    found.setdefault((one, near[0]), (beside[one][near[0]], at, at + 2))
                if len(near) > 1 and sentences[at] == sentences[at + 2] and near[1] in apart.get(one, ()):
                    found.setdefault((one, "", near[1]), (apart[one][near[1]], at, at + 3))
        return list(found.values())

    def _scores(self, seen: list[tuple[Term, int, int]]) -> tuple[float, list[float]]:
        """The score of urgency, and of each head: emergency, then the classes."""
        heads = [0.0] * len(self._biases)
        urgent = squares = 0.0
        for (rarity, weight, pairs), _, _ in seen:
            squares += rarity
            urgent += weight
            for head, share in pairs:
                heads[head] += share
        length = sqrt(squares)
        scores = [bias + score / length for bias, score in zip(self._biases, heads, strict=True)]
        return self._net.urgent + urgent / length, scores


def _quoted(tokens: Tokens, seen: list[tuple[Term, int, int]]) -> tuple[int, int]:
    """Where the sentence stands that speaks most for it; of a long one the words that do."""
    speaks = [0.0] * len(tokens.words)
    for term, start, end in seen:
        if term.urgent > 0:
            for at in range(start, end):
                speaks[at] += term.urgent / (end - start)
    by_sentence = [0.0] * (tokens.sentences[-1] + 1)
    for sentence, weight in zip(tokens.sentences, speaks, strict=True):
        by_sentence[sentence] += weight
    best = by_sentence.index(max(by_sentence))
    first = tokens.sentences.index(best)
    end = first + tokens.sentences.count(best)
    starts = range(first, max(first, end - LONGEST_QUOTE) + 1)
    start = max(starts, key=lambda at: sum(speaks[at : at + LONGEST_QUOTE]))
    return start, min(end, start + LONGEST_QUOTE)


def _pairs(terms: Mapping[str, Term], between: str) -> dict[str, dict[str, Term]]:
    """The terms of two stems with this between them, by the first and then the second; no stem holds a space."""
    found: dict[str, dict[str, Term]] = {}
    for name, term in terms.items():
        first, joint, second = name.partition(between)
        if joint and " " not in second and (between != BESIDE or APART not in name):
            found.setdefault(intern(first), {})[intern(second)] = term
    return found
