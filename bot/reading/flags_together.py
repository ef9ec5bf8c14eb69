"""What both nets say of a message together: either raises, and where they disagree the patient is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import FlagClass, Level, Onset, Presence
from bot.knowledge.flag_book import FlagRule
from bot.reading.flags_net import SecondNet, Verdict
from bot.reading.flags_onset import onset_of_words
from bot.reading.flags_signs import FELT, SignFinder, Signs
from bot.reading.phrases import Match

NET = "net"
"""The rule of a flag that the second net alone has raised."""
FEWEST_WORDS = 4
"""Of fewer words the net says nothing: "Tuesday" has too little in it; the rules read "can't pee" by themselves."""
SHORT = 14
"""In a message of so many words a denial that the rules read is the whole of it."""


@dataclass(frozen=True)
class Rules:
    """The rules with the concepts that each needs, those that are never doubted, and the classes that creep up."""

    each: tuple[tuple[FlagRule, frozenset[str]], ...]
    sure: frozenset[str]
    slow: frozenset[FlagClass]
    timeless: frozenset[FlagClass]
    vetoes: Mapping[FlagClass, frozenset[str]]
    """What vetoes every rule of a class: the net's hearing of that class as well."""
    concepts: Mapping[FlagClass, frozenset[str]]
    """What the rules of a class name."""

    @classmethod
    def of(cls, rules: Iterable[FlagRule]) -> "Rules":
        """The rules of a book."""
        listed = tuple(rules)
        by_class = {one: [rule for rule in listed if rule.flag_class is one] for one in FlagClass}
        return cls(
            each=tuple([(rule, frozenset(rule.all_of)) for rule in listed]),
            sure=frozenset([rule.id for rule in listed if rule.sure]),
            slow=frozenset([rule.flag_class for rule in listed if rule.slow]),
            timeless=frozenset([rule.flag_class for rule in listed if rule.timeless]),
            vetoes={
                one: frozenset.intersection(*[frozenset(rule.none_of) for rule in own])
                for one, own in by_class.items()
                if own
            },
            concepts={
                one: frozenset([name for rule in own for name in (*rule.all_of, *rule.any_of)])
                for one, own in by_class.items()
            },
        )


def together(
    ruled: tuple[RedFlag, ...],
    signs: Signs,
    net: SecondNet,
    rules: Rules,
    *,
    finder: SignFinder,
    today: date,
    amid: bool = False,
) -> list[RedFlag]:
    """The flags of the rules, doubted where the net hardly believes them, and what the net alone has heard.

    `amid`: other messages came before. There people also chat ("hang on, the kettle has boiled") and answer in words
    that mean little alone: unless the net is sure, it needs a word of a sign that the rules know, and one of its class
    for more than a doubt.
    """
    if len(signs.tokens.words) < FEWEST_WORDS:
        return list(ruled)
    verdict = net.verdict(signs.tokens, at_least=net.bounds.asked)
    if verdict.urgent < net.bounds.doubted:
        return believed(list(ruled), verdict.urgent, net, rules)
    is_sure = verdict.urgent >= net.bounds.sure
    if not is_sure and any(flag.level is not Level.NONE for flag in ruled):
        return list(ruled)  # a reviewed rule has heard it as less: it knows more of it than a net in two minds
    known = {flag.flag_class for flag in ruled if not (flag.ask and is_sure)}
    if verdict.flag_class is None or verdict.flag_class in known or any(flag.level.is_today for flag in ruled):
        return list(ruled)
    heard = RedFlag(verdict.flag_class, verdict.level, Onset.NEW, verdict.text, rule=NET, row_level=verdict.level)
    if not is_sure:
        signs = finder.completed(signs)
        if amid and not any(signs.kinds[name] in FELT for name in signs.said):
            return list(ruled)
        if _is_vetoed(verdict, signs, rules.vetoes.get(verdict.flag_class, frozenset())):
            return list(ruled)
        heard = _in_time(heard, verdict, signs, rules, today=today)
        is_raised = verdict.urgent >= net.bounds.raised
        if amid and is_raised and not _tells_of(verdict.flag_class, signs, rules, finder):
            heard = doubtful(heard)
    if verdict.urgent < net.bounds.raised:
        return list(ruled) or ([doubtful(heard)] if heard.level.is_today else [])
    return [*ruled, *_unless_denied(heard, signs, rules, is_sure=is_sure)]


def believed(ruled: list[RedFlag], likelihood: float, net: SecondNet, rules: Rules) -> list[RedFlag]:
    """The flags of the rules; where the net hardly believes that anything is urgent, most of them as doubts."""
    if likelihood >= net.bounds.doubted:
        return ruled
    return [doubtful(flag) if flag.level.is_today and flag.rule not in rules.sure else flag for flag in ruled]


def doubtful(flag: RedFlag) -> RedFlag:
    """The flag as one that is asked about instead of being raised."""
    return replace(flag, level=Level.NONE, onset=Onset.UNCLEAR, ask=True, unclear_words=True)


def _tells_of(flag_class: FlagClass, signs: Signs, rules: Rules, finder: SignFinder) -> bool:
    """Whether a sign of this class is named that is more than what ordinary complaints name."""
    return not finder.telling.isdisjoint(signs.said.keys() & rules.concepts[flag_class])


def _is_vetoed(verdict: Verdict, signs: Signs, vetoes: frozenset[str]) -> bool:
    """Whether the sentence that the net has heard it in holds a veto."""
    sentences = signs.tokens.sentences
    here = set(sentences[verdict.start : verdict.end])
    return any(sentences[match.start] in here for name in vetoes for match in signs.said.get(name, ()))


def _in_time(flag: RedFlag, verdict: Verdict, signs: Signs, rules: Rules, *, today: date) -> RedFlag:
    """The flag; a doubt where the words around it make it long-standing, since the patient may not have said it."""
    if flag.flag_class in rules.timeless:
        return flag
    words = (Match(NET, verdict.start, verdict.end),)
    onset = onset_of_words(signs, words, (), slow=flag.flag_class in rules.slow, today=today)
    return flag if onset is Onset.NEW else doubtful(flag)


def _unless_denied(flag: RedFlag, signs: Signs, rules: Rules, *, is_sure: bool) -> list[RedFlag]:
    """The flag; in a short message that denies, nothing where a whole rule of its class is denied, else a doubt."""
    if len(signs.tokens.words) > SHORT:
        return [flag]
    whole = [
        needed for rule, needed in rules.each if rule.flag_class is flag.flag_class and needed <= signs.said.keys()
    ]
    if any(all(denied) for denied in [_denials(signs, needed) for needed in whole] if denied):
        return []
    if is_sure and not _denies_all(signs):
        return [flag]
    doubt = [all(denied) for denied in [_denials(signs, needed) for _, needed in rules.each] if denied]
    doubt += [any(_denials(signs, needed)) for needed in whole]
    return [doubtful(flag)] if any(doubt) else [flag]


def _denies_all(signs: Signs) -> bool:
    """Whether several things that a rule knows are named, and every one is denied."""
    felt = frozenset([name for name in signs.said if signs.kinds[name] in FELT])
    denied = _denials(signs, felt)
    return len(denied) > 1 and all(denied)


def _denials(signs: Signs, needed: frozenset[str]) -> list[bool]:
    """Of each place where what is felt is named, whether it is denied."""
    felt = [match for name in needed if signs.kinds[name] in FELT for match in signs.said.get(name, ())]
    return [signs.judgement(match).presence is Presence.ABSENT for match in felt]
