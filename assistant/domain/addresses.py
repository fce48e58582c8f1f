"""Where the public APIs are: their real addresses, those of the settings, or all below one other address."""

from dataclasses import dataclass, fields
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """The base address of every public API, without a slash at the end."""

    taxonomy: str = "https://taxonomy.api.jobtechdev.se/v1/taxonomy"
    jobsearch: str = "https://jobsearch.api.jobtechdev.se"
    historical_ads: str = "https://historical.api.jobtechdev.se"
    enrichments: str = "https://jobad-enrichments-api.jobtechdev.se"
    jobed: str = "https://jobed-connect-api.jobtechdev.se/v1"
    susa: str = "https://api.skolverket.se/susa-navet/emil3"
    planned_educations: str = "https://api.skolverket.se/planned-educations/v4"
    esco: str = "https://ec.europa.eu/esco/api"
    barometer: str = "https://data.arbetsformedlingen.se/prognoser"
    scb: str = "https://statistikdatabasen.scb.se/api/v2"

    @classmethod
    def below(cls, base_url: str) -> "Addresses":
        """All APIs below one address: `<base_url>/<name of the field><path of the real address>`.

        This is how the stand-in of the tests serves them: `http://127.0.0.1:8901/scb/api/v2`.
        """
        root = base_url.rstrip("/")
        return cls(**{f.name: f"{root}/{f.name}{urlsplit(str(f.default)).path}" for f in fields(cls)})
