"""Says a plan in plain sentences, every fact with the token of its source."""

from dataclasses import dataclass

from assistant.domain.cards import PlanCard, PlanStepCard
from assistant.domain.plan import StepKind
from assistant.domain.source import Source
from assistant.guidance.plan.conditions import conditions_said
from assistant.guidance.plan.step_words import StepWriter
from assistant.guidance.plan.steps import Plan, PlanFacts, PlanStep, Topic
from assistant.guidance.plan.times import time_statement, total_statement
from assistant.guidance.statement import Statement, Voice, sources_of
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.manifest import Manifest

_APPLYING = (Topic.APPLY, Topic.APPLY_NOW, Topic.ROUTE)


@dataclass(frozen=True, slots=True)
class PlanWriter:
    """Writes plans from the facts of one index.

    Attributes:
        catalogue: The groups and guide pages.
        manifest: Of the index.
        voice: The language, and when sources were read.
        ads: How many open ads there are; None when that is not known.
    """

    catalogue: Catalogue
    manifest: Manifest
    voice: Voice
    ads: Statement | None = None

    def card(self, plan: Plan, facts: PlanFacts) -> tuple[PlanCard, tuple[Source, ...]]:
        """The card of a plan, and the sources that its sentences cite."""
        said = [self._said(step, facts) for step in plan.steps]
        total = total_statement(plan, [s.title for s in said], [s.source for s in said], self.voice)
        cited = sources_of(*(s for step in said for s in (*step.texts, step.first, step.time)), total)
        return (
            PlanCard(
                concept_id=facts.group.concept_id,
                label=facts.group.name(self.voice.language),
                steps=tuple(step.card for step in said),
                conditions=conditions_said(facts.conditions, self.voice),
                total=total.text,
                source_ids=tuple(source.source_id for source in cited),
            ),
            cited,
        )

    def _said(self, step: PlanStep, facts: PlanFacts) -> "_SaidStep":
        written = StepWriter(self.catalogue, self.manifest, self.voice, step, facts).written()
        texts = written.texts
        if self.ads and step.kind is StepKind.APPLY and step.topic in _APPLYING:
            texts = (*texts, self.ads)
        time = time_statement(step, written.source, self.voice)
        return _SaidStep(step, written.title, texts, written.first, time, written.source)


@dataclass(frozen=True, slots=True)
class _SaidStep:
    """A step with its sentences; `source` is what it is about."""

    step: PlanStep
    title: str
    texts: tuple[Statement, ...]
    first: Statement
    time: Statement
    source: Source | None

    @property
    def card(self) -> PlanStepCard:
        """The step as it is shown."""
        return PlanStepCard(
            kind=self.step.kind,
            title=self.title,
            text=" ".join(statement.text for statement in self.texts),
            first_action=self.first.text,
            time=self.time.text,
            starts_after_months=self.step.starts_after_months,
            months=self.step.months[1] if self.step.months else None,
        )
