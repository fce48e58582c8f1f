import re
from collections.abc import Callable

from tests.ui.api.conftest import Api

Scripted = Callable[..., Api]


def test_the_page_documents_every_address_and_loads_nothing(scripted: Scripted):
    api = scripted()
    page = api.http.get("/docs").text
    paths = api.http.get("/openapi.json").json()["paths"]
    assert "/conversations/{id}/messages" in paths
    for path, methods in paths.items():
        for method in methods:
            assert f"{method.upper()} /api/v1{path}" in page
    assert not re.search(r"https?:|src=|<script|<link|url\(", page)


def test_every_operation_and_field_is_described(scripted: Scripted):
    openapi = scripted().http.get("/openapi.json").json()
    for methods in openapi["paths"].values():
        for operation in methods.values():
            assert len(operation["description"]) > 20
    assert "HTTPValidationError" not in openapi["components"]["schemas"]
