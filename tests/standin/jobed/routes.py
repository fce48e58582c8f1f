"""The endpoints of JobEd Connect."""

from collections.abc import Iterable
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.standin.jobed import data

_RECORDED_WORDS = frozenset({"css", "html", "javascript"})


class _Refused(Exception):
    """Status and message of an error; the body is invented."""

    def __init__(self, status: int, message: str) -> None:
        self.answer = JSONResponse({"error": message}, status)
        super().__init__(message)


def routes() -> list[BaseRoute]:
    """All routes; the data is read when a request first needs it."""
    return [
        _route("/occupations/match-by-text", _match_text, "POST"),
        _route("/educations/match-by-occupation", _match_occupation, "POST"),
        _route("/educations/match-by-jobtitle", _match_jobtitle, "POST"),
        _route("/enriched_occupations", _enriched_occupation, "GET"),
        _route("/searchparameters/education_forms", _education_forms, "GET"),
        _route("/educations", _search, "GET"),
        _route("/educations/{education_id}", _education, "GET"),
    ]


def _route(path: str, answer: Any, method: str) -> BaseRoute:
    async def endpoint(request: Request) -> JSONResponse:
        try:
            return JSONResponse(answer(QueryParams({**request.path_params, **request.query_params})))
        except _Refused as refusal:
            return refusal.answer

    return Route(path, endpoint, methods=[method])


def _required(params: QueryParams, name: str) -> str:
    if not (value := params.get(name, "")):
        # The words were seen of the real service.
        raise _Refused(400, f"Required query parameter {name} not specified")
    return value


def _page(rows: Iterable[Any], params: QueryParams) -> list[Any]:
    offset, limit = int(params.get("offset", "0")), int(params.get("limit", "10"))
    return list(rows)[offset : offset + limit]


def _match_text(params: QueryParams) -> dict[str, Any]:
    text = f"{params.get('input_headline', '')} {_required(params, 'input_text')}"
    if set(text.casefold().replace(",", " ").split()) >= _RECORDED_WORDS:
        recorded: dict[str, Any] = data.sample("occupations_match_by_text")
        return recorded
    terms, scored = data.occupations_for(text)
    found = _page(scored, params)
    return {
        "hits_total": len(scored),
        "hits_returned": len(found),
        "identified_keywords_for_input": terms,
        "related_occupations": [
            {**_occupation(occupation), "metadata": {"match_score": score}} for occupation, score in found
        ],
    }


def _occupation(occupation: data.Occupation) -> dict[str, Any]:
    return {
        "id": occupation.concept_id,
        "occupation_label": occupation.label,
        "concept_taxonomy_id": occupation.concept_id,
        "legacy_ams_taxonomy_id": "0",
        "occupation_group": {
            "occupation_group_label": occupation.group_label,
            "concept_taxonomy_id": occupation.group_id,
            "ssyk": occupation.ssyk,
        },
    }


def _known_occupation(params: QueryParams) -> data.Occupation:
    occupation = data.read_occupations().get(_required(params, "occupation_id"))
    if occupation is None:
        raise _Refused(404, "no such occupation")
    return occupation


def _match_occupation(params: QueryParams) -> dict[str, Any]:
    occupation = _known_occupation(params)
    found = [education.flat() for education in data.educations_for(occupation)]
    if params.get("distance") == "true":
        found = [education for education in found if education["eventSummary"]["distance"]]
    return _matches(occupation, found, params)


def _match_jobtitle(params: QueryParams) -> dict[str, Any]:
    title, region = _required(params, "jobtitle"), params.get("region_code")
    recorded = data.sample("educations_match_by_jobtitle_hit__field_subset")["hits"]
    found = [hit for hit in recorded if data.has_words(hit["education_title"], title)]
    occupation = data.occupation_called(title)
    if occupation:
        found += [education.flat() for education in data.educations_for(occupation)]
    if region:
        found = [hit for hit in found if region in hit["eventSummary"]["regionCode"]]
    return _matches(occupation, found, params)


def _matches(
    occupation: data.Occupation | None, found: list[dict[str, Any]], params: QueryParams
) -> dict[str, Any]:
    mapped = {
        "occupation_concept_id": occupation.concept_id if occupation else None,
        "occupation_label": occupation.label if occupation else None,
    }
    return {
        "mapped_occupation_for_match": mapped,
        "hits_total": len(found),
        "hits": _page(found, params),
    }


def _search(params: QueryParams) -> dict[str, Any]:
    found = [education.nested for education in data.read_educations().values() if _wants(education, params)]
    return {"hits": len(found), "result": _page(found, params)}


def _wants(education: data.Education, params: QueryParams) -> bool:
    """Whether a search finds the education; a form or a code that nobody has finds none, without an error."""
    events, form = education.nested["eventSummary"], education.nested["education"]["form"]["code"]
    return (
        data.has_words(education.title, params.get("query", ""))
        and params.get("education_form", form) == form
        and ("region_code" not in params or params["region_code"] in events["regionCode"])
        and ("municipality_code" not in params or params["municipality_code"] in events["municipalityCode"])
        and (params.get("distance") != "true" or events["distance"])
    )


def _education(params: QueryParams) -> dict[str, Any]:
    education = data.read_educations().get(params["education_id"])
    if education is None:
        raise _Refused(404, "no such education")
    names = [[{"lang": "swe", "content": name}] for name in education.nested["providerSummary"]["providers"]]
    return {**education.nested, "events": [], "education_providers": [{"name": name} for name in names]}


def _education_forms(params: QueryParams) -> Any:
    return data.sample("searchparameters_education_forms")


def _enriched_occupation(params: QueryParams) -> dict[str, Any]:
    occupation = _known_occupation(params)
    rows = data.read_ad_terms().get(occupation.ssyk, [])
    # How many ads there were is not in the data: as many as name the commonest term.
    ads = max((row["count"] for row in rows), default=0)
    names = {"competency": "competencies", "trait": "traits", "occupation": "occupations"}
    frequencies: dict[str, list[dict[str, Any]]] = {"geos": [], **{name: [] for name in names.values()}}
    for row in rows:
        percent = round(100 * row["count"] / ads, 2)
        frequencies[names[row["term_type"]]].append({"term": row["term"], "percent_for_occupation": percent})
    metadata = {
        "enriched_ads_count": ads,
        "enriched_ads_total_count": ads,
        "enriched_ads_percent_of_total": 100.0,
        "enriched_candidates_term_frequency": frequencies,
    }
    return {**_occupation(occupation), "metadata": metadata}
