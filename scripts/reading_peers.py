"""Reads the same sentences with the reader and with medspaCy, in one run on one core: `-m scripts.reading_peers`.

Needs `.venv-bench`; `make bench-reading` builds it, runs this and writes docs/reading.md. Prints one JSON object.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from itertools import product
from typing import Any, Callable, Iterator, Mapping, Sequence

from bot.clinical.reading import findings_of
from bot.clinical.vocabulary import Finding
from bot.knowledge.lexicon import Lexicon, load_lexicon
from bot.knowledge.shelf import HERE
from bot.reading.patterns import Element, Grammar
from bot.reading.reader import build_reader
from scripts.reading_corpora import TODAY, Said, Sentence, score, sentences
from scripts.reading_costs import costs

ROUNDS = 3
VOICES = ("eight voices", "two voices, held out")
"""What is timed: messages as patients write and say them, not the short sentences that the tests are made of."""
HELD_OUT = ("held out", "two voices, held out")
MOST_SPELLINGS = 400
"""Of a phrase with more ways to be said only so many become the peer's rules."""
UNREAL = ("is_hypothetical", "is_family", "is_historical", "is_uncertain")

Read = Callable[[str], Said]


def main() -> int:
    """Print texts per second and F1 of the reader and of its peers."""
    importlib.import_module("loguru").logger.remove()
    lexicon = load_lexicon(HERE / "en")
    readers = {"Needlepoint's reader": _ours(lexicon), **_peers(lexicon)}
    measured = {corpus: _statements(corpus) for corpus in HELD_OUT}
    texts = [sentence.text for corpus in VOICES for sentence in _statements(corpus)]
    fastest = _texts_per_second(readers, texts)
    figures = {name: {"per_second": fastest[name], **_scores(read, measured)} for name, read in readers.items()}
    print(json.dumps({"readers": figures, "costs": costs(build_reader(lexicon), lexicon)}))
    return 0


def _ours(lexicon: Lexicon) -> Read:
    reader = build_reader(lexicon)

    def read(text: str) -> Said:
        said = findings_of(reader.read(text, today=TODAY).mentions)
        return {finding.value: presence.value for finding, presence in said.items()}

    return read


def _peers(lexicon: Lexicon) -> dict[str, Read]:
    medspacy = importlib.import_module("medspacy")
    rules = _target_rules(lexicon)
    sentencizer = importlib.import_module("spacy").blank("en")
    sentencizer.add_pipe("sentencizer")
    parts = {"medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context"}
    default, lighter = medspacy.load(), medspacy.load(sentencizer, medspacy_enable=parts)
    for pipeline in (default, lighter):
        pipeline.get_pipe("medspacy_target_matcher").add(rules)
    return {"medspaCy, its default pipeline": _medspacy(default), "medspaCy, spaCy's sentencizer": _medspacy(lighter)}


def _medspacy(pipeline: Any) -> Read:
    def read(text: str) -> Said:
        said: dict[str, str] = {}
        for entity in pipeline(text).ents:
            if not any(getattr(entity._, name) for name in UNREAL):
                how = "absent" if entity._.is_negated else "present"
                said[entity.label_] = "present" if "present" in (said.get(entity.label_), how) else how
        return said

    return read


def _target_rules(lexicon: Lexicon) -> list[Any]:
    """The lexicon's phrases that a list of literal words can say: those without gaps."""
    rule = importlib.import_module("medspacy.ner").TargetRule
    grammar = Grammar(lexicon.lists, lexicon.rules.inflections)
    names = {finding.value for finding in Finding}
    found: dict[tuple[str, str], Any] = {}
    for label, phrases in lexicon.findings.items():
        finding = label.split("+")[0]
        for phrase in phrases if finding in names and not label.endswith(("+denied", "+apart")) else ():
            for words in _spellings(grammar.parse(label, phrase).elements):
                found[words, finding] = rule(words, finding)
    return list(found.values())


def _spellings(elements: Sequence[Element]) -> Iterator[str]:
    if any(element.gap for element in elements):
        return
    choices = [sorted(element.words) + ([""] if element.optional else []) for element in elements]
    for number, words in enumerate(product(*choices)):
        if number == MOST_SPELLINGS:
            return
        yield " ".join(word for word in words if word)


def _statements(corpus: str) -> list[Sentence]:
    return [sentence for sentence in sentences(corpus) if not sentence.asked]


def _texts_per_second(readers: Mapping[str, Read], texts: Sequence[str]) -> dict[str, float]:
    """The best of some rounds, in which the readers take turns."""
    fastest = dict.fromkeys(readers, 0.0)
    for _ in range(ROUNDS):
        for name, read in readers.items():
            begun = time.process_time()
            for text in texts:
                read(text)
            fastest[name] = max(fastest[name], len(texts) / (time.process_time() - begun))
    return fastest


def _scores(read: Read, measured: Mapping[str, Sequence[Sentence]]) -> dict[str, float]:
    return {
        f"f1, {corpus}": score(found, [read(sentence.text) for sentence in found])["micro_f1"]
        for corpus, found in measured.items()
    }


if __name__ == "__main__":
    sys.exit(main())
