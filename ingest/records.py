"""The neutral form of records: what every reader hands on, whatever its source looks like.

Ids are those of the sources: JobTech concept ids, full ESCO URIs, Susa-navet's ids. Texts are as the
source has them; `ingest/cleaning.py` repairs them or sets the record aside.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """A concept of the JobTech Taxonomy or of ESCO.

    Attributes:
        concept_id: JobTech id, or full ESCO URI.
        type: JobTech's type name (`occupation-name`, `ssyk-level-3`, `skill`, ...), or `esco-occupation`,
            `esco-skill`, `isco-group` for ESCO's own.
        system: `JobTech Taxonomy` or `ESCO`.
        label_sv: Preferred label; empty when the source has none.
        label_en: As above.
        alternative_sv: Alternative labels, in the source's order.
        alternative_en: As above.
        definition_sv: Definition or description; may hold HTML.
        definition_en: As above.
        code: SSYK, ISCO, SUN, SNI, place or ESCO code, as a string with its leading zeros.
        esco_uri: Of a JobTech concept that is an ESCO concept.
        deprecated: Retired by the source.
        replaced_by: Ids of what replaces it, in order.
    """

    concept_id: str
    type: str
    system: str
    label_sv: str = ""
    label_en: str = ""
    alternative_sv: tuple[str, ...] = ()
    alternative_en: tuple[str, ...] = ()
    definition_sv: str = ""
    definition_en: str = ""
    code: str = ""
    esco_uri: str = ""
    deprecated: bool = False
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A directed relation between two concepts, read "source relation target".

    `relation` is SKOS' or JobTech's word: broader, related, exact_match, close_match, broad_match,
    narrow_match, substitutes, has_skill, essential_skill, optional_skill, similar_occupation, ...
    `rank` orders the targets of one source (0 first); `percentage` is substitutability's.
    """

    source_id: str
    relation: str
    target_id: str
    system: str
    rank: int = 0
    percentage: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectCode:
    """A subject of an education in some classification, such as `AUB_Subject` (an SSYK code)."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class EducationRecord:
    """An education as described once (EMIL 3 education info).

    Attributes:
        education_id: The source's id, such as `i.myh.yh.12291`.
        system: `Susa-navet`, ...
        title_sv: Title; empty when the source has none in Swedish.
        title_en: As above.
        description_sv: May hold HTML.
        school_type: Susa-navet's code: YH, HS, VUXGY, VUXGR, FHS, KKU, AUB, ...; or `QUALIFICATION`.
        code: Course or programme code; of a qualification its URI.
        configuration: kurs, kurspaket or program.
        levels: The source's level codes.
        seqf_level: 1-8, 0 when not said.
        credits: Such as "400 yhp"; empty when not said.
        subjects: In the source's classifications.
        url: The provider's own page.
    """

    education_id: str
    system: str
    title_sv: str = ""
    title_en: str = ""
    description_sv: str = ""
    school_type: str = ""
    code: str = ""
    configuration: str = ""
    levels: tuple[str, ...] = ()
    seqf_level: int = 0
    credits: str = ""
    subjects: tuple[SubjectCode, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class EducationEventRecord:
    """A time and place at which an education is given (EMIL 3 education event).

    Dates are ISO dates, empty when not said. `pace_percent` is 0 when not said.
    """

    event_id: str
    education_id: str
    system: str
    provider: str = ""
    towns: tuple[str, ...] = ()
    municipality_codes: tuple[str, ...] = ()
    is_distance: bool = False
    start: str = ""
    end: str = ""
    apply_from: str = ""
    apply_by: str = ""
    pace_percent: int = 0
    languages: tuple[str, ...] = ()
    is_cancelled: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A record that the source says is gone."""

    record_id: str
    system: str


Record: TypeAlias = ConceptRecord | RelationRecord | EducationRecord | EducationEventRecord | Removal
