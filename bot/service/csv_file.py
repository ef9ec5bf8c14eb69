"""CSV files that a spreadsheet shows and never runs: every export of the desk and the command line is made here."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import batched, chain

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"
"""Before the first letter, by it a spreadsheet knows that the letters are UTF-8."""
PORTION = 250
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Where a cell begins so, a spreadsheet may take it for a formula; the last four are the wide forms of the first."""

Cell = str | int | float | bool | None


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The file line by line, so that it never stands in memory whole."""
    yield _line(header)
    for row in rows:
        yield _line(row)


def spreadsheet(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The same for people who open it in a spreadsheet, so many lines at once that a long file is sent in few steps."""
    for lines in batched(chain([BOM], csv_lines(header, rows)), PORTION):
        yield "".join(lines)


def harmless(cell: Cell) -> Cell:
    """The cell; text that a spreadsheet might run has an apostrophe before it, which makes it text."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0\ufeff").startswith(BEGINS_FORMULA):
        return f"'{cell}"
    return cell


def _line(row: Sequence[Cell]) -> str:
    out = StringIO()
    csv.writer(out).writerow([harmless(cell) for cell in row])
    return out.getvalue()
