"""Answers with the cards that come after the paths: an occupation, a comparison, a plan."""

from dataclasses import replace

from assistant.domain.cards import (
    AskedSkill,
    ComparedRow,
    ComparisonCard,
    Fact,
    OccupationCard,
    PlanCard,
    PlanStepCard,
)
from assistant.domain.conversation import AnswerEvent, Choice, Phase
from assistant.domain.language import Language
from assistant.domain.market import CountyOutlook, Opportunities, PayRange, Trend
from assistant.domain.path import PartName, ScorePart
from assistant.domain.plan import StepKind
from tests.fakes import CARDS, CITATIONS, PATHS, PROFILE

LORRY, BUS, PLANNER = (card.path.concept_id for card in CARDS)
PARTS = (
    ScorePart(PartName.OWN_WORK, 0.5),
    ScorePart(PartName.SKILLS, 0.3),
    ScorePart(PartName.UNWANTED, -0.1),
    ScorePart(PartName.WISH, 0.0),
)
PATHS_WITH_BUTTONS = replace(
    PATHS,
    paths=tuple(
        replace(card, path=replace(card.path, parts=PARTS), first_step="Ring en trafikskola [2].")
        for card in CARDS
    ),
    choices=(
        Choice(f"about:{LORRY}", "Berätta mer om Lastbilsförare"),
        Choice(f"plan:{LORRY}", "Gör en plan för Lastbilsförare"),
        Choice(f"compare:{LORRY},{BUS}", "Jämför Lastbilsförare och Bussförare"),
        Choice("more", "Vad mer kan jag göra?"),
    ),
)
PAY = PayRange(2024, p10=27_100, median=31_200, mean=31_500, p90=36_000)
OUTLOOK = (
    CountyOutlook("00", "Sverige", Opportunities.LARGE, Trend.STAYS),
    CountyOutlook("12", "Skåne län", Opportunities.LARGE, Trend.GROWS),
    CountyOutlook("14", "Västra Götalands län", Opportunities.MEDIUM, Trend.STAYS),
    CountyOutlook("01", "Stockholms län", Opportunities.SMALL, Trend.SHRINKS),
    CountyOutlook("09", "Gotlands län"),
)
PAGE = OccupationCard(
    concept_id=LORRY,
    ssyk_code="8332",
    label="Lastbilsförare",
    facts=(
        Fact("tasks", "Det gör man", "Man kör lastbil och lastar varor [1]."),
        Fact("far", "Så långt är det", "Du har kört lastbil i sju år [1]. Du behöver ett bevis (YKB) [2]."),
        Fact(
            "demand",
            "Möjligheter till arbete",
            "De är stora i Skåne [1].\nI landet är de stora [2].",
        ),
        Fact("pay", "Lön", "Mitten är 31 200 kronor i månaden [2]."),
        Fact("related", "Liknande yrken", "Andra som kör är bussförare [1]."),
    ),
    path=replace(CARDS[0].path, parts=PARTS),
    matched=("Lastning",),
    missing=("Lastsäkring",),
    pay=PAY,
    outlook=OUTLOOK,
    county_code="12",
    asked=(
        AskedSkill("Lastning", 0.8, is_held=True),
        AskedSkill("Lastsäkring", 0.4, is_held=False),
        AskedSkill("Kundservice", 0.1, is_held=False),
    ),
    related=((BUS, "Bussförare"), (PLANNER, "Transportledare")),
    source_ids=("taxonomy:3MBw_pDA_P2F", "guide:professional-driver"),
    markers=(1, 2),
)
ABOUT = AnswerEvent(
    "Så här är yrket.\n\n**Lön**: Mitten är 31 200 kronor i månaden [2].\n\nVill du ha en plan?",
    Language.SV,
    Phase.PATHS,
    citations=CITATIONS,
    choices=(Choice(f"plan:{LORRY}", "Gör en plan för Lastbilsförare"),),
    profile=PROFILE,
    occupation=PAGE,
)
COMPARED = AnswerEvent(
    "Här är de bredvid varandra.\n\n**Utbildning.** Lastbilsförare: Körkort C [2].",
    Language.SV,
    Phase.PATHS,
    citations=CITATIONS,
    profile=PROFILE,
    comparison=ComparisonCard(
        concept_ids=(LORRY, BUS),
        labels=("Lastbilsförare", "Bussförare"),
        rows=(
            ComparedRow("education", "Utbildning", ("Körkort C [2].", "Körkort D [2]."), differs=True),
            ComparedRow("pay", "Lön", ("Mitten är 31 200 kronor [1].", ""), differs=True),
            ComparedRow("decides", "Vem bestämmer", ("Kommunen [2].", "Kommunen [2]."), False),
        ),
        pay=(PAY, PayRange(2023, mean=30_400)),
        source_ids=("taxonomy:3MBw_pDA_P2F", "guide:professional-driver"),
        markers=(1, 2),
    ),
)
PLANNED = AnswerEvent(
    "Din plan.\n\n1. **Ta körkort C.** Du behöver körkort [2]. Ring en trafikskola.\n\nPassar den ditt liv?",
    Language.SV,
    Phase.PLAN,
    citations=CITATIONS,
    profile=PROFILE,
    plan=PlanCard(
        concept_id=LORRY,
        label="Lastbilsförare",
        steps=(
            PlanStepCard(
                StepKind.DRIVING_LICENCE,
                "Ta körkort C",
                "Du behöver körkort [2].",
                "Ring en trafikskola.",
                "Ungefär 4 månader [2].",
                months=4,
            ),
            PlanStepCard(
                StepKind.SWEDISH,
                "Läs svenska",
                "Läs på SFI vid sidan av [2].",
                "Ring kommunen.",
                "Ingen kan säga hur lång tid det tar.",
            ),
            PlanStepCard(
                StepKind.APPLY,
                "Sök arbete",
                "Sök i Platsbanken [1].",
                "Skriv ditt cv.",
                "En månad.",
                starts_after_months=4,
                months=1,
            ),
        ),
        conditions=("bara på kvällen",),
        total="Ungefär 5 månader [2].",
        source_ids=("taxonomy:3MBw_pDA_P2F", "guide:professional-driver"),
        markers=(1, 2),
    ),
)
