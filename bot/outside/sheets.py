"""Sheets of paper as PDF: real text in a font of our own, whatever a patient has written."""

import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

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
PAGES = "{  }"
"""Filled in at the end with how many pages there are; two spaces in a row never come from a text, see `shown`."""
PLAIN_SIZE, SMALL_SIZE, HEADING_SIZE, TITLE_SIZE = 11, 9, 13, 18


@dataclass(frozen=True)
class Imprint:
    """What is the same on every sheet, and what the file says of itself."""

    title: str
    clinic: str
    foot: str
    language: str


class Sheets(FPDF):
    """Sheets with a foot and the page's number on each; remembers whether it had to replace signs."""

    def __init__(self, imprint: Imprint) -> None:
        super().__init__(format="letter")
        self.replaced = False
        for style, file in FILES.items():
            self.add_font(FAMILY, style, FONTS / file)
        self._signs = _signs(self)
        self._foot = self.shown(imprint.foot)
        self.set_title(self.shown(imprint.title))
        self.set_author(self.shown(imprint.clinic))
        self.set_lang(imprint.language)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.str_alias_nb_pages = PAGES
        self.add_page()

    def footer(self) -> None:
        """The foot and the page's number at the end of each sheet."""
        self.set_y(-MARGIN + LINE)
        self.set_font(FAMILY, size=8)
        self.cell(0, LINE, f"{self._foot} · {self.page_no()}/{PAGES}", align="C")

    def heading(self, text: str, *, size: int) -> None:
        """A heading, which is also a bookmark."""
        self.ln(2)
        shown = self.shown(text)
        self.start_section(shown)
        self._write(shown, style="B", size=size)

    def text(self, text: str) -> None:  # type: ignore[override]  # FPDF's own text() places words by hand, which nothing here does
        """A paragraph."""
        self._write(self.shown(text), style="", size=PLAIN_SIZE)

    def bold(self, text: str) -> None:
        """A line that stands out."""
        self._write(self.shown(text), style="B", size=PLAIN_SIZE)

    def small(self, text: str) -> None:
        """A line of less weight, such as who said something and when."""
        self._write(self.shown(text), style="", size=SMALL_SIZE)

    def said(self, text: str) -> None:
        """Somebody's words, line by line as they were written."""
        for line in text.splitlines() or ("",):
            self.text(line)

    def pairs(self, rows: tuple[tuple[str, str], ...]) -> None:
        """A label in bold before each value."""
        for label, value in rows:
            self.bold(label[:1].upper() + label[1:])
            self.text(value)

    def inline(self, label: str, value: str) -> None:
        """A label in bold and its value after it, in one paragraph."""
        self.set_font(FAMILY, "B", PLAIN_SIZE)
        shown = self.shown(label)
        self.write(LINE, f"{shown[:1].upper()}{shown[1:]}: ")
        self.set_font(FAMILY, "", PLAIN_SIZE)
        self.write(LINE, self.shown(value))
        self.ln(LINE)

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
        self.multi_cell(0, LINE * size / PLAIN_SIZE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _signs(paper: FPDF) -> Set[int]:
    """The signs that both weights of the font have."""
    regular, bold = (paper.fonts[f"{FAMILY.lower()}{style}"].cmap for style in FILES)  # type: ignore[union-attr]  # both are TrueType
    return set(regular) & set(bold)
