"""Whether texts are easy enough to read: each long one by itself, the short ones of a file together."""

from collections.abc import Iterable, Mapping

from bot.clinical.protocol import RegionFacts
from bot.knowledge.lint_rules import WordingRules
from bot.knowledge.problems import Problem
from bot.knowledge.readability import HARDEST, SHORT, grade, is_too_hard, words_in
from bot.knowledge.told import FILLED_IN, Told, problem_of

FILES = {"wording": "wording.yml", "faq": "faq.yml", "region": "regions", "responses": "domain.yml"}
"""Where the texts of a group stand; those of every other group stand in labels.yml."""
LABELS = "labels.yml"
REMEDY = f"shorter words and sentences: {HARDEST} at most"
ENDS = (".", "?", "!", ":")


def filled(told: Iterable[Told], samples: Mapping[str, str], region: RegionFacts) -> list[Told]:
    """Texts as long as patients read them: with the region's own facts and samples of all else."""
    numbers = {name: getattr(region, name) for name in ("emergency_number", "nurse_line", "crisis_line", "walk_in")}
    values = {**samples, **numbers}
    return [Told(one.key, one.text.format(**values) if one.key.startswith(FILLED_IN) else one.text) for one in told]


def too_hard(told: Told, rules: WordingRules) -> tuple[Problem, ...]:
    """The problem with a text of 25 words or more that is too hard to read."""
    if not is_too_hard(told.text, rules.easy_words):
        return ()
    return (problem_of(told.key, f"reads at grade {grade(told.text, rules.easy_words):.1f}", REMEDY),)


def too_hard_together(told: Iterable[Told], rules: WordingRules) -> list[Problem]:
    """The problems with shorter texts, joined file by file as if they were one."""
    joined: dict[str, list[str]] = {}
    for one in told:
        if one.text.strip() and words_in(one.text) < SHORT:
            joined.setdefault(FILES.get(one.key.split("/")[0], LABELS), []).append(_sentence(one.text.strip()))
    texts = [Told(f"{file}/short texts together", " ".join(sentences)) for file, sentences in joined.items()]
    return [problem for text in texts for problem in too_hard(text, rules)]


def _sentence(text: str) -> str:
    return text if text.endswith(ENDS) else f"{text}."
