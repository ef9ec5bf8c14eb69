"""Encounters, events and turns as plain JSON data and back, driven by their type hints."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.errors import EncounterError

T = TypeVar("T")


def to_data(value: Any) -> Any:
    """A value of this room as JSON data; unions of dataclasses carry their name under `type`."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_data(item) for item in value]
    if isinstance(value, Mapping):
        return {to_data(key): to_data(item) for key, item in value.items()}
    return value


def tagged(value: Any) -> dict[str, Any]:
    """A dataclass as JSON data with its class name under `type`, for members of a union."""
    return {"type": type(value).__name__, **to_data(value)}


def from_data(kind: type[T], data: Any) -> T:
    """The value of `kind` that `to_data` wrote; EncounterError when the data do not fit it."""
    try:
        return _read(kind, data)  # type: ignore[no-any-return]  # _read is driven by the hint it is given
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EncounterError(f"cannot read {kind.__name__}: {type(error).__name__}") from error


def from_tagged(kinds: tuple[type[Any], ...], data: Mapping[str, Any]) -> Any:
    """The member of a union that `tagged` wrote."""
    for kind in kinds:
        if data.get("type") == kind.__name__:
            return from_data(kind, {key: value for key, value in data.items() if key != "type"})
    raise EncounterError(f"cannot read {data.get('type')!r}: expected one of {[kind.__name__ for kind in kinds]}")


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        return _read_optional(hint, data)
    if origin is tuple:
        return _read_tuple(hint, data)
    if is_dataclass(hint) and isinstance(hint, type):
        return _read_dataclass(hint, data)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    if hint is datetime:
        return datetime.fromisoformat(data)
    if hint is float and isinstance(data, int):
        return float(data)
    if isinstance(hint, type) and not isinstance(data, hint):
        raise TypeError(f"{data!r} is no {hint.__name__}")
    return data


def _read_optional(hint: Any, data: Any) -> Any:
    members = [member for member in get_args(hint) if member is not type(None)]
    if data is None:
        return None
    if len(members) != 1:
        raise TypeError("a union of several types must be read with from_tagged")
    return _read(members[0], data)


def _read_tuple(hint: Any, data: Any) -> tuple[Any, ...]:
    members = get_args(hint)
    if not isinstance(data, list | tuple):
        raise TypeError("expected a list")
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(_read(members[0], item) for item in data)
    return tuple(_read(member, item) for member, item in zip(members, data, strict=True))


def _read_dataclass(kind: type[Any], data: Any) -> Any:
    hints = _hints(kind)  # type: ignore[arg-type]  # classes are hashable; mypy sees their metaclass
    unknown = set(data) - set(hints)
    if unknown:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    return kind(**{name: _read(hints[name], value) for name, value in data.items()})
