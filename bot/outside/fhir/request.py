"""What is suggested: a physiotherapist's hands-on assessment, or a call where nothing can be booked yet."""

from bot.clinical.tally import present
from bot.clinical.vocabulary import Disposition
from bot.outside.fhir.codes import DISPOSITION, SERVICE, Plain, coding, concept, known
from bot.outside.fhir.observations import OBSERVATION, place
from bot.outside.fhir.told import ANSWERS, DEVICE, PATIENT, REQUEST, Told
from bot.service.inquiry import STEP

ASSESSMENT, CALL = "hands-on-assessment", "call"
PRIORITIES = (
    (Disposition.SAME_DAY, "stat"),
    (Disposition.SEE_DOCTOR, "asap"),
    (Disposition.PHYSIO_EXAM, "urgent"),
)
"""Anything listed before the level has this priority; what is left is routine."""


def request(told: Told) -> Plain:
    """A draft and a proposal: a screening orders nothing, and staff decide."""
    service = _service(told)
    label = told.protocol.labels[f"record.{service}"]
    content = known(
        status="draft",
        intent="proposal",
        priority=priority(told.inquiry.entry.urgency),
        code=concept([coding(SERVICE, service, label)], label),
        subject=told.link(PATIENT),
        authoredOn=told.at,
        requester=told.link(DEVICE),
        reasonCode=_reason(told),
        reasonReference=[told.link(OBSERVATION, record.finding.value) for record in present(told.encounter)],
        supportingInfo=[told.link(ANSWERS)],
        bodySite=[site] if (site := place(told, told.encounter.regions)) else [],
        note=[{"text": told.words}],
    )
    return told.part("ServiceRequest", REQUEST, content=content)


def priority(urgency: int) -> str:
    """The priority of an inquiry that is listed so: by the screening, unless staff judged it otherwise."""
    return next((name for level, name in PRIORITIES if urgency < level.urgency * STEP), "routine")


def _service(told: Told) -> str:
    """Nothing is examined before an emergency is settled, and nobody is examined who named no finding."""
    level = told.inquiry.entry.level
    may_be_booked = level in (Disposition.SEE_DOCTOR, Disposition.PHYSIO_EXAM)
    return ASSESSMENT if may_be_booked and present(told.encounter) else CALL


def _reason(told: Told) -> list[Plain]:
    screened = told.encounter.disposition
    if screened is None:
        return []
    label = told.protocol.labels[f"disposition.{screened.value}"]
    return [concept([coding(DISPOSITION, screened.value, label)], label)]
