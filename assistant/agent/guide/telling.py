"""Cards in words, for those who read the text alone. Pure functions."""

from collections.abc import Sequence

from assistant.agent.guide.wording import Wording
from assistant.agent.results import ComparedOccupations, LiveResult, MadePlan, ShownOccupation, ToolResult
from assistant.agent.sentences import is_list_number
from assistant.domain.cards import ComparedRow, PathCard, PlanStepCard
from assistant.domain.path import PathKind

# What people choose by first, by the keys of a comparison's rows.
_CHOSEN_BY = frozenset({"tasks", "far", "education", "decides", "licences", "pay", "demand", "ads"})


def in_words(result: ToolResult) -> str:
    """The statements of a result: those of records as a list where there are several and none is numbered."""
    if not isinstance(result, LiveResult):
        return ""
    several = sum(statement.source is not None for statement in result.statements) > 1
    return "\n".join(
        f"- {statement.text}"
        if several and statement.source and not is_list_number(statement.text)
        else statement.text
        for statement in result.statements
    )


def path_in_words(card: PathCard, wording: Wording) -> str:
    """A path with what leads there, what is missing and the usual way."""
    heading = f"**{card.label}** – {wording.say(f'kind.{card.path.kind}')}"
    gap = "" if card.path.kind is PathKind.READY and not card.path.needs_licences else card.gap
    return " ".join(filter(None, (heading, card.why, gap, card.how)))


def honest_answer(card: PathCard, wording: Wording) -> str:
    """How far one occupation is: what matches, what is missing, the way."""
    parts = [wording.say(f"kind.{card.path.kind}"), card.gap, card.how]
    if card.path.kind is PathKind.READY or card.path.matched or card.path.experience_ids:
        parts.insert(1, card.why)
    return " ".join(filter(None, parts))


def occupation_in_words(result: ShownOccupation) -> str:
    """The page of an occupation as a list of what is known."""
    if result.card is None:
        return in_words(result)
    facts = [f"- **{fact.label}**: {fact.text}" for fact in result.card.facts]
    return "\n".join([f"**{result.card.label}**", *facts])


def comparison_in_words(result: ComparedOccupations) -> str:
    """What people choose by, row by row, where occupations differ first; the rest is in the card."""
    if result.card is None:
        return in_words(result)
    rows = [_compared(row, result.card.labels) for row in result.card.rows if row.key in _CHOSEN_BY]
    notes = (statement.text for statement in result.statements if statement.source is None)
    return "\n\n".join((*rows, *notes))


def _compared(row: ComparedRow, labels: Sequence[str]) -> str:
    """One row: said once where all cells say the same, else once for each occupation."""
    cells = [" ".join(cell.split("\n")) for cell in row.cells]
    if len(set(cells)) == 1:
        return f"**{row.label}**: {cells[0]}"
    lines = (f"- {label}: {cell}" for label, cell in zip(labels, cells, strict=True))
    return "\n".join((f"**{row.label}**", *lines))


def plan_in_words(result: MadePlan, wording: Wording) -> str:
    """A plan as a numbered list, each step with its first action and its time."""
    card = result.card
    if card is None:
        return in_words(result)
    said = [wording.say("onward.plan.title", work=card.label)]
    said.append("\n".join(_step(number, step, wording) for number, step in enumerate(card.steps, start=1)))
    said += [part for part in (card.total, in_words(result)) if part]
    return "\n\n".join(said)


def _step(number: int, step: PlanStepCard, wording: Wording) -> str:
    first = wording.say("onward.plan.first", action=step.first_action)
    return f"{number}. **{step.title}.** {step.text} {first} {step.time}"
