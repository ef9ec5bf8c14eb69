"""Encounters, events and turns as plain JSON data and back, driven by their type hints."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.errors import EncounterError

T = TypeVar("T")
Step = Callable[[Any], Any]
"""Writes or reads the values of one type; worked out from the type once, for it is done on every turn."""


def to_data(value: Any) -> Any:
    """A value of this room as JSON data; unions of dataclasses carry their name under `type`."""
    return _writer(type(value))(value)  # type: ignore[arg-type]  # classes are hashable; mypy sees their metaclass


def tagged(value: Any) -> dict[str, Any]:
    """A dataclass as JSON data with its class name under `type`, for members of a union."""
    return {"type": type(value).__name__, **to_data(value)}


def from_data(kind: type[T], data: Any) -> T:
    """The value of `kind` that `to_data` wrote; EncounterError when the data do not fit it."""
    try:
        return _reader(kind)(data)  # type: ignore[arg-type,no-any-return]  # hashable, and its reader gives its kind
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EncounterError(f"cannot read {kind.__name__}: {type(error).__name__}") from error


def from_tagged(kinds: tuple[type[Any], ...], data: Mapping[str, Any]) -> Any:
    """The member of a union that `tagged` wrote."""
    for kind in kinds:
        if data.get("type") == kind.__name__:
            return from_data(kind, {key: value for key, value in data.items() if key != "type"})
    raise EncounterError(f"cannot read {data.get('type')!r}: expected one of {[kind.__name__ for kind in kinds]}")


@lru_cache(maxsize=256)
def _writer(kind: type[Any]) -> Step:
    if is_dataclass(kind):
        return partial(_write_fields, tuple(field.name for field in fields(kind)))
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, datetime):
        return kind.isoformat
    if issubclass(kind, tuple | list):
        return _write_list
    if issubclass(kind, Mapping):
        return _write_mapping
    return _itself


def _write_fields(names: tuple[str, ...], value: Any) -> dict[str, Any]:
    return {name: to_data(getattr(value, name)) for name in names}


def _write_list(value: Any) -> list[Any]:
    return [to_data(item) for item in value]


def _write_mapping(value: Mapping[Any, Any]) -> dict[Any, Any]:
    return {to_data(key): to_data(item) for key, item in value.items()}


def _itself(value: Any) -> Any:
    return value


@lru_cache(maxsize=256)
def _reader(hint: Any) -> Step:
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return partial(_read_optional, [member for member in get_args(hint) if member is not type(None)])
    if origin is tuple:
        return partial(_read_tuple, get_args(hint))
    if origin is not None or not isinstance(hint, type):
        return _itself
    if is_dataclass(hint):
        return partial(_read_fields, hint)
    if issubclass(hint, Enum):
        return hint
    return datetime.fromisoformat if hint is datetime else partial(_read_plain, hint)


def _read_plain(kind: type[Any], data: Any) -> Any:
    if kind is float and isinstance(data, int):
        return float(data)
    if not isinstance(data, kind):
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data


def _read_optional(members: list[Any], data: Any) -> Any:
    if data is None:
        return None
    if len(members) != 1:
        raise TypeError("a union of several types must be read with from_tagged")
    return _reader(members[0])(data)


def _read_tuple(members: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        raise TypeError("expected a list")
    if len(members) == 2 and members[1] is Ellipsis:
        read = _reader(members[0])
        return tuple([read(item) for item in data])
    return tuple([_reader(member)(item) for member, item in zip(members, data, strict=True)])


def _read_fields(kind: type[Any], data: Any) -> Any:
    readers = _readers(kind)  # type: ignore[arg-type]  # as above
    if not data.keys() <= readers.keys():
        raise TypeError(f"unknown fields {sorted(data.keys() - readers.keys())}")
    return kind(**{name: readers[name](value) for name, value in data.items()})


@lru_cache(maxsize=64)
def _readers(kind: type[Any]) -> dict[str, Step]:
    """The reader of each field; worked out when it is needed, so that a type may hold its own kind."""
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
