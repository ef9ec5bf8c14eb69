"""Reads the same sentences with the reader and with medspaCy, in one run on one core: `-m scripts.reading_peers`.

Needs `.venv-bench`; `make bench-reading` builds it, runs this and writes docs/reading.md. Prints one JSON object.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from itertools import product
from math import prod
from typing import Any, Callable, Mapping, Sequence

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
"""A phrase with more ways to be said becomes a pattern of tokens instead of a list of literal words."""
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
    """medspaCy with all of the lexicon's phrases, and with the third of them that plain words can say."""
    rules = _target_rules(lexicon)
    plain = [rule for rule in rules if not rule.pattern]
    return {
        "medspaCy, its default pipeline": _with_rules(_default(), rules),
        "medspaCy, spaCy's sentencizer": _with_rules(_with_sentencizer(), rules),
        "default pipeline, plain phrases only": _with_rules(_default(), plain),
        "sentencizer, plain phrases only": _with_rules(_with_sentencizer(), plain),
    }


def _default() -> Any:
    return importlib.import_module("medspacy").load()


def _with_sentencizer() -> Any:
    sentencizer = importlib.import_module("spacy").blank("en")
    sentencizer.add_pipe("sentencizer")
    parts = {"medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context"}
    return importlib.import_module("medspacy").load(sentencizer, medspacy_enable=parts)


def _with_rules(pipeline: Any, rules: Sequence[Any]) -> Read:
    pipeline.get_pipe("medspacy_target_matcher").add(rules)
    return _medspacy(pipeline)


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
    """The lexicon's phrases: as literal words where these can say them, as patterns of tokens where there are gaps."""
    rule = importlib.import_module("medspacy.ner").TargetRule
    grammar = Grammar(lexicon.lists, lexicon.rules.inflections)
    names = {finding.value for finding in Finding}
    found: dict[tuple[str, str], Any] = {}
    for label, phrases in lexicon.findings.items():
        finding = label.split("+")[0]
        for phrase in phrases if finding in names and not label.endswith(("+denied", "+apart")) else ():
            elements = grammar.parse(label, phrase).elements
            spellings = _spellings(elements)
            for words in spellings:
                found[words, finding] = rule(words, finding)
            if not spellings:
                found[phrase, finding] = rule(phrase, finding, pattern=_token_pattern(elements))
    return list(found.values())


def _spellings(elements: Sequence[Element]) -> list[str]:
    """Every way to say a phrase; none where it has gaps or more ways than a list should hold."""
    choices = [sorted(element.words) + ([""] if element.optional else []) for element in elements]
    if any(element.gap for element in elements) or prod(map(len, choices)) > MOST_SPELLINGS:
        return []
    return [" ".join(word for word in words if word) for words in product(*choices)]


def _token_pattern(elements: Sequence[Element]) -> list[dict[str, Any]]:
    return [_token(element) for element in elements]


def _token(element: Element) -> dict[str, Any]:
    if element.gap:
        return {"OP": f"{{0,{element.gap}}}"}
    words = {"LOWER": {"IN": sorted(element.words)}}
    return {**words, "OP": "?"} if element.optional else words


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
