"""The result: six short lines with the patient's own words, and a card that the desk reads too."""

from dataclasses import replace

from bot.clinical.disposition import decide
from bot.clinical.encounter import Encounter, FindingRecord
from bot.clinical.red_flags import told, untold, withholds_scans
from bot.clinical.reply import Reply, ReplyKind
from bot.clinical.tally import absent, present, tally, unknown
from bot.clinical.vocabulary import Disposition, Finding, Imaging, Level
from bot.clinical.voice import Voice

SCAN_LINES = {
    Imaging.NORMAL: "result.scans.normal",
    Imaging.ABNORMAL: "result.scans.abnormal",
    Imaging.BOOKED: "result.scans.booked",
}
WITH_ADVICE = (Disposition.SAME_DAY, Disposition.SEE_DOCTOR)


def give_result(encounter: Encounter, voice: Voice) -> tuple[Encounter, Reply]:
    """The encounter with its disposition, and the result in words."""
    encounter = replace(encounter, disposition=decide(encounter), complete=True)
    text = "\n\n".join(result_lines(encounter, voice))
    return told(encounter), Reply(ReplyKind.RESULT, text, card=card(encounter, voice))


def result_lines(encounter: Encounter, voice: Voice) -> tuple[str, ...]:
    """The lines of the result of an encounter that has its disposition."""
    return tuple(line for line in _lines(encounter, voice) if line)


def card(encounter: Encounter, voice: Voice) -> tuple[tuple[str, str], ...]:
    """The rows of the card: the count, then each finding with its quotes."""
    labels = voice.protocol.labels
    count = tally(encounter)
    rows = [(labels["count"], voice.say("result.count", present=count.present, of=count.of))]
    rows += [(_label(record.finding, voice), _quotes(record) or labels["yes"]) for record in present(encounter)]
    rows += [(_label(record.finding, voice), labels["no"]) for record in absent(encounter)]
    rows += [(_label(finding, voice), labels["not_known"]) for finding in unknown(encounter)]
    return tuple(rows)


def _lines(encounter: Encounter, voice: Voice) -> tuple[str, ...]:
    if encounter.disposition is Disposition.INFORMATION:
        return (_heard(encounter, voice), voice.say("result.information"), voice.say("result.get_help"))
    flagged = encounter.disposition in WITH_ADVICE
    count = tally(encounter)
    return (
        _advice(encounter, voice) if flagged else "",
        _heard(encounter, voice),
        voice.say("result.tally", present=count.present, of=count.of) if count.present else "",
        voice.say("result.examination"),
        "" if flagged or withholds_scans(encounter) else voice.say(_scan_key(encounter)),
        voice.say("result.book.flagged" if flagged else "result.book"),
        voice.say("result.get_help"),
    )


def _advice(encounter: Encounter, voice: Voice) -> str:
    flags = untold(encounter) or tuple(sorted(encounter.flags, key=lambda flag: flag.level.urgency))
    if not flags or flags[0].level is Level.NONE:
        return ""
    flag = flags[0]
    return voice.first(f"{flag.level.value}.{flag.flag_class.value}", f"{flag.level.value}.default")


def _heard(encounter: Encounter, voice: Voice) -> str:
    quotes = [f"“{quote}”" for record in present(encounter) for quote in record.quotes[:1]]
    return voice.say("result.heard", quotes="; ".join(quotes)) if quotes else ""


def _quotes(record: FindingRecord) -> str:
    return "; ".join(f"“{quote}”" for quote in record.quotes)


def _scan_key(encounter: Encounter) -> str:
    return SCAN_LINES.get(encounter.imaging, "result.scans.none") if encounter.imaging else "result.scans.none"


def _label(finding: Finding, voice: Voice) -> str:
    return voice.protocol.finding_labels[finding]
