"""The loaded, reviewed knowledge in force: safety items and sets, pair rules, wording and regional facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.clinical.vocabulary import Finding, FlagClass, Level, Region


@dataclass(frozen=True)
class SafetyItem:
    """One line of a safety checklist.

    `level` is the item's level when it is ticked as new; NONE means that it counts in pair rules only.
    `unsure_level` is what still not being sure after the follow-up leads to.
    """

    id: str
    flag_class: FlagClass | None
    level: Level
    unsure_level: Level
    label: str
    plain: str
    source: str
    words: tuple[str, ...] = ()
    """Words by which a patient names the item in a typed answer."""


@dataclass(frozen=True)
class SafetySet:
    """Which items a region needs: `first` before anything else, `second` before the result."""

    id: str
    regions: tuple[Region, ...]
    cauda_equina: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    asks_pattern: bool
    for_unknown: bool = False
    """The set is asked when no region is known."""
    numb_regions: tuple[Region, ...] = ()
    """Places where altered sensation alone calls for the set ("a numb leg anywhere")."""
    unless: tuple[str, ...] = ()
    """Sets that ask enough already: with one of them this set is left out."""

    def covers(self, regions: Iterable[Region]) -> bool:
        """The set is asked about at least one of these regions."""
        return not set(regions).isdisjoint(self.regions)


@dataclass(frozen=True)
class PairRule:
    """Signs that are weak alone and count together; tokens as in bot.clinical.pairs."""

    id: str
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    flag_class: FlagClass
    level: Level
    source: str


@dataclass(frozen=True)
class RegionFacts:
    """Numbers and names of the place where the clinic is; the only source of numbers in patients' texts."""

    id: str
    name: str
    country: str
    emergency_number: str
    nurse_line: str
    crisis_line: str
    walk_in: str
    age_of_majority: int


@dataclass(frozen=True)
class OtherLanguage:
    """A language that is not the clinic's: its name for staff, and what its writer is told; None without own texts."""

    name: str
    told: str | None = None
    short: str | None = None
    thanks: str | None = None


@dataclass(frozen=True)
class PlaybookStep:
    """One thing that staff do and tick; `say` are words to say."""

    id: str
    text: str
    say: str | None = None


@dataclass(frozen=True)
class Playbook:
    """What staff do about inquiries of one level, in order; `who` calls, `visit` is what to book, None for nothing."""

    id: str
    title: str
    who: str
    steps: tuple[PlaybookStep, ...]
    visit: str | None
    source: str

    def key(self, step: PlaybookStep) -> str:
        """The name under which a tick of this step is kept."""
        return f"{self.id}/{step.id}"


@dataclass(frozen=True)
class CannedReply:
    """A text that staff may put into a message to a patient; `nameless` where no name is known. Both have holes."""

    id: str
    title: str
    text: str
    nameless: str


@dataclass(frozen=True)
class Protocol:
    """Everything `advance` needs to know that a clinician can review, with a version that names exactly this state."""

    version: str
    language: str
    region: RegionFacts
    items: Mapping[str, SafetyItem]
    sets: tuple[SafetySet, ...]
    pair_rules: tuple[PairRule, ...]
    precautions: Mapping[str, str]
    precaution_taps: Mapping[str, tuple[str, ...]]
    wording: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    finding_labels: Mapping[Finding, str]
    finding_questions: Mapping[Finding, str]
    region_labels: Mapping[Region, str]
    where_choices: Mapping[str, tuple[Region, ...]]
    faq: Mapping[str, str]
    scan_words: tuple[str, ...]
    """Words that name scans; no text that holds one is said with a red flag."""
    overlay: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How answers are worded, by kind ("except", "checked", "question", ...)."""
    faq_sources: Mapping[str, str] = field(default_factory=dict)
    """Where the answer to a question about the clinic comes from, in words for patients, by topic."""
    languages: Mapping[str, OtherLanguage] = field(default_factory=dict)
    """Languages that are not the clinic's, by their tag."""
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    """What staff do about an inquiry, by its level; with those of unfinished screenings and returning patients."""
    canned: Mapping[str, CannedReply] = field(default_factory=dict)
    """What staff may put into a message to a patient, by id."""
