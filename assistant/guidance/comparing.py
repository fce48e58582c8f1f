"""Two or three occupations side by side, the rows that differ first."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace

from assistant.domain.cards import ComparedRow, ComparisonCard
from assistant.domain.concept import Feature, OccupationGroup
from assistant.domain.source import Source
from assistant.guidance.demand import outlook_statement
from assistant.guidance.jobs import total_statement
from assistant.guidance.market import GroupMarket
from assistant.guidance.occupation_facts import FactWriter
from assistant.guidance.occupation_page import Assessed, far_fact, languages_line
from assistant.guidance.pay import pay_range, pay_source
from assistant.guidance.statement import Statement, Voice, grouped, sources_of
from assistant.guidance.whereabouts import Whereabouts

_SHOWN_SKILLS = 5
# Differences that are said in words as well, those that people choose by first; the rest is in the card.
_TOLD = ("far", "education", "decides", "licences", "pay", "demand")


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the occupations, with what is known of it; as in `PageWriter`."""

    group: OccupationGroup
    market: GroupMarket | None
    assessed: Assessed | None


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a row says of one occupation.

    Attributes:
        lines: In the card.
        fact: What is compared; None when it is not known.
        others: Sources beside those of the lines.
        brief: What is said in its place in words, where the lines are long.
    """

    lines: tuple[Statement, ...]
    fact: Hashable
    others: tuple[Source, ...] = ()
    brief: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def sources(self) -> tuple[Source, ...]:
        return (*sources_of(*self.lines), *self.others)


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    cells: tuple[_Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the facts differ, however they are worded; so does what is known of one alone."""
        return len({cell.fact for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The card, the differences in words, and the sources of both."""

    card: ComparisonCard
    differences: tuple[Statement, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares occupations in one language.

    Attributes:
        facts: What the index knows.
        compared: Two or three different groups.
        where: The place that the person means.
        county: Name of its county; empty where no place is known.
    """

    facts: FactWriter
    compared: tuple[Compared, ...]
    where: Whereabouts
    county: str

    def comparison(self) -> Comparison:
        """Everything side by side; rows that differ come first, otherwise in one order."""
        rows = sorted(self._rows(), key=lambda row: not row.differs)
        sources = tuple(dict.fromkeys(s for row in rows for cell in row.cells for s in cell.sources))
        card = ComparisonCard(
            concept_ids=tuple(one.group.concept_id for one in self.compared),
            labels=self._names,
            rows=tuple(
                ComparedRow(row.key, self._label(row), tuple(cell.text for cell in row.cells), row.differs)
                for row in rows
            ),
            pay=tuple(
                pay_range(one.market.pay.answer) if one.market and one.market.pay.answer else None
                for one in self.compared
            ),
            source_ids=tuple(source.source_id for source in sources),
        )
        told = [row for key in _TOLD for row in rows if row.key == key and row.differs]
        return Comparison(card, tuple(map(self._difference, told)), sources)

    @property
    def _voice(self) -> Voice:
        return self.facts.voice

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(one.group.name(self._voice.language) for one in self.compared)

    def _label(self, row: _Row) -> str:
        return self._voice.say(f"facts.label.{row.key}")

    def _difference(self, row: _Row) -> Statement:
        """One row in a line: the label, and what it says of each occupation."""
        said = " ".join(
            f"{name}: {cell.brief or ' '.join(line.text for line in cell.lines)}"
            for name, cell in zip(self._names, row.cells, strict=True)
        )
        first = next((source for cell in row.cells for source in cell.sources), None)
        return Statement(f"**{self._label(row)}.** {said}", first)

    def _rows(self) -> Iterator[_Row]:
        facts = self.facts
        yield self._row("tasks", lambda one: _known(facts.description(one.group), one.group.concept_id))
        if all(one.assessed for one in self.compared):
            yield self._row("far", self._far)
        yield self._row("education", self._education)
        yield self._row("decides", lambda one: _known(facts.decides(one.group), _authority(one.group)))
        yield self._row("licences", lambda one: _known(facts.licences(one.group), one.group.licences))
        if any(one.market for one in self.compared):
            yield self._row("pay", self._pay)
            yield self._row("demand", self._demand)
            yield self._row("ads", self._ads)
            yield self._row("languages", self._languages)
        yield from self._skills()
        if any(one.group.features for one in self.compared):
            yield self._row("features", self._features)

    def _row(self, key: str, cell: Callable[[Compared], _Cell]) -> _Row:
        return _Row(key, tuple(map(cell, self.compared)))

    def _far(self, one: Compared) -> _Cell:
        if one.assessed is None:
            return self._unknown()
        fact = far_fact(one.assessed, self._voice)
        path = one.assessed.card.path
        return _Cell(
            fact.lines, (path.kind, tuple(gap.kind for gap in path.gaps), path.needs_licences), fact.others
        )

    def _education(self, one: Compared) -> _Cell:
        route, level = self.facts.route(one.group), one.group.education.level
        said = self._voice.say(f"facts.level.{level}", source=self.facts.route_record(one.group).token)
        return _Cell((Statement(said), route), level, brief=said)

    def _pay(self, one: Compared) -> _Cell:
        if one.market is None or one.market.pay.is_missing:
            return self._unknown()
        pay, voice = one.market.pay.answer, self._voice.as_of(one.market.pay.stale_since)
        if pay is None:
            return _Cell((Statement(voice.say("pay.none", work=one.group.name(voice.language))),), None)
        source = pay_source(one.group, pay, voice)
        said = [
            voice.say(f"compare.pay.{name}", amount=grouped(amount), year=str(pay.year))
            for name, amount in (("median", pay.median), ("mean", pay.mean if pay.median is None else None))
            if amount is not None
        ]
        if pay.p10 is not None and pay.p90 is not None:
            said.append(voice.say("compare.pay.spread", low=grouped(pay.p10), high=grouped(pay.p90)))
        return _known(Statement(f"{' '.join(said)} {source.token}", source), (pay.median, pay.mean))

    def _demand(self, one: Compared) -> _Cell:
        demand, language = one.market.demand.answer if one.market else None, self._voice.language
        if one.market is None or demand is None:
            return self._unknown()
        if not demand.country:
            return _Cell((Statement(self._voice.say("demand.none", work=one.group.name(language))),), None)
        then = self._voice.as_of(one.market.demand.stale_since)
        outlooks = (*demand.county, *demand.country)
        lines = [outlook_statement(outlook, self.county, then, briefly=True) for outlook in outlooks]
        if len(demand.country) > 1:
            lines = [
                replace(line, text=f"{outlook.occupation}. {line.text}")
                for line, outlook in zip(lines, outlooks, strict=True)
            ]
        facts = ((o.is_national, o.opportunities, o.outlook) for o in outlooks)
        return _Cell(tuple(lines), frozenset(facts))

    def _ads(self, one: Compared) -> _Cell:
        ads = one.market.ads if one.market else None
        if ads is None or ads.answer is None:
            return self._unknown()
        then = self._voice.as_of(ads.stale_since)
        return _known(total_statement(one.group, self.where.place, ads.answer.total, then), ads.answer.total)

    def _languages(self, one: Compared) -> _Cell:
        said = languages_line(one.market, one.group, self._voice) if one.market else None
        counted = one.market.languages.answer if one.market else None
        if said is None or counted is None:
            return self._unknown()
        # Counts always differ a little; what matters is how much of the ads it is, to a tenth.
        return _known(said, round(counted[one.group.concept_id].swedish_share, 1))

    def _skills(self) -> Iterator[_Row]:
        """The skills that all of them use, and those that only one does."""
        ids = [set(one.group.skill_ids) for one in self.compared]
        shared = set.intersection(*ids)
        if shared:
            yield _Row(
                "shared_skills",
                tuple(self._skill_cell(one, shared, "compare.shared") for one in self.compared),
            )
        own = [mine.difference(*(ids[:i] + ids[i + 1 :])) for i, mine in enumerate(ids)]
        cells = (
            self._skill_cell(one, only, "compare.own") for one, only in zip(self.compared, own, strict=True)
        )
        yield _Row("own_skills", tuple(cells))

    def _skill_cell(self, one: Compared, wanted: set[str], key: str) -> _Cell:
        skills = [skill for skill in self.facts.catalogue.skills_of(one.group) if skill.concept_id in wanted]
        if not skills:
            return _Cell((Statement(self._voice.say("compare.no_own")),), frozenset())
        source = self.facts.relations(one.group)
        labels = [skill.preferred_label.text(self._voice.language) for skill in skills[:_SHOWN_SKILLS]]
        said = self._voice.say(key, skills=self.facts.listed(labels), source=source.token)
        return _known(Statement(said, source), frozenset(wanted))

    def _features(self, one: Compared) -> _Cell:
        said = self.facts.features(one.group, tuple(Feature))
        return _known(said, one.group.features) if said else self._unknown()

    def _unknown(self) -> _Cell:
        return _Cell((Statement(self._voice.say("compare.unknown")),), None)


def _known(said: Statement, fact: Hashable) -> _Cell:
    return _Cell((said,), fact)


def _authority(group: OccupationGroup) -> str:
    return group.regulation.authority if group.regulation else ""
