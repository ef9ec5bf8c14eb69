"""What was asked and answered, as a QuestionnaireResponse whose link ids are our question ids."""

from collections.abc import Iterable

from bot.clinical.encounter import record_of
from bot.clinical.notes import BACKGROUND, Note, notes
from bot.clinical.plan import LIST
from bot.clinical.red_flags import CLARIFIED
from bot.clinical.vocabulary import Finding, Presence, Side
from bot.outside.fhir.codes import ANSWER, QUESTIONNAIRE, REGION, UNITS, Plain, coding, known
from bot.outside.fhir.observations import presence
from bot.outside.fhir.told import ANSWERS, DEVICE, PATIENT, Told

SAFETY = "safety"


def answers(told: Told) -> Plain:
    """Every question that has an answer; the seven findings always, also where nothing is known of them."""
    version = told.encounter.protocol_version
    content = known(
        identifier=told.identifier(),
        questionnaire=f"{QUESTIONNAIRE}|{version}" if version else QUESTIONNAIRE,
        status="completed" if told.encounter.complete else "in-progress",
        subject=told.link(PATIENT),
        authored=told.at,
        author=told.link(DEVICE),
        source=told.speaker,
        item=_with_asked(told, [item for item in (*_complaint(told), *_lists(told), *_more(told)) if item]),
    )
    return told.part("QuestionnaireResponse", ANSWERS, content=content)


def _with_asked(told: Told, items: list[Plain]) -> list[Plain]:
    """The items, and every other question that was put: its answers stand elsewhere, or it has none."""
    there = {item["linkId"] for item in items}
    return [*items, *(_put(told, id) for id in told.encounter.asked if id not in there)]


def _put(told: Told, id: str) -> Plain:
    """A question without an answer; in words where its words are the same for everybody."""
    text = told.protocol.wording.get(f"question.{id}", "")
    return known(linkId=id, text=None if "{" in text else text, answer=_clarified(told, id))


def _clarified(told: Told, id: str) -> list[Plain]:
    """How a doubtful flag was answered, as it is noted beside the flag."""
    about = (flag for flag in told.encounter.flags if id == f"clarify.{flag.flag_class.value}" and flag.note)
    return _texts(flag.note.removeprefix(CLARIFIED) for flag in about if flag.note)


def _complaint(told: Told) -> list[Plain]:
    known_of, labels = told.encounter, told.protocol.labels
    regions = [_coded(REGION, one.value, told.protocol.region_labels.get(one)) for one in known_of.regions]
    side = [_side(told, known_of.side)] if known_of.side else []
    days = known_of.duration_days
    span = {"value": days, "unit": labels["days"], "system": UNITS, "code": "d"}
    time = [] if days is None else [{"valueQuantity": span}]
    severity = [] if known_of.severity is None else [{"valueInteger": known_of.severity}]
    imaging = known_of.imaging.value if known_of.imaging else None
    scans = [_coded(ANSWER, imaging, labels[f"imaging.{imaging}"])] if imaging else []
    return [
        _item("who", labels["note.who"], _chosen(told, "who", known_of.who)),
        _item("where", labels["note.place"], [*regions, *side]),
        _item("time", labels["note.time"], time),
        _item("pattern", told.protocol.wording["question.pattern"], _chosen(told, "pattern", known_of.pattern)),
        _item("severity", labels["note.severity"], severity),
        _item("scans", labels["note.scans"], scans),
    ]


def _lists(told: Told) -> list[Plain]:
    """The findings and the safety items, each a question of its own within its list."""
    labels = told.protocol.labels
    found = [_finding(told, finding) for finding in Finding]
    safety = [_safety_item(told, id, answer) for id, answer in _safety_answers(told).items()]
    listed = {"linkId": LIST, "text": labels["document.findings"], "item": found}
    asked = {"linkId": SAFETY, "text": told.protocol.wording["question.safety"], "item": safety}
    return [listed, asked if safety else {}]


def _more(told: Told) -> list[Plain]:
    labels, wanted = told.protocol.labels, told.inquiry.request
    said: dict[str, Note] = {note.id: note for note in notes(told.encounter, told.protocol)}
    precautions = [
        *(_coded(ANSWER, id, told.protocol.precautions.get(id)) for id in told.encounter.precautions),
        *(answer for tap in told.encounter.precaution_taps for answer in _chosen(told, "precautions", tap)),
    ]
    items = [
        _item("background", labels["note.background"], _texts(said[BACKGROUND].values)),
        _item("precautions", labels["note.precautions"], precautions),
    ]
    if wanted is None:
        return items
    spoken = (("times", wanted.times), ("practitioner", wanted.practitioner), ("language", wanted.visit_language))
    asked = [(f"booking.{name}", _texts([value] if value else [])) for name, value in spoken]
    asked += [(f"booking.{name}", _chosen(told, name, getattr(wanted, name))) for name in ("voicemail", "payer")]
    asked.append(("booking.claim", _texts([wanted.claim] if wanted.claim else [])))
    return [*items, *(_item(id, told.protocol.wording[f"question.{id}"], given) for id, given in asked)]


def _side(told: Told, side: Side) -> Plain:
    return _coded(ANSWER, side.value, told.protocol.labels["both_sides" if side is Side.BOTH else side.value])


def _finding(told: Told, finding: Finding) -> Plain:
    record = record_of(told.encounter, finding)
    value = [] if record.presence is Presence.UNKNOWN else [{"valueCoding": presence(told, record)}]
    asked = {"linkId": f"{LIST}.{finding.value}", "text": told.protocol.finding_questions[finding]}
    return {**asked, **known(answer=value)}


def _safety_answers(told: Told) -> dict[str, str]:
    """Every item of a safety list with its newest answer."""
    heard = told.encounter
    found = dict.fromkeys(heard.cleared, "no") | dict.fromkeys(heard.unsure_items, "unsure")
    return found | dict.fromkeys(heard.ticked, "yes")


def _safety_item(told: Told, id: str, answer: str) -> Plain:
    item = told.protocol.items.get(id)
    text = item.label if item else id
    return {"linkId": f"{SAFETY}.{id}", "text": text, "answer": _chosen(told, "common", answer)}


def _item(id: str, text: str, given: Iterable[Plain]) -> Plain:
    """A question with its answers; nothing where there are none."""
    answered = list(given)
    return {"linkId": id, "text": text, "answer": answered} if answered else {}


def _chosen(told: Told, group: str, id: str | None) -> list[Plain]:
    """A tapped answer by its code; one in words as it was written."""
    if not id or not id.strip():
        return []
    label = told.protocol.choices[group].get(id)
    return [_coded(ANSWER, id, label) if label else {"valueString": id}]


def _texts(values: Iterable[str]) -> list[Plain]:
    return [{"valueString": value} for value in values if value.strip()]


def _coded(system: str, code: str, display: str | None) -> Plain:
    return {"valueCoding": coding(system, code, display)}
