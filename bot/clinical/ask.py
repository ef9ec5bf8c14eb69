"""The questions before the result as the patient sees them, and the encounter that waits for the answer."""

from dataclasses import replace

from bot.clinical.encounter import Encounter, FlagRecord, OpenQuestion
from bot.clinical.fixes import fixes
from bot.clinical.plan import REST, askable
from bot.clinical.playback import contradiction, noted, playback
from bot.clinical.progress import progress
from bot.clinical.protocol import Protocol, SafetyItem
from bot.clinical.red_flags import IN_DANGER, was_doubtful, withholds_scans
from bot.clinical.reply import Choice, Reply, ReplyKind
from bot.clinical.safety import open_lists
from bot.clinical.tally import unknown
from bot.clinical.vocabulary import NONE, PLACELESS, UNSURE, Imaging
from bot.clinical.voice import Voice, question


def ask(encounter: Encounter, id: str, voice: Voice, *, lead: str = "", heard: str = "") -> tuple[Encounter, Reply]:
    """The encounter waiting for question `id`, and the reply that puts it.

    It is opened by `lead`, or by `heard`, what was understood just now, which can then be corrected by a tap.
    """
    reply, items = _build(encounter, id, voice, heard or lead)
    taps = fixes(encounter, voice) if heard else ()
    waiting = OpenQuestion(
        id, reply.choices, reply.multiple, reply.asks, items, times=_times(encounter, id), fixes=taps
    )
    encounter = replace(encounter, open_question=waiting, asked=_asked(encounter, reply))
    return encounter, _dressed(encounter, replace(reply, fixes=taps), voice)


def ask_again(encounter: Encounter, voice: Voice, *, heard: str = "") -> tuple[Encounter, Reply]:
    """The waiting question once more, with the same id and choices, after a digression or a correction."""
    waiting = encounter.open_question
    if waiting is None:
        raise ValueError("no question is waiting")
    reply, _ = _build(encounter, waiting.id, voice, heard)
    taps = fixes(encounter, voice) if heard else waiting.fixes
    encounter = replace(encounter, open_question=replace(waiting, choices=reply.choices, asks=reply.asks, fixes=taps))
    return encounter, _dressed(encounter, replace(reply, fixes=taps if heard else ()), voice)


def why(question_id: str, voice: Voice) -> str:
    """Why this is asked."""
    return voice.first(f"why.{question_id}", f"why.{question_id.split('.')[0]}", "why.default")


def _dressed(encounter: Encounter, reply: Reply, voice: Voice) -> Reply:
    """The question with its reason and with how far the patient has come."""
    if reply.question is None:
        return reply
    box = voice.say("question.scale") if reply.question == "background" else None
    return replace(reply, why=why(reply.question, voice), progress=progress(encounter, voice.protocol), box=box)


def _times(encounter: Encounter, id: str) -> int:
    waiting = encounter.open_question
    return waiting.times + 1 if waiting is not None and waiting.id == id else 1


def _asked(encounter: Encounter, reply: Reply) -> tuple[str, ...]:
    if reply.question is None or reply.question in encounter.asked:
        return encounter.asked
    return (*encounter.asked, reply.question)


def _build(encounter: Encounter, id: str, voice: Voice, lead: str) -> tuple[Reply, tuple[str, ...]]:
    kind = id.split(".")[0]
    if kind == "safety":
        return _safety(encounter, id, voice, lead)
    if kind == "findings":
        return _findings(encounter, id, voice, lead), ()
    choices, multiple = _plain_choices(encounter, id, voice)
    text = voice.first(*_keys(encounter, id), words=_words(encounter, id))
    return question(ReplyKind.QUESTION, id, prompt=_led(lead, text), choices=choices, multiple=multiple), ()


def _keys(encounter: Encounter, id: str) -> tuple[str, ...]:
    plain = (*_clarifying_keys(encounter, id), f"question.{id}", f"question.{id.split('.')[0]}")
    says_no_scans = withholds_scans(encounter) or _knows_scans(encounter)
    return (f"question.{id}.without_scans", *plain) if says_no_scans else plain


def _clarifying_keys(encounter: Encounter, id: str) -> tuple[str, ...]:
    """The wordings that ask whether something was meant at all, for the class and in general."""
    flag = _doubtful(encounter, id)
    return (f"question.unclear.{flag.flag_class.value}", "question.unclear") if flag and flag.unclear_words else ()


