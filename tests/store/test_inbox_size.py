"""The inbox costs the same at 30,000 inquiries as at 1,000; `make soak` measures 1,000,000, and PostgreSQL too."""

from pathlib import Path

import pytest

from scripts.soak_inbox import ALLOWED, measure, sqlite_pair

LARGE = 30_000


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.timeout(300)
def test_no_filter_costs_more_than_half_again_as_much_at_thirty_times_the_inquiries(tmp_path: Path) -> None:
    costs = measure(*sqlite_pair(tmp_path, LARGE), rounds=20)
    assert {one.name: round(one.times, 2) for one in costs if one.times > ALLOWED} == {}
