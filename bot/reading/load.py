"""The reader and the screen of a language, built together from the clinical data."""

from dataclasses import dataclass, replace
from functools import lru_cache

from bot.knowledge.flag_book import load_flag_book, words_of
from bot.knowledge.flag_net import load_flag_net
from bot.knowledge.languages import load_language_signs
from bot.knowledge.lexicon import load_lexicon
from bot.knowledge.place import load_age_of_majority
from bot.knowledge.shelf import HERE
from bot.reading.flags import Screen, build_screen
from bot.reading.flags_net import SecondNet
from bot.reading.flags_signs import SignFinder
from bot.reading.reader import Reader, build_reader
from bot.reading.tokens import Tokens


@dataclass(frozen=True)
class _Hearing:
    """The reader's words, as the screen asks for them."""

    reader: Reader

    def tokens(self, text: str) -> Tokens:
        return self.reader.tokenize(text)


def load_reading(language: str, *, region: str = "ca-bc", with_net: bool = True) -> tuple[Reader, Screen]:
    """The reader and the red-flag screen of a language; without its second net the screen works by rules alone."""
    reader, screen = _by_rules(language, region)
    return reader, with_second_net(screen, language) if with_net else screen


@lru_cache(maxsize=1)
def _by_rules(language: str, region: str) -> tuple[Reader, Screen]:
    """Kept, for a clinic whose settings change is put together anew, and these take more than a second to build."""
    lexicon = load_lexicon(HERE / language)
    book = load_flag_book(language=language)
    reader = build_reader(
        lexicon,
        also_known=words_of(book, inflections=lexicon.rules.inflections),
        signs=load_language_signs(HERE, language=language),
        age_of_majority=load_age_of_majority(HERE, region=region),
        country=region.split("-")[0].upper(),
    )
    finder = SignFinder(book, reader.parts.judge, inflections=lexicon.rules.inflections)
    return reader, build_screen(_Hearing(reader), book, finder=finder)


def with_second_net(screen: Screen, language: str) -> Screen:
    """The screen with the net of its language, where one was trained."""
    net = load_flag_net(language=language)
    return replace(screen, net=SecondNet(net)) if net else screen
