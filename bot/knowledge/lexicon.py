"""The lexicon of a language: patients' words for findings, places, times, scans, precautions and answers."""

from dataclasses import dataclass
from pathlib import Path

from bot.clinical.vocabulary import Onset, Region
from bot.knowledge.cues import KINDS, Cues
from bot.knowledge.finding_words import read_findings
from bot.knowledge.lexicon_entries import ANSWERS, CORRECTION_KINDS, DURATIONS, IMAGING, SMALL
from bot.knowledge.spelling_words import RULES, read_rules
from bot.knowledge.word_rules import WordRules
from bot.knowledge.word_tables import BackgroundWords, CorrectionWords, Durations, Places, PrecautionWords, Table
from bot.knowledge.wordfile import WordFile, read_word_file


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
    background: BackgroundWords
    corrections: CorrectionWords


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon in `folder` (bot/knowledge/en); KnowledgeError names file, entry and remedy when it is bad."""
    words = _open(folder, "lexicon.yml", "lists findings look_alikes")
    cues = _open(folder, "cues.yml", "phrases lists passable blockers openers no_nouns prepositions")
    places = _open(
        folder,
        "places.yml",
        "lists regions organs muscle_words near_spine sides side_masks compared_sides masks asides not_asides"
        " healthy_after healthy_before",
    )
    durations = _open(folder, "durations.yml", DURATIONS)
    imaging = _open(folder, "imaging.yml", f"lists {IMAGING}")
    small = _read_small(_open(folder, "small_words.yml", " ".join(SMALL)))
    answers = _open(folder, "answers.yml", ANSWERS)
    corrections = _open(
        folder,
        "corrections.yml",
        " ".join(("lists spoken objecting beside subjects ahead other_times elsewhere", *CORRECTION_KINDS)),
    )
    return Lexicon(
        language=folder.name,
        rules=read_rules(_open(folder, "spelling.yml", RULES)),
        cues=_read_cues(cues, small),
        lists=_read_lists(words, cues, places, durations, imaging, answers, corrections),
        findings=read_findings(words),
        places=_read_places(places),
        durations=_read_durations(durations),
        imaging={kind: imaging.words(kind) for kind in IMAGING.split()},
        precautions=_read_precautions(_open(folder, "precaution_words.yml", "precautions masks stops")),
        answers=_every_table(answers, besides="lists"),
        small=small,
        background=_read_background(
            _open(folder, "background_words.yml", "qualities onset payer claim_words other_numbers")
        ),
        corrections=_read_corrections(corrections),
    )


def _open(folder: Path, name: str, entries: str) -> WordFile:
    return read_word_file(folder, name, entries=frozenset(entries.split()))


def _read_lists(*files: WordFile) -> dict[str, tuple[str, ...]]:
    """The lists of every file by name; phrases of any file may name them, so no two may be called alike."""
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        for name, listed in file.table("lists").items():
            if name in found:
                raise file.error(f"lists.{name}", "is also a list of another file", "give it a name of its own")
            found[name] = listed
    return found


def _every_table(file: WordFile, *, besides: str = "") -> dict[str, tuple[str, ...]]:
    return {entry: file.words(entry) for entry in file.entries if entry != besides}


def _read_small(file: WordFile) -> dict[str, tuple[str, ...]]:
    """Every list of small words; a missing one is refused, since a rule would be dead without it."""
    return {entry: file.words(entry) for entry in SMALL}


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
        named=frozenset(small["named"]),
        doing=frozenset(small["doing"]),
        closing_denials=frozenset(small["closing_denials"]),
        answering=frozenset(small["answering"]),
        after_answer=frozenset(small["after_answer"]),
        asking=frozenset(small["asking"]),
    )


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
        compared_sides=file.words("compared_sides"),
        masks=file.words("masks"),
        healthy_after=file.words("healthy_after"),
        asides=file.words("asides"),
        not_asides=file.words("not_asides"),
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
        unmasks=file.words("unmasks"),
        started=frozenset(file.words("started")),
        injured=frozenset(file.words("injured")),
        eventful=frozenset(file.words("eventful")),
        planned=frozenset(file.words("planned")),
        repeated=frozenset(file.words("repeated")),
        visits=frozenset(file.words("visits")),
        marking=frozenset(file.words("marking")),
        marked_after=frozenset(file.words("marked_after")),
        numbering=frozenset(file.words("numbering")),
        short_stays=frozenset(file.words("short_stays")),
        weekdays=file.numbers("weekdays"),
        months=file.numbers("months"),
        seasons=file.numbers("seasons"),
        since=frozenset(file.words("since")),
    )


def _read_background(file: WordFile) -> BackgroundWords:
    onset = file.table("onset")
    for name in onset:
        if name not in (Onset.NEW.value, Onset.OLD.value):
            raise file.error(f"onset.{name}", "is no onset", "use new or old")
    numbers = file.words("claim_words"), file.words("other_numbers")
    return BackgroundWords(file.table("qualities"), onset, file.table("payer"), *numbers)


def _read_corrections(file: WordFile) -> CorrectionWords:
    phrases = {kind: file.words(kind) for kind in CORRECTION_KINDS}
    words = [
        frozenset(file.words(entry))
        for entry in ("objecting", "beside", "subjects", "ahead", "other_times", "elsewhere")
    ]
    return CorrectionWords(file.words("spoken"), phrases, *words)


def _read_precautions(file: WordFile) -> PrecautionWords:
    return PrecautionWords(
        phrases=file.table("precautions"),
        masks=file.words("masks"),
        stops=frozenset(file.words("stops")),
    )
