"""Reads a PDF of ours back: the text of its pages, by the tables of signs that it carries."""

import re
import zlib

OBJECT = re.compile(rb"\n(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
FONT = re.compile(rb"(/F\d+) (\d+) 0 R")
TABLE = re.compile(rb"/ToUnicode (\d+) 0 R")
SIGN = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
SHOWN = re.compile(rb"(/F\d+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj|\bTd\b", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(paper: bytes) -> str:
    """Every line of text of a PDF, in order."""
    objects = {int(number): content for number, content in OBJECT.findall(paper)}
    streams = {number: _inflated(found[1]) for number, one in objects.items() if (found := STREAM.search(one))}
    fonts = {name: _signs(objects[int(font)], streams) for name, font in FONT.findall(paper)}
    pages = [content for content in streams.values() if b" Tj" in content and b" Tf" in content]
    return "\n".join(_text(page, fonts) for page in pages)


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error:
        return content


def _signs(font: bytes, streams: dict[int, bytes]) -> dict[bytes, str]:
    table = TABLE.search(font)
    pairs = SIGN.findall(streams[int(table[1])]) if table else []
    return {bytes.fromhex(code.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs}


def _text(page: bytes, fonts: dict[bytes, dict[bytes, str]]) -> str:
    font, said = b"", ""
    for found in SHOWN.finditer(page):
        if found[1]:
            font = found[1]
        elif found[2] is not None:
            plain = re.sub(rb"\\(.)", lambda sign: ESCAPED.get(sign[1], sign[1]), found[2], flags=re.DOTALL)
            codes = (plain[place : place + 2] for place in range(0, len(plain), 2))
            said += "".join(fonts[font].get(code, "?") for code in codes)
        else:
            said += "\n"
    return said
