"""Web reads on Python 3.12 and rasa on 3.10, with different releases of spaCy: both must read every sentence alike."""

import subprocess
import sys

import pytest

from scripts.environments import APP, RASA, Environment
from scripts.reading_corpora import ROOT

COMMAND = ("-W", "ignore", "-m", "scripts.reading_digest")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="compared once, from the newer Python")
def test_both_pythons_read_every_sentence_alike() -> None:
    app, rasa = _lines(APP), _lines(RASA)
    assert len(app) > 4_000
    assert [line for line, other in zip(app, rasa, strict=True) if line != other] == []


def _lines(env: Environment) -> list[str]:
    command = [str(env.interpreter(ROOT)), *COMMAND]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
