"""Paths, an occupation, a comparison and a plan, as props for the elements that lay them out."""

from collections.abc import Iterable, Mapping

from assistant.domain.cards import (
    ComparedRow,
    ComparisonCard,
    OccupationCard,
    PathCard,
    PlanCard,
    PlanStepCard,
)
from assistant.domain.conversation import AnswerEvent, Choice
from assistant.domain.path import Path, ScorePart
from assistant.domain.source import Citation
from assistant.ui.cards import Labels, Props, markers_in
from assistant.ui.pictures import comparison_picture, occupation_pictures, plan_picture

COMPARE = "compare"
_VERBS = ("about", "plan", "not")
_MOST_COMPARED = 3
# Parts of a score by their share of all that speaks for it: what counts most, and what counts somewhat.
_MOST, _SOME = 0.5, 0.2

Names = Mapping[str, str]


def verb_of(choice: Choice) -> str:
    """What a choice does with occupations (about, plan, not, compare); empty for another kind of choice."""
    verb, found, _ = choice.choice_id.partition(":")
    return verb if found and verb in (*_VERBS, COMPARE) else ""


def card_names(answer: AnswerEvent) -> dict[str, str]:
    """What the occupations on the cards of an answer are called, by concept id."""
    names = {card.path.concept_id: card.label for card in answer.paths}
    if page := answer.occupation:
        names |= {page.concept_id: page.label, **dict(page.related)}
    if compared := answer.comparison:
        names |= dict(zip(compared.concept_ids, compared.labels, strict=True))
    if answer.plan:
        names[answer.plan.concept_id] = answer.plan.label
    return names


def said_by_card(choice_id: str, names: Names, labels: Labels) -> str:
    """What a button on a card says in the person's place; empty for what no card could offer.

    Args:
        choice_id: Such as `about:<concept id>` or `compare:<concept id>,<concept id>`.
        names: The occupations that cards of this conversation have shown.
        labels: The texts of the page.
    """
    verb, _, listed = choice_id.partition(":")
    ids = tuple(dict.fromkeys(listed.split(",")))
    if any(each not in names for each in ids):
        return ""
    if verb in _VERBS and len(ids) == 1:
        return labels(f"card.said_{verb}", name=names[ids[0]])
    if verb == COMPARE and 1 < len(ids) <= _MOST_COMPARED:
        return labels("card.said_compare", names=_listed([names[each] for each in ids], labels))
    return ""


def beside_cards(answer: AnswerEvent) -> tuple[Choice, ...]:
    """The choices that are not buttons on the path cards of the same answer."""
    shown = {card.path.concept_id for card in answer.paths}
    return tuple(
        choice
        for choice in answer.choices
        if not (verb_of(choice) and shown.issuperset(choice.choice_id.partition(":")[2].split(",")))
    )


def paths_props(answer: AnswerEvent, labels: Labels) -> Props:
    """Props of `PathCards.jsx`; its cards have buttons where an answer offers anything of the kind."""
    # Whoever offers one of them understands the others too; not all of them have room under an answer.
    can_ask_on = any(verb_of(choice) for choice in answer.choices)
    verbs = _VERBS if can_ask_on else ()
    return {
        "paths": [_path_props(card, verbs, labels) for card in answer.paths],
        "markers": [citation.marker for citation in answer.citations],
        "compare": can_ask_on and len(answer.paths) > 1,
        "most_compared": _MOST_COMPARED,
        "compare_chosen": labels.texts.template("card.compare_chosen", labels.language),
        "labels": {
            **labels.group("paths", "label gap how matched missing more"),
            **labels.group("card", "first_step compare compare_hint"),
            "score": labels("score.heading"),
        },
    }


def _path_props(card: PathCard, verbs: Iterable[str], labels: Labels) -> Props:
    written = markers_in(card.why, card.gap, card.how, card.first_step)
    return {
        **_fit_props(card.path, labels),
        "id": card.path.concept_id,
        "label": card.label,
        "code": labels("paths.code", code=card.path.ssyk_code),
        "why": card.why,
        "gap": card.gap,
        "how": card.how,
        "first_step": card.first_step,
        "matched": list(card.matched),
        "missing": list(card.missing),
        "markers": [marker for marker in card.markers if marker not in written],
        "buttons": [_button(verb, card.path.concept_id, labels) for verb in verbs],
        "buttons_label": labels("card.buttons", name=card.label),
    }


def _button(verb: str, concept_id: str, labels: Labels) -> Props:
    return {"id": f"{verb}:{concept_id}", "label": labels(f"card.{verb}")}


def _fit_props(path: Path, labels: Labels) -> Props:
    weighing = sum(part.points for part in path.parts if part.points > 0)
    return {
        "kind": path.kind.value,
        "kind_label": labels(f"paths.{path.kind}"),
        "parts": [_part_props(part, weighing, labels) for part in path.parts if part.points],
    }


