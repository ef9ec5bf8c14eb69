"""What the inquiry page shows of the playbook: every step with who did it, the next one first."""

from dataclasses import dataclass

from bot.clinical.protocol import Playbook, PlaybookStep, Protocol
from bot.service.desk_background import Background, Tick
from bot.service.desk_judgements import Judgement, Verdict, name_of
from bot.service.desk_records import Inquiry
from bot.service.inquiry import urgency_of

TAKE = "take"
"""The id of the step that is done by taking the inquiry."""


@dataclass(frozen=True)
class StepRow:
    """One step of the playbook."""

    key: str
    text: str
    say: str | None
    tick: Tick | None
    is_taking: bool = False
    """The step is to own the inquiry: done by the button that takes it, and as long as somebody has it."""
    is_done: bool = False


@dataclass(frozen=True)
class PlaybookView:
    """The playbook of an inquiry, and what the screening and the staff think of its level."""

    inquiry: Inquiry
    background: Background
    protocol: Protocol

    @property
    def playbook(self) -> Playbook:
        """The one for the level it is listed under, or for what it is instead of having a level."""
        level = self.inquiry.entry.level
        known = self.inquiry.encounter
        if level is None and known is not None and known.returning:
            return self.protocol.playbooks["returning"]
        return self.protocol.playbooks[level.value if level else "unfinished"]

    @property
    def steps(self) -> tuple[StepRow, ...]:
        """Every step, in order."""
        return tuple(self._row(one) for one in self.playbook.steps)

    @property
    def next_step(self) -> StepRow | None:
        """The first step that nobody has ticked."""
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def is_begun(self) -> bool:
        """Somebody has done a step."""
        return any(step.is_done for step in self.steps)

    def step_text(self, key: str) -> str:
        """What a ticked step was; its name where the playbooks have changed since."""
        books = self.protocol.playbooks.values()
        return next((one.text for book in books for one in book.steps if book.key(one) == key), key)

    @property
    def screened(self) -> str:
        """The id of the level that the screening itself gives."""
        known = self.inquiry.encounter
        return name_of(urgency_of(known) if known else self.inquiry.entry.urgency)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What staff thought of the level, the newest first."""
        return self.background.judgements

    @property
    def deciding(self) -> Judgement | None:
        """The judgement by which the inquiry is listed, or was until its patient's message raised it again."""
        newest = self.judgements[0] if self.judgements else None
        return newest if newest and newest.verdict is not Verdict.AGREE else None

    def _row(self, step: PlaybookStep) -> StepRow:
        key, is_taking = self.playbook.key(step), step.id == TAKE
        tick = None if is_taking else self.background.tick(key)
        is_done = self.inquiry.entry.owner_id is not None if is_taking else tick is not None
        return StepRow(key, step.text, step.say, tick, is_taking, is_done)
