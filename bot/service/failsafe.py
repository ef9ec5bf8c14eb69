"""What a patient is shown when nothing could be stored: the text of the flag found, else where to turn."""

from bot.clinical.advance import signpost
from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.event import Facts
from bot.clinical.protocol import Protocol
from bot.clinical.reading import RedFlag
from bot.clinical.red_flags import untold, with_flags, with_ticked
from bot.clinical.reply import Reply
from bot.clinical.urgent import emergency_text
from bot.clinical.vocabulary import URGENT_LEVELS
from bot.clinical.voice import Voice


def unstored(
    flags: tuple[RedFlag, ...], choices: tuple[str, ...], *, facts: Facts, protocol: Protocol
) -> tuple[Reply, ...]:
    """The emergency reply for what this message says, without a question, with the clinic's phone."""
    flag = _worst(flags, choices, protocol)
    if flag is None or flag.level not in URGENT_LEVELS:
        return (signpost(facts, protocol),)
    return (emergency_text(flag, Voice(protocol, facts)),)


def _worst(flags: tuple[RedFlag, ...], choices: tuple[str, ...], protocol: Protocol) -> FlagRecord | None:
    ticked = tuple(protocol.items[id] for id in choices if id in protocol.items)
    held = untold(with_ticked(with_flags(Encounter(), flags), ticked))
    return held[0] if held else None
