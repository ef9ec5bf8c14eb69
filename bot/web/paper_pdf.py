"""The result's document as a PDF: real text in a font of our own, whatever a patient has written."""

import unicodedata
from collections.abc import Set
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.clinical.document import Document

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
MARGIN = 20
LINE = 6
BOX = "□"
"""Stands for what the font cannot show, or shows wrongly: letters written from right to left, and most pictures."""
RIGHT_TO_LEFT = ("R", "AL", "AN")
UNSEEN = ("Cc", "Cf", "Mn", "Me")
"""Control and joining signs, and marks on letters: without a glyph they are left out and not shown as a box."""


def as_pdf(document: Document, *, language: str) -> bytes:
    """The document as a file to print or to send on."""
    paper = _Paper(document, language=language)
    paper.heading(document.title, size=18)
    paper.text(document.made)
    paper.heading(document.show, size=13)
    for line in document.lines:
        paper.text(line)
    paper.heading(f"{document.findings_title}: {document.count}", size=13)
    paper.pairs(document.rows)
    if document.notes:
        paper.heading(document.notes_title, size=13)
        paper.pairs(tuple((note.label, note.value) for note in document.notes))
    paper.text("")
    paper.text(document.foot)
    if paper.replaced:
        paper.text(document.replaced)
    return bytes(paper.output())


class _Paper(FPDF):
    """Sheets with the clinic's name and the page's number at the foot; remembers whether it had to replace signs."""

    def __init__(self, document: Document, *, language: str) -> None:
        super().__init__(format="letter")
        self.replaced = False
        for style, file in FILES.items():
            self.add_font(FAMILY, style, FONTS / file)
        self._signs = _signs(self)
        self._foot = self.shown(f"{document.clinic} · {document.made}")
        self.set_title(self.shown(document.title))
        self.set_author(self.shown(document.clinic))
        self.set_lang(language)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        # No sign is filled in later: a patient may have written it.
        self.str_alias_nb_pages = ""
        self.add_page()

    def footer(self) -> None:
        """Clinic, date and page at the foot of each sheet."""
        self.set_y(-MARGIN + LINE)
        self.set_font(FAMILY, size=8)
        self.cell(0, LINE, f"{self._foot} · {self.page_no()}", align="C")

    def heading(self, text: str, *, size: int) -> None:
        """A heading, which is also a bookmark."""
        self.ln(2)
        shown = self.shown(text)
        self.start_section(shown)
        self._write(shown, style="B", size=size)

    def text(self, text: str) -> None:  # type: ignore[override]  # FPDF's own text() places words by hand, which nothing here does
        """A paragraph."""
        self._write(self.shown(text), style="", size=11)

    def pairs(self, rows: tuple[tuple[str, str], ...]) -> None:
        """A label in bold before each value."""
        for label, value in rows:
            self._write(self.shown(label[:1].upper() + label[1:]), style="B", size=11)
            self._write(self.shown(value), style="", size=11)

    def shown(self, text: str) -> str:
        """The text with a box for every sign that the font cannot show as it was written."""
        kept = "".join(self._sign(sign) for sign in unicodedata.normalize("NFC", text))
        return " ".join(kept.split())

    def _sign(self, sign: str) -> str:
        if sign.isspace():
            return " "
        if ord(sign) in self._signs and unicodedata.bidirectional(sign) not in RIGHT_TO_LEFT:
            return "" if unicodedata.category(sign) in ("Cc", "Cf") else sign
        if unicodedata.category(sign) in UNSEEN:
            return ""
        self.replaced = True
        return BOX

    def _write(self, text: str, *, style: str, size: int) -> None:
        self.set_font(FAMILY, style, size)
        self.multi_cell(0, LINE * size / 11, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _signs(paper: FPDF) -> Set[int]:
    """The signs that both weights of the font have."""
    regular, bold = (paper.fonts[f"{FAMILY.lower()}{style}"].cmap for style in FILES)  # type: ignore[union-attr]  # both are TrueType
    return set(regular) & set(bold)
