"""Pair rules, checked: every token names something that exists, and every rule adds something."""

from collections.abc import Collection, Mapping

from bot.clinical.protocol import PairRule, SafetyItem
from bot.clinical.vocabulary import Finding, FlagClass, Level, Region
from bot.knowledge.entry import Entry
from bot.knowledge.shelf import Shelf

FILE = "pair_rules.yml"
AGES = ("under_19", "50_plus", "65_plus")
BANDS = (
    "me_under_19",
    "me_19_49",
    "me_50_64",
    "me_65_plus",
    "other_under_19",
    "other_19_49",
    "other_50_plus",
)
PATTERNS = ("same_for_months", "began_lately", "getting_worse", "sudden_new")
DURATIONS = ("new", "old")


def read_pair_rules(shelf: Shelf, items: Mapping[str, SafetyItem], citations: Collection[str]) -> tuple[PairRule, ...]:
    """Every pair rule that can hold; one that needs an item the clinic switched off cannot."""
    tokens = token_names(shelf)
    rules = tuple(_rule(entry, tokens, citations) for entry in shelf.entries(FILE))
    return tuple(rule for rule in rules if _can_hold(rule, items))


def token_names(shelf: Shelf) -> frozenset[str]:
    """Every token a pair rule may use."""
    kinds: dict[str, Collection[str]] = {
        "item": shelf.ids("safety_items.yml"),
        "flag": [one.value for one in FlagClass],
        "region": [one.value for one in Region],
        "finding": [one.value for one in Finding],
        "who": BANDS,
        "age": AGES,
        "precaution": shelf.ids("precautions.yml"),
        "pattern": PATTERNS,
        "duration": DURATIONS,
    }
    return frozenset(f"{kind}:{name}" for kind, names in kinds.items() for name in names)


def _rule(entry: Entry, tokens: Collection[str], citations: Collection[str]) -> PairRule:
    entry.only("all_of", "any_of", "flag_class", "level", "source", "reviewed")
    all_of, any_of = entry.known("all_of", tokens), entry.known("any_of", tokens)
    if not all_of or len(all_of) + len(any_of) < 2:
        entry.refuse("needs at least one token in all_of and two in all", "name the signs that count together")
    flag_class = entry.member("flag_class", FlagClass) or FlagClass.CANCER
    level = entry.member("level", Level) or Level.NONE
    if level is Level.NONE:
        entry.refuse("its level is none", "a pair rule raises a level")
    return PairRule(entry.id, all_of, any_of, flag_class, level, entry.sources(citations))


def _can_hold(rule: PairRule, items: Collection[str]) -> bool:
    needed = [token.removeprefix("item:") for token in rule.all_of if token.startswith("item:")]
    return all(name in items for name in needed)
