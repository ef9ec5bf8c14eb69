"""Red flags and precautions as Flags: what whoever sees the patient must know first."""

from collections import Counter

from bot.clinical.encounter import FlagRecord
from bot.outside.fhir.codes import FLAG_CATEGORY, LEVEL, ONSET, PRECAUTION, RED_FLAG, Plain, coding, concept
from bot.outside.fhir.told import DEVICE, PATIENT, Told
from bot.service.flag_standing import standing_of

FLAG = "flag"


def flags(told: Told) -> list[Plain]:
    """One Flag for each red flag, numbered within its class, and one for each precaution."""
    seen: Counter[str] = Counter()
    found: list[Plain] = []
    for flag in told.encounter.flags:
        seen[flag.flag_class.value] += 1
        found.append(_red_flag(told, flag, number=seen[flag.flag_class.value]))
    return [*found, *[_precaution(told, id) for id in dict.fromkeys(told.encounter.precautions)]]


def _red_flag(told: Told, flag: FlagRecord, *, number: int) -> Plain:
    labels, id = told.protocol.labels, flag.flag_class.value
    label = labels[f"flag.{id}"]
    standing = labels.get(f"level.{standing_of(flag)}")
    category = [
        concept([coding(FLAG_CATEGORY, "clinical", "Clinical")]),
        concept([coding(LEVEL, standing_of(flag), standing)], standing),
        concept([coding(ONSET, flag.onset.value, labels[f"onset.{flag.onset.value}"])]),
    ]
    words = f"{label}: “{flag.words}”" if flag.words.strip() else label
    content = {
        "status": "active" if flag.counts else "inactive",
        "category": category,
        "code": concept([coding(RED_FLAG, id, label)], words),
    }
    return _flag(told, f"{id}/{number}", content)


def _precaution(told: Told, id: str) -> Plain:
    label = told.protocol.precautions.get(id, id)
    category = [concept([coding(FLAG_CATEGORY, "clinical", "Clinical")])]
    content = {"status": "active", "category": category, "code": concept([coding(PRECAUTION, id, label)], label)}
    return _flag(told, f"precaution/{id}", content)


def _flag(told: Told, part: str, content: Plain) -> Plain:
    about = {"subject": told.link(PATIENT), "author": told.link(DEVICE)}
    return told.part("Flag", FLAG, part, content={**content, **about})