def _part_props(part: ScorePart, weighing: float, labels: Labels) -> Props:
    share = min(abs(part.points) / weighing, 1.0) if weighing else 1.0
    word = "most" if share >= _MOST else "some" if share >= _SOME else "little"
    return {
        "label": labels(f"score.{part.name}"),
        "word": labels("score.against" if part.points < 0 else f"score.{word}"),
        "percent": round(100 * share),
        "against": part.points < 0,
    }


def occupation_props(card: OccupationCard, answer: AnswerEvent, labels: Labels) -> Props:
    """Props of `OccupationPage.jsx`; a picture stands with its fact, one without a fact of its own last."""
    pictures = occupation_pictures(card, labels)
    facts = [
        {"key": fact.key, "label": fact.label, "text": fact.text, "picture": pictures.pop(fact.key, None)}
        for fact in card.facts
    ]
    can_look = any(verb_of(choice) for choice in answer.choices)
    return {
        **(_fit_props(card.path, labels) if card.path else {"kind": "", "kind_label": "", "parts": []}),
        "id": card.concept_id,
        "label": card.label,
        "region": labels("occupation.label", name=card.label),
        "code": labels("paths.code", code=card.ssyk_code),
        "facts": facts,
        "pictures": list(pictures.values()),
        # The picture of the skills shows them all.
        "matched": [] if card.asked else list(card.matched),
        "missing": [] if card.asked else list(card.missing),
        "related": [
            {"id": f"about:{concept_id}" if can_look else "", "label": name}
            for concept_id, name in card.related
        ],
        "markers": _unwritten(card.markers, (fact.text for fact in card.facts)),
        "known": [citation.marker for citation in answer.citations],
        "labels": {
            **labels.group("occupation", "matched missing related"),
            "score": labels("score.heading"),
            "sources": labels("card.sources"),
        },
    }


def comparison_props(card: ComparisonCard, answer: AnswerEvent, labels: Labels) -> Props:
    """Props of `Comparison.jsx`: two groups of rows, what differs and what is the same."""
    names = _listed(list(card.labels), labels)
    groups = (
        (labels("comparison.differs"), [row for row in card.rows if row.differs]),
        (labels("comparison.same"), [row for row in card.rows if not row.differs]),
    )
    return {
        "region": labels("comparison.label", names=names),
        "title": labels("comparison.title", names=names),
        "heads": list(card.labels),
        "groups": [
            {"label": label, "rows": [_row_props(row, labels) for row in rows]}
            for label, rows in groups
            if rows
        ],
        "picture": comparison_picture(card, labels),
        "markers": _unwritten(card.markers, (cell for row in card.rows for cell in row.cells)),
        "known": [citation.marker for citation in answer.citations],
        "labels": {**labels.group("comparison", "what"), "sources": labels("card.sources")},
    }


def _row_props(row: ComparedRow, labels: Labels) -> Props:
    return {"label": row.label, "cells": [cell or labels("comparison.empty") for cell in row.cells]}


def plan_props(card: PlanCard, answer: AnswerEvent, labels: Labels) -> Props:
    """Props of `Plan.jsx`; its sources are written out for paper, where nothing can be opened."""
    texts = [card.total, *(f"{step.text} {step.first_action} {step.time}" for step in card.steps)]
    used = markers_in(*texts)
    return {
        "id": card.concept_id,
        "region": labels("plan.label", name=card.label),
        "title": labels("plan.title", name=card.label),
        "steps": [_step_props(step) for step in card.steps],
        "conditions": list(card.conditions),
        "total": card.total,
        "picture": plan_picture(card, labels),
        "markers": _unwritten(card.markers, texts),
        "known": [citation.marker for citation in answer.citations],
        "sources": [_source_line(citation) for citation in answer.citations if citation.marker in used],
        "labels": {
            **labels.group("plan", "steps first_action time total conditions print hint"),
            "sources": labels("card.sources"),
        },
    }


def _step_props(step: PlanStepCard) -> Props:
    return {
        "kind": step.kind.value,
        "title": step.title,
        "text": step.text,
        "first_action": step.first_action,
        "time": step.time,
    }


def _source_line(citation: Citation) -> str:
    source = citation.source
    return f"[{citation.marker}] {source.title}, {source.system}. {source.url}"


def _unwritten(markers: Iterable[int], texts: Iterable[str]) -> list[int]:
    written = markers_in(*texts)
    return [marker for marker in markers if marker not in written]


def _listed(names: list[str], labels: Labels) -> str:
    """Names as a list in words: "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} {labels('card.and')} {last}" if first else last
