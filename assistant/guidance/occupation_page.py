"""The page of one occupation: what one does, how far it is, demand, pay, ads, education, who decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.cards import AskedSkill, Fact, OccupationCard, PathCard
from assistant.domain.concept import Feature, OccupationGroup
from assistant.domain.path import Path
from assistant.domain.place import Place
from assistant.domain.source import Source
from assistant.guidance.demand import county_outlooks, outlook_statement
from assistant.guidance.jobs import ad_statement, total_statement
from assistant.guidance.market import GroupMarket
from assistant.guidance.occupation_facts import CitedFact, FactWriter, languages_statement
from assistant.guidance.pay import pay_range, pay_source
from assistant.guidance.statement import Statement, Voice, quoting
from assistant.guidance.whereabouts import Whereabouts

SHOWN_EXAMPLES = 3
_SHOWN_RELATED = 5
_SHOWN_ASKED = 8


@dataclass(frozen=True, slots=True)
class Assessed:
    """How far an occupation is for somebody, and the sources of what the card says."""

    card: PathCard
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PageWriter:
    """Writes the page of one group.

    Attributes:
        facts: What the index knows.
        group: The occupation.
        market: What public sources say now; None when none is asked at all.
        assessed: How far it is; None when nothing is known of the person.
        where: The place that the person means.
        counties: All counties of Sweden.
    """

    facts: FactWriter
    group: OccupationGroup
    market: GroupMarket | None
    assessed: Assessed | None
    where: Whereabouts
    counties: Sequence[Place]

    def card(self) -> tuple[OccupationCard, tuple[CitedFact, ...]]:
        """The page as a card, and its facts with their sources."""
        written = tuple(fact for fact in self._written() if fact.lines)
        sources = dict.fromkeys(source.source_id for fact in written for source in fact.sources)
        market, path_card = self.market, self.assessed.card if self.assessed else None
        pay = market.pay.answer if market else None
        demand = market.demand.answer if market else None
        language = self._voice.language
        card = OccupationCard(
            concept_id=self.group.concept_id,
            ssyk_code=self.group.ssyk_code,
            label=self.group.name(language),
            facts=tuple(
                Fact(fact.key, self._voice.say(f"facts.label.{fact.key}"), fact.text) for fact in written
            ),
            path=path_card.path if path_card else None,
            matched=path_card.matched if path_card else (),
            missing=path_card.missing if path_card else (),
            pay=pay_range(pay) if pay else None,
            outlook=county_outlooks(demand, self.counties, self._voice.say("live.whole_country"))
            if demand and demand.everywhere
            else (),
            county_code=self.where.region_code if self.where.place else "",
            asked=self._asked(path_card.path) if path_card else (),
            related=tuple((other.concept_id, other.name(language)) for other in self._related()),
            source_ids=tuple(sources),
        )
        return card, written

    @property
    def _voice(self) -> Voice:
        return self.facts.voice

    def _written(self) -> Iterator[CitedFact]:
        group, facts = self.group, self.facts
        yield CitedFact("tasks", (facts.description(group),))
        if self.assessed:
            yield far_fact(self.assessed, self._voice)
        if self.market:
            yield CitedFact("demand", tuple(demand_lines(self.market, group, self._county, self._voice)))
            yield CitedFact("pay", tuple(self._pay(self.market)))
            yield CitedFact("ads", tuple(self._ads(self.market)))
        yield CitedFact("education", (facts.route(group),))
        yield CitedFact("decides", (facts.decides(group),))
        if group.licences:
            yield CitedFact("licences", (facts.licences(group),))
        if self.market and (languages := languages_line(self.market, group, self._voice)):
            yield CitedFact("languages", (languages,))
        if features := facts.features(group, tuple(Feature)):
            yield CitedFact("features", (features,))
        related = self._related()
        lines = (facts.related(group, related) if related else None, facts.onward(group))
        yield CitedFact("related", tuple(filter(None, lines)))

    def _asked(self, path: Path) -> tuple[AskedSkill, ...]:
        """The skills that ads ask for most, without papers, and which of them the person holds."""
        held = {skill.concept_id for skill in path.matched}
        skills, asked = self.facts.catalogue.skills, self.group.evidence.asked
        in_ads = [
            skill_id
            for skill_id in asked
            if asked[skill_id].ads and skill_id in skills and not skills[skill_id].is_qualification
        ]
        return tuple(
            AskedSkill(
                skills[skill_id].preferred_label.text(self._voice.language),
                asked[skill_id].ads,
                skill_id in held,
            )
            for skill_id in sorted(in_ads, key=lambda skill_id: -asked[skill_id].ads)[:_SHOWN_ASKED]
        )

    @property
    def _county(self) -> str:
        return next((county.name for county in self.counties if county.code == self.where.region_code), "")

    def _pay(self, market: GroupMarket) -> Iterator[Statement]:
        if market.pay.answer:
            yield quoting(
                pay_source(self.group, market.pay.answer, self._voice.as_of(market.pay.stale_since))
            )
        elif not market.pay.is_missing:
            yield Statement(self._voice.say("pay.none", work=self.group.name(self._voice.language)))

    def _ads(self, market: GroupMarket) -> Iterator[Statement]:
        asked = [(self.where.place, market.ads)]
        asked += [(None, market.country_ads)] if market.country_ads else []
        answered = [(place, reached, reached.answer) for place, reached in asked if reached.answer]
        nowhere = len(answered) > 1 and not any(ads.total for _, _, ads in answered)
        # Where there are none in all the country, there is no more to say than that.
        for place, reached, ads in answered[:1] if nowhere else answered:
            then = self._voice.as_of(reached.stale_since)
            yield total_statement(self.group, place, ads.total, then, is_none_anywhere=nowhere)
        # Ads of the place; of the country where the place has none.
        for _, reached, ads in [one for one in answered if one[2].ads][:1]:
            then = self._voice.as_of(reached.stale_since)
            yield from (ad_statement(ad, then) for ad in ads.ads[:SHOWN_EXAMPLES])

    def _related(self) -> tuple[OccupationGroup, ...]:
        groups = self.facts.catalogue.groups
        return tuple(groups[near] for near in self.group.neighbour_ids if near in groups)[:_SHOWN_RELATED]


def far_fact(assessed: Assessed, voice: Voice) -> CitedFact:
    """How far an occupation is: the kind of way, what leads here, and what is missing."""
    card = assessed.card
    said = (voice.say(f"kind.{card.path.kind}"), card.why, card.gap, card.first_step)
    line = Statement(" ".join(filter(None, said)))
    return CitedFact("far", (line,), assessed.sources)


def languages_line(market: GroupMarket, group: OccupationGroup, voice: Voice) -> Statement | None:
    """The languages that a group's open ads name; None where there are no ads, or none could be counted."""
    counted = market.languages.answer
    if counted is None or not counted[group.concept_id].ads:
        return None
    return languages_statement(group, counted[group.concept_id], voice.as_of(market.languages.stale_since))


def demand_lines(
    market: GroupMarket, group: OccupationGroup, county: str, voice: Voice
) -> Iterator[Statement]:
    """The forecasts for the county and the country, or that there is none.

    Args:
        market: What the sources say.
        group: The occupation.
        county: Name of the county; empty where no place is known.
        voice: The language to say it in.
    """
    demand = market.demand.answer
    if demand is None:
        return
    then = voice.as_of(market.demand.stale_since)
    yield from (outlook_statement(outlook, county, then) for outlook in (*demand.county, *demand.country))
    if not demand.country:
        yield Statement(voice.say("demand.none", work=group.name(voice.language)))
    elif county and not demand.county:
        yield Statement(voice.say("demand.only_country", area=county))
