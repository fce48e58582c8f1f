"""JobTech's own concepts for those of ESCO, and its matches with them, from the joined relations.

Invented: the ids of the concepts that no file gives one for, among them all but one of ESCO's occupations.
"""

import hashlib
import string
from functools import cache

from tests.standin.shared import read_rows
from tests.standin.taxonomy.data import Taxonomy

_MATCH = "esco_"
_OCCUPATION = "http://data.europa.eu/esco/occupation/"
_ISCO = "http://data.europa.eu/esco/isco/C"
# The one that is in an official example.
_RECORDED = {f"{_OCCUPATION}0d93706d-32fd-4de3-aa08-be1003e325da": "v2kx_tST_Zy2"}
_ALPHABET = string.digits + string.ascii_letters


def add_esco(taxonomy: Taxonomy) -> None:
    """Add the concepts that are matched, and the matches."""
    ids = _known_ids(taxonomy)
    labels = _labels()
    for row in read_rows("jobtech_relations"):
        if row["relation"].startswith(_MATCH):
            uri = row["target"]
            if uri not in ids:
                ids[uri] = _RECORDED.get(uri) or _invented_id(uri)
                _add(taxonomy, ids[uri], uri, labels.get(uri, ""))
            taxonomy.relate(row["source"], row["relation"].removeprefix(_MATCH), ids[uri])


@cache
def invented_ids() -> frozenset[str]:
    """Ids of the concepts that the taxonomy has for matches alone."""
    known = {row["esco_uri"] for row in read_rows("jobtech_concepts") if row.get("esco_uri")}
    matches = (row["target"] for row in read_rows("jobtech_relations") if row["relation"].startswith(_MATCH))
    return frozenset(_invented_id(uri) for uri in matches if uri not in known and not uri.startswith(_ISCO))


def _known_ids(taxonomy: Taxonomy) -> dict[str, str]:
    """Ids by URI of the ESCO and ISCO concepts that the taxonomy has."""
    found = {}
    for concept in taxonomy.all():
        if uri := concept.scalars.get("esco_uri"):
            found[str(uri)] = concept.concept_id
        if concept.type == "isco-level-4":
            found[f"{_ISCO}{concept.scalars['isco_code_08']}"] = concept.concept_id
    return found


def _labels() -> dict[str, str]:
    rows = [*read_rows("esco_occupations"), *read_rows("esco_skills")]
    return {row["uri"]: row.get("label_sv") or row.get("label_en") or "" for row in rows}


def _add(taxonomy: Taxonomy, concept_id: str, uri: str, label: str) -> None:
    type = "esco-skill" if "/skill/" in uri else "esco-occupation"
    taxonomy.add(concept_id, type, {"preferred_label": label, "esco_uri": uri})


def _invented_id(uri: str) -> str:
    digest = hashlib.blake2s(uri.encode(), digest_size=10).digest()
    letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
    return f"{letters[:4]}_{letters[4:7]}_{letters[7:]}"
