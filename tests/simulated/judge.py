"""What was wrong with a conversation: each fault has a kind, by which the figures are counted, and what was found."""

from typing import Any

from tests.simulated.course import Course
from tests.simulated.details import details
from tests.simulated.fault import DEAD_END, DISPOSITION, END, EXTRA, MISSED, OVERCALLED, TALLY, TOO_MANY, Fault
from tests.simulated.lost import lost
from tests.simulated.persona import FINDINGS
from tests.simulated.repeats import repeats
from tests.simulated.reviewed import alarms_of

MOST_QUESTIONS = 12
ENDED_WELL = {
    "crisis": ("emergency",),
    "dropped_out": ("dropped_out", "result", "stopped"),
    "human": ("human", "call_back", "stopped"),
    "information": ("information", "stopped"),
}
"""How the program may have seen a talk end whose persona ends so; any other: by the same name."""
ALARMING = ("emergency", "crisis")


def judge(course: Course, *, phone: str) -> tuple[Fault, ...]:
    """Everything that was wrong with this conversation; `phone` is the clinic's, told to who wants a person."""
    faults = [*_end(course, phone), *repeats(course.exchanges), *lost(course.exchanges)]
    if len(course.questions) > MOST_QUESTIONS:
        faults.append(Fault(TOO_MANY, f"{len(course.questions)}: {', '.join(course.questions)}"))
    if course.end == "result" and course.persona.ends == "result":
        faults += [*_tally(course), *_disposition(course), *details(course)]
    if course.persona.ends in ("result", "emergency", "crisis") and course.known:
        faults += _flags(course)
    return tuple(faults)


def _end(course: Course, phone: str) -> list[Fault]:
    wanted, ended = course.persona.ends, course.end
    if ended == "dead_end":
        return [Fault(DEAD_END, f"after {len(course.exchanges)} messages")]
    if ended not in ENDED_WELL.get(wanted, (wanted,)):
        return [Fault(END, f"{ended} and not {wanted}")]
    if wanted in ALARMING and course.known["disposition"] != wanted:
        kind = OVERCALLED if course.known["disposition"] == "emergency" else END
        return [Fault(kind, f"told as {course.known['disposition']} and not as {wanted}")]
    said = " ".join(reply["text"] for reply in course.exchanges[-1].replies)
    if ended == "human" and phone not in said:
        return [Fault(END, "who wants a person is not told how to reach one")]
    if wanted == "information" and course.questions:
        return [Fault(END, f"screened who only asks: {', '.join(course.questions)}")]
    return []


def _tally(course: Course) -> list[Fault]:
    not_told = {finding for exchange in course.exchanges for finding in exchange.sent.partly}
    faults = []
    for finding in FINDINGS:
        truth, known = course.persona.truth.findings[finding], course.known["findings"][finding]["presence"]
        fair = {truth, "absent"} if truth == "unknown" else {truth, "unknown"} if finding in not_told else {truth}
        if known not in fair:
            faults.append(Fault(TALLY, f"{finding} is {truth} and was taken for {known}"))
    return faults


def _disposition(course: Course) -> list[Fault]:
    told = course.known["disposition"]
    return (
        [] if told in course.persona.disposition else [Fault(DISPOSITION, f"{told}, not {course.persona.disposition}")]
    )


def _flags(course: Course) -> list[Fault]:
    truth = course.persona.truth
    raised = {flag["class"] for flag in course.known["red_flags"] if _counts(flag)}
    alarms = alarms_of(truth.safety)
    expected = set(truth.flags or alarms)
    ends_at_once = course.persona.ends in ALARMING
    missed = expected - raised if not ends_at_once or not expected & raised else set()
    extra = raised - expected - set(truth.may_flag) - set(alarms)
    return [Fault(MISSED, flag) for flag in sorted(missed)] + [Fault(EXTRA, flag) for flag in sorted(extra)]


def _counts(flag: dict[str, Any]) -> bool:
    return not flag["ask"] and flag["level"] != "none"
