"""An explanation shows which phrase and which cue decided."""

from bot.reading.explain import explain
from bot.reading.reader import Reader
from tests.reading.conftest import TODAY


def test_a_denial_is_explained_by_its_cue_and_scope(reader: Reader) -> None:
    shown = explain(reader, "no numbness or swelling in my foot", today=TODAY)
    assert [(match.finding, match.presence, match.cue) for match in shown.matches] == [
        ("altered_sensation", "absent", "no"),
        ("swelling", "absent", "no"),
    ]
    assert shown.matches[1].scope == "no numbness or swelling"
    assert shown.matches[1].places == ("foot",)
    assert [(cue.kind, cue.words) for cue in shown.cues if cue.kind == "deny"] == [("deny", "no")]


def test_a_mask_is_shown_where_a_cue_was_undone(reader: Reader) -> None:
    shown = explain(reader, "not only swelling", today=TODAY)
    assert [cue.kind for cue in shown.cues] == ["mask"]
    assert [match.presence for match in shown.matches] == ["present"]
