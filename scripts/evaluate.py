"""Prints how well messages are understood: the reader on its corpora, then the intents.

    make eval

Before it, `make eval` measures red flags and writes docs/safety/evidence.md (scripts/evidence.py).
Options (ARGS=--voices) go to the measuring of the intents.
Of the sentences held out nothing but totals is printed; write no phrase for one of them.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Callable, Sequence

from bot.clinical.reading import Reading, findings_of
from bot.clinical.vocabulary import Finding
from bot.knowledge.lexicon import load_lexicon
from bot.knowledge.shelf import HERE
from bot.reading.reader import Reader, build_reader
from scripts.reading_corpora import CORPORA, ROOT, Count, Said, Sentence, score, sentences

INTENTS = (str(ROOT / ".venv-rasa" / "bin" / "python"), "-W", "ignore", "-m", "scripts.evaluate_intents")
COLUMNS = ("sentences", "micro F1", "macro F1", "wrong polarity", "regions F1", "durations", "imaging", "precautions")


def main() -> int:
    """Print a table of the reading and the lines of the intents; 1 when these could not be measured."""
    reader = build_reader(load_lexicon(HERE / "en"))
    print("".join(name.rjust(16) for name in ("", *COLUMNS)))
    for corpus in CORPORA:
        print("".join(value.rjust(16) for value in (corpus, *figures(reader, sentences(corpus)))), flush=True)
    print("\nIntents:", flush=True)
    return int(subprocess.run([*INTENTS, *sys.argv[1:]], cwd=ROOT, check=False).returncode != 0)


def figures(reader: Reader, found: Sequence[Sentence]) -> list[str]:
    """One value for each column."""
    read = [reader.read(one.text, asked=tuple(Finding(name) for name in one.asked), today=one.today) for one in found]
    scored = score(found, [said_in(reading) for reading in read])
    return [
        str(len(found)),
        f"{scored['micro_f1']:.3f}",
        f"{scored['macro_f1']:.3f}",
        f"{scored['wrong_polarity']:.0f}",
        f"{regions(found, read).f1:.3f}",
        *[share(found, read, part, is_right) for part, is_right in PARTS.items()],
    ]


def said_in(reading: Reading) -> Said:
    """What a reading says of the patient, by plain names."""
    return {finding.value: presence.value for finding, presence in findings_of(reading.mentions).items()}


def regions(found: Sequence[Sentence], read: Sequence[Reading]) -> Count:
    """Regions found, wrong and missed; those allowed count when found and are not missed when not."""
    count = Count()
    for sentence, reading in zip(found, read):
        if "regions" in sentence.more:
            must, got = set(sentence.more["regions"]), {region.value for region in reading.regions}
            may = must | set(sentence.more.get("regions_allowed") or ())
            count.right += len(got & may)
            count.wrong += len(got - may)
            count.missed += len(must - got)
    return count


def share(
    found: Sequence[Sentence], read: Sequence[Reading], part: str, is_right: Callable[[Sentence, Reading], bool]
) -> str:
    """How many of the sentences that are labelled with this part are right in it."""
    labelled = [(one, reading) for one, reading in zip(found, read) if one.more.get(part) not in (None, [])]
    return f"{sum(is_right(one, reading) for one, reading in labelled)}/{len(labelled)}"


def _duration(sentence: Sentence, reading: Reading) -> bool:
    wanted: float = sentence.more["duration_days"]
    return reading.duration_days is not None and abs(reading.duration_days - wanted) <= max(1, 0.25 * wanted)


def _imaging(sentence: Sentence, reading: Reading) -> bool:
    said = reading.imaging.value if reading.imaging else None
    return bool(sentence.more["imaging"] == (said if said in ("normal", "abnormal", None) else "mentioned"))


def _precautions(sentence: Sentence, reading: Reading) -> bool:
    return set(sentence.more["precautions"]) <= set(reading.precautions)


PARTS: dict[str, Callable[[Sentence, Reading], bool]] = {
    "duration_days": _duration,
    "imaging": _imaging,
    "precautions": _precautions,
}


if __name__ == "__main__":
    sys.exit(main())
