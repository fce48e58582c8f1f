"""The sentences of one step of a plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.concept import OccupationGroup
from assistant.domain.source import Source
from assistant.guidance.education_details import detail_statement
from assistant.guidance.educations import education_statement
from assistant.guidance.paths import in_a_sentence
from assistant.guidance.plan.steps import PlanFacts, PlanStep, Topic
from assistant.guidance.routes import step_source
from assistant.guidance.sources import guide_source, regulation_source, relations_source, route_source
from assistant.guidance.statement import Statement, Voice
from assistant.guidance.study_forms import StudyForm, form_statement, study_form, usual_form
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Written:
    """Title, text and first action of a step.

    `source` vouches for what the step is about: the education found, or the step of the route; None for
    a step that has neither.
    """

    title: str
    texts: tuple[Statement, ...]
    first: Statement
    source: Source | None = None


# Guide page and section behind the text and behind the first action of a topic.
_PAGES: Mapping[Topic, tuple[tuple[str, int], tuple[str, int]]] = {
    Topic.APPLY_NOW: (("job-ads", 1), ("job-ads", 2)),
    Topic.APPLY: (("job-ads", 1), ("job-ads", 1)),
    Topic.CONTACT: (("job-ads", 0), ("job-ads", 0)),
    Topic.PLACEMENT: (("public-employment-service", 1), ("public-employment-service", 1)),
    Topic.VALIDATION: (("validation", 0), ("validation", 1)),
    Topic.SWEDISH: (("sfi", 3), ("komvux", 0)),
    Topic.GUIDANCE: (("komvux", 3), ("komvux", 3)),
}
_COUNSELLOR = ("komvux", 3)
_PERMIT = ("driving-licence", 2)
_DRIVERS_TRAINING = ("professional-driver", 3)
_SHORT_COURSES = ("labour-market-training", 0)
_AID = ("study-aid", 0)
_PAY = ("labour-market-training", 2)
_ADS = ("job-ads", 0)
# Classes of lorries and buses, which driving schools alone do not teach.
_HEAVY = frozenset("CD")
_SHOWN_SKILLS = 3
_SHOWN_WORKS = 2


@dataclass(frozen=True, slots=True)
class StepWriter:
    """The sentences of one step."""

    catalogue: Catalogue
    manifest: Manifest
    voice: Voice
    step: PlanStep
    facts: PlanFacts

    def written(self) -> Written:
        """The step in sentences."""
        if self.step.topic in _PAGES:
            text, first = _PAGES[self.step.topic]
            return self._written(
                self._say("text", self._page(text)), first=self._say("first", self._page(first))
            )
        writers = {
            Topic.ROUTE: self._route,
            Topic.ELIGIBILITY: self._eligibility,
            Topic.ADMISSION: self._admission,
            Topic.STUDIES: self._studies,
            Topic.LICENCE: self._licence,
            Topic.PAPER: self._paper,
            Topic.SKILLS: self._skills,
            Topic.AUTHORITY: self._authority,
            Topic.MEANWHILE: self._other_work,
            Topic.NEARBY: self._other_work,
        }
        return writers[self.step.topic]()

    def _written(self, *texts: Statement, first: Statement, **named: str) -> Written:
        found = self._found()
        return Written(self._words("title", **named), texts, first, found[0].source if found else None)

    def _eligibility(self) -> Written:
        return self._written(self._of_form("eligibility"), first=self._say("first", self._page(_COUNSELLOR)))

    def _admission(self) -> Written:
        found = self._found()
        first = self._say("first_unfound", self._page(_COUNSELLOR))
        if found and found[0].source:
            first = self._say("first", found[0].source)
        return self._written(self._of_form("apply"), *found, first=first)

    def _studies(self) -> Written:
        is_training = self._form.key == "aub"
        first = self._say("first_aub" if is_training else "first", self._page(_PAY if is_training else _AID))
        texts = (self._usual_way(), self._of_form("cost"), self._of_form("aid"))
        return self._written(*texts, first=first, work=self._work)

    def _licence(self) -> Written:
        licence = self.step.gaps[0].licence
        texts = [self._say("text", self._way_source(), licence=licence)]
        if licence[:1] in _HEAVY:
            texts.append(self._say("training", self._page(_DRIVERS_TRAINING)))
        first = self._say("first", self._page(_PERMIT))
        return self._written(*texts, *self._course(), first=first, licence=licence)

    def _paper(self) -> Written:
        paper = self._labels(self.step)
        text = self._say("text", self._relations(self.facts.group), paper=paper)
        return self._written(text, *self._course(), first=self._first_of_course(), paper=paper)

    def _skills(self) -> Written:
        text = self._say("text", self._relations(self.facts.group), skills=self._labels(self.step))
        return self._written(text, *self._course(), first=self._first_of_course())

    def _authority(self) -> Written:
        group, language = self.facts.group, self.voice.language
        regulation = group.regulation
        if regulation is None:
            raise ValueError(f"nobody decides on {group.concept_id}, and yet a decision is missing")
        page = self.catalogue.guides[regulation.guide_id]
        source = regulation_source(group, regulation, page, language)
        title, authority = regulation.title.text(language), regulation.authority
        text = self._say("text", source, title=title, authority=authority)
        first = self._say("first", guide_source(page, 0, language))
        return self._written(text, first=first, authority=authority)

    def _other_work(self) -> Written:
        works = self.facts.ready[:_SHOWN_WORKS]
        named = ", ".join(group.name(self.voice.language) for group in works)
        text = self._say("text", self._relations(works[0]), works=named)
        return self._written(text, first=self._say("first", self._page(_ADS)))

    def _route(self) -> Written:
        language, way = self.voice.language, self.facts.way
        if way is None:
            raise ValueError(f"a step of a route into {self.facts.group.concept_id}, which has none")
        sources = [step_source(way, step, self.catalogue, self.voice) for step in self.step.route]
        texts = [
            Statement(f"{step.text.text(language)} {source.token}", source)
            for step, source in zip(self.step.route, sources, strict=True)
        ]
        first = self.step.route[0]
        action = Statement(f"{first.first_action.text(language)} {sources[0].token}", sources[0])
        return Written(first.title.text(language), (*texts, *self._course()), action, sources[0])

    def _first_of_course(self) -> Statement:
        education, found = self.step.education, self._found()
        if education and education.provider and found and found[0].source:
            return self._say("first_found", found[0].source, provider=education.provider)
        return self._say("first", self._page(_SHORT_COURSES))

    def _course(self) -> tuple[Statement, ...]:
        """The education found, and what it costs."""
        return (*self._found(), *([self._of_form("cost")] if self._form_found else []))

    def _found(self) -> tuple[Statement, ...]:
        return (education_statement(self.step.education, self.voice),) if self.step.education else ()

    @property
    def _form_found(self) -> StudyForm | None:
        return study_form(self.step.education.form) if self.step.education else None

    @property
    def _form(self) -> StudyForm:
        """The form of the education found, else the usual one for the level."""
        level = self.step.gaps[0].level or self.facts.group.education.level
        return self._form_found or usual_form(level)

    def _of_form(self, about: str) -> Statement:
        """By the education's own record where it says so, else by the rule for its form."""
        guides, education = self.catalogue.guides, self.step.education
        own = (
            detail_statement(education, about, self.voice, guides) if education and about != "apply" else None
        )
        return own or self._form_says(self._form, about)

    def _form_says(self, form: StudyForm, about: str) -> Statement:
        return form_statement(form, about, self.voice, self.catalogue.guides)

    def _usual_way(self) -> Statement:
        source = self._way_source()
        return Statement(
            f"{self.facts.group.education.route.text(self.voice.language)} {source.token}", source
        )

    def _way_source(self) -> Source:
        group = self.facts.group
        return route_source(group, self.catalogue.guides[group.education.guide_ids[0]], self.voice.language)

    def _relations(self, group: OccupationGroup) -> Source:
        return relations_source(group, self.catalogue, self.manifest)

    def _page(self, at: tuple[str, int]) -> Source:
        guide_id, section = at
        return guide_source(self.catalogue.guides[guide_id], section, self.voice.language)

    def _labels(self, step: PlanStep) -> str:
        skills = [gap.skill for gap in step.gaps if gap.skill][:_SHOWN_SKILLS]
        return ", ".join(in_a_sentence(skill.preferred_label.text(self.voice.language)) for skill in skills)

    @property
    def _work(self) -> str:
        return self.facts.group.name(self.voice.language)

    def _words(self, part: str, **values: str) -> str:
        return self.voice.say(f"plan.step.{self.step.topic}.{part}", **values)

    def _say(self, part: str, source: Source, **values: str) -> Statement:
        said = self.voice.say(f"plan.step.{self.step.topic}.{part}", **values, source=source.token)
        return Statement(said, source)
