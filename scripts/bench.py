"""Measures speed and memory beside the bot of `rasa init`, prints tables and writes docs/performance.md.

    make bench

Both bots run on this machine at the same time, one idle while the other answers, in turns: A B A B. It takes up to six
minutes once the environment with TensorFlow is built, which the first run does.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Sequence

from scripts.bench_bots import BenchFailed, Bot
from scripts.bench_measure import under_load
from scripts.bench_needlepoint import Needlepoint, typed
from scripts.bench_report import Row, Split, aims, as_markdown, as_text, comparison, split_rows
from scripts.bench_rounds import TURNS, take_figures
from scripts.bench_stock import StockBot, make_stock_bot
from scripts.quietly import SetupFailed, step
from scripts.setup import ROOT

DOCUMENT = Path("docs") / "performance.md"
TEMPLATE = Path("scripts") / "performance.md"
RATIO = "ours to theirs (low / median / high)"
AIMED: Row = ("aim", "wanted", "measured", "")
PARTS: Row = ("where a turn's time goes (median)", "ms")


def main() -> int:
    """Run the benchmark; 1 when Needlepoint itself could not be measured."""
    load = os.getloadavg()[0]
    print(f"Measuring Needlepoint beside the bot of `rasa init` ({_machine()}, load {load:.1f})", flush=True)
    try:
        with tempfile.TemporaryDirectory(prefix="needlepoint-bench-") as folder:
            text, document = _measure(Path(folder), load)
    except BenchFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; nothing was written.", file=sys.stderr)
        return 130
    print(f"\n{text}")
    if document:
        (ROOT / DOCUMENT).write_text(document, encoding="utf-8")
        print(f"\nWritten to {DOCUMENT}.")
    return 0


def _measure(folder: Path, load: float) -> tuple[str, str | None]:
    """The tables for the terminal, and the document where there was a peer to compare with."""
    needlepoint = Needlepoint(ROOT, folder / "needlepoint")
    bots = [needlepoint.bot(turns=TURNS), *_stock(folder / "stock")]
    with ExitStack() as started:
        figures = take_figures(bots, started)
        split = _split(needlepoint, bots[0])
    tables = (_compared(bots), comparison(figures)), (PARTS, split_rows(split)), (AIMED, aims(figures))
    text = "\n\n".join(as_text(head, rows) for head, rows in tables)
    return text, _document([as_markdown(head, rows) for head, rows in tables], load) if len(bots) > 1 else None


def _stock(folder: Path) -> list[Bot]:
    """The peer; none, and a sentence that says so, where its environment cannot be built."""
    try:
        make_stock_bot(ROOT, folder)
    except SetupFailed as failure:
        why = str(failure).splitlines()[0]
        print(f"The bot of `rasa init` cannot be made here, so Needlepoint is measured alone: {why}", flush=True)
        return []
    return [StockBot(ROOT, folder).bot(turns=TURNS)]


def _split(needlepoint: Needlepoint, bot: Bot) -> Split:
    """The same typed conversations through the chat API and asked of the rasa process directly."""
    conversations = [typed(conversation) for conversation in bot.conversations]
    with step("Taking a turn apart"):
        whole = under_load(needlepoint.hold, conversations, clients=1)
        rasa = under_load(needlepoint.hold_with_rasa_alone, conversations, clients=1)
        return Split(whole.turns, rasa.turns, needlepoint.read_encounters(60))


def _compared(bots: Sequence[Bot]) -> Row:
    names = [bot.name for bot in bots]
    return ("measured", *names, RATIO) if len(names) > 1 else ("measured", *names)


def _document(tables: Sequence[str], load: float) -> str:
    page = (ROOT / TEMPLATE).read_text(encoding="utf-8")
    named = dict(zip(("comparison", "split", "aims"), tables))
    return page.format(day=datetime.now().astimezone().date(), machine=_machine(), load=f"{load:.1f}", **named)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main())
