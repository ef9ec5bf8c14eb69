"""The Press of the desk: a paper for staff as a PDF, with its pages numbered."""

from dataclasses import replace

from bot.outside.sheets import HEADING_SIZE, TITLE_SIZE, Imprint, Sheets
from bot.service.papers import Paper, Part, PartKind


class PdfPress:
    """bot.service.papers.Press with fpdf2."""

    def draw(self, paper: Paper) -> bytes:
        """The paper as a PDF; it is drawn once to know how many pages there are, and once to say so on each."""
        imprint = Imprint(paper.title, paper.clinic, paper.foot, paper.language)
        pages = _drawn(paper, imprint).page_no()
        return bytes(_drawn(paper, replace(imprint, pages=pages)).output())


def _drawn(paper: Paper, imprint: Imprint) -> Sheets:
    sheets = Sheets(imprint)
    sheets.heading(paper.title, size=TITLE_SIZE)
    for part in paper.parts:
        _put(sheets, part)
    if sheets.replaced:
        sheets.text("")
        sheets.bold(paper.replaced)
    return sheets


def _put(sheets: Sheets, part: Part) -> None:
    match part.kind:
        case PartKind.HEADING:
            sheets.heading(part.text, size=HEADING_SIZE)
        case PartKind.PAIR:
            sheets.pairs(((part.label, part.text),))
        case PartKind.LINE:
            sheets.text(part.text)
        case PartKind.SAID:
            sheets.said(part.text)
        case PartKind.BY:
            sheets.small(part.text)
