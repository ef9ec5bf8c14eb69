"""The words for findings of a language: phrases by finding, and what each list of them does."""

from bot.clinical.vocabulary import Finding
from bot.knowledge.word_tables import Table
from bot.knowledge.wordfile import WordFile

LOOK_ALIKE = "look_alike"
ALSO = "+also"
DENIED = "+denied"
APART = "+apart"
LISTED = "+listed"
ASKED = "+asked"
"""Labels with these endings: phrases that let the shorter phrases inside them count too, such as deny, such as undo
what of the same finding they overlap, such as count only as an item of a list ("red, HOT, throbbing"), and such as
count only where that finding was asked about ("flat there")."""

GROUPS = {
    "phrases": "",
    "also": ALSO,
    "denied": DENIED,
    "apart": APART,
    "listed": LISTED,
    "asked": ASKED,
    "asked_denied": DENIED + ASKED,
}


def read_findings(file: WordFile) -> dict[str, tuple[str, ...]]:
    """The phrases of lexicon.yml by label: the finding, with the ending of the list that they stand in."""
    found: dict[str, tuple[str, ...]] = {LOOK_ALIKE: file.words("look_alikes")}
    for name, groups in file.mapping("findings").items():
        entry = f"findings.{name}"
        if name not in {finding.value for finding in Finding}:
            raise file.error(entry, "is no finding", f"use one of {[finding.value for finding in Finding]}")
        unknown = set(groups) - set(GROUPS) if isinstance(groups, dict) else {"?"}
        if unknown:
            raise file.error(entry, f"holds {sorted(unknown)}", f"write lists named {', '.join(GROUPS)}")
        for group, ending in GROUPS.items():
            found[name + ending] = file.listed(f"findings.{name}.{group}", groups.get(group, []))
    _refuse_shared(file, found)
    return found


def _refuse_shared(file: WordFile, found: Table) -> None:
    """Two findings may not claim one phrase, nor one word of a one-word phrase."""
    owner: dict[str, str] = {}
    for label, phrases in found.items():
        finding = label.partition("+")[0]
        for phrase in phrases:
            for claim in phrase.split("|") if " " not in phrase else (phrase,):
                if owner.setdefault(claim, finding) != finding:
                    raise file.error(f"{finding}: phrase {claim!r}", f"also belongs to {owner[claim]}", "keep one")
