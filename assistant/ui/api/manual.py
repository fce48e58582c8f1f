"""A page that documents the API, made of its OpenAPI description; it loads nothing from anywhere."""

import re
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")


def add_manual(api: FastAPI) -> None:
    """Serve the page at `/docs`."""

    @api.get("/docs", include_in_schema=False)
    async def manual() -> HTMLResponse:
        return HTMLResponse(manual_page(api.openapi()))


def manual_page(openapi: dict[str, Any]) -> str:
    """The page of an OpenAPI description."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["marked"] = _marked
    return environment.get_template("manual.html.jinja").render(
        info=openapi["info"],
        paths=openapi["paths"],
        schemas=openapi["components"]["schemas"],
        type_of=_type_name,
    )


def _marked(text: str) -> Markup:
    """A text with what stands in backticks shown as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def _type_name(schema: dict[str, Any]) -> str:
    """A schema in a few words, such as `list of Turn` or `string or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(_type_name(each) for each in schema["anyOf"])
    if "const" in schema:
        return str(schema["const"]).lower()
    if schema.get("type") == "array":
        return f"list of {_type_name(schema['items'])}"
    return str(schema.get("format") or schema.get("type", "any"))
