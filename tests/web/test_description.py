"""Requests made up from the API's own description never meet an answer that the description does not name."""

from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.web.app import create_app
from tests.web.fakes import TOKEN, FakeConversations, parts

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance)
GENEROUS: dict[str, Any] = {
    "RATE_SESSIONS": "100000",
    "RATE_MESSAGES": "100000",
    "RATE_REQUESTS": "100000",
    "API_KEY": "key",
}


def operations() -> list[schemathesis.schemas.APIOperation]:
    """Every operation of the application on a fake without limits, but the endless stream."""
    app = create_app(parts(Path(mkdtemp()), FakeConversations(), **GENEROUS))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app).exclude(path="/api/chat/events")
    return [operation.ok() for operation in schema.get_all_operations()]  # type: ignore[union-attr]  # ok() or raises


def test_every_answer_is_described() -> None:
    for operation in operations():
        key = "key" if operation.path == "/api/understand" else TOKEN
        _check(operation, {"Authorization": f"Bearer {key}"})


def _check(operation: schemathesis.schemas.APIOperation, headers: dict[str, str]) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    check()
