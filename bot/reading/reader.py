"""The reader: one message in, everything it says out, each part read by the module that knows it."""

from dataclasses import dataclass, replace
from datetime import date

from bot.clinical.reading import Mention, Reading
from bot.clinical.vocabulary import About, Answer, Finding, Presence, Region, Side
from bot.knowledge.languages import LanguageSigns
from bot.knowledge.lexicon import Lexicon
from bot.reading.answers import NOTHING_SAID, AnswerReader, Said
from bot.reading.attachment import AttachmentWords, attach
from bot.reading.complaint import general_aches, is_complaint, ordered, specific, story, with_leftover, without_others
from bot.reading.durations import Story
from bot.reading.findings import finding_of
from bot.reading.named import NamedPlaces
from bot.reading.parts import Parts, build_parts
from bot.reading.phrases import Match
from bot.reading.places import Place, Where, join_sides
from bot.reading.presence import Judgement, Scopes
from bot.reading.quotes import QuoteWords, quote_span
from bot.reading.selection import Told, select, without_excepted
from bot.reading.stretches import Stretch
from bot.reading.tokens import Tokens
from bot.reading.told import Told as Heard
from bot.reading.upon_asking import WORDS, upon_asking

SHORT = 8
TAKEN_BACK = tuple([finding for finding in Finding if finding is not Finding.ALTERED_SENSATION])
"""Findings that a message which objects may deny in the words of an answer: "wait, I push, nothing". That something
"feels fine" may be said of much else."""
NO = frozenset({"no", "no_asked", "no_soft"})
"""Kinds of answer that deny: a place beside them is not the complaint's."""


@dataclass(frozen=True)
class Analysis:
    """How a message was read, step by step; `needlepoint explain` shows it."""

    tokens: Tokens
    matches: tuple[Match, ...]
    scopes: Scopes
    judgements: tuple[Judgement, ...]
    where: Where
    owned: tuple[tuple[Place, ...], ...]
    mentions: tuple[Mention, ...]
    said: Said


