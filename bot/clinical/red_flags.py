"""Red flags of an encounter: taken in from text, ticks and pair rules, never deleted, never lowered once told."""

from dataclasses import replace

from bot.clinical.encounter import Encounter, FlagRecord
from bot.clinical.pairs import highest, raised_pairs
from bot.clinical.protocol import Protocol, SafetyItem
from bot.clinical.reading import RedFlag
from bot.clinical.vocabulary import URGENT_LEVELS, Disposition, FlagClass, Level, Onset

IN_DANGER = (FlagClass.SELF_HARM, FlagClass.UNSAFE_AT_HOME)
UNSURE_IS_URGENT = (
    *IN_DANGER,
    FlagClass.CAUDA_EQUINA,
    FlagClass.CARDIAC_RESPIRATORY,
    FlagClass.STROKE,
    FlagClass.LIMB_ISCHAEMIA,
)
NOT_MEANT = "not_meant"
CLARIFIED = "clarified: "
"""How the note of a flag begins that was asked about; the answer follows."""


def with_flags(encounter: Encounter, flags: tuple[RedFlag, ...]) -> Encounter:
    """The encounter with the flags of a message; a class already held at this level or above is kept as it is."""
    for flag in flags:
        encounter = with_record(encounter, _recorded(flag))
    return encounter


def _recorded(flag: RedFlag) -> FlagRecord:
    """Someone who may be in danger is never asked whether a doctor has checked it: the level counts at once.

    Where it is not even sure that they mean it, they are asked whether they are safe.
    """
    ask = flag.ask and (flag.unclear_words or flag.flag_class not in IN_DANGER)
    level = flag.level if ask or not flag.ask else flag.row_level
    record = FlagRecord(flag.flag_class, level, flag.onset, flag.text, flag.rule, ask=ask, row_level=flag.row_level)
    return replace(record, unclear_words=flag.unclear_words)


def with_record(encounter: Encounter, record: FlagRecord) -> Encounter:
    """The encounter with one more flag, unless the class is already held at this level or a more urgent one."""
    same = [held for held in encounter.flags if held.flag_class is record.flag_class]
    if any(held.level.urgency <= record.level.urgency for held in same):
        return encounter
    pending_now_settled = tuple(held for held in encounter.flags if not (held in same and held.ask))
    return replace(encounter, flags=(*pending_now_settled, record))


def with_ticked(encounter: Encounter, items: tuple[SafetyItem, ...]) -> Encounter:
    """The encounter with safety items that the patient ticked as new."""
    encounter = replace(encounter, ticked=_add(encounter.ticked, items))
    for item in items:
        if item.flag_class and item.level is not Level.NONE:
            encounter = with_record(encounter, _ticked(item, item.level, "ticked"))
    return encounter


def with_unsure(encounter: Encounter, items: tuple[SafetyItem, ...]) -> Encounter:
    """The encounter with items the patient is still not sure of: each class at its not-sure level, as unsettled."""
    encounter = replace(encounter, unsure_items=_add(encounter.unsure_items, items))
    for item in items:
        if item.flag_class and item.unsure_level is not Level.NONE:
            encounter = with_record(encounter, _ticked(item, item.unsure_level, "unsure"))
    return encounter


def with_pairs(encounter: Encounter, protocol: Protocol) -> Encounter:
    """The encounter with the flags that its facts raise together."""
    for record in raised_pairs(encounter, protocol):
        encounter = with_record(encounter, record)
    return encounter


def pending(encounter: Encounter) -> tuple[FlagRecord, ...]:
    """The doubtful flags that have not been asked about yet, most urgent first."""
    waiting = [
        flag for flag in encounter.flags if flag.ask and f"clarify.{flag.flag_class.value}" not in encounter.asked
    ]
    return tuple(sorted(waiting, key=lambda flag: flag.row_level.urgency))


def clarified(encounter: Encounter, flag_class: FlagClass, answer: str) -> Encounter:
    """The encounter after the one question about a doubtful flag (clinical.md section 3, onset and not-sure rule)."""
    held = next((flag for flag in encounter.flags if flag.flag_class is flag_class and was_doubtful(flag)), None)
    if held is None:
        return encounter
    others = tuple(flag for flag in encounter.flags if flag is not held)
    level, onset = _clarified_level(held, answer)
    settled = replace(held, level=level, onset=onset, ask=False, note=f"{CLARIFIED}{answer}")
    if not held.ask and held.level.urgency <= level.urgency:
        settled = replace(held, note=settled.note)  # what was answered before is never lowered
    elif not held.ask:
        settled = replace(settled, told=False)
    return replace(encounter, flags=(*others, settled))


def was_doubtful(flag: FlagRecord) -> bool:
    """The patient is to be asked, or has been asked, what the words mean."""
    return flag.ask or (flag.note or "").startswith(CLARIFIED)


def settled_by_list(encounter: Encounter, cleared: tuple[SafetyItem, ...]) -> Encounter:
    """The encounter after a list was answered: words that may not have been meant were not, where it says so."""
    denied = {item.flag_class for item in cleared}
    flags = tuple(
        replace(flag, ask=False, note=f"cleared by the list: {NOT_MEANT}")
        if flag.ask and flag.unclear_words and flag.flag_class in denied
        else flag
        for flag in encounter.flags
    )
    return replace(encounter, flags=flags)


def told(encounter: Encounter) -> Encounter:
    """The encounter after a reply has told the patient what its flags mean."""
    flags = tuple(replace(flag, told=True) if flag.level is not Level.NONE else flag for flag in encounter.flags)
    return replace(encounter, flags=flags)


def untold(encounter: Encounter) -> tuple[FlagRecord, ...]:
    """The flags with a level that the patient has not been told of, most urgent first."""
    waiting = [flag for flag in encounter.flags if flag.level is not Level.NONE and not flag.told]
    return tuple(sorted(waiting, key=lambda flag: flag.level.urgency))


def withholds_scans(encounter: Encounter) -> bool:
    """No word is said about scans beside a flag (clinical.md section 3)."""
    return any(flag.counts for flag in encounter.flags)


def level_of(encounter: Encounter) -> Level:
    """The most urgent level the encounter holds."""
    return highest(encounter.flags)


def is_urgent(encounter: Encounter) -> bool:
    """An emergency or a crisis has been said."""
    return level_of(encounter) in URGENT_LEVELS


def flagged_disposition(encounter: Encounter) -> Disposition | None:
    """The disposition that the flags alone demand, None without a flag."""
    level = level_of(encounter)
    return None if level is Level.NONE else Disposition(level.value)


def _ticked(item: SafetyItem, level: Level, rule: str) -> FlagRecord:
    if item.flag_class is None:
        raise ValueError(f"safety item {item.id} has a level but no class")
    return FlagRecord(item.flag_class, level, Onset.NEW, item.label, f"{rule}:{item.id}", row_level=level)


def _clarified_level(flag: FlagRecord, answer: str) -> tuple[Level, Onset]:
    if answer == "worse":
        return flag.row_level, Onset.NEW
    if answer == NOT_MEANT:
        return Level.NONE, Onset.UNCLEAR
    if answer in ("checked", "unchecked"):
        return max(flag.row_level, Level.SEE_DOCTOR, key=lambda level: level.urgency), Onset.OLD
    return (flag.row_level if flag.flag_class in UNSURE_IS_URGENT else Level.SEE_DOCTOR), Onset.UNCLEAR


def _add(known: tuple[str, ...], items: tuple[SafetyItem, ...]) -> tuple[str, ...]:
    return known + tuple(item.id for item in items if item.id not in known)
