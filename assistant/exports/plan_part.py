"""The part of the document that is about the way on: the plan, and the paths."""

from collections.abc import Callable, Iterator, Mapping

from assistant.domain.cards import PathCard, PlanCard, PlanStepCard
from assistant.domain.conversation import AnswerEvent
from assistant.domain.dossier import Dossier
from assistant.domain.language import Language
from assistant.exports.citing import Sources
from assistant.exports.layout import Block, Both, Heading, Paragraph, Said, Table, Tone, shown
from assistant.exports.writer import Writer


class _Told:
    """An answer in the languages of the document; where one is missing, the answer that there is."""

    def __init__(self, answers: Mapping[Language, AnswerEvent], writer: Writer, sources: Sources) -> None:
        there = next(iter(answers.values()))
        self._answers = tuple(answers.get(language, there) for language in writer.languages)
        self._sources = sources

    @property
    def first(self) -> AnswerEvent:
        """In the main language, if it could be told in it."""
        return self._answers[0]

    def each(self, read: Callable[[AnswerEvent], str]) -> Both:
        """A text of the answer, with the numbers of the document's sources."""
        return tuple(
            Said(shown(self._sources.numbered(read(answer), answer)), answer.language)
            for answer in self._answers
        )

    def label(self, key: str, writer: Writer) -> Both:
        """One of the document's own texts, in the languages that the answer is in."""
        return tuple(
            Said(writer.texts.say(key, answer.language), answer.language) for answer in self._answers
        )

    def missing(self, writer: Writer) -> Iterator[Block]:
        """Says that a part is in another language than the rest, if it is."""
        if tuple(answer.language for answer in self._answers) != writer.languages:
            yield Paragraph(writer.say("untold"), Tone.MARK)


def plan_part(dossier: Dossier, writer: Writer, sources: Sources) -> Iterator[Block]:
    """The plan: all steps with their time at first, then each with what to do."""
    if not dossier.plans:
        yield Heading(1, writer.say("plan.none"))
        yield Paragraph(writer.say("plan.ask"))
        return
    told = _Told(dossier.plans, writer, sources)
    numbers = range(len(_plan(told.first).steps))
    titles = [told.each(_step_title(number)) for number in numbers]
    yield Heading(1, _with_name("plan.title", told.each(lambda answer: _plan(answer).label), writer))
    yield Paragraph(writer.say("suggested"), Tone.MARK)
    yield from told.missing(writer)
    if _plan(told.first).conditions:
        conditions = told.each(lambda answer: "; ".join(_plan(answer).conditions))
        yield Paragraph(conditions, lead=told.label("plan.conditions", writer))
    times = [told.each(_of_step(number, lambda step: step.time)) for number in numbers]
    rows = tuple(zip(titles, times, strict=True))
    yield Table((writer.say("plan.step"), writer.say("plan.time")), rows, widths=(1, 1))
    if _plan(told.first).total:
        yield Paragraph(told.each(lambda answer: _plan(answer).total))
    for number in numbers:
        yield Heading(2, titles[number])
        yield Paragraph(told.each(_of_step(number, lambda step: step.text)))
        first = told.each(_of_step(number, lambda step: step.first_action))
        yield Paragraph(first, lead=told.label("plan.first", writer))


def _plan(answer: AnswerEvent) -> PlanCard:
    assert answer.plan is not None, "only answers with a plan are in a dossier's plans"
    return answer.plan


def _of_step(number: int, read: Callable[[PlanStepCard], str]) -> Callable[[AnswerEvent], str]:
    return lambda answer: read(_plan(answer).steps[number])


def _step_title(number: int) -> Callable[[AnswerEvent], str]:
    return lambda answer: f"{number + 1}. {_plan(answer).steps[number].title}"


def paths_part(dossier: Dossier, writer: Writer, sources: Sources) -> Iterator[Block]:
    """The paths in short: name, how far, why, and what is missing."""
    if not dossier.paths:
        return
    told = _Told(dossier.paths, writer, sources)
    yield Heading(1, writer.say("paths.title"))
    yield Paragraph(writer.say("suggested"), Tone.MARK)
    yield from told.missing(writer)
    for number, card in enumerate(told.first.paths):
        label = told.each(_of_path(number, lambda card: card.label))
        yield Heading(2, _with_name(f"paths.{card.path.kind}", label, writer))
        yield Paragraph(told.each(_of_path(number, lambda card: card.why)))
        if card.gap:
            gap = told.each(_of_path(number, lambda card: card.gap))
            yield Paragraph(gap, lead=told.label("paths.gap", writer))


def _of_path(number: int, read: Callable[[PathCard], str]) -> Callable[[AnswerEvent], str]:
    return lambda answer: read(answer.paths[number])


def _with_name(key: str, names: Both, writer: Writer) -> Both:
    return tuple(Said(writer.texts.say(key, said.language, name=said.text), said.language) for said in names)
