"""The lexicon of a language: patients' words for findings, places, times, scans, precautions and answers."""

from dataclasses import dataclass
from pathlib import Path

from bot.clinical.vocabulary import Finding, Region
from bot.knowledge.cues import KINDS, Cues
from bot.knowledge.word_rules import WordRules
from bot.knowledge.word_tables import Durations, Places, PrecautionWords, Table
from bot.knowledge.wordfile import WordFile, read_word_file

LOOK_ALIKE = "look_alike"
ALSO = "+also"
DENIED = "+denied"
"""Labels with these endings name phrases that let the shorter phrases inside them count too, and such as deny."""


@dataclass(frozen=True)
class Lexicon:
    """Every word list of one language, read, checked and frozen."""

    language: str
    rules: WordRules
    cues: Cues
    lists: Table
    findings: Table
    places: Places
    durations: Durations
    imaging: Table
    precautions: PrecautionWords
    answers: Table
    small: Table


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon in `folder` (bot/knowledge/en); KnowledgeError names file, entry and remedy when it is bad."""
    words = _open(folder, "lexicon.yml", "lists findings look_alikes")
    cues = _open(folder, "cues.yml", "phrases lists passable blockers openers no_nouns prepositions")
    places = _open(
        folder,
        "places.yml",
        "lists regions organs muscle_words near_spine sides side_masks masks healthy_after healthy_before",
    )
    small = _read_small(_open(folder, "small_words.yml", " ".join(SMALL)))
    return Lexicon(
        language=folder.name,
        rules=_read_rules(_open(folder, "spelling.yml", _RULES)),
        cues=_read_cues(cues, small),
        lists={**words.table("lists"), **cues.table("lists"), **places.table("lists")},
        findings=_read_findings(words),
        places=_read_places(places),
        durations=_read_durations(_open(folder, "durations.yml", _DURATIONS)),
        imaging=_every_table(_open(folder, "imaging.yml", "tests weak_tests masks normal abnormal none booked")),
        precautions=_read_precautions(_open(folder, "precaution_words.yml", "precautions masks stops minor_age")),
        answers=_every_table(_open(folder, "answers.yml", _ANSWERS)),
        small=small,
    )


SMALL = (
    "resuming",
    "resuming_cues",
    "links",
    "back_references",
    "pronouns",
    "standing",
    "there",
    "listing",
    "determiners",
    "parts",
    "spreading",
    "not_first",
    "not_widened",
    "bare_denials",
    "after_bare",
    "noun_denials",
    "presupposing",
    "given",
    "linked",
    "all_of_them",
    "past",
    "present",
    "closing",
    "either",
    "after_end",
    "answering",
    "after_answer",
    "asking",
    "denying",
    "myself",
    "showed",
    "date_late",
    "date_mid",
    "date_skipped",
    "date_led",
    "ago",
    "and_a_half",
    "few",
    "of_or_now",
    "possessors",
    "number_names",
    "rated",
    "rated_before",
    "rated_after",
    "of_ten",
    "self_named",
    "self_openers",
    "aged",
    "years_old",
    "after_age",
    "not_age",
    "introductions",
    "name_openers",
    "name_ends",
)
"""The lists of small_words.yml."""
_RULES = "variants joined fillers filler_pairs breakers subjects bound inflections misspellings real_words spelt"
_DURATIONS = (
    "units short_units numbers weak_numbers between bare openers phrases begun masks started visits weekdays months"
    " seasons since"
)
_ANSWERS = (
    "yes yes_soft no no_soft unsure digression content only everything_but nothing_but not_only both neither"
    " correction though"
)


def _open(folder: Path, name: str, entries: str) -> WordFile:
    return read_word_file(folder, name, entries=frozenset(entries.split()))


def _every_table(file: WordFile) -> dict[str, tuple[str, ...]]:
    return {entry: file.words(entry) for entry in file.entries}


def _read_small(file: WordFile) -> dict[str, tuple[str, ...]]:
    """Every list of small words; a missing one is refused, since a rule would be dead without it."""
    return {entry: file.words(entry) for entry in SMALL}


def _read_rules(file: WordFile) -> WordRules:
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


def _read_cues(file: WordFile, small: Table) -> Cues:
    phrases = file.table("phrases")
    unknown = sorted(set(phrases) - set(KINDS))
    if unknown:
        raise file.error(f"phrases.{unknown[0]}", "is no kind of cue", f"use one of {', '.join(KINDS)}")
    return Cues(
        phrases=phrases,
        passable=frozenset(file.words("passable")),
        blockers=frozenset(file.words("blockers")),
        openers=frozenset(file.words("openers")),
        no_nouns=frozenset(file.words("no_nouns")),
        prepositions=frozenset(file.words("prepositions")),
        bare_denials=frozenset(small["bare_denials"]),
        after_bare=frozenset(small["after_bare"]),
        noun_denials=frozenset(small["noun_denials"]),
        presupposing=frozenset(small["presupposing"]),
        given=frozenset(small["given"]),
        linked=frozenset(small["linked"]),
        listing=frozenset(small["links"]),
        all_of_them=frozenset(small["all_of_them"]),
        denying=frozenset(small["denying"]),
        myself=frozenset(small["myself"]),
        past=frozenset(small["past"]),
        present=frozenset(small["present"]),
        closing=frozenset(small["closing"]),
        either=frozenset(small["either"]),
        after_end=frozenset(small["after_end"]),
        answering=frozenset(small["answering"]),
        after_answer=frozenset(small["after_answer"]),
        asking=frozenset(small["asking"]),
    )


def _read_findings(file: WordFile) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {LOOK_ALIKE: file.words("look_alikes")}
    for name, groups in file.mapping("findings").items():
        entry = f"findings.{name}"
        if name not in {finding.value for finding in Finding}:
            raise file.error(entry, "is no finding", f"use one of {[finding.value for finding in Finding]}")
        unknown = set(groups) - {"phrases", "also", "denied"} if isinstance(groups, dict) else {"?"}
        if unknown:
            raise file.error(entry, f"holds {sorted(unknown)}", "write `phrases:`, `also:` and `denied:` lists")
        found[name] = file.listed(f"findings.{name}.phrases", groups.get("phrases", []))
        found[name + ALSO] = file.listed(f"findings.{name}.also", groups.get("also", []))
        found[name + DENIED] = file.listed(f"findings.{name}.denied", groups.get("denied", []))
    _refuse_shared(file, found)
    return found


def _refuse_shared(file: WordFile, found: Table) -> None:
    """Two findings may not claim one phrase, nor one word of a one-word phrase."""
    owner: dict[str, str] = {}
    for label, phrases in found.items():
        finding = label.removesuffix(ALSO).removesuffix(DENIED)
        for phrase in phrases:
            for claim in phrase.split("|") if " " not in phrase else (phrase,):
                if owner.setdefault(claim, finding) != finding:
                    raise file.error(f"{finding}: phrase {claim!r}", f"also belongs to {owner[claim]}", "keep one")


def _read_places(file: WordFile) -> Places:
    regions, organs = file.table("regions"), file.table("organs")
    for region in [*regions, *organs]:
        if region and region not in {known.value for known in Region}:
            raise file.error(f"region {region!r}", "is unknown", "use an id of the region list")
    return Places(
        regions=regions,
        organs=organs,
        sides=file.table("sides"),
        muscle_words=file.words("muscle_words"),
        near_spine=file.words("near_spine"),
        side_masks=file.words("side_masks"),
        masks=file.words("masks"),
        healthy_after=file.words("healthy_after"),
        healthy_before=file.words("healthy_before"),
    )


def _read_durations(file: WordFile) -> Durations:
    return Durations(
        units=file.numbers("units"),
        short_units=frozenset(file.words("short_units")),
        numbers=file.numbers("numbers"),
        weak_numbers=frozenset(file.words("weak_numbers")),
        between=frozenset(file.words("between")),
        bare=file.numbers("bare"),
        openers=frozenset(file.words("openers")),
        phrases=file.table("phrases"),
        begun=file.table("begun"),
        masks=file.words("masks"),
        started=frozenset(file.words("started")),
        visits=frozenset(file.words("visits")),
        weekdays=file.numbers("weekdays"),
        months=file.numbers("months"),
        seasons=file.numbers("seasons"),
        since=frozenset(file.words("since")),
    )


def _read_precautions(file: WordFile) -> PrecautionWords:
    return PrecautionWords(
        phrases=file.table("precautions"),
        masks=file.words("masks"),
        stops=frozenset(file.words("stops")),
        minor_age=int(str(file.entries.get("minor_age", "19"))),
    )
