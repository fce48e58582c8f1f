"""Who answers for which source."""

from collections.abc import Mapping

from assistant.apis.susa import SERVICE as SUSA
from ingest.cleaning import ESCO, JOBTECH
from ingest.sources.qualification_records import SYSTEM as QUALIFICATIONS
from ingest.sources.taxonomy_records import LABOUR_FLOWS, OPEN_FILES

ARBETSFORMEDLINGEN = "Arbetsförmedlingen (JobTech)"
SKOLVERKET = "Skolverket"
MYH = "Myndigheten för yrkeshögskolan (MYH)"
SCB = "SCB"
ESCO_OWNER = "ESCO:s sekretariat, Europeiska kommissionen"

OWNERS: Mapping[str, str] = {
    JOBTECH: ARBETSFORMEDLINGEN,
    OPEN_FILES: ARBETSFORMEDLINGEN,
    LABOUR_FLOWS: SCB,
    ESCO: ESCO_OWNER,
    SUSA: SKOLVERKET,
    QUALIFICATIONS: "MYH och Europeiska kommissionen (Europass)",
}
"""Owners by source."""

SCHOOL_TYPES: Mapping[str, tuple[str, str]] = {
    "YH": ("Yrkeshögskola", MYH),
    "AUB": ("Arbetsmarknadsutbildning", ARBETSFORMEDLINGEN),
    "AU": ("Arbetsmarknadsutbildning", ARBETSFORMEDLINGEN),
    "HS": ("Högskola och universitet", "Lärosätena och UHR"),
    "VUXGY": ("Komvux, gymnasial nivå", SKOLVERKET),
    "VUXGYAN": ("Komvux, anpassad gymnasial nivå", SKOLVERKET),
    "VUXGR": ("Komvux, grundläggande nivå", SKOLVERKET),
    "VUXGRAN": ("Komvux, anpassad grundläggande nivå", SKOLVERKET),
    "VUXSFI": ("Svenska för invandrare", SKOLVERKET),
    "GY": ("Gymnasieskola", SKOLVERKET),
    "GYAN": ("Anpassad gymnasieskola", SKOLVERKET),
    "NY": ("Nationell yrkesutbildning", SKOLVERKET),
    "FHS": ("Folkhögskola", "Folkbildningsrådet"),
    "FTH": ("Folkhögskola", "Folkbildningsrådet"),
    "KKU": ("Konst- och kulturutbildning", MYH),
    "KU": ("Konst- och kulturutbildning", MYH),
}
"""Name and owner by Susa-navet's code of a form of education."""


def school_name(code: str) -> str:
    """Swedish name of a form of education; the code itself when it is unknown."""
    return SCHOOL_TYPES[code][0] if code in SCHOOL_TYPES else code or "Utan skolform"


def school_owner(code: str) -> str:
    """Who answers for the educations of a form."""
    return SCHOOL_TYPES[code][1] if code in SCHOOL_TYPES else SKOLVERKET
