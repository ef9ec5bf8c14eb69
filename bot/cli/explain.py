"""`needlepoint explain`: the sentence with its findings in colour, and what each was read as and why."""

from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.clinical.reading import Reading, RedFlag
from bot.clinical.vocabulary import About, Finding, Presence
from bot.reading.explain import Explanation, explain
from bot.reading.flags import Screen
from bot.reading.load import load_reading

COLOUR = {Presence.PRESENT: "bold green", Presence.ABSENT: "bold red", Presence.UNKNOWN: "bold yellow"}
NOT_COUNTED = "dim italic"
FLAGGED = "reverse"
CORRECTED, BORDER = "bold cyan", "dim"
CUE = {"mask": "dim", "deny": "red", "deny_verb": "red", "deny_after": "red"}


def explanation(sentence: str, language: str, *, asked: tuple[Finding, ...] = ()) -> RenderableType:
    """What the sentence is read as in the light of what was asked, with the words that decided it."""
    reader, screen = load_reading(language)
    today = datetime.now().astimezone().date()
    explained = explain(reader, sentence, asked=asked, today=today)
    flags = screen.flags(explained.reading, today=today)
    tables = (
        _findings(explained),
        _cues(explained),
        _mentions(explained.reading),
        _flags(flags),
        _nets(screen, sentence),
    )
    shown = [table for table in tables if table.row_count]
    return Group(coloured(explained.reading, flags), words(explained), *shown, _rest(explained.reading))


def words(explained: Explanation) -> Text:
    """The words as they are read: | ends a clause, || a sentence; corrected ones in colour behind what was typed."""
    text = Text("Words: ")
    before = None
    for word in explained.words:
        if before is not None and before.sentence != word.sentence:
            text.append("|| ", BORDER)
        elif before is not None and before.clause != word.clause:
            text.append("| ", BORDER)
        if word.word != word.written.lower():
            text.append(f"{word.written}\u2192", BORDER).append(word.word, CORRECTED)
        else:
            text.append(word.word)
        text.append(" ")
        before = word
    return text


def coloured(reading: Reading, flags: tuple[RedFlag, ...]) -> Text:
    """The sentence: green is present, red denied, yellow uncertain, dim not the patient's; flags are reversed."""
    text = Text(reading.text)
    for mention in reading.mentions:
        style = COLOUR[mention.presence] if mention.about is About.PATIENT else NOT_COUNTED
        text.stylize(style, mention.start, mention.end)
    for flag in flags:
        start = reading.text.find(flag.text)
        if flag.text and start >= 0:
            text.stylize(FLAGGED, start, start + len(flag.text))
    return text


def _findings(explained: Explanation) -> Table:
    table = Table("finding", "words", "phrase", "presence", "about", "cue", "reaching over", title="Findings and cues")
    for match in explained.matches:
        presence = Text(match.presence, COLOUR[Presence(match.presence)])
        table.add_row(match.finding, match.words, match.phrase, presence, match.about, match.cue, match.scope)
    return table


def _cues(explained: Explanation) -> Table:
    table = Table("cue", "words", "phrase", title="Every cue, whether it decided anything or not")
    for cue in explained.cues:
        table.add_row(Text(cue.kind, CUE.get(cue.kind, "yellow")), cue.words, cue.phrase)
    return table


def _mentions(reading: Reading) -> Table:
    table = Table("finding", "presence", "about", "quoted", "regions", "side", title="Mentions")
    for mention in reading.mentions:
        presence = Text(mention.presence.value, COLOUR[mention.presence])
        regions = ", ".join(region.value for region in mention.regions)
        side = mention.side.value if mention.side else ""
        table.add_row(mention.finding.value, presence, mention.about.value, mention.text, regions, side)
    return table


def _flags(flags: tuple[RedFlag, ...]) -> Table:
    table = Table("class", "level", "onset", "ask", "words", "rule", title="Red flags")
    for flag in flags:
        ask = "yes" if flag.ask else ""
        table.add_row(flag.flag_class.value, flag.level.value, flag.onset.value, ask, flag.text, flag.rule)
    return table


def _nets(screen: Screen, sentence: str) -> Table:
    """How likely the second net holds the message to be urgent, and the words that speak for it and against it."""
    table = Table("second net", "by words", title="Urgent or not, by the trained net")
    if screen.net is not None:
        tokens = screen.hearing.tokens(sentence)
        speaking = [f"{name} {weight:+.1f}" for name, weight in screen.net.speaking(tokens)]
        table.add_row(f"{screen.net.likelihood(tokens):.2f}", ", ".join(speaking))
    return table


def _rest(reading: Reading) -> Table:
    table = Table(title="Beside them", show_header=False)
    table.add_row("regions", ", ".join(region.value for region in reading.regions))
    table.add_row("duration", f"{reading.duration_days} days" if reading.duration_days is not None else "")
    table.add_row("severity", str(reading.severity) if reading.severity is not None else "")
    table.add_row("imaging", reading.imaging.value if reading.imaging else "")
    table.add_row("precautions", ", ".join(reading.precautions))
    background = reading.background
    table.add_row("like", ", ".join(background.qualities))
    table.add_row("onset", background.onset.value if background.onset else "")
    table.add_row("payer and claim", " ".join(said for said in (background.payer, background.claim) if said))
    table.add_row("answer", reading.answer.value if reading.answer else "")
    table.add_row("written for", "someone else" if reading.for_someone else "the writer")
    return table
