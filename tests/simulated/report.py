"""Writes what came of a run: a table of the personas, the figures, and the transcript of each failure."""

from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.simulated.figures import Figures, Judged


def write(figures: Figures, folder: Path) -> Path:
    """The report of these figures in this folder, with a file for each conversation that failed."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = [one for one in figures.judged if one.failed]
    for one in failed:
        name = f"{one.course.persona.name}-{one.course.seed}.txt"
        faults = "\n".join(f"{fault.kind}: {fault.what}" for fault in one.faults)
        (folder / name).write_text(f"{faults}\n\n{one.course.transcript()}\n", encoding="utf-8")
    report = folder / "report.md"
    report.write_text(f"{summary(figures)}\n\n{_table(figures)}\n\n{_causes(figures)}\n", encoding="utf-8")
    return report


def summary(figures: Figures) -> str:
    """The figures in a few lines."""
    questions = figures.questions
    asked = f"median {median(questions)}, most {max(questions)}" if questions else "none"
    lines = [
        f"{len(figures.judged)} conversations: {', '.join(f'{n} {end}' for end, n in figures.ends().most_common())}",
        f"exactly the truth: {figures.exact:.1%} of {len(figures.meant_for_result)} people who should get a result",
        f"questions to the result: {asked}",
        "conversations with: " + ", ".join(f"{kind} {count}" for kind, count in figures.counts().items()),
        *[f"BROKEN {line}" for line in figures.broken()],
    ]
    return "\n".join(lines)


def _table(figures: Figures) -> str:
    lines = ["| persona | style | should end | ended | questions | failed | faults |", "|---|---|---|---|---|---|---|"]
    by_name: dict[str, list[Judged]] = defaultdict(list)
    for one in figures.judged:
        by_name[one.course.persona.name].append(one)
    for name, judged in sorted(by_name.items()):
        persona = judged[0].course.persona
        ends = ", ".join(sorted({one.course.end for one in judged}))
        asked = sorted(len(one.course.questions) for one in judged)
        kinds = sorted({fault.kind for one in judged for fault in one.faults})
        failed = f"{sum(one.failed for one in judged)} of {len(judged)}"
        cells = (name, " ".join(persona.style), persona.ends, ends, f"{asked[0]}-{asked[-1]}", failed, ", ".join(kinds))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _causes(figures: Figures) -> str:
    """Every fault with how many conversations have it, the most frequent first."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in figures.judged:
        for fault in one.faults:
            found[f"{fault.kind}: {fault.what}"].add(f"{one.course.persona.name}-{one.course.seed}")
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return "\n".join(f"- {len(names)} x {what} ({', '.join(sorted(names)[:3])})" for what, names in ordered)
