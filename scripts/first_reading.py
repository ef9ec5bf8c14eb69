"""What both nets over red flags say of the messages of new authors, before anything is made from them.

    .venv/bin/python -m scripts.first_reading FILE...

The files are like those of corpora/red_flags. A first figure is honest only while the author was never learned from:
take it before `make train-flags`, or with the net of a commit before it.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Sequence

from bot.reading.flags import Screen
from bot.reading.load import load_reading
from scripts.data_file import read_yaml
from scripts.flag_corpus import READ_ON, URGENT

SORTS = ("urgent", "near misses", "ordinary")


def main(arguments: Sequence[str]) -> int:
    """Print, of each author and of all, the share of each sort that is called urgent, and that is asked about."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    screen, everything = load_reading("en")[1], Counter[tuple[str, str]]()
    for name in arguments:
        counted = first_reading(Path(name), screen)
        everything += counted
        print(f"{Path(name).stem:<14} {told(counted)}")
    print(f"{'all':<14} {told(everything)}")
    return 0


def first_reading(file: Path, screen: Screen) -> Counter[tuple[str, str]]:
    """How many messages of each sort there are, are called urgent, and are only asked about."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in read_yaml(file):
        labels = row if isinstance(row, dict) else {"text": row}
        is_urgent = labels.get("level") in URGENT
        sort = "urgent" if is_urgent else "near misses" if labels.get("class") else "ordinary"
        flags = screen.flags_in(screen.hearing.tokens(labels["text"]), today=READ_ON)
        counted[sort, "of"] += 1
        if any(flag.level.is_today for flag in flags):
            counted[sort, "called urgent"] += 1
        elif any(flag.ask for flag in flags):
            counted[sort, "asked about"] += 1
    return counted


def told(counted: Counter[tuple[str, str]]) -> str:
    """The counts of one author in a line."""
    shares = []
    for sort in SORTS:
        of = counted[sort, "of"]
        share = f" ({100 * counted[sort, 'called urgent'] / of:.1f} %)" if of else ""
        shares.append(f"{sort} {counted[sort, 'called urgent']} of {of}{share}, asked {counted[sort, 'asked about']}")
    return "; ".join(shares)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
