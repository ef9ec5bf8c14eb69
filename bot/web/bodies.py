"""Request bodies as checked values; whatever does not fit is refused with a sentence that names the field."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from bot.web.problems import Refused

Shape = TypeVar("Shape", bound=BaseModel)
NOT_JSON = "The body is not JSON; send one JSON object in UTF-8."


async def read_body(request: Request, shape: type[Shape]) -> Shape:
    """The request's JSON object as a `shape`; an empty body counts as an empty object."""
    value = _parse(await request.body() or b"{}")
    if not isinstance(value, dict):
        raise Refused(422, "The body must be one JSON object.")
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise Refused(422, _sentence(error)) from None


def described_body(shape: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI description of a body that `read_body` reads."""
    schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _parse(body: bytes) -> Any:
    try:
        return _whole_characters(json.loads(body))
    except (ValueError, RecursionError):
        raise Refused(400, NOT_JSON) from None


def _whole_characters(value: Any) -> Any:
    """The same value with half characters (lone surrogates) replaced, which no database and no log can hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {_whole_characters(key): _whole_characters(item) for key, item in value.items()}
    return value


def _sentence(error: ValidationError) -> str:
    """What is wrong, by field; never the value that was sent, which may be a patient's words."""
    faults = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors(include_input=False)[:5]]
    return "The body does not fit: " + "; ".join(faults) + "."


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part)[:40] for part in location) or "the body"
