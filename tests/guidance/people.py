"""People for the tests: what they have told, as profiles."""

from collections.abc import Iterable

from assistant.domain.concept import EducationLevel, OccupationGroup
from assistant.domain.language import Language
from assistant.domain.profile import Education, Experience, HeldSkill, Profile
from assistant.retrieval.stores.catalogue import Catalogue


def group(catalogue: Catalogue, ssyk_code: str) -> OccupationGroup:
    found = catalogue.group_by_ssyk(ssyk_code)
    assert found is not None, ssyk_code
    return found


def worked(
    catalogue: Catalogue,
    ssyk_code: str,
    years: float | None = 5,
    *,
    country: str = "SY",
    skills: int = 0,
    language: Language = Language.SV,
) -> Experience:
    """Work in a group, with its first skills."""
    done = group(catalogue, ssyk_code)
    held = [
        HeldSkill(skill.concept_id, skill.preferred_label.text(language))
        for skill in catalogue.skills_of(done)
        if not skill.is_qualification
    ]
    return Experience(
        done.name(language), done.concept_id, ssyk_code, years, country=country, skills=tuple(held[:skills])
    )


def person(
    *experiences: Experience,
    level: EducationLevel | None = None,
    licences: Iterable[str] = (),
    wishes: Iterable[str] = (),
) -> Profile:
    education = (Education(level),) if level else ()
    return Profile(experiences, education, licences=tuple(licences), wishes=tuple(wishes))
