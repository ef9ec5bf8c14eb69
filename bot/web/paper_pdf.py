"""The result's document as a PDF."""

from bot.clinical.document import Document
from bot.outside.sheets import HEADING_SIZE, TITLE_SIZE, Imprint, Sheets


def as_pdf(document: Document, *, language: str) -> bytes:
    """The document as a file to print or to send on."""
    imprint = Imprint(document.title, document.clinic, f"{document.clinic} · {document.made}", language)
    paper = Sheets(imprint)
    paper.heading(document.title, size=TITLE_SIZE)
    paper.text(document.made)
    paper.heading(document.show, size=HEADING_SIZE)
    for line in document.lines:
        paper.text(line)
    paper.heading(f"{document.findings_title}: {document.count}", size=HEADING_SIZE)
    paper.pairs(document.rows)
    if document.notes:
        paper.heading(document.notes_title, size=HEADING_SIZE)
        paper.pairs(tuple((note.label, note.value) for note in document.notes))
    paper.text("")
    paper.text(document.foot)
    if paper.replaced:
        paper.text(document.replaced)
    return bytes(paper.output())
