"""The readers that a Reader is put together from, built from a lexicon."""

from dataclasses import dataclass

from bot.knowledge.languages import LanguageSigns
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.word_rules import WordRules
from bot.reading.amounts import AmountReader
from bot.reading.answers import AnswerReader
from bot.reading.background import BackgroundReader
from bot.reading.contact import ContactReader
from bot.reading.corrections import CorrectionReader
from bot.reading.durations import DurationReader
from bot.reading.findings import FindingBook
from bot.reading.imaging import ImagingReader
from bot.reading.index import PhraseIndex
from bot.reading.languages import LanguageReader
from bot.reading.patterns import Grammar
from bot.reading.places import PlaceBook
from bot.reading.precautions import PrecautionReader
from bot.reading.presence import PresenceJudge
from bot.reading.spelling import BOLD, CAREFUL, Boldness, Speller
from bot.reading.tokenizer import Tokenizer


@dataclass(frozen=True)
class Parts:
    """The readers that a Reader is put together from.

    answer_tokenizer: of answers to what was asked of findings, where misspellings are corrected more boldly.
    """

    tokenizer: Tokenizer
    answer_tokenizer: Tokenizer
    findings: FindingBook
    places: PlaceBook
    judge: PresenceJudge
    durations: DurationReader
    imaging: ImagingReader
    precautions: PrecautionReader
    answers: AnswerReader
    amounts: AmountReader
    contact: ContactReader
    background: BackgroundReader
    languages: LanguageReader
    corrections: CorrectionReader


def build_parts(
    lexicon: Lexicon,
    *,
    also_known: frozenset[str],
    signs: tuple[LanguageSigns, ...],
    age_of_majority: int | None,
    country: str,
) -> Parts:
    """The readers of the lexicon's language, as `build_reader` asks for them; all share one index."""
    rules, small = lexicon.rules, lexicon.small
    resuming = frozenset(small["resuming"])
    grammar = Grammar(lexicon.lists, rules.inflections, resuming=resuming)
    telling = Grammar(lexicon.lists, rules.inflections, resuming=resuming.union(small["resuming_cues"]))
    index = PhraseIndex(small["common"])
    answering = Grammar(lexicon.lists, rules.inflections, resuming=resuming.union(small["nothing"]))
    findings = FindingBook(lexicon.findings, grammar=grammar, answering=answering, index=index, small=small)
    places = PlaceBook(lexicon.places, grammar=grammar, index=index, small=small)
    judge = PresenceJudge(lexicon.cues, passable=places.place_words, grammar=telling, index=index)
    durations = DurationReader(lexicon.durations, grammar=grammar, index=index, small=small)
    imaging = ImagingReader(lexicon.imaging, grammar=grammar, index=index, small=small)
    precautions = PrecautionReader(
        lexicon.precautions, judge=judge, grammar=grammar, index=index, age_of_majority=age_of_majority
    )
    answers = AnswerReader(lexicon.answers, grammar=telling, index=index, small=small)
    corrections = CorrectionReader(lexicon.corrections, grammar=grammar, index=index, small=small)
    readers = (findings, places, judge, durations, imaging, precautions, answers)
    known = also_known.union(corrections.vocabulary, *[reader.vocabulary for reader in readers])
    meant = findings.core_words | rules.spelt | places.vocabulary | imaging.vocabulary | precautions.vocabulary
    expected = findings.core_words | rules.spelt | rules.answered
    english = known | rules.real_words | rules.fillers | rules.bound
    contact = ContactReader(small, ordinary_words=english, country=country)
    background = BackgroundReader(lexicon.background, grammar=grammar, index=index)
    amounts, languages = (
        AmountReader(small, lexicon.durations.numbers),
        LanguageReader(signs, english=english.union(rules.misspellings)),
    )
    tokenizer = _tokenizer(rules, known, meant | also_known)
    hearing = _tokenizer(rules, known, expected, boldness=BOLD)
    return Parts(tokenizer, hearing, *readers, amounts, contact, background, languages, corrections)


def _tokenizer(
    rules: WordRules, known: frozenset[str], targets: frozenset[str], *, boldness: Boldness = CAREFUL
) -> Tokenizer:
    table, real_words = rules.misspellings, rules.real_words
    return Tokenizer(rules, Speller(known, targets=targets, table=table, real_words=real_words, boldness=boldness))
