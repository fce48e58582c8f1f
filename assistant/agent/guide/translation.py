"""Says what is known of a person in the language that the conversation has gone over to."""

from collections.abc import Generator
from dataclasses import replace

from assistant.agent.guide.script import Call, Calls, Results, Turn
from assistant.agent.guide.wording import Wording
from assistant.agent.results import ListedSkills, OccupationFacts
from assistant.domain.profile import Experience, HeldSkill, SpokenLanguage
from assistant.retrieval.mentions.languages import language_name, languages_said


def in_language(turn: Turn) -> Generator[Calls, Results, Turn]:
    """The turn with its profile in the turn's language: names of work, skills and languages."""
    wording = turn.wording
    if turn.memory.language in ("", wording.language):
        return turn
    experiences = turn.profile.experiences
    results: Results = ()
    if experiences:
        results = yield tuple(
            call
            for e in experiences
            for call in (_facts(e, wording), Call("list_skills", {"concept_id": e.concept_id}))
        )
    translated = tuple(
        _experience(e, facts, skills, wording)
        for e, facts, skills in zip(experiences, results[::2], results[1::2], strict=True)
    )
    languages = tuple(_language(spoken, wording) for spoken in turn.profile.languages)
    return replace(turn, profile=replace(turn.profile, experiences=translated, languages=languages))


def _facts(experience: Experience, wording: Wording) -> Call:
    return Call("look_up_occupation", {"concept_id": experience.concept_id, "language": wording.language})


def _experience(experience: Experience, facts: object, listed: object, wording: Wording) -> Experience:
    title = experience.title
    if isinstance(facts, OccupationFacts) and facts.group is not None:
        title = wording.work(facts.group)
    known = listed.skills if isinstance(listed, ListedSkills) else ()
    labels = {skill.concept_id: skill.preferred_label.text(wording.language) for skill in known}
    skills = tuple(HeldSkill(s.concept_id, labels.get(s.concept_id, s.label)) for s in experience.skills)
    return replace(experience, title=title, skills=skills)


def _language(spoken: SpokenLanguage, wording: Wording) -> SpokenLanguage:
    named = languages_said(spoken.name)
    return replace(spoken, name=language_name(named[0][0], wording.language)) if named else spoken
