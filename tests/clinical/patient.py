"""A patient at the keyboard for the clinical tests: says and taps things, and remembers every reply."""

from dataclasses import dataclass, field

from bot.clinical.advance import Turn, advance
from bot.clinical.encounter import Encounter
from bot.clinical.event import Chose, Facts, Intent, Said
from bot.clinical.protocol import Protocol
from bot.clinical.reading import ContactDetails, Mention, Reading, RedFlag
from bot.clinical.reply import Reply
from bot.clinical.vocabulary import Answer, Finding, FlagClass, Imaging, Level, Onset, Presence, Region, Side
from bot.clinical.voice import Voice


def mention(
    finding: str, text: str, *, presence: str = "present", regions: tuple[str, ...] = (), side: str | None = None
) -> Mention:
    """A mention as the reader would make it."""
    places = tuple(Region(region) for region in regions)
    where = Side(side) if side else None
    return Mention(Finding(finding), Presence(presence), text, 0, len(text), regions=places, side=where)


def red_flag(name: str, level: str, *, text: str = "the words", ask: bool = False, onset: str = "new") -> RedFlag:
    """A flag as the screen would raise it; a doubtful one has `level` as the level of its row."""
    shown = Level.NONE if ask else Level(level)
    return RedFlag(FlagClass(name), shown, Onset(onset), text, ask=ask, rule=f"text:{name}", row_level=Level(level))


BACK = (
    mention("pain", "burning pain in my lower back", regions=("lower_back",)),
    mention("muscle_spasm", "the muscles are tight"),
    mention("temperature_change", "my left foot feels cold", regions=("ankle_foot",), side="left"),
    mention("swelling", "no swelling", presence="absent"),
)
HEADACHE = (
    mention("muscle_spasm", "my neck is tight", regions=("neck",)),
    mention("pain", "headaches", regions=("head",)),
)


@dataclass
class Patient:
    """One conversation with `advance`; `turn` is the last turn."""

    facts: Facts
    protocol: Protocol
    encounter: Encounter = field(default_factory=Encounter)
    replies: list[Reply] = field(default_factory=list)
    turn: Turn | None = None
    count: int = 0

    @property
    def voice(self) -> Voice:
        """How the clinical code speaks to this patient."""
        return Voice(self.protocol, self.facts)

    def says(
        self,
        text: str,
        *mentions: Mention,
        flags: tuple[RedFlag, ...] = (),
        intents: tuple[str, ...] = (),
        answer: Answer | None = None,
        contact: ContactDetails | None = None,
        duration_days: int | None = None,
        imaging: Imaging | None = None,
        age: int | None = None,
    ) -> Turn:
        """The turn after a typed message, read as given."""
        regions = tuple(dict.fromkeys(region for one in mentions for region in one.regions))
        reading = Reading(
            text=text,
            mentions=mentions,
            regions=regions,
            answer=answer,
            contact=contact or ContactDetails(),
            duration_days=duration_days,
            imaging=imaging,
            age=age,
        )
        names = tuple(Intent(name, 0.9) for name in intents)
        return self._advance(Said(self._id(), reading, flags, names))

    def taps(self, *choices: str) -> Turn:
        """The turn after tapping choices."""
        return self._advance(Chose(self._id(), choices))

    @property
    def asked(self) -> str | None:
        """The id of the question that waits."""
        return self.encounter.open_question.id if self.encounter.open_question else None

    @property
    def last(self) -> Reply:
        """The last reply."""
        return self.replies[-1]

    def _id(self) -> str:
        self.count += 1
        return f"message-{self.count}"

    def _advance(self, event: Said | Chose) -> Turn:
        self.turn = advance(self.encounter, event, self.facts, self.protocol)
        self.encounter = self.turn.encounter
        self.replies.extend(self.turn.replies)
        return self.turn


def answer_routinely(patient: Patient) -> None:
    """Tap the ordinary answer to whatever is asked until the result is given."""
    ordinary = {"who": "me_19_49", "pattern": "same_for_months", "background": "skip"}
    for _ in range(20):
        if patient.asked is None or patient.asked.startswith("booking"):
            return
        patient.taps(ordinary.get(patient.asked, "none"))
