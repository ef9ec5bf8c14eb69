"""`needlepoint sign`: what a reviewer is about to sign, and the signature kept in the clinic's own file."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.cli.data_in_force import DataInForce
from bot.cli.knowledge import faults
from bot.errors import KnowledgeError
from bot.knowledge.review import review_of
from bot.knowledge.rules_table import RuleTable, described, rule_table
from bot.knowledge.signatures import Signature, add_signature, read_signatures

QUESTION = "Have you read these rules, and do you sign them for this clinic?"


@dataclass(frozen=True)
class Sheet:
    """The rules before a reviewer, ready to be signed."""

    signature: Signature
    data: DataInForce
    shown: str

    def keep(self, now: datetime) -> str:
        """The signature is kept with this moment; what was done in one sentence."""
        add_signature(self.data.signatures, replace(self.signature, signed_at=now.replace(microsecond=0)))
        return f"Signed by {self.signature.name}. It is kept in {self.data.signatures}."


def sheet_for(name: str, licence: str, *, data: DataInForce, now: datetime) -> Sheet:
    """What this person signs; refused when the person, the data or the file of signatures is not in order."""
    table = rule_table(language=data.language, region=data.region, overlay=data.overlay)
    signature = _signature(name, licence, table=table, now=now)
    before = review_of(table.protocol, read_signatures(data.signatures))
    _refuse_faulty(data)
    who = f"To be signed by {signature.name}, licence {signature.licence}."
    shown = (*described(table), f"Until now: {before.sentence}.", who)
    return Sheet(signature, data, "\n".join(shown))


def _signature(name: str, licence: str, *, table: RuleTable, now: datetime) -> Signature:
    protocol = table.protocol
    return Signature(
        name=" ".join(name.split()),
        licence=" ".join(licence.split()),
        signed_at=now,
        version=protocol.version,
        language=protocol.language,
        region=protocol.region.id,
        overlay=protocol.overlay,
    )


def _refuse_faulty(data: DataInForce) -> None:
    """Nobody signs what `needlepoint check-knowledge` refuses."""
    found = faults(language=data.language, region=data.region, overlay=data.overlay)
    if found:
        raise KnowledgeError("\n".join((f"{len(found)} faults in the clinical data, which cannot be signed:", *found)))
