"""The OpenAPI description: what FastAPI derives from the routes, with the keys and problems it cannot know."""

from typing import Any

from fastapi import FastAPI

from bot.web.shapes import Problem

SECURITY = {
    "session": {"type": "http", "scheme": "bearer", "description": "The token of POST /api/chat/sessions."},
    "key": {"type": "http", "scheme": "bearer", "description": "The clinic's API_KEY."},
}


def describe(app: FastAPI) -> None:
    """Complete the application's description, once, when it is first asked for."""
    derive = app.openapi

    def complete() -> dict[str, Any]:
        described = derive()
        components = described.setdefault("components", {})
        components["securitySchemes"] = SECURITY
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        components.setdefault("schemas", {})[Problem.__name__] = schema
        return described

    app.openapi = complete  # type: ignore[method-assign]  # FastAPI's documented way to extend the description
