"""Labelled messages as a file that trains Rasa, without what tells who wrote them."""

import re
from collections.abc import Iterable, Iterator

from bot.service.training_records import Unclear

YAML = "application/yaml; charset=utf-8"
HEAD = (
    "# Messages that the chat did not understand, with the intent that staff gave them. Phone numbers, e-mail",
    "# addresses and known names are masked by rule; a rule misses some: read every line before training with it.",
    'version: "3.1"',
    "",
    "nlu:",
)
_MASKS = (
    (re.compile(r"\S+@\S+"), "EMAIL"),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), "LINK"),
    (re.compile(r"\b[a-z]\d[a-z][ -]?\d[a-z]\d\b", re.IGNORECASE), "POSTCODE"),
    (re.compile(r"[+(]*\d(?:[\d\s().+/-]|\bx\b){5,}\d"), "NUMBER"),
)
_SAYS_NAME = re.compile(
    r"\b((?i:my name(?:'s| is)|name\s*[:=-]|i am called|call me|ask for|this is)\s+)((?:[A-Z][\w'’-]*\s*){1,3})",
)
_SAYS_NAME_IN_SMALL = re.compile(r"\b(my name(?:'s| is)\s+)([\w'’-]+(?:\s+[\w'’-]+)?)", re.IGNORECASE)
_SPOKEN_DIGITS = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[\s,-]+){5,}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
LEAST_NAME = 2


def training_lines(messages: Iterable[Unclear]) -> Iterator[str]:
    """The file line by line: each intent once, with what was written to mean it, each sentence once."""
    examples: dict[str, dict[str, None]] = {}
    for message in messages:
        sentence = example(message.text, name=message.name)
        if message.label and sentence:
            examples.setdefault(message.label.replace("/", "_"), {})[sentence] = None
    yield from (f"{line}\n" for line in HEAD[:-1])
    yield f"{HEAD[-1]}\n" if examples else f"{HEAD[-1]} []\n"
    for intent in sorted(examples):
        yield f"- intent: {intent}\n  examples: |\n"
        yield from (f"    - {sentence}\n" for sentence in examples[intent])


def example(text: str, *, name: str | None) -> str:
    """A message as one example: masked, on one line, and with no sign that Rasa or YAML reads as more than a letter."""
    line = " ".join(masked(text, name=name).split())
    plain = "".join(sign if sign.isprintable() else " " for sign in line)
    for sign, instead in (("[", "("), ("]", ")"), ("{", "("), ("}", ")"), ("\\", "/"), ("`", "'")):
        plain = plain.replace(sign, instead)
    return " ".join(plain.split()).lstrip("/-#* ")


def masked(text: str, *, name: str | None) -> str:
    """The text without numbers to call, addresses, and names that are known or said to be one."""
    for pattern, word in (*_MASKS, (_SPOKEN_DIGITS, "NUMBER")):
        text = pattern.sub(word, text)
    for part in sorted(_parts(name), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "NAME", text, flags=re.IGNORECASE)
    for says in (_SAYS_NAME, _SAYS_NAME_IN_SMALL):
        text = says.sub(lambda found: f"{found[1]}NAME ", text)
    return text


def _parts(name: str | None) -> set[str]:
    """The words of a name; "Ng" is one, a single letter is not."""
    return {part for part in re.split(r"[\s,.]+", name or "") if len(part) >= LEAST_NAME}
