"""Pair rules: signs that are weak alone and count together (Finucane 2020; knowledge file pair_rules.yml)."""

from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.protocol import PairRule, Protocol
from bot.clinical.tally import present
from bot.clinical.vocabulary import Level, Onset

NEW_WITHIN_DAYS = 42
"""A complaint counts as new for less than six weeks (NICE CG75: new or worsening)."""


def tokens_of(encounter: Encounter) -> frozenset[str]:
    """Everything the encounter knows, in the words of the pair rules ("item:fever", "region:neck", ...)."""
    tokens = {f"item:{item}" for item in encounter.ticked}
    tokens |= {f"region:{region.value}" for region in encounter.regions}
    tokens |= {f"finding:{record.finding.value}" for record in present(encounter)}
    tokens |= {f"flag:{flag.flag_class.value}" for flag in encounter.flags if flag.level is not Level.NONE}
    tokens |= {f"precaution:{precaution}" for precaution in encounter.precautions}
    tokens |= _age_tokens(encounter.who)
    if encounter.pattern:
        tokens.add(f"pattern:{encounter.pattern}")
    if encounter.duration_days is not None:
        tokens.add("duration:new" if encounter.duration_days < NEW_WITHIN_DAYS else "duration:old")
    return frozenset(tokens)


def raised_pairs(encounter: Encounter, protocol: Protocol) -> tuple[FlagRecord, ...]:
    """The flags that pair rules raise for what the encounter knows now."""
    tokens = tokens_of(encounter)
    return tuple(_record(rule, tokens, protocol) for rule in protocol.pair_rules if _holds(rule, tokens))


def _holds(rule: PairRule, tokens: frozenset[str]) -> bool:
    return tokens.issuperset(rule.all_of) and (not rule.any_of or not tokens.isdisjoint(rule.any_of))


def _record(rule: PairRule, tokens: frozenset[str], protocol: Protocol) -> FlagRecord:
    met = [token for token in (*rule.all_of, *rule.any_of) if token in tokens]
    labels = [protocol.items[name].label for kind, name in (token.split(":", 1) for token in met) if kind == "item"]
    words = "; ".join(labels) or ", ".join(met)
    return FlagRecord(rule.flag_class, rule.level, Onset.NEW, words, rule.id, row_level=rule.level)


def _age_tokens(who: str | None) -> set[str]:
    if who is None:
        return set()
    ages = {"under_19": "age:under_19", "50_64": "age:50_plus", "50_plus": "age:50_plus", "65_plus": "age:65_plus"}
    tokens = {f"who:{who}"} | {token for ending, token in ages.items() if who.endswith(ending)}
    return tokens | ({"age:50_plus"} if "age:65_plus" in tokens else set())


def highest(records: tuple[FlagRecord, ...]) -> Level:
    """The most urgent level among these flags, NONE when there is none."""
    return min((record.level for record in records), key=lambda level: level.urgency, default=Level.NONE)
