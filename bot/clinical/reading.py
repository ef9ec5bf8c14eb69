"""What a reader makes of one message: mentions, red flags and the facts that belong to them."""

from dataclasses import dataclass, field

from bot.clinical.vocabulary import (
    About,
    Answer,
    Finding,
    FlagClass,
    Imaging,
    Level,
    Onset,
    Presence,
    Region,
    Side,
)


@dataclass(frozen=True)
class Mention:
    """One finding read from one message, with presence and the quoted words.

    start and end are character offsets of `text` in the message as it was read. `visceral` marks pain or cramps
    of an inner organ, throat, tooth, eye, ear or period, which no physiotherapist counts. `near_spine` says that the
    words place it beside the spine; `points_back`, that they speak of "it" or "there", and so of a place named before.
    """

    finding: Finding
    presence: Presence
    text: str
    start: int
    end: int
    about: About = About.PATIENT
    regions: tuple[Region, ...] = ()
    side: Side | None = None
    near_spine: bool = False
    points_back: bool = False
    visceral: bool = False
    implied: bool = False
    """No word of it was said: it follows from an answer to what was asked."""
    of_list: bool = False
    """Implied by words about the whole list that was asked about: "none of them", "the rest no"."""


@dataclass(frozen=True)
class RedFlag:
    """A pattern that changes the disposition, with the words that raised it.

    A doubtful flag has level NONE and `ask` True; `row_level` is then the level it would have if it were new.
    `rule` is the id of the knowledge rule or net that raised it. `unclear_words`: what is doubtful is whether the
    patient means it at all, not how long it has been so.
    """

    flag_class: FlagClass
    level: Level
    onset: Onset
    text: str
    ask: bool = False
    rule: str = ""
    row_level: Level = Level.NONE
    unclear_words: bool = False


@dataclass(frozen=True)
class ContactDetails:
    """What a patient gave to be reached: phone in E.164 form, both may be None."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Background:
    """What belongs to a complaint: what it is like, whether it is said to be new or old, who pays and which claim."""

    qualities: tuple[str, ...] = ()
    onset: Onset | None = None
    payer: str | None = None
    claim: str | None = None


@dataclass(frozen=True)
class Correction:
    """What a message sets right, or adds, if something was understood before it; a first message sets nothing right.

    `places` are where it is, `not_places` where it is not or was only said to be; `anew` says that the places stand
    instead of others, `only` that they stand alone, `adds` that they come on top. `unsore` are places said not to
    hurt: the complaint's only as far as another finding is there. `unit_days` is the unit in which the number known
    is meant ("months, not weeks"). `gone`, `there` and `repeated` are findings: said not to be there, said to be
    there after all, and only repeated ("who said tingling?").
    """

    side: Side | None = None
    other_side: bool = False
    places: tuple[Region, ...] = ()
    not_places: tuple[Region, ...] = ()
    unsore: tuple[Region, ...] = ()
    anew: bool = False
    only: bool = False
    adds: bool = False
    duration_days: int | None = None
    not_days: int | None = None
    """A time that is said not to be it: "scrap the 8 weeks"."""
    unit_days: int | None = None
    gone: tuple[Finding, ...] = ()
    there: tuple[Finding, ...] = ()
    repeated: tuple[Finding, ...] = ()


NO_CORRECTION = Correction()


@dataclass(frozen=True)
class Reading:
    """Everything read from one message, before the encounter decides what counts."""

    text: str
    mentions: tuple[Mention, ...] = ()
    regions: tuple[Region, ...] = ()
    side: Side | None = None
    duration_days: int | None = None
    severity: int | None = None
    imaging: Imaging | None = None
    precautions: tuple[str, ...] = ()
    flags: tuple[RedFlag, ...] = ()
    answer: Answer | None = None
    age: int | None = None
    bare_age: int | None = None
    """A number that is an age where one was asked for, and may be anything elsewhere."""
    for_someone: bool = False
    contact: ContactDetails = field(default_factory=ContactDetails)
    background: Background = field(default_factory=Background)
    places: tuple[Region, ...] = ()
    """Every place of the patient's body that is named, complained of or not."""
    remarked: tuple[Region, ...] = ()
    """Places that the message names, but ties to no complaint: none that comes on top of a place known before."""
    ailing: tuple[Region, ...] = ()
    """Places of which it is said in general that something is wrong there: "my knee is shot"."""
    language: str | None = None
    """The tag of the language it is written in, None where that is the clinic's or nobody can tell."""
    unfamiliar: tuple[str, ...] = ()
    """Words that are no English: beside one of them a "no" may mean anything."""
    correction: Correction | None = None
    """What it sets right in what was understood before it, None where it sets nothing right."""


def findings_of(mentions: tuple[Mention, ...]) -> dict[Finding, Presence]:
    """What the text says of the patient, finding by finding; present wins over absent within one message."""
    said: dict[Finding, Presence] = {}
    for mention in mentions:
        if mention.about is not About.PATIENT:
            continue
        known = said.get(mention.finding)
        if known is None or mention.presence is Presence.PRESENT or known is Presence.UNKNOWN:
            said[mention.finding] = mention.presence
    return said
