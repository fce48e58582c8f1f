"""JobEd Connect's answers on occupations: those that fit a text, and what the ads for one ask for."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.apis.wire import ListOf, Text, Wire


@dataclass(frozen=True, slots=True)
class MatchedOccupation:
    """An occupation that fits, with its SSYK group.

    `score` is the service's own and compares within one answer only; None where it gives none.
    """

    concept_id: str
    label: str
    group_concept_id: str
    group_label: str
    ssyk_code: str
    score: float | None


@dataclass(frozen=True, slots=True)
class OccupationMatches:
    """Occupations for a text, best first, and the skills and occupations recognised in it."""

    total: int
    skills: tuple[str, ...]
    occupations: tuple[str, ...]
    matches: tuple[MatchedOccupation, ...]


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term in the ads for an occupation; `percent` (0-100) of the ads name it, None if not said."""

    term: str
    percent: float | None


@dataclass(frozen=True, slots=True)
class AskedTerms:
    """What the ads for an occupation ask for, most common first; `ads` is how many were read."""

    occupation_id: str
    occupation_label: str
    ads: int
    skills: tuple[AskedTerm, ...]
    traits: tuple[AskedTerm, ...]
    places: tuple[AskedTerm, ...]
    occupations: tuple[AskedTerm, ...]


class _WireGroup(Wire):
    concept_taxonomy_id: Text = ""
    occupation_group_label: Text = ""
    ssyk: Text = ""


class _WireMatchMetadata(Wire):
    match_score: float | None = None


class _WireOccupation(Wire):
    id: Text = ""
    concept_taxonomy_id: Text = ""
    occupation_label: Text = ""
    occupation_group: _WireGroup | None = None
    metadata: _WireMatchMetadata | None = None

    def to_match(self) -> MatchedOccupation:
        group = self.occupation_group or _WireGroup()
        return MatchedOccupation(
            concept_id=self.concept_taxonomy_id or self.id,
            label=self.occupation_label,
            group_concept_id=group.concept_taxonomy_id,
            group_label=group.occupation_group_label,
            ssyk_code=group.ssyk,
            score=self.metadata.match_score if self.metadata else None,
        )


class _WireKeywords(Wire):
    competencies: ListOf[Text] = []
    occupations: ListOf[Text] = []


class OccupationsAnswer(Wire):
    """The answer to a text."""

    hits_total: int | None = None
    identified_keywords_for_input: _WireKeywords | None = None
    related_occupations: ListOf[_WireOccupation]

    def to_matches(self) -> OccupationMatches:
        """The answer in the product's form."""
        keywords = self.identified_keywords_for_input or _WireKeywords()
        matches = tuple(
            row.to_match() for row in self.related_occupations if row.concept_taxonomy_id or row.id
        )
        return OccupationMatches(
            total=len(matches) if self.hits_total is None else self.hits_total,
            skills=tuple(filter(None, keywords.competencies)),
            occupations=tuple(filter(None, keywords.occupations)),
            matches=matches,
        )


class _WireAskedTerm(Wire):
    term: Text = ""
    percent_for_occupation: float | None = None


class _WireFrequencies(Wire):
    competencies: ListOf[_WireAskedTerm] = []
    traits: ListOf[_WireAskedTerm] = []
    geos: ListOf[_WireAskedTerm] = []
    occupations: ListOf[_WireAskedTerm] = []


class _WireAdsMetadata(Wire):
    enriched_ads_count: int | None = None
    terms: Annotated[_WireFrequencies | None, Field(alias="enriched_candidates_term_frequency")] = None


class AskedAnswer(Wire):
    """The answer on one occupation."""

    occupation_label: Text = ""
    metadata: _WireAdsMetadata | None = None

    def to_asked_terms(self, occupation_id: str) -> AskedTerms:
        """The answer in the product's form."""
        metadata = self.metadata or _WireAdsMetadata()
        terms = metadata.terms or _WireFrequencies()
        return AskedTerms(
            occupation_id=occupation_id,
            occupation_label=self.occupation_label,
            ads=metadata.enriched_ads_count or 0,
            skills=_most_common(terms.competencies),
            traits=_most_common(terms.traits),
            places=_most_common(terms.geos),
            occupations=_most_common(terms.occupations),
        )


def _most_common(terms: list[_WireAskedTerm]) -> tuple[AskedTerm, ...]:
    asked = [AskedTerm(term.term, term.percent_for_occupation) for term in terms if term.term]
    return tuple(sorted(asked, key=lambda term: -(term.percent or 0.0)))
