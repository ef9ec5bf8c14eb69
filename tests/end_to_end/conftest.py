"""A pair that all these tests share, and one of its own for tests that break it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.pair import ROOT, Pair, Patient


@pytest.fixture(scope="session")
def built() -> None:
    """The rasa environment and a trained model, without which nothing can be run."""
    if not (ROOT / ".venv-rasa/bin/python").exists() or not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("needs `make setup`: no rasa environment or no trained model")


@pytest.fixture(scope="session")
def pair(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A running pair that every test leaves as it found it."""
    yield from _running(Pair(tmp_path_factory.mktemp("shared"), RASA_TIMEOUT="30"))


@pytest.fixture
def own_pair(built: None, tmp_path: Path) -> Iterator[Pair]:
    """A running pair that the test may break."""
    yield from _running(Pair(tmp_path))


@pytest.fixture
def meet() -> Iterator[Callable[[Pair], Patient]]:
    """Opens patients' sessions, which end with the test."""
    patients: list[Patient] = []

    def open_session(pair: Pair) -> Patient:
        patients.append(Patient(pair))
        return patients[-1]

    yield open_session
    for patient in patients:
        patient.leave()


def _running(pair: Pair) -> Iterator[Pair]:
    try:
        pair.wait_ready()
        yield pair
    finally:
        pair.stop()
