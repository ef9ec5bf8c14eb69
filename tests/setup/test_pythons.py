"""Both Pythons are found wherever a machine keeps them, and only those that really run count."""

import pytest

from scripts.pythons import find_python, find_pythons
from scripts.quietly import SetupFailed
from tests.setup.machine import program, python, refusing_shim


def test_a_python_on_path_is_found(tmp_path):
    found = python(tmp_path / "python3.12", "3.12")
    assert find_python("3.12", {"PATH": str(tmp_path)}) == str(found)


def test_a_shim_that_refuses_is_not_a_python(tmp_path):
    refusing_shim(tmp_path / "shims" / "python3.10")
    real = python(tmp_path / "late" / "python3.10", "3.10")
    assert find_python("3.10", {"PATH": f"{tmp_path}/shims:{tmp_path}/late"}) == str(real)


def test_a_python_is_asked_for_its_version_and_not_believed_for_its_name(tmp_path):
    python(tmp_path / "python3.10", "3.11")
    assert find_python("3.10", {"PATH": str(tmp_path)}) is None


def test_another_implementation_is_passed_over(tmp_path):
    program(tmp_path / "python3.10", "echo pypy 3.10 /somewhere")
    assert find_python("3.10", {"PATH": str(tmp_path)}) is None


@pytest.mark.parametrize("variable", ["HOME", "PYENV_ROOT"])
def test_the_newest_release_under_pyenv_is_found_with_nothing_on_path(tmp_path, variable):
    root = tmp_path / ".pyenv"
    for release in ("3.12.9", "3.12.10", "3.11.2"):
        python(root / "versions" / release / "bin" / "python", release.rpartition(".")[0])
    place = {"HOME": tmp_path, "PYENV_ROOT": root}[variable]
    expected = root / "versions" / "3.12.10" / "bin" / "python"
    assert find_python("3.12", {"PATH": "", variable: str(place)}) == str(expected)


def test_the_python_a_person_names_comes_before_all_others(tmp_path):
    python(tmp_path / "python3.12", "3.12")
    named = python(tmp_path / "mine" / "snake", "3.12")
    assert find_python("3.12", {"PATH": str(tmp_path), "NEEDLEPOINT_PYTHON312": str(named)}) == str(named)


def test_a_wrongly_named_python_is_an_error_and_not_a_guess(tmp_path):
    python(tmp_path / "python3.12", "3.12")
    with pytest.raises(SetupFailed, match="NEEDLEPOINT_PYTHON312 names /no/such/python"):
        find_python("3.12", {"PATH": str(tmp_path), "NEEDLEPOINT_PYTHON312": "/no/such/python"})


def test_a_python_that_uv_knows_is_used(tmp_path):
    known = python(tmp_path / "kept" / "python", "3.10")
    uv = program(tmp_path / "uv", f'[ "$2" = find ] && echo {known}')
    assert find_pythons(["3.10"], {"PATH": ""}, lambda: str(uv)) == {"3.10": str(known)}


def test_uv_fetches_a_python_that_is_nowhere(tmp_path, capsys):
    absent = python(tmp_path / "fetched" / "python", "3.10")
    absent.chmod(0o644)
    uv = program(
        tmp_path / "uv", f"case $2 in install) chmod +x {absent};; find) [ -x {absent} ] && echo {absent};; esac"
    )
    assert find_pythons(["3.10"], {"PATH": "/bin"}, lambda: str(uv)) == {"3.10": str(absent)}
    assert "asking uv to fetch it" in capsys.readouterr().out


def test_uv_is_not_asked_for_when_both_are_there(tmp_path):
    for version in ("3.12", "3.10"):
        python(tmp_path / f"python{version}", version)
    found = find_pythons(["3.12", "3.10"], {"PATH": str(tmp_path)}, lambda: pytest.fail("uv was asked for"))
    assert list(found) == ["3.12", "3.10"]


@pytest.mark.parametrize("uv", [None, "/no/such/uv", "/bin/false"])
def test_without_any_python_one_sentence_names_three_remedies(uv):
    with pytest.raises(SetupFailed) as failure:
        find_pythons(["3.12", "3.10"], {"PATH": ""}, lambda: uv)
    sentence = str(failure.value)
    assert sentence.startswith("Python 3.12 and Python 3.10 could not be found or fetched: ")
    for remedy in (
        "package manager or pyenv",
        "let uv download it",
        "set NEEDLEPOINT_PYTHON312 and NEEDLEPOINT_PYTHON310",
    ):
        assert remedy in sentence
    assert sentence.count(". ") == 0
    assert "\n" not in sentence
