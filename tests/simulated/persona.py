"""A simulated patient: who they are, what is true of them, and the words they have for it.

Each file of `personas/` holds a list of people. A person is written by someone who does not know what Needlepoint
understands; a program (conversation.py) is them: it opens the chat with one of their `opening` messages and answers
every question from their `truth`, in their `says`. So that a wrong end can only be Needlepoint's:

* the words agree with the truth: nothing in `opening` or `says` tells what `truth` denies (only a finding in `changes`
  may be told the other way first), and safety items that are not listed are not true and not hinted at;
* every answer is true and makes sense alone, for answers are picked at random and joined;
* `truth.findings` holds all seven: present, absent, or unknown (they do not know, or it cannot be told). Swelling is
  only what lies beside the spine: for a knee it is unknown.

`style` says how they talk: typos are put into what a `typos` person types, `rambling` ones add their `filler`,
`contradicting` ones say the opposite first, `asks_back` ones ask something before they answer, `impatient` and `terse`
ones tap and send numbers, `abusive` ones curse in their own `interruptions`, `changes_mind` ones take back what
`changes` lists. `ends` says how their talk must end. persona_file.py refuses whatever does not fit this.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = tuple[str, ...]
"""Ways to say the same; one is picked."""

FINDINGS = (
    "pain",
    "muscle_spasm",
    "tenderness",
    "swelling",
    "temperature_change",
    "sweating_change",
    "altered_sensation",
)
PRESENCES = ("present", "absent", "unknown")
ENDS = ("result", "emergency", "crisis", "dropped_out", "human", "information", "call_back")
DISPOSITIONS = ("physio_exam", "see_doctor", "same_day", "information")
STYLES = (
    *("plain", "terse", "rambling", "contradicting", "impatient", "asks_back", "typos", "changes_mind", "drops_out"),
    *("abusive", "wants_human", "youth", "proxy", "other_language", "returning"),
)
WHO = (
    *("me_under_19", "me_19_49", "me_50_64", "me_65_plus"),
    *("other_under_19", "other_19_49", "other_50_plus"),
)
IMAGING = ("none", "normal", "abnormal", "booked")
PATTERN = ("same_for_months", "began_lately", "getting_worse", "sudden_new", "unsure")
BACKGROUND = (
    *("scan_none", "scan_normal", "scan_abnormal", "scan_booked"),
    *("tried_treatment", "stops_work", "stops_sleep", "stops_sport"),
)
CHECKED = ("worse", "checked", "unchecked", "unsure")
CONTROLS = (
    *("go_back", "change", "start_over", "repeat", "why_asking", "show_summary", "talk_to_person"),
    *("what_do_you_know", "delete_my_data", "stop_messages", "book_exam"),
)
KINDS = ("faq", "control", "remark")
BARE = frozenset({"no", "nope", "nah", "naw", "n", "yes", "yep", "yeah", "y", "ya"})


def tells(words: str) -> bool:
    """The words say what they speak of, so that they make sense beside others; a bare "no" does not."""
    return words.casefold().strip(" .!") not in BARE


@dataclass(frozen=True)
class Truth:
    """What is true of a person in the end; `safety` lists what is new, or newly worse, unless `checked` says other."""

    findings: Mapping[str, str]
    regions: Words
    who: str | None = None
    duration_days: int | None = None
    imaging: str | None = None
    pattern: str | None = None
    background: Words = ()
    severity: int | None = None
    precautions: Words = ()
    safety: Words = ()
    checked: str | None = None
    flags: Words = ()
    may_flag: Words = ()


@dataclass(frozen=True)
class Says:
    """The words that a person has for what is true of them."""

    yes_to: Mapping[str, Words] = field(default_factory=dict)
    no_to: Mapping[str, Words] = field(default_factory=dict)
    all: Words = ()
    safety: Mapping[str, Words] = field(default_factory=dict)
    none: Words = ()
    unsure: Words = ()
    yes: Words = ()
    no: Words = ()
    where: Words = ()
    who: Words = ()
    pattern: Words = ()
    background: Words = ()
    checked: Words = ()
    contact: Words = ()
    filler: Words = ()


@dataclass(frozen=True)
class Change:
    """A finding that is first told the wrong way and then taken back, `at` a question or at the one that follows."""

    finding: str
    first: str
    says: Words
    at: int | None = None


@dataclass(frozen=True)
class Interruption:
    """What is said instead of an answer to question number `at`, or in one message with it."""

    at: int
    kind: str
    say: Words = ()
    tap: str | None = None
    topic: str | None = None
    means: str | None = None
    confirm: str | None = None
    with_answer: bool = False

    @property
    def wish(self) -> str | None:
        """The control that it asks for, by a tap or in words."""
        return (self.tap or self.means) if self.kind == "control" else None


@dataclass(frozen=True)
class Persona:
    """A simulated patient."""

    name: str
    style: Words
    opening: Words
    truth: Truth
    says: Says
    ends: str
    disposition: Words = ()
    changes: tuple[Change, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    drops_out_after: int | None = None
