"""The Press of the desk: a paper for staff as a PDF, with its pages numbered."""

from bot.outside.sheets import HEADING_SIZE, TITLE_SIZE, Imprint, Sheets
from bot.service.papers import Paper, Part, PartKind


class PdfPress:
    """bot.service.papers.Press with fpdf2."""

    def draw(self, paper: Paper) -> bytes:
        """The paper as a PDF; that letters could not be shown is said at its end."""
        sheets = Sheets(Imprint(paper.title, paper.clinic, paper.foot, paper.language))
        sheets.heading(paper.title, size=TITLE_SIZE)
        for part in paper.parts:
            _put(sheets, part)
        if sheets.replaced:
            sheets.text("")
            sheets.bold(paper.replaced)
        return bytes(sheets.output())


def _put(sheets: Sheets, part: Part) -> None:
    match part.kind:
        case PartKind.HEADING:
            sheets.heading(part.text, size=HEADING_SIZE)
        case PartKind.PAIR:
            sheets.inline(part.label, part.text)
        case PartKind.LINE:
            sheets.text(part.text)
        case PartKind.SAID:
            sheets.said(part.text)
        case PartKind.BY:
            sheets.small(part.text)
