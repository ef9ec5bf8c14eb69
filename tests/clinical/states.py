"""Every state in which a patient can be asked something, each reached by a conversation of its own."""

from collections.abc import Callable, Mapping

from bot.clinical.reading import ContactDetails
from tests.clinical.patient import BACK, HEADACHE, Patient, mention, red_flag

Step = Callable[[Patient], None]
PHONE = ContactDetails(name="Ann", phone="+16045550182")
NAMELESS = ContactDetails(phone="+16045550182")


def _back(patient: Patient) -> None:
    patient.says("my lower back burns", *BACK, intents=("describe_symptom",))


def _neck(patient: Patient) -> None:
    patient.says("my neck is tight", *HEADACHE, intents=("describe_symptom",))


def _nowhere(patient: Patient) -> None:
    patient.says("it hurts", mention("pain", "it hurts"), intents=("describe_symptom",))


def _doubtful(patient: Patient) -> None:
    flag = red_flag("limb_weakness", "emergency", text="foot drop since 2015", ask=True)
    patient.says("foot drop since 2015", *BACK, flags=(flag,), intents=("describe_symptom",))


def _until(question: str, begin: Step = _back) -> Step:
    ordinary = {"who": "me_19_49", "pattern": "same_for_months", "background": "skip", "booking.offer": "book"}
    ordinary |= {"booking.times": "mornings", "booking.voicemail": "yes", "booking.payer": "private"}

    def go(patient: Patient) -> None:
        begin(patient)
        for _ in range(20):
            if patient.asked == question:
                return
            if patient.asked == "booking.contact":
                contact = NAMELESS if question == "booking.name" else PHONE
                patient.says("604 555 0182", contact=contact, intents=("inform",))
            else:
                patient.taps(ordinary.get(patient.asked or "", "none"))
        raise AssertionError(f"{question} is never asked")

    return go


def _urgent(patient: Patient) -> None:
    patient.says("I can't feel myself pee", *BACK, flags=(red_flag("cauda_equina", "emergency"),))


def _unsure(patient: Patient) -> None:
    _back(patient)
    patient.taps("unsure")


def _time(patient: Patient) -> None:
    patient.says("my lower back burns", *BACK, intents=("describe_symptom",), duration_days=90)
    patient.taps("fix.time")


def _left_open(patient: Patient) -> None:
    _until("findings")(patient)
    patient.says("sore when I press it", mention("tenderness", "sore when I press it"))


STATES: Mapping[str, Step] = {
    "where": _nowhere,
    "time": _time,
    "clarify.limb_weakness": _doubtful,
    "safety.cauda_equina": _back,
    "safety.unsure1": _unsure,
    "safety.first": _neck,
    "safety.second": _until("safety.second"),
    "pattern": _until("pattern", _neck),
    "who": _until("who"),
    "findings": _until("findings"),
    "findings.rest": _left_open,
    "background": _until("background"),
    "booking.offer": _until("booking.offer"),
    "booking.contact": _until("booking.contact"),
    "booking.name": _until("booking.name"),
    "booking.times": _until("booking.times"),
    "booking.voicemail": _until("booking.voicemail"),
    "booking.payer": _until("booking.payer"),
    "precautions": _until("precautions"),
    "urgent.contact": _urgent,
}
"""By the id of the question that waits."""
