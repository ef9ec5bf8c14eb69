"""One running pair for all simulated patients of a test run, each of whom talks to it once."""

import asyncio
from pathlib import Path

import pytest

from scripts.simulate import PHONE
from tests.end_to_end.pair import ROOT, Pair
from tests.simulated.crowd import hold_all
from tests.simulated.figures import Figures
from tests.simulated.persona_file import load_personas
from tests.simulated.report import write


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """What came of a conversation with each persona; the report of it lies in the run's temporary folder."""
    if not (ROOT / ".venv-rasa/bin/python").exists() or not list((ROOT / "models").glob("*.tar.gz")):
        pytest.skip("needs `make setup`: no rasa environment or no trained model")
    folder: Path = tmp_path_factory.mktemp("simulated")
    personas = load_personas()
    pair = Pair(folder, RASA_TIMEOUT="30")
    try:
        pair.wait_ready()
        figures = Figures(asyncio.run(hold_all(pair.url, personas, count=len(personas), seed=0)), phone=PHONE)
    finally:
        pair.stop()
    write(figures, folder / "report")
    return figures
