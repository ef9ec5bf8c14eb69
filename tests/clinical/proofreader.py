"""The proofreader of random conversations: every check that this Python can make."""

from functools import partial
from importlib.util import find_spec

from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.knowledge.filled import Check, Proofreader
from bot.knowledge.lint_rules import read_wording_rules
from bot.knowledge.problems import Problem
from bot.knowledge.shelf import HERE, read_shelf
from bot.knowledge.told import Told, lint_text


def strictest(facts: Facts, protocol: Protocol) -> Proofreader:
    """Reads for what must not and what must be said and, where textstat is installed, for how hard it reads."""
    rules = read_wording_rules(HERE, protocol.language)
    checks: list[Check] = [partial(lint_text, rules=rules)]
    if find_spec("textstat") is not None:
        checks.append(_ease(protocol))
    return Proofreader(facts, protocol, checks)


def _ease(protocol: Protocol) -> Check:
    from bot.knowledge.ease import filled, too_hard
    from bot.knowledge.placeholders import samples

    rules = read_wording_rules(HERE, protocol.language)
    values = samples(read_shelf(HERE, language=protocol.language, region=protocol.region.id))

    def ease(told: Told) -> tuple[Problem, ...]:
        if told.key.endswith("/sources"):
            return ()  # names of studies are what they are
        (seen,) = filled([told], values, protocol.region)
        return too_hard(seen, rules)

    return ease
