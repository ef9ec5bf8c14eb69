"""What each role at the desk may do: one table, read by every page and by the test of every page."""

from collections.abc import Mapping
from enum import Enum


class Role(str, Enum):
    """What somebody at the clinic is employed as."""

    RECEPTION = "reception"
    PHYSIOTHERAPIST = "physiotherapist"
    MANAGER = "manager"
    AUDITOR = "auditor"


class Right(str, Enum):
    """One kind of thing to do at the desk."""

    READ = "read"
    """Open the inbox and inquiries."""
    WORK = "work"
    """Own, note, call and set the status of inquiries, write to patients, enter what a caller says."""
    LOWER = "lower"
    """Judge an inquiry less urgent than the screening did: a clinical decision."""
    HAND_ON = "hand_on"
    """Take one inquiry into the clinic's own system, as a paper or as a bundle."""
    EXPORT = "export"
    """Take patients' records out of the system in bulk, or all that is held of a person."""
    ERASE = "erase"
    """Erase a person's data or put it under a legal hold."""
    REPORT = "report"
    """See counts that tell of nobody in particular."""
    AUDIT = "audit"
    """Read who did what."""
    TEAM = "team"
    """Invite staff, change roles, end sessions of others."""
    SETTINGS = "settings"
    """Change what the clinic has set."""


_PATIENTS = frozenset({Right.READ, Right.WORK, Right.HAND_ON})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.RECEPTION: _PATIENTS,
    Role.PHYSIOTHERAPIST: _PATIENTS | {Right.LOWER, Right.REPORT},
    Role.MANAGER: frozenset(Right) - {Right.LOWER},
    Role.AUDITOR: frozenset({Right.AUDIT, Right.REPORT}),
}
"""A manager need not be a clinician, so lowering is a physiotherapist's; an auditor sees no patient.

Whoever works on an inquiry can copy and print it, and enters it in the clinic's own system: they may hand it on.
"""


def may(role: Role, right: Right) -> bool:
    """Whether this role may do that."""
    return right in RIGHTS[role]