class Reader:
    """Reads messages of one language; made by `build_reader`, safe to share, keeps no message."""

    def __init__(self, lexicon: Lexicon, parts: Parts) -> None:
        self._parts = parts
        self._attachment = AttachmentWords.of(lexicon.small, prepositions=lexicon.cues.prepositions)
        self._quoting = QuoteWords.of(lexicon.small, cues=lexicon.cues)
        self._resuming = frozenset(lexicon.small["resuming"])
        self._upon_asking = {name: frozenset(lexicon.small[name]) for name in WORDS}
        self._muscle = frozenset(lexicon.places.muscle_words)
        self._named = NamedPlaces(lexicon.small)

    @property
    def parts(self) -> Parts:
        """The readers inside, for those who read flags with the same words."""
        return self._parts

    def tokenize(self, text: str) -> Tokens:
        """The words of the message."""
        return self._parts.tokenizer.tokenize(text)

    def read(self, text: str, *, asked: tuple[Finding, ...] = (), today: date) -> Reading:
        """Everything that the message says, in the light of what was asked."""
        seen = self.analyse(text, asked=asked)
        tokens, parts = seen.tokens, self._parts
        age = parts.amounts.age(tokens)
        places = [region for place in seen.where.places if place.counts for region in place.regions]
        complains = bool(places) or any(is_complaint(mention) for mention in seen.mentions)
        told = story(seen.matches, seen.judgements, seen.scopes.persons, age)
        times = parts.durations.said(tokens, today=today, story=told)
        days = parts.durations.chosen(tokens, times, story=told)
        heard = self._heard(seen, tuple([time for time in times if not time.is_vague]), told)
        return Reading(
            text=text,
            mentions=upon_asking(seen.mentions, asked, self._upon_asking),
            regions=self._regions(seen, asked),
            side=_side(seen),
            duration_days=days,
            severity=parts.amounts.severity(tokens, is_short=len(tokens.words) <= SHORT),
            imaging=parts.imaging.read(tokens),
            precautions=parts.precautions.read(tokens, seen.matches, age=age),
            answer=_bare_answer(seen, parts.answers),
            age=age,
            bare_age=parts.amounts.bare_age(tokens),
            for_someone=seen.scopes.persons.for_someone,
            contact=parts.contact.read(text),
            background=parts.background.read(tokens, seen.scopes, complains=complains, days=days),
            places=ordered(places),
            remarked=self._named.remarked(tokens, seen.where, seen.owned),
            ailing=self._named.ailing(tokens, seen.where),
            language=parts.languages.language_of(text),
            unfamiliar=parts.languages.unfamiliar(text),
            correction=parts.corrections.read(tokens, heard),
        )

    def _heard(self, seen: Analysis, times: tuple[Stretch, ...], told: Story) -> Heard:
        """What a correction may be made of; a time without a number ("for months") corrects none."""
        durations = self._parts.durations
        days = durations.chosen(seen.tokens, times, story=told)
        return Heard(seen.where, *self._up_for_correction(seen), times, durations.units(seen.tokens), days)

    def _up_for_correction(
        self, seen: Analysis
    ) -> tuple[tuple[Match, ...], tuple[Judgement, ...], tuple[tuple[Place, ...], ...]]:
        """The findings that a correction may be about; one that takes off may name them barely: "forget the heat"."""
        if not self._parts.corrections.takes_off(seen.tokens):
            return seen.matches, seen.judgements, seen.owned
        matches, alike = self._parts.findings.find(seen.tokens, tuple(Finding))
        scopes = self._parts.judge.scopes(seen.tokens, matches)
        owned = attach(seen.tokens, matches, alike, seen.where.places, words=self._attachment)
        return matches, scopes.judge_all(matches), owned

    def analyse(self, text: str, *, asked: tuple[Finding, ...] = ()) -> Analysis:
        """The steps from text to mentions."""
        tokens = self._parts.answer_tokenizer.tokenize(text) if asked else self.tokenize(text)
        set_right = TAKEN_BACK if self._parts.corrections.objects(tokens) else ()
        matches, alike = self._parts.findings.find(tokens, asked, denied=set_right)
        scopes = self._parts.judge.scopes(tokens, matches)
        judgements = scopes.judge_all(matches)
        where = without_others(self._parts.places.find(tokens), tokens, scopes.persons, matches, judgements)
        owned = attach(tokens, matches, alike, where.places, words=self._attachment)
        mentions = tuple([self._mention(tokens, *each, where) for each in zip(matches, judgements, owned, strict=True)])
        mentions = with_leftover(tokens, matches, owned, where, mentions)
        said = self._parts.answers.read(tokens)
        rated = self._parts.amounts.severity(tokens, is_short=True) if said == NOTHING_SAID and asked else None
        if rated is not None:
            said = Said(Answer.YES if rated else Answer.NO, "content", 0, len(tokens.words))
        if asked:
            mentions = _wondered(tokens, mentions) if self._parts.answers.wonders(tokens, said) else mentions
            mentions = without_excepted(self._parts.answers, tokens, mentions)
            told = Told(_about_me(mentions), _denied(judgements), where)
            mentions += self._answered(tokens, said, asked, told)
        return Analysis(tokens, matches, scopes, judgements, where, owned, mentions, said)

    def _regions(self, seen: Analysis, asked: tuple[Finding, ...]) -> tuple[Region, ...]:
        """Regions of the patient's present findings; of a short message that only names a place, that place."""
        if not seen.matches and (asked or len(seen.tokens.words) <= SHORT) and seen.said.kind not in NO:
            named = [region for place in seen.where.places if place.counts for region in place.regions]
            return specific(ordered(named))
        named = [region for mention in seen.mentions if is_complaint(mention) for region in mention.regions]
        general: list[Region] = []
        for mention, places in zip(seen.mentions, seen.owned, strict=False):
            if mention.finding is Finding.PAIN and is_complaint(mention):
                general += general_aches(seen.tokens, places, self._attachment.prepositions)
        return ordered([*specific(ordered(named)), *general])

    def _mention(
        self, tokens: Tokens, match: Match, judged: Judgement, places: tuple[Place, ...], where: Where
    ) -> Mention:
        first, last = quote_span(tokens, match, places, cue=judged.span, words=self._quoting)
        start, end = tokens.starts[first], tokens.ends[last - 1]
        return Mention(
            finding=finding_of(match),
            presence=judged.presence,
            text=tokens.text[start:end],
            start=start,
            end=end,
            about=judged.about,
            regions=specific(ordered([region for place in places for region in place.regions])),
            side=where.side_of(first, last, within=self._within(tokens, first, last)),
            near_spine=where.is_near_spine(first, last),
            points_back=not self._attachment.back_references.isdisjoint(tokens.words[max(0, first - 1) : last]),
            visceral=self._is_visceral(tokens, match, places, (first, last)),
        )

    def _within(self, tokens: Tokens, first: int, last: int) -> tuple[int, int]:
        """The stretch between commas that these words lie in."""
        stretches = tokens.stretches(self._resuming)
        return stretches[first][0], stretches[last - 1][1]

    def _is_visceral(self, tokens: Tokens, match: Match, places: tuple[Place, ...], span: tuple[int, int]) -> bool:
        """Whether pain or cramps are of an organ, with no word of muscles or ribs beside them."""
        if finding_of(match) not in (Finding.PAIN, Finding.MUSCLE_SPASM):
            return False
        inside = any(place.is_organ for place in places)
        return inside and not self._muscle & set(tokens.words[max(0, span[0] - 3) : span[1] + 3])

    def _answered(self, tokens: Tokens, said: Said, asked: tuple[Finding, ...], told: Told) -> tuple[Mention, ...]:
        """Mentions that follow from an answer to the findings asked about."""
        selected = select(self._parts.answers, tokens, said, asked=asked, told=told)
        first, last = (said.start, said.end) if said.end else (0, min(len(tokens.words), 12))
        start, end = (tokens.starts[first], tokens.ends[last - 1]) if last else (0, 0)
        quote, of_list = tokens.text[start:end], selected.of_list
        return tuple(
            [
                Mention(finding, selected.meant[finding], quote, start, end, implied=True, of_list=of_list)
                for finding in asked
                if finding in selected.meant
            ]
        )


