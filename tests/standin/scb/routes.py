"""PxWeb's routes: configuration, search of tables, metadata and data.

Forms are those of the official specification, which `tests/apis/test_scb_openapi.py` holds them to.
Limits are those that SCB's own configuration gives. Names of parameters are read as the real server reads
them, in upper or lower case. Data is given in json-stat2 alone. Invented: that each word of a search must
stand in the title or the variables, that every variable must be selected, and the time of the update.
"""

import re
from collections.abc import Callable, Mapping
from itertools import product
from math import prod

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.scb.tables import Table, Variable, tables

MAX_CELLS = 150_000
_UPDATED = "2025-06-17T06:00:00Z"
_DEFAULT_PAGE_SIZE = 20
_BASE = "https://statistikdatabasen.scb.se/api/v2"

Answer = dict[str, object]


class _Problem(Exception):
    def __init__(self, status: int, title: str, detail: str) -> None:
        self.status = status
        self.body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        super().__init__(detail)


class _ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def routes() -> list[BaseRoute]:
    """All routes; the data is read when a request first needs it."""
    return [
        Route("/config", _answering(lambda request: _config())),
        Route("/tables", _answering(_search)),
        Route(
            "/tables/{id}", _answering(lambda request: _row(_table(request), request) | _language(request))
        ),
        Route("/tables/{id}/metadata", _answering(_metadata)),
        Route("/tables/{id}/data", _answering(_data)),
    ]


def _answering(answer: Callable[[Request], Answer]) -> Callable[[Request], JSONResponse]:
    def endpoint(request: Request) -> JSONResponse:
        try:
            return JSONResponse(answer(request))
        except _Problem as problem:
            return _ProblemResponse(problem.body, problem.status)

    return endpoint


def _config() -> Answer:
    return {
        "apiVersion": "2.3.2",
        "appVersion": "1.0.0",
        "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
        "defaultLanguage": "sv",
        "maxDataCells": MAX_CELLS,
        "maxCallsPerTimeWindow": 30,
        "timeWindow": 10,
        "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
        "sourceReferences": [
            {"language": "sv", "text": "Källa: SCB"},
            {"language": "en", "text": "Source: Statistics Sweden"},
        ],
        "defaultDataFormat": "json-stat2",
        "dataFormats": ["json-stat2", "csv", "px", "xlsx", "html", "json-px"],
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
    }


def _search(request: Request) -> Answer:
    """Tables that have every word of the query in their title or variables, in the language asked for."""
    params = request.query_params
    words = _words(params.get("query", ""))
    with_discontinued = params.get("includeDiscontinued", "false").casefold() == "true"
    found = [
        table
        for table in tables()
        if (with_discontinued or not table.discontinued) and words <= _words(_searchable(table, request))
    ]
    size = _number(request, "pageSize", _DEFAULT_PAGE_SIZE)
    page = _number(request, "pageNumber", 1)
    return _language(request) | {
        "tables": [_row(table, request) for table in found[(page - 1) * size : page * size]],
        "page": {
            "pageNumber": page,
            "pageSize": size,
            "totalElements": len(found),
            "totalPages": max(1, -(-len(found) // size)),
        },
    }


def _row(table: Table, request: Request) -> Answer:
    return {
        "id": table.table_id,
        "label": _title(table, request),
        "description": "",
        "updated": _UPDATED,
        "firstPeriod": table.years[0],
        "lastPeriod": table.years[-1],
        "category": "public",
        "variableNames": [variable.label for variable in table.variables],
        "discontinued": table.discontinued,
        "source": "SCB",
        "links": [{"rel": "self", "hreflang": "sv", "href": f"{_BASE}/tables/{table.table_id}"}],
    }


def _metadata(request: Request) -> Answer:
    table = _table(request)
    return _dataset(table, table.variables, request) | {"value": []}


def _data(request: Request) -> Answer:
    table = _table(request)
    wanted = tuple(_selected(variable, _selection(request)) for variable in table.variables)
    if prod(len(variable.values) for variable in wanted) > MAX_CELLS:
        raise _Problem(403, "Forbidden", "The query resulted in more cells than allowed.")
    cells = list(product(*(variable.values for variable in wanted)))
    figures = [table.figures.get(cell) for cell in cells]
    status = {str(number): ".." for number, figure in enumerate(figures) if figure is None}
    return _dataset(table, wanted, request) | {"value": figures, "status": status}


def _dataset(table: Table, variables: tuple[Variable, ...], request: Request) -> Answer:
    return {
        "version": "2.0",
        "class": "dataset",
        "label": _title(table, request),
        "source": "SCB",
        "updated": _UPDATED,
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": [variable.code for variable in variables],
        "size": [len(variable.values) for variable in variables],
        "dimension": {variable.code: _dimension(variable) for variable in variables},
        "extension": {
            "px": {"tableid": table.table_id, "language": "sv"},
            "discontinued": table.discontinued,
        },
    }


def _dimension(variable: Variable) -> Answer:
    category: Answer = {
        "index": {code: place for place, code in enumerate(variable.values)},
        "label": dict(variable.values),
    }
    if variable.code == "ContentsCode":
        category["unit"] = {code: {"base": "kronor", "decimals": 0} for code in variable.values}
    return {"label": variable.label, "category": category, "extension": {"elimination": False}}


def _selection(request: Request) -> Mapping[str, str]:
    """Value codes by variable code in lower case, out of `valueCodes[Variable]=...`."""
    found = {}
    for name, value in request.query_params.items():
        if match := re.fullmatch(r"valuecodes\[(.+)\]", name, re.IGNORECASE):
            found[match[1].casefold()] = value
    return found


def _selected(variable: Variable, selection: Mapping[str, str]) -> Variable:
    """The variable with the selected values alone; the expressions `*`, `top(n)` and plain codes."""
    expression = selection.get(variable.code.casefold())
    if expression is None:
        raise _Problem(400, "Bad Request", f"Missing selection for mandatory variable {variable.code}")
    if expression == "*":
        return variable
    codes = expression.split(",")
    if top := re.fullmatch(r"top\((\d+)\)", expression, re.IGNORECASE):
        codes = list(variable.values)[-int(top[1]) :]
    if unknown := [code for code in codes if code not in variable.values]:
        detail = f"Value, {unknown[0]} is not a valid value code for variable {variable.code}"
        raise _Problem(400, "Bad Request", detail)
    values = {code: label for code, label in variable.values.items() if code in codes}
    return Variable(variable.code, variable.label, values)


def _table(request: Request) -> Table:
    wanted = request.path_params["id"]
    found = next((table for table in tables() if table.table_id == wanted), None)
    if found is None:
        raise _Problem(404, "Not Found", f"Node with id, {wanted} can not be found")
    return found


def _title(table: Table, request: Request) -> str:
    return table.title_en if request.query_params.get("lang") == "en" else table.title


def _searchable(table: Table, request: Request) -> str:
    return " ".join((_title(table, request), *(variable.label for variable in table.variables)))


def _language(request: Request) -> Answer:
    return {"language": request.query_params.get("lang") or "sv"}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name, str(default))
    if not value.isdecimal() or not int(value):
        raise _Problem(400, "Bad Request", f"{name} is no positive number")
    return int(value)
