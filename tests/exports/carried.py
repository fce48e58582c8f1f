"""What invented people take along, as dossiers."""

from dataclasses import replace

from assistant.domain.concept import EducationLevel, EscoMatchKind
from assistant.domain.dossier import Dossier, NamedConcept
from assistant.domain.language import Bilingual, Language
from assistant.domain.profile import (
    Education,
    Experience,
    ExperienceKind,
    HeldSkill,
    Profile,
    SpokenLanguage,
)

_ESCO = "http://data.europa.eu/esco"
CLOSE_URI = f"{_ESCO}/skill/00000000-0000-4000-8000-000000000001"
EXACT_URI = f"{_ESCO}/skill/00000000-0000-4000-8000-000000000002"
ROOFING = HeldSkill("Skil_aaa_001", "Takläggning")
DRAWINGS = HeldSkill("Skil_aaa_002", "Ritningsläsning")
TRADE_CERTIFICATE = HeldSkill("Skil_aaa_003", "Yrkesbevis, träarbetare")
UNKNOWN = HeldSkill("Skil_zzz_999", "Bygga vindskydd")
CONCEPTS = (
    NamedConcept(
        "Grup_aaa_001",
        Bilingual("Träarbetare", "Carpenters"),
        "7111",
        f"{_ESCO}/isco/C7115",
        EscoMatchKind.RELATED,
    ),
    NamedConcept("Skil_aaa_001", Bilingual("Takläggning", "Roofing"), "", CLOSE_URI, EscoMatchKind.CLOSE),
    NamedConcept(
        "Skil_aaa_002", Bilingual("Ritningsläsning", "Reading drawings"), "", EXACT_URI, EscoMatchKind.EXACT
    ),
    NamedConcept(
        "Skil_aaa_003",
        Bilingual("Yrkesbevis, träarbetare", "Trade certificate, carpenter"),
        is_qualification=True,
    ),
)
PROFILE = Profile(
    experiences=(
        Experience(
            "snickare", "Grup_aaa_001", "7111", 4, ExperienceKind.PAID, "SY", (ROOFING, TRADE_CERTIFICATE)
        ),
        Experience("eget bygge", "", "", None, ExperienceKind.OWN_BUSINESS),
        Experience("hjälpte grannar", "", "", 0.5, ExperienceKind.UNPAID, "SE", (ROOFING,)),
        Experience("tog hand om barn", "", "", 6, ExperienceKind.FAMILY),
    ),
    education=(
        Education(EducationLevel.UPPER_SECONDARY, "bygg", "SY"),
        Education(None, "kurs i heta arbeten"),
        Education(EducationLevel.NONE),
    ),
    languages=(SpokenLanguage("arabiska", "modersmål"), SpokenLanguage("svenska", "B1")),
    licences=("B",),
    wishes=("new_work",),
    skills=(DRAWINGS, UNKNOWN),
)
FULL = Dossier(
    made_at="2026-11-22T11:00:00+01:00",
    languages=(Language.SV,),
    profile=PROFILE,
    concepts={concept.concept_id: concept for concept in CONCEPTS},
    titles={"snickare": Bilingual("Snickare", "Carpenter")},
)
IN_BOTH = replace(FULL, languages=(Language.EN, Language.SV))
EMPTY = Dossier("2026-11-22T11:00:00", (Language.EN,), Profile())
