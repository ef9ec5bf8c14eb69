"""Every cue is used: a phrase that no sentence of the project's own needs is not known to work."""

from pathlib import Path

from bot.knowledge.lexicon import Lexicon
from bot.reading.reader import Reader
from scripts.data_file import read_yaml

OWN = Path(__file__).parent / "en"


def test_every_cue_stands_in_a_sentence_of_our_own(reader: Reader, lexicon: Lexicon) -> None:
    used: set[tuple[str, str]] = set()
    for path in OWN.glob("*.yml"):
        for case in read_yaml(path):
            marks = reader.analyse(case["text"]).scopes.marks
            used |= {(cue.label, cue.phrase) for cue in (*marks.cues, *marks.masks)}
    known = {(kind, phrase) for kind, phrases in lexicon.cues.phrases.items() for phrase in phrases}
    assert sorted(known - used) == []
