"""A CSV file of ours runs nothing in a spreadsheet, and loses nothing."""

import csv
import io

import pytest

from bot.service.csv_file import Cell, csv_lines, harmless


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0=", "\ufeff=", "\uff1d", "\uff0b"])
def test_text_that_a_spreadsheet_might_run_is_made_text(sign: str) -> None:
    assert harmless(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["", "plain", "a=b", "3 - 4", "'quoted", " space", 5, -5, 1.5, None, True])
def test_everything_else_stays_as_it_is(cell: Cell) -> None:
    assert harmless(cell) == cell


def test_quotes_commas_and_lines_come_back_as_they_were() -> None:
    rows = [("a,b", 'said "no"', "two\nlines", None, -3)]
    read = list(csv.reader(io.StringIO("".join(csv_lines(("=one", "2", "3", "4", "5"), rows)))))
    assert read == [["'=one", "2", "3", "4", "5"], ["a,b", 'said "no"', "two\nlines", "", "-3"]]
