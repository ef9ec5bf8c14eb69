"""Measures how well the Rasa model tells intents apart: `.venv-rasa/bin/python -m scripts.evaluate_intents`.

With the trained model: three writers it has not learned from, messages of two intents, messages that are none of our
business, complaints. Then cross-validated by author: for each of the main writers of data/nlu.yml a model that had to
do without that voice, some minutes each; `--quick` leaves these out. `--features` measures other features instead, with
the writers never heard: docs/decisions/0007-intents-by-words-then-meaning.md.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Mapping, Sequence

import yaml

from bot.rasa_host.quiet import be_quiet
from scripts.data_file import read_yaml
from scripts.quietly import run

ROOT = Path(__file__).resolve().parent.parent
TRAINING = ROOT / "data" / "nlu.yml"
MEASURES = ROOT / "tests" / "nlu"
VOICES = ("ada", "ben", "cho", "eli", "fay", "gil", "hal")
HELD_OUT = ("dov", "ira", "kit")
LISTS = ("", "_leo")
"""Lists that thresholds were set by, and those of a writer who is only counted."""
STRANGE = {"out_of_scope", "nonsense"}
Labelled = Sequence["tuple[str, set[str]]"]
Step = Dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Print one JSON object a measurement."""
    be_quiet()
    for name, said, meant in measured_features() if "--features" in arguments else measurements(arguments):
        print(json.dumps({"measured": name, **figures(said, meant)}), flush=True)
    return 0


def measured_features() -> Iterable[tuple[str, list[list[str]], list[set[str]]]]:
    """What models with other features find in what the writers never heard have written."""
    texts = [example for voice in HELD_OUT for example in examples(MEASURES / f"heldout_{voice}.yml")]
    for name, change in FEATURES.items():
        config = read(ROOT / "config.yml")
        config["pipeline"] = [made for step in config["pipeline"] for made in change(step)]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "config.yml"
            file.write_text(yaml.safe_dump(config), encoding="utf-8")
            yield (name, *trained(TRAINING, Path(folder), config=file).compare(texts))


def by_words_alone(step: Step) -> list[Step]:
    """The pipeline without the sentence model."""
    return [] if step["name"].endswith(("SentenceMeaning", "SecondLook")) else [step]


def by_counts(step: Step) -> list[Step]:
    """The same with Rasa's own counts of words and of letter groups."""
    if not step["name"].endswith("WordsAndLetters"):
        return by_words_alone(step)
    words = {"name": "CountVectorsFeaturizer", "min_ngram": 1, "max_ngram": 2}
    letters = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4}
    return [{"name": "WhitespaceTokenizer"}, words, letters]


FEATURES: Mapping[str, Callable[[Step], list[Step]]] = {
    "counts": by_counts,
    "words and letters, weighed": by_words_alone,
}


def measurements(arguments: Sequence[str]) -> Iterable[tuple[str, list[list[str]], list[set[str]]]]:
    """What was measured, the intents found and the intents meant."""
    model = Understanding(ROOT / "models")
    for voice in HELD_OUT:
        yield (f"a voice never heard: {voice}", *model.compare(examples(MEASURES / f"heldout_{voice}.yml")))
    for which in LISTS:
        double = [(one["text"], set(one["intents"])) for one in read(MEASURES / f"double{which}.yml")]
        yield (f"two intents{which}", *model.compare(double))
        strangers = [(one["text"], {one["intent"]}) for one in read(MEASURES / f"strangers{which}.yml")]
        yield (f"none of our business, or nonsense{which}", *model.compare(strangers))
        complaints = [(text, {"describe_symptom"}) for text in read(MEASURES / f"symptoms{which}.yml")]
        yield (f"complaints{which}", *model.compare(complaints))
    for voice in () if "--quick" in arguments else VOICES:
        yield (f"without {voice}", *without(voice))


def figures(said: list[list[str]], meant: list[set[str]]) -> dict[str, float | int]:
    """How often the first intent is right and all are, precision and recall, recall of what is no business of ours."""
    both = list(zip(said, meant))
    heard = sum(len(set(found) & wanted) for found, wanted in both)
    figures: dict[str, float | int] = {
        "messages": len(both),
        "first_right": sum(found[0] in wanted for found, wanted in both) / len(both),
        "all_right": sum(set(found) == wanted for found, wanted in both) / len(both),
        "all_found": sum(wanted <= set(found) for found, wanted in both) / len(both),
        "taken_for_strange": sum(found[0] in STRANGE for found, _ in both) / len(both),
        "precision": heard / sum(len(found) for found, _ in both),
        "recall": heard / sum(len(wanted) for _, wanted in both),
    }
    for intent in ("out_of_scope", "nonsense", "describe_symptom"):
        wanting = [intent in found for found, wanted in both if intent in wanted]
        if wanting:
            figures[f"recall_{intent}"] = sum(wanting) / len(wanting)
    return {name: round(value, 3) for name, value in figures.items()}


class Understanding:
    """A trained model, asked for intents."""

    def __init__(self, models: Path) -> None:
        from bot.rasa_host.server import load_agent

        self._agent = load_agent(models, overlay=None)

    def compare(self, labelled: Labelled) -> tuple[list[list[str]], list[set[str]]]:
        """The intents found in each text, and those meant."""
        return asyncio.run(self._ask([text for text, _ in labelled])), [meant for _, meant in labelled]

    async def _ask(self, texts: list[str]) -> list[list[str]]:
        from bot.rasa_host.understanding import understand

        answers = [await understand(self._agent, {"text": text}) for text in texts]
        return [[intent["name"] for intent in answer["intents"]] for answer in answers]


def without(voice: str) -> tuple[list[list[str]], list[set[str]]]:
    """What a model that never heard this voice finds in its examples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        others = [one for one in read(TRAINING)["nlu"] if one["metadata"]["author"] != voice]
        learned = folder / "nlu.yml"
        learned.write_text(yaml.safe_dump({"version": "3.1", "nlu": others}, allow_unicode=True), encoding="utf-8")
        return trained(learned, folder, config=ROOT / "config.yml").compare(examples(TRAINING, voice=voice))


def trained(learned: Path, folder: Path, *, config: Path) -> Understanding:
    """A model that learned from this file, with this pipeline, in this folder."""
    rasa = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "--quiet", "--config", str(config)]
    run([*rasa, "--data", str(learned), "data/rules.yml", "--out", str(folder / "models")], ROOT)
    return Understanding(folder / "models")


def examples(file: Path, *, voice: str | None = None) -> list[tuple[str, set[str]]]:
    """The texts of a file of examples, of one writer or of all, with the intent each was written for."""
    entries: list[Mapping[str, Any]] = read(file)["nlu"]
    return [
        (line[2:], {public(one["intent"])})
        for one in entries
        if voice in (None, one["metadata"]["author"])
        for line in one["examples"].splitlines()
    ]


def public(intent: str) -> str:
    """The id of the API."""
    return intent.replace("faq_", "faq/", 1) if intent.startswith("faq_") else intent


def read(file: Path) -> Any:
    """The content of a YAML file."""
    return read_yaml(file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
