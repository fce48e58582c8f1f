"""A person's profile as JSON Resume 1.2.1 (https://jsonresume.org/schema).

The format has no place for ids, so they are in properties of our own, whose names begin with `x-`.
It has one language; names in a second one are among the keywords.
"""

from typing import TypeAlias

from assistant.domain.concept import EducationLevel
from assistant.domain.dossier import Dossier, NamedConcept
from assistant.domain.profile import Education, Experience, ExperienceKind
from assistant.exports.claims import Claim, ClaimKind, claims_of, in_utc, joined, skill_names, taxonomy_url
from assistant.exports.writer import Writer
from assistant.prompts import Texts
from assistant.retrieval.mentions.details import country_name

VERSION = "v1.2.1"
SCHEMA = f"https://raw.githubusercontent.com/jsonresume/resume-schema/{VERSION}/schema.json"
SELF_REPORTED = "self-reported"
Json: TypeAlias = "dict[str, object]"
_ON_PAPER = frozenset({ClaimKind.CERTIFICATE, ClaimKind.DRIVING_LICENCE})
_UNPAID = frozenset({ExperienceKind.UNPAID, ExperienceKind.FAMILY})


def json_resume(dossier: Dossier, texts: Texts) -> Json:
    """The profile as JSON; a part about which nothing was told is left out.

    Args:
        dossier: What the person takes along; its first language is that of the résumé.
        texts: Those of `prompts/exports`.
    """
    return _Resume(dossier, texts).as_json()


class _Resume:
    def __init__(self, dossier: Dossier, texts: Texts) -> None:
        self._dossier = dossier
        self._language = dossier.languages[0]
        self._writer = Writer(texts, dossier.languages)
        self._texts = texts

    def as_json(self) -> Json:
        profile = self._dossier.profile
        educated = [each for each in profile.education if each.level is not EducationLevel.NONE]
        claims = claims_of(self._dossier, self._texts)
        parts: dict[str, list[Json]] = {
            "work": [self._experience(each) for each in profile.experiences if each.kind not in _UNPAID],
            "volunteer": [self._experience(each) for each in profile.experiences if each.kind in _UNPAID],
            "education": [self._education(each) for each in educated],
            "certificates": [self._claim(claim) for claim in claims if claim.kind in _ON_PAPER],
            "skills": [self._claim(claim) for claim in claims if claim.kind is ClaimKind.SKILL],
            "languages": [
                _filled({"language": spoken.name, "fluency": spoken.level, "x-evidence": SELF_REPORTED})
                for spoken in profile.languages
            ],
        }
        return {
            "$schema": SCHEMA,
            "basics": {"summary": self._texts.say("self_reported", self._language)},
            **{name: part for name, part in parts.items() if part},
            "meta": {
                "version": VERSION,
                "lastModified": in_utc(self._dossier.made_at).removesuffix("Z"),
                "x-language": self._language.value,
            },
        }

    def _experience(self, experience: Experience) -> Json:
        name = self._dossier.titles.get(experience.title)
        duration = "" if experience.years is None else self._writer.duration(experience.years, self._language)
        kind = self._texts.say(f"experience.{experience.kind}", self._language)
        country = self._country(experience.country)
        skills = (skill_names(skill, self._dossier) for skill in experience.skills)
        return _filled(
            {
                "position": name.text(self._language) if name else experience.title,
                "summary": ". ".join(filter(None, (kind, duration, country))),
                "highlights": [names.get(self._language, joined(names)) for names in skills],
                "x-kind": experience.kind.value,
                "x-years": experience.years,
                "x-country": experience.country,
                "x-ssyk": experience.ssyk_code,
                **_ids(experience.concept_id, self._dossier.concepts.get(experience.concept_id)),
            }
        )

    def _education(self, education: Education) -> Json:
        level = education.level or "unplaced"
        return _filled(
            {
                "studyType": self._texts.say(f"education.{level}", self._language),
                "area": education.field,
                "x-level": str(education.level or ""),
                "x-country": education.country,
                "x-country-name": self._country(education.country),
                "x-evidence": SELF_REPORTED,
            }
        )

    def _claim(self, claim: Claim) -> Json:
        own = claim.names.get(self._language, claim.name)
        others = [name for name in claim.names.values() if name != own]
        return _filled({"name": own, "keywords": others, **_ids(claim.concept_id, claim.concept)})

    def _country(self, country: str) -> str:
        return country_name(country, self._language) if country else ""


def _ids(concept_id: str, concept: NamedConcept | None) -> Json:
    return {
        "x-taxonomy-concept-id": concept_id,
        "x-taxonomy-url": taxonomy_url(concept_id) if concept_id else "",
        "x-esco-uri": concept.esco_uri if concept else "",
        "x-esco-match": str(concept.esco_match or "") if concept else "",
        "x-evidence": SELF_REPORTED,
    }


def _filled(item: Json) -> Json:
    """Without what was not told."""
    return {name: value for name, value in item.items() if value not in ("", None, [])}
