"""Events as JSON objects: the machine-readable form that the command line and the HTTP API share."""

import json
from dataclasses import asdict
from typing import Any

from assistant.domain.cards import PathCard
from assistant.domain.conversation import AnswerEvent, Choice, ErrorEvent, Event, TokenEvent, ToolEvent
from assistant.domain.profile import HeldSkill, Profile
from assistant.domain.source import Citation


def event_object(event: Event) -> dict[str, Any]:
    """One event as a JSON object; its form is kept stable (see docs/interfaces.md)."""
    match event:
        case TokenEvent():
            return {"type": event.type, "text": event.text}
        case ToolEvent():
            arguments = json.loads(event.arguments)
            return {
                "type": event.type,
                "name": event.name,
                "arguments": arguments,
                "sources": list(event.source_ids),
            }
        case ErrorEvent():
            return {"type": event.type, "message": event.message}
        case AnswerEvent():
            return _answer_object(event)


def _answer_object(event: AnswerEvent) -> dict[str, Any]:
    return {
        "type": event.type,
        "text": event.text,
        "language": event.language.value,
        "phase": event.phase.value,
        "citations": [_citation_object(citation) for citation in event.citations],
        "choices": [_choice_object(choice) for choice in event.choices],
        "profile": profile_object(event.profile),
        "paths": [_path_object(card) for card in event.paths],
        "occupation": event.occupation and asdict(event.occupation),
        "comparison": event.comparison and asdict(event.comparison),
        "plan": event.plan and asdict(event.plan),
        "usage": asdict(event.usage),
    }


def _choice_object(choice: Choice) -> dict[str, Any]:
    button = {"id": choice.choice_id, "label": choice.label, "explanation": choice.explanation}
    return {**button, "group": choice.group, "ticked": choice.is_ticked} if choice.group else button


def _citation_object(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "marker": citation.marker,
        "source_id": source.source_id,
        "system": source.system,
        "title": source.title,
        "url": source.url,
        "retrieved_at": source.retrieved_at,
        "version": source.version,
        "quote": source.quote,
    }


def profile_object(profile: Profile) -> dict[str, Any]:
    """A profile as a JSON object."""
    return {
        "experiences": [
            {
                "title": e.title,
                "concept_id": e.concept_id,
                "ssyk": e.ssyk_code,
                "years": e.years,
                "kind": e.kind.value,
                "country": e.country,
                "skills": [_skill_object(skill) for skill in e.skills],
            }
            for e in profile.experiences
        ],
        "education": [
            {"level": e.level.value if e.level else None, "field": e.field, "country": e.country}
            for e in profile.education
        ],
        "languages": [asdict(spoken) for spoken in profile.languages],
        "licences": list(profile.licences),
        "wishes": list(profile.wishes),
    }


def _skill_object(skill: HeldSkill) -> dict[str, str]:
    return {"concept_id": skill.concept_id, "label": skill.label}


def _path_object(card: PathCard) -> dict[str, Any]:
    return {
        "concept_id": card.path.concept_id,
        "label": card.label,
        "ssyk": card.path.ssyk_code,
        "kind": card.path.kind.value,
        "score": card.path.score,
        "matched": list(card.matched),
        "missing": list(card.missing),
        "parts": [{"name": part.name.value, "points": part.points} for part in card.path.parts],
        "why": card.why,
        "gap": card.gap,
        "how": card.how,
        "first_step": card.first_step,
        "markers": list(card.markers),
    }
