"""A stamp is current until an input changes."""

from scripts.stamp import fingerprint, is_current


def test_a_changed_a_new_and_a_removed_file_each_change_the_fingerprint(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nlu.yml").write_text("one")
    seen = {fingerprint(tmp_path, ["data", "config.yml"])}
    (tmp_path / "data" / "nlu.yml").write_text("two")
    seen.add(fingerprint(tmp_path, ["data", "config.yml"]))
    (tmp_path / "config.yml").write_text("new")
    seen.add(fingerprint(tmp_path, ["data", "config.yml"]))
    (tmp_path / "data" / "nlu.yml").unlink()
    seen.add(fingerprint(tmp_path, ["data", "config.yml"]))
    assert len(seen) == 4


def test_what_python_caches_changes_nothing(tmp_path):
    before = fingerprint(tmp_path, ["bot"])
    (tmp_path / "bot" / "__pycache__").mkdir(parents=True)
    (tmp_path / "bot" / "__pycache__" / "x.pyc").write_bytes(b"cached")
    assert fingerprint(tmp_path, ["bot"]) == before


def test_a_clone_that_was_moved_is_built_again(tmp_path):
    assert fingerprint(tmp_path / "here", ["a"]) != fingerprint(tmp_path / "there", ["a"])


def test_a_missing_stamp_is_not_current(tmp_path):
    assert not is_current(tmp_path / "stamp", "abc")
    (tmp_path / "stamp").write_text("abc")
    assert is_current(tmp_path / "stamp", "abc")
