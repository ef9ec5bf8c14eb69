"""How the words of a language are written, cut and joined, as spelling.yml says."""

from bot.knowledge.word_rules import WordRules
from bot.knowledge.wordfile import WordFile

RULES = (
    "variants joined fillers filler_pairs breakers subjects bound inflections misspellings real_words spelt answered"
)
"""The entries of spelling.yml."""


def read_rules(file: WordFile) -> WordRules:
    """The rules; KnowledgeError names the entry that is bad."""
    return WordRules(
        variants=file.texts("variants"),
        joined=dict([_read_joined(file, item) for item in file.entries.get("joined", ())]),
        fillers=frozenset(file.words("fillers")),
        filler_pairs=frozenset([_pair(file, "filler_pairs", item.split()) for item in file.words("filler_pairs")]),
        breakers=frozenset(file.words("breakers")),
        subjects=frozenset(file.words("subjects")),
        bound=frozenset(file.words("bound")),
        inflections=file.table("inflections"),
        misspellings=_spread(file, "misspellings"),
        real_words=frozenset(file.words("real_words")),
        spelt=frozenset(file.words("spelt")),
        answered=frozenset(file.words("answered")),
    )


def _spread(file: WordFile, entry: str) -> dict[str, str]:
    """A table `right: [wrong, wrong]` turned round."""
    found: dict[str, str] = {}
    for right, wrongs in file.table(entry).items():
        for wrong in wrongs:
            if found.setdefault(wrong, right) != right:
                raise file.error(f"{entry}.{right}", f"and {found[wrong]} both claim {wrong!r}", "keep one")
    return found


def _read_joined(file: WordFile, item: object) -> tuple[tuple[str, str], str]:
    if not isinstance(item, dict) or set(item) != {"words", "is"}:
        raise file.error("joined", f"holds {item!r}", "write `{words: [two, words], is: word}`")
    return _pair(file, "joined", item["words"]), str(item["is"])


def _pair(file: WordFile, entry: str, words: list[str]) -> tuple[str, str]:
    if len(words) != 2:
        raise file.error(entry, f"holds {words!r}", "write exactly two words")
    return words[0], words[1]
