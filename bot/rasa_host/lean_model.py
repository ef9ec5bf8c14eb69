"""The sentence model's file, changed so that only the words looked up become fractions, not the whole vocabulary.

The file keeps its tables as bytes. The runtime turns all of them into fractions when it loads them, for good: for the
vocabulary that is 47 MB instead of 12, of which a message needs a few rows.
"""

from collections.abc import Iterator, Sequence

GRAPH, NODE = 7, 1
INPUT, OUTPUT, OPERATION, ATTRIBUTE = 1, 2, 4, 5
"""Numbers of fields in ONNX messages."""
VARINT, EIGHT_BYTES, LENGTH = 0, 1, 2
"""How protobuf writes a field's content; the rest has four bytes."""
WORDS = b"input_ids"
TABLE = b"inner.embeddings.word_embeddings.weight"
KEPT, SCALES, AS_FLOAT = TABLE + b"_q", TABLE + b"_scale", TABLE + b"_f"
TO_FLOAT = b"\n\x02to\x18\x01\xa0\x01\x02"

Field = tuple[int, memoryview, memoryview]
"""A field's number, all its bytes, and its content."""


def with_lean_vocabulary(model: bytes) -> bytes:
    """The same model with the same results; unchanged where the vocabulary is not kept as expected."""
    if KEPT not in model or SCALES not in model:
        return model
    fields = _fields(memoryview(model))
    return b"".join(
        [_written(GRAPH, _lean(content)) if number == GRAPH else whole for number, whole, content in fields]
    )


def _lean(graph: memoryview) -> bytes:
    return b"".join(
        [_lean_node(content, whole) if number == NODE else whole for number, whole, content in _fields(graph)]
    )


def _lean_node(node: memoryview, whole: memoryview) -> memoryview | bytes:
    """The node itself, nothing for those that made fractions of the table, and all in one for the look-up."""
    parts = [(number, bytes(content)) for number, _, content in _fields(node)]
    if (OUTPUT, AS_FLOAT) in parts or (OUTPUT, TABLE) in parts:
        return b""
    return _look_up(dict(parts)) if (INPUT, TABLE) in parts else whole


def _look_up(node: dict[int, bytes]) -> bytes:
    """The rows of the words and their scales, looked up as they are kept, then multiplied as fractions."""
    rows, fractions, scales = (TABLE + end for end in (b"_rows", b"_rows_f", b"_row_scales"))
    return b"".join(
        [
            _node(b"Gather", [KEPT, WORDS], rows, node[ATTRIBUTE]),
            _node(b"Cast", [rows], fractions, TO_FLOAT),
            _node(b"Gather", [SCALES, WORDS], scales, node[ATTRIBUTE]),
            _node(b"Mul", [fractions, scales], node[OUTPUT]),
        ]
    )


def _node(operation: bytes, inputs: Sequence[bytes], output: bytes, attribute: bytes = b"") -> bytes:
    named = [_written(INPUT, name) for name in inputs] + [_written(OUTPUT, output), _written(OPERATION, operation)]
    return _written(NODE, b"".join(named) + (_written(ATTRIBUTE, attribute) if attribute else b""))


def _fields(message: memoryview) -> Iterator[Field]:
    place = 0
    while place < len(message):
        start = place
        key, place = _varint(message, place)
        if key & 7 == VARINT:
            size = _varint(message, place)[1] - place
        elif key & 7 == LENGTH:
            size, place = _varint(message, place)
        else:
            size = 8 if key & 7 == EIGHT_BYTES else 4
        yield key >> 3, message[start : place + size], message[place : place + size]
        place += size


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    """The number that begins here, and where the next thing begins."""
    number = shift = 0
    while message[place] & 0x80:
        number |= (message[place] & 0x7F) << shift
        place, shift = place + 1, shift + 7
    return number | message[place] << shift, place + 1


def _written(number: int, content: bytes) -> bytes:
    return _as_varint(number << 3 | LENGTH) + _as_varint(len(content)) + content


def _as_varint(number: int) -> bytes:
    low = []
    while number > 0x7F:
        low.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*low, number])
