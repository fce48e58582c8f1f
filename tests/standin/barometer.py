"""Yrkesbarometern's file.

The first two rows are recorded, of round 2025-2. The others are rebuilt in their form from the shared
`forecasts_yrkesbarometer_2025`: opportunities and five-year demand as they stood in spring 2025, though
they bear the recorded rows' round. What that file lacks is null: the recruitment situation, the
texts, all assessments of 53 occupations, and the names of four of these.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from tests.standin.shared import EDUCATION_SAMPLES, read_json, read_rows

RECORDED = EDUCATION_SAMPLES / "yrkesbarometer" / "yrkesbarometer-2025-2-first-records.json"
COUNTIES = {
    "Sverige": "00",
    "Stockholms län": "01",
    "Uppsala län": "03",
    "Södermanlands län": "04",
    "Östergötlands län": "05",
    "Jönköpings län": "06",
    "Kronobergs län": "07",
    "Kalmar län": "08",
    "Gotlands län": "09",
    "Blekinge län": "10",
    "Skåne län": "12",
    "Hallands län": "13",
    "Västra Götalands län": "14",
    "Värmlands län": "17",
    "Örebro län": "18",
    "Västmanlands län": "19",
    "Dalarnas län": "20",
    "Gävleborgs län": "21",
    "Västernorrlands län": "22",
    "Jämtlands län": "23",
    "Västerbottens län": "24",
    "Norrbottens län": "25",
}

Row = dict[str, Any]


def routes() -> list[BaseRoute]:
    """The one file; it is made when a request first needs it."""

    def file(request: Request) -> Response:
        return Response(_content(), media_type="application/json")

    return [Route("/yrkesbarometer.json", file)]


@cache
def rows() -> tuple[Row, ...]:
    """219 occupations, each for the country and 21 counties."""
    recorded: list[Row] = read_json(RECORDED)
    known = {(row["yb_concept_id"], row["lan"]) for row in recorded}
    rebuilt = (
        row
        for forecast in read_rows("forecasts_yrkesbarometer_2025")
        for row in _rebuilt(forecast, template=recorded[0])
    )
    return (*recorded, *(row for row in rebuilt if (row["yb_concept_id"], row["lan"]) not in known))


def _rebuilt(forecast: Row, *, template: Row) -> Iterator[Row]:
    areas = {area["area"]: area for area in forecast.get("areas", [])}
    ssyk = forecast.get("ssyk", [])
    for county, code in COUNTIES.items():
        area = areas.get(county, {})
        yield {
            **dict.fromkeys(template),
            "yb_yrke": forecast.get("name"),
            "yb_concept_id": forecast["barometer_id"],
            "lan": code,
            "antal_ssyk": len(ssyk),
            "del_av_ssyk": 0,
            "ssyk": ", ".join(ssyk),
            "ssyk_text": ", ".join(_groups().get(one, one) for one in ssyk),
            "jobbmojligheter": area.get("job_opportunities"),
            "paradox": [],
            "prognos": area.get("five_year_demand"),
            "omgang": template["omgang"],
            "taxonomi_version": template["taxonomi_version"],
        }


@cache
def _groups() -> dict[str, str]:
    """Names of SSYK groups by code."""
    return {row["ssyk"]: row["label_sv"] for row in read_rows("ssyk_stats") if "label_sv" in row}


@cache
def _content() -> bytes:
    return json.dumps(rows(), ensure_ascii=False).encode()
