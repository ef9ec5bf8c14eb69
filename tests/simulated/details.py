"""What is known beside the findings: for whom, since when, which scans; and how far the progress shown was off."""

from tests.simulated.course import BESIDE, Course
from tests.simulated.fault import DETAIL, PROGRESS, Fault

MOST_OFF = 2
"""Questions by which the progress shown may differ from those that came."""
CLOSE = 2.0
"""A time is right within this factor: people round."""


def details(course: Course) -> list[Fault]:
    """Details that differ from the truth; what was never told may be missing."""
    truth, known = course.persona.truth, course.known
    found = []
    if truth.who and known["who"] not in (truth.who, None):
        found.append(f"who is {truth.who} and was taken for {known['who']}")
    scans = None if truth.imaging == "none" else truth.imaging
    if known["imaging"] not in (scans, None):
        found.append(f"imaging is {truth.imaging} and was taken for {known['imaging']}")
    days, told = truth.duration_days, known["duration_days"]
    if days and told and not days / CLOSE <= told <= days * CLOSE:
        found.append(f"it is {days} days and was taken for {told}")
    return [*(Fault(DETAIL, what) for what in found), *_progress(course)]


def _progress(course: Course) -> list[Fault]:
    asked = len(course.questions)
    replies = [reply for exchange in course.exchanges for reply in exchange.replies if reply["kind"] == "question"]
    shown = {
        reply["data"]["progress"]["of"]
        for reply in replies
        if (reply.get("data") or {}).get("progress") and not (reply["question"] or "").startswith(BESIDE)
    }
    return [Fault(PROGRESS, f"of {of}, and {asked} came") for of in sorted(shown) if abs(of - asked) > MOST_OFF]
