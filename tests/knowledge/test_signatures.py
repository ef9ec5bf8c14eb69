"""Signatures are only ever added to, name what was signed, and hold for exactly that."""

import errno
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.protocol import Protocol
from bot.errors import SignatureError
from bot.knowledge import load_protocol
from bot.knowledge.loader import load_from
from bot.knowledge.review import NOT_REVIEWED, review_of
from bot.knowledge.signatures import add_signature, read_signatures
from tests.knowledge.signing import SIGNED_AT, signed

SIGNED = "signed by Ana Reyes, licence PT 12345, on 2026-11-22"


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load_protocol()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "signatures.jsonl"


def loaded(root: Path, overlay: Path | None = None) -> Protocol:
    return load_from(root, language="en", region="ca-bc", overlay=overlay)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_signature_holds_name_licence_moment_and_what_was_signed(file: Path, protocol: Protocol) -> None:
    add_signature(file, signed(protocol))
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "name": "Ana Reyes",
        "licence": "PT 12345",
        "signed_at": "2026-11-22T09:00:00-08:00",
        "version": protocol.version,
        "language": "en",
        "region": "ca-bc",
        "overlay": None,
    }
    assert read_signatures(file) == (signed(protocol),)


def test_nobody_has_signed_before_there_is_a_file(file: Path, protocol: Protocol) -> None:
    assert read_signatures(file) == ()
    assert review_of(protocol, ()).sentence == NOT_REVIEWED


def test_two_signatures_are_both_kept_and_the_newest_counts(file: Path, protocol: Protocol) -> None:
    first, second = signed(protocol), signed(protocol, name="Bo Äkäsén 李", licence="9")
    add_signature(file, first)
    before = file.read_bytes()
    add_signature(file, second)
    assert read_signatures(file) == (first, second)
    assert file.read_bytes().startswith(before)
    assert review_of(protocol, read_signatures(file)).sentence.startswith("signed by Bo Äkäsén 李, licence 9,")


def test_twenty_who_sign_at_once_are_all_kept(file: Path, protocol: Protocol) -> None:
    names = [f"Reviewer {number}" for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: add_signature(file, signed(protocol, name=name)), names))  # each opens the file anew
    assert sorted(one.name for one in read_signatures(file)) == sorted(names)


@pytest.mark.parametrize("changed", ["pair_rules.yml", "en/flags/cancer.yml", "en/wording.yml", "regions/ca-bc.yml"])
def test_a_change_of_one_file_makes_it_a_draft_again_and_says_who_signed_before(changed: str, root: Path) -> None:
    signatures = [signed(loaded(root))]
    assert review_of(loaded(root), signatures).sentence == SIGNED
    append(root / changed, "\n# changed\n")
    review = review_of(loaded(root), signatures)
    assert not review.is_signed
    assert review.sentence.startswith(NOT_REVIEWED)
    assert "Ana Reyes, licence PT 12345, signed another version on 2026-11-22" in review.sentence


def test_a_change_of_the_overlay_makes_it_a_draft_again(root: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "ours.yml"
    overlay.write_text("clinic: Ours\n", encoding="utf-8")
    signatures = [signed(loaded(root, overlay))]
    assert signatures[0].overlay == "ours.yml"
    assert review_of(loaded(root, overlay), signatures).is_signed
    assert not review_of(loaded(root), signatures).is_signed
    append(overlay, 'wording:\n  control.greet: "Hello. What bothers you?"\n')
    assert not review_of(loaded(root, overlay), signatures).is_signed


def test_a_newer_signature_for_another_version_takes_the_older_ones_place(protocol: Protocol) -> None:
    assert not review_of(protocol, [signed(protocol), signed(protocol, version="another")]).is_signed


@pytest.mark.parametrize("elsewhere", [{"language": "fr"}, {"region": "ca-on"}])
def test_a_signature_for_another_language_or_region_is_beside_the_point(
    elsewhere: dict[str, str], protocol: Protocol
) -> None:
    other = signed(protocol, version="another", **elsewhere)
    assert review_of(protocol, [signed(protocol), other]).sentence == SIGNED
    assert review_of(protocol, [other]).sentence == NOT_REVIEWED


def test_without_a_name_only_that_it_is_signed_is_told(protocol: Protocol) -> None:
    told = review_of(protocol, [signed(protocol)]).public_sentence
    assert "signed" in told
    assert not any(word in told for word in ("Ana", "12345", NOT_REVIEWED))
    assert review_of(protocol, [signed(protocol, version="another")]).public_sentence == NOT_REVIEWED


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "the name of a signature is empty"),
        ({"name": " Ana"}, "the name of a signature"),
        ({"licence": ""}, "the licence of a signature is empty"),
        ({"licence": "1\n2"}, "the licence of a signature"),
        ({"overlay": ""}, "the overlay of a signature"),
        ({"signed_at": SIGNED_AT.replace(tzinfo=None)}, "has no offset"),
    ],
)
def test_nobody_signs_without_a_name_a_licence_or_a_moment(
    changes: dict[str, Any], says: str, protocol: Protocol
) -> None:
    with pytest.raises(SignatureError, match=says):
        signed(protocol, **changes)


def damage(part: str, by: str) -> Callable[[str], str]:
    return lambda line: line.replace(part, by)


@pytest.mark.parametrize(
    "damaged",
    [
        lambda line: line[: len(line) // 2],
        lambda line: "",
        lambda line: "null",
        lambda line: line + "\xff",
        damage('"licence": "PT 12345"', '"licence": 12345'),
        damage('"licence": "PT 12345"', '"licence": "PT 12345", "licence": "1"'),
        damage('"licence": "PT 12345", ', ""),
        damage("09:00:00-08:00", "09:00:00"),
        damage("2026-11-22T", "yesterday "),
        damage('"overlay": null', '"overlay": 5'),
        damage('"overlay": null', '"overlay": null, "note": "x"'),
    ],
)
def test_a_damaged_file_is_named_with_its_line_and_nothing_is_lost(
    damaged: Callable[[str], str], file: Path, protocol: Protocol
) -> None:
    add_signature(file, signed(protocol))
    good = file.read_text(encoding="utf-8")
    file.write_bytes(f"{good}{damaged(good.strip())}\n".encode("latin-1"))
    before = file.read_bytes()
    with pytest.raises(SignatureError, match=r"signatures\.jsonl: line 2 is damaged.*restore the file"):
        read_signatures(file)
    with pytest.raises(SignatureError, match="line 2 is damaged"):
        add_signature(file, signed(protocol))
    assert file.read_bytes() == before


def test_a_last_line_without_an_end_is_ended_first(file: Path, protocol: Protocol) -> None:
    add_signature(file, signed(protocol))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    add_signature(file, signed(protocol, name="Bo"))
    assert [one.name for one in read_signatures(file)] == ["Ana Reyes", "Bo"]


def test_when_the_disk_refuses_the_file_is_as_it_was(
    file: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_signature(file, signed(protocol))
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("bot.knowledge.signatures.os.fsync", full)
    with pytest.raises(SignatureError, match="cannot be written: No space left on device; nothing was signed"):
        add_signature(file, signed(protocol, name="Bo"))
    assert file.read_bytes() == before


def test_a_path_that_cannot_be_a_file_is_refused_plainly(tmp_path: Path, protocol: Protocol) -> None:
    occupied = tmp_path / "occupied"
    occupied.write_text("")
    for path in (tmp_path, occupied / "signatures.jsonl"):
        with pytest.raises(SignatureError, match="cannot be written"):
            add_signature(path, signed(protocol))
        with pytest.raises(SignatureError, match="cannot be read"):
            read_signatures(path)