def _words(encounter: Encounter, id: str) -> str:
    """The patient's words that a doubtful flag was raised by."""
    flag = _doubtful(encounter, id)
    return flag.words if flag else ""


def _doubtful(encounter: Encounter, id: str) -> FlagRecord | None:
    """The flag that the question is about, if it is one about a doubtful flag or one that was so before."""
    asked = [flag for flag in encounter.flags if was_doubtful(flag) and id == f"clarify.{flag.flag_class.value}"]
    return asked[0] if asked else None


def _plain_choices(encounter: Encounter, id: str, voice: Voice) -> tuple[tuple[Choice, ...], bool]:
    if id == "time":
        return (), False
    if id == "where":
        return voice.offered("where"), True
    if id == "background":
        ids = tuple(name for name in voice.protocol.choices["background"] if _useful(encounter, name))
        return voice.offered("background", *ids), True
    flag = _doubtful(encounter, id)
    if flag and flag.unclear_words:
        return voice.offered("unclear_safety" if flag.flag_class in IN_DANGER else "unclear"), False
    return voice.offered(id.split(".")[0]), False


def _useful(encounter: Encounter, background: str) -> bool:
    """Scans are not asked about twice, and with a red flag no word is said of them (clinical.md section 3)."""
    return not (background.startswith("scan_") and (_knows_scans(encounter) or withholds_scans(encounter)))


def _knows_scans(encounter: Encounter) -> bool:
    """Whether it was said what the scans showed or that there are none; that some were named leaves it to be asked."""
    return encounter.imaging not in (None, Imaging.MENTIONED)


def _safety(encounter: Encounter, id: str, voice: Voice, lead: str) -> tuple[Reply, tuple[str, ...]]:
    follow_up = id.startswith("safety.unsure")
    items = _items(encounter, id, voice.protocol)
    choices = tuple(Choice(item.id, item.plain if follow_up else item.label) for item in items)
    extra = voice.offered("common", NONE, UNSURE)
    text = voice.first(f"question.{id}", "question.safety.unsure" if follow_up else "question.safety")
    reply = question(ReplyKind.QUESTION, id, prompt=_led(lead, text), choices=(*choices, *extra), multiple=True)
    return reply, tuple(item.id for item in items)


def _items(encounter: Encounter, id: str, protocol: Protocol) -> tuple[SafetyItem, ...]:
    """The items of a list; one that is put again keeps its items, whatever was said in between."""
    waiting = encounter.open_question
    if waiting is not None and waiting.id == id:
        return tuple(protocol.items[item] for item in waiting.items)
    if encounter.to_follow:
        return tuple(protocol.items[item] for item in encounter.to_follow)
    return next(one.items for one in open_lists(encounter, protocol) if one.id == id)


def _findings(encounter: Encounter, id: str, voice: Voice, lead: str) -> Reply:
    left_open = tuple(finding for finding in unknown(encounter) if finding in encounter.left_open)
    asks = left_open if id == REST else askable(encounter)
    choices = tuple(Choice(finding.value, voice.protocol.finding_questions[finding]) for finding in asks)
    extra = voice.offered("common", NONE, UNSURE)
    prompt = _led(lead, voice.first(f"question.{id}", place=_place(encounter, voice)))
    return question(ReplyKind.QUESTION, id, prompt=prompt, choices=(*choices, *extra), multiple=True, asks=asks)


def _place(encounter: Encounter, voice: Voice) -> str:
    places = [region for region in encounter.regions if region not in PLACELESS]
    labels = [voice.protocol.region_labels[region] for region in places[:2]]
    return voice.protocol.labels["and"].join(labels) if labels else voice.protocol.labels["the_sore_place"]


def _led(lead: str, text: str) -> str:
    return f"{lead}\n\n{text}".strip()


def played_back(before: Encounter, after: Encounter, voice: Voice) -> str:
    """What was understood on this turn, to open the next question with; empty when nothing new was said.

    What contradicts an earlier message is named, so that the patient can set it right.
    """
    if _told(before) == _told(after):
        return ""
    turned = [record for record in after.findings if record.contradicted and record not in before.findings]
    said = (playback(after, voice), noted(before, after, voice), *[contradiction(one, voice) for one in turned])
    return " ".join([text for text in said if text])


def _told(encounter: Encounter) -> tuple[object, ...]:
    return encounter.findings, encounter.regions, encounter.duration_days, encounter.side
