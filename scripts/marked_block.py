"""A document with a part between two marks that a program writes; the rest is a person's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """The two marks; each stands in the document once."""

    begins: str
    ends: str

    def in_document(self, document: str) -> str:
        """What stands between the marks."""
        return document.split(self.begins)[1].split(self.ends)[0].strip("\n")

    def replaced(self, document: str, text: str) -> str:
        """The document with this text between its marks."""
        before, rest = document.split(self.begins)
        _, after = rest.split(self.ends)
        return f"{before}{self.begins}\n\n{text}\n\n{self.ends}{after}"
