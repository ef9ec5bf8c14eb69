"""The commands of the project explain themselves, and continuous integration runs what a developer runs."""

import re
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path("Makefile").read_text(encoding="utf-8")
TARGETS = " ".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)).split()


@pytest.mark.parametrize("target", TARGETS)
def test_make_help_explains_every_target(target):
    shown = subprocess.run(["make", "help"], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^  make {target} +\S", shown, re.MULTILINE)


def test_continuous_integration_calls_exactly_make_test():
    commands = [line for line in Path(".ci/run").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_missing_system_packages_are_named_in_one_line(tmp_path):
    environ = {"PATH": str(tmp_path), "CI": "false"}
    done = subprocess.run(
        ["/bin/bash", "scripts/system_packages.sh"], env=environ, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) <= 1
    assert "chromium" in done.stdout