def build_reader(
    lexicon: Lexicon,
    *,
    also_known: frozenset[str] = frozenset(),
    signs: tuple[LanguageSigns, ...] = (),
    age_of_majority: int | None = None,
    country: str = "CA",
) -> Reader:
    """A reader of the lexicon's language, with its spaCy pipeline; `also_known` words count as spelt right.

    `signs` are those of other languages; whoever is said to be below the age of majority is noted as a minor.
    """
    parts = build_parts(lexicon, also_known=also_known, signs=signs, age_of_majority=age_of_majority, country=country)
    return Reader(lexicon, parts)


def _side(seen: Analysis) -> Side | None:
    """The side of what is there, else one said at the beginning or right before a place."""
    there = [one.side for one in seen.mentions if one.side is not None and one.presence is Presence.PRESENT]
    size = len(seen.tokens.words)
    early = seen.where.side_of(0, min(size, SHORT), within=(0, size))
    return join_sides(there) or early or seen.where.side_beside()


def _about_me(mentions: tuple[Mention, ...]) -> dict[Finding, Presence]:
    """What the message says of the patient's own findings; where it says both, "the numbness but not the tingling"."""
    mine = [mention for mention in mentions if mention.about is About.PATIENT]
    return {each.finding: each.presence for each in sorted(mine, key=lambda each: each.presence is Presence.PRESENT)}


def _wondered(tokens: Tokens, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions of a message that begins by asking what was meant: "a spasm?" says of no spasm that it is there."""
    end = tokens.ends[tokens.first_sentence - 1]
    return tuple([_only_asked(each) if each.start < end else each for each in mentions])


def _only_asked(mention: Mention) -> Mention:
    return replace(mention, presence=Presence.UNKNOWN, about=About.HYPOTHETICAL)


def _denied(judgements: tuple[Judgement, ...]) -> tuple[tuple[int, int], ...]:
    """The words that deny, or say something else of, the findings named."""
    return tuple([judged.span for judged in judgements if judged.span is not None])


def _bare_answer(seen: Analysis, answers: AnswerReader) -> Answer | None:
    return answers.bare(seen.said, seen.tokens, _denied(seen.judgements), told=bool(seen.matches))
