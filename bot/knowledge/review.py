"""Whether the clinical rules in force are signed: one sentence, the same at the desk and above the rule table."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.clinical.protocol import Protocol
from bot.knowledge.signatures import Signature

NOT_REVIEWED = "draft, not yet reviewed by a physiotherapist"


@dataclass(frozen=True)
class Review:
    """The newest signature for this language and region, beside the version in force."""

    version: str
    newest: Signature | None = None
    trouble: str = ""
    """Why nobody can tell who signed; the rules then count as a draft."""

    @property
    def is_signed(self) -> bool:
        """The newest signature is for exactly the rules in force."""
        return self.newest is not None and self.newest.version == self.version

    @property
    def sentence(self) -> str:
        """Who signed, or that it is a draft and why."""
        if self.newest is None:
            return f"{NOT_REVIEWED}; {self.trouble}" if self.trouble else NOT_REVIEWED
        who = f"{self.newest.name}, licence {self.newest.licence}"
        day = self.newest.signed_at.date().isoformat()
        if self.is_signed:
            return f"signed by {who}, on {day}"
        return f"{NOT_REVIEWED}; {who}, signed another version on {day}, and the rules in force differ from it"

    @property
    def public_sentence(self) -> str:
        """The same for those who have not signed in: without a name."""
        return "signed by a reviewer of the clinic" if self.is_signed else NOT_REVIEWED


def review_of(protocol: Protocol, signatures: Iterable[Signature]) -> Review:
    """The review of a protocol; the last line for its language and region decides, whatever clock it was signed by."""
    same = [one for one in signatures if (one.language, one.region) == (protocol.language, protocol.region.id)]
    return Review(protocol.version, same[-1] if same else None)
