"""What an answer to the open question does to the profile."""

from collections.abc import Generator
from dataclasses import replace

from assistant.agent.guide.memory import Candidate, candidate
from assistant.agent.guide.policy import Question, current_experience, settled_name
from assistant.agent.guide.script import Act, Call, Calls, Handling, Outcome, Results, Turn, one, settle
from assistant.agent.results import FoundOccupations, ListedSkills, OccupationFacts
from assistant.domain.concept import EducationLevel
from assistant.domain.profile import (
    Education,
    Experience,
    ExperienceKind,
    HeldSkill,
    Profile,
    SpokenLanguage,
    WishKind,
)
from assistant.retrieval.details import (
    bare_number,
    country_said,
    language_name,
    languages_said,
    licences_said,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.text import content_words, fold, words

CONCEPT = "concept:"
NONE_OF_THESE = "none"
SKILL = "skill:"
KEEP_SKILLS = "skills:keep:"
ALL_SKILLS = "skills:all"
NO_SKILLS = "skills:none"
LEVEL = "level:"
WISH = "wish:"
_OWN_WORDS = 120
_LONG_ANSWER_WORDS = 5


def told_of_work(turn: Turn) -> Handling:
    """Work told of in answer to "what have you worked with?", "anything else?" or "unpaid?"."""
    question = turn.open_question or Question.EXPERIENCE
    if turn.message.act in (Act.DENY, Act.SKIP) and not (yield from _work_in(turn)):
        return turn.outcome(_noted(turn, question), settled=settle(turn.memory, question))
    found = yield from one("find_occupations", text=turn.message.text)
    return from_found(turn, found, settling=question)


def _work_in(turn: Turn) -> Generator[Calls, Results, bool]:
    """Whether a message that begins with "no" tells of work all the same ("no, only at home with...")."""
    if len(content_words(turn.message.rest)) < 2:
        return False
    found = yield from one("find_occupations", text=turn.message.rest)
    return isinstance(found, FoundOccupations) and bool(found.mentions)


def _noted(turn: Turn, question: Question) -> str:
    return turn.wording.say("noted.no_work" if question is Question.EXPERIENCE else "noted.nothing")


def from_found(turn: Turn, found: object, *, settling: Question) -> Outcome:
    """Take up the experiences that a message told of, or say that none was understood."""
    if not isinstance(found, FoundOccupations) or not (found.mentions or found.nearest):
        return missed(turn)
    pending = tuple(_of_kind(candidate(mention), settling) for mention in found.mentions)
    if not pending:
        if turn.memory.missed == 0 or not found.nearest:
            return missed(turn)
        # Told twice and still unclear: the nearest groups are offered as a guess, said to be one.
        nearest = tuple(concept.concept_id for concept in found.nearest)
        pending = (Candidate(turn.message.text[:_OWN_WORDS], nearest),)
    # "Anything else?" is asked again only once, so that a list given at once ends there.
    settled = {settling} if settling in (Question.UNPAID, Question.MORE) else set()
    if len(pending) > 1:
        settled.add(Question.MORE)
    said = turn.wording.say("several") if len(pending) > 1 else ""
    return turn.outcome(
        said,
        pending=turn.memory.pending + pending,
        settled=settle(turn.memory, Question.EXPERIENCE, *settled),
    )


def _of_kind(told: Candidate, question: Question) -> Candidate:
    if question is Question.UNPAID and told.kind is ExperienceKind.PAID:
        return replace(told, kind=ExperienceKind.UNPAID)
    return told


def missed(turn: Turn) -> Outcome:
    """The message was not understood; the second time in a row the question may be skipped."""
    key = "missed.first" if turn.memory.missed == 0 else "missed.again"
    memory = replace(turn.memory, missed=turn.memory.missed + 1)
    return Outcome(turn.profile, memory, (turn.wording.say(key),), aside=True)


def confirmed(turn: Turn) -> Handling:
    """An answer to "is this right?"."""
    told = turn.memory.pending[0]
    rest = turn.memory.pending[1:]
    if turn.message.choice_id == NONE_OF_THESE or turn.message.act in (Act.DENY, Act.SKIP):
        return (yield from _denied(turn, rest))
    concept_id = _chosen_concept(turn, told)
    if concept_id is None:
        # Other words for the same work, or a correction of it.
        found = yield from one("find_occupations", text=turn.message.rest)
        again = replace(turn, memory=replace(turn.memory, pending=rest))
        if isinstance(found, FoundOccupations) and found.mentions:
            return _retold(again, found, told)
        return from_found(again, found, settling=Question.EXPERIENCE)
    facts = yield from one("look_up_occupation", concept_id=concept_id, language=turn.wording.language)
    if not isinstance(facts, OccupationFacts) or facts.group is None:
        return missed(turn)
    details = turn.message.rest if turn.message.act is Act.CONFIRM else ""
    experience = Experience(
        title=turn.wording.work(facts.group),
        concept_id=facts.group.concept_id,
        ssyk_code=facts.group.ssyk_code,
        years=told.years if told.years is not None else years_said(details),
        kind=told.kind,
        country=told.country or country_said(details),
    )
    return _added(turn, experience, told, rest)


def _chosen_concept(turn: Turn, told: Candidate) -> str | None:
    if turn.message.choice_id.startswith(CONCEPT):
        return turn.message.choice_id.removeprefix(CONCEPT)
    if turn.message.act is Act.CONFIRM:
        return told.concept_ids[0]
    return None


def _denied(turn: Turn, rest: tuple[Candidate, ...]) -> Handling:
    """None of the offered ones: ask for other words, unless they came with the "no"."""
    before = turn.memory.pending[0]
    if turn.message.act is Act.DENY and len(content_words(turn.message.rest)) >= 1:
        found = yield from one("find_occupations", text=turn.message.rest)
        if isinstance(found, FoundOccupations) and found.mentions:
            return _retold(replace(turn, memory=replace(turn.memory, pending=rest)), found, before)
    if turn.message.act is Act.SKIP:
        return turn.outcome(turn.wording.say("noted.skipped"), pending=rest)
    return turn.outcome(pending=rest, retelling=before)


def retold(turn: Turn) -> Handling:
    """Other words for work that none of the offered groups fitted."""
    before = turn.memory.retelling
    assert before is not None  # the policy asks for other words only then
    forgotten = replace(turn, memory=replace(turn.memory, retelling=None))
    if turn.message.act in (Act.SKIP, Act.DENY):
        return forgotten.outcome(turn.wording.say("noted.skipped"))
    found = yield from one("find_occupations", text=turn.message.text)
    if isinstance(found, FoundOccupations) and found.mentions:
        return _retold(forgotten, found, before)
    if isinstance(found, FoundOccupations) and found.nearest:
        nearest = tuple(concept.concept_id for concept in found.nearest)
        guess = replace(before, quote=turn.message.text[:_OWN_WORDS], concept_ids=nearest)
        return forgotten.outcome(pending=(guess, *turn.memory.pending))
    return missed(turn)


def _retold(turn: Turn, found: FoundOccupations, before: Candidate) -> Outcome:
    """New words for the work that was being confirmed; what was known of it stays known."""
    first, *others = (candidate(mention, replaces=before.replaces) for mention in found.mentions)
    kept = replace(
        first,
        years=first.years if first.years is not None else before.years,
        country=first.country or before.country,
        kind=before.kind if first.kind is ExperienceKind.PAID else first.kind,
    )
    return turn.outcome(pending=(kept, *others, *turn.memory.pending))


def _added(turn: Turn, experience: Experience, told: Candidate, rest: tuple[Candidate, ...]) -> Outcome:
    kept = tuple(e for e in turn.profile.experiences if e.concept_id != told.replaces)
    same = next((e for e in kept if e.concept_id == experience.concept_id), None)
    if same is not None:
        merged = replace(
            same,
            years=_sum(same.years, experience.years),
            country=same.country or experience.country,
        )
        experiences = tuple(merged if e is same else e for e in kept)
        said = turn.wording.say("noted.merged", work=same.title)
    else:
        experiences = (*kept, experience)
        said = turn.wording.say("noted.experience", experience=turn.wording.experience(experience))
    return turn.outcome(
        said,
        profile=replace(turn.profile, experiences=experiences),
        pending=rest,
        current=experience.concept_id,
    )


def _sum(first: float | None, second: float | None) -> float | None:
    return None if first is None and second is None else (first or 0) + (second or 0)


def gave_details(turn: Turn) -> Handling:
    """How long and where."""
    current = current_experience(turn.profile, turn.memory)
    assert current is not None  # the policy asks for details of an experience only
    name = settled_name(Question.DETAILS, current.concept_id)
    years = years_said(turn.message.text) or bare_number(turn.message.text)
    country = country_said(turn.message.text)
    if years is None and not country and turn.message.act not in (Act.SKIP, Act.DENY):
        if turn.memory.missed == 0:
            yield from ()
            return missed(turn)
        return turn.outcome(turn.wording.say("noted.skipped"), settled=settle(turn.memory, name))
    known = replace(
        current,
        years=current.years if years is None else years,
        country=country or current.country,
    )
    outcome = turn.outcome(
        turn.wording.say("noted.experience", experience=turn.wording.experience(known)),
        profile=with_experience(turn.profile, known),
        settled=settle(turn.memory, name),
    )
    return (yield from _with_other_work(turn, outcome))


def _with_other_work(turn: Turn, outcome: Outcome) -> Handling:
    """A long answer may tell of more work: "7 years in Syria, and then I drove a taxi in Turkey"."""
    if len(content_words(turn.message.text)) <= _LONG_ANSWER_WORDS:
        yield from ()
        return outcome
    found = yield from one("find_occupations", text=turn.message.text)
    if not isinstance(found, FoundOccupations):
        return outcome
    new = tuple(
        candidate(m) for m in found.mentions if m.concepts[0].concept_id not in _known_ids(outcome.profile)
    )
    return replace(outcome, memory=replace(outcome.memory, pending=outcome.memory.pending + new))


def _known_ids(profile: Profile) -> frozenset[str]:
    return frozenset(e.concept_id for e in profile.experiences)


def with_experience(profile: Profile, changed: Experience) -> Profile:
    """The profile with one experience changed."""
    return replace(
        profile,
        experiences=tuple(changed if e.concept_id == changed.concept_id else e for e in profile.experiences),
    )


def told_of_day(turn: Turn) -> Handling:
    """What one did on an ordinary day: it orders the skills that are offered next."""
    yield from ()
    skipped = turn.message.act in (Act.SKIP, Act.DENY)
    return turn.outcome(
        "" if skipped else turn.wording.say("noted.day"),
        day="" if skipped else turn.message.text[:_OWN_WORDS],
        settled=settle(turn.memory, Question.DAY),
    )


def chose_skills(turn: Turn) -> Handling:
    """Which of the offered skills the person has: by button, by number, by name, all or none."""
    current = current_experience(turn.profile, turn.memory)
    assert current is not None  # the policy asks for skills of an experience only
    listed = yield from one("list_skills", concept_id=current.concept_id, described=turn.memory.day)
    offered = [choice for choice in turn.memory.offered if choice.choice_id.startswith(SKILL)]
    ids = _kept_skills(turn, [choice.choice_id.removeprefix(SKILL) for choice in offered])
    if ids is None:
        return missed(turn)
    labels = (
        {s.concept_id: s.preferred_label.text(turn.wording.language) for s in listed.skills}
        if isinstance(listed, ListedSkills)
        else {}
    )
    held = tuple(HeldSkill(skill_id, labels[skill_id]) for skill_id in ids if skill_id in labels)
    said = (
        turn.wording.say("noted.skills", number=str(len(held)))
        if held
        else turn.wording.say("noted.no_skills")
    )
    return turn.outcome(
        said,
        profile=with_experience(turn.profile, replace(current, skills=held)),
        settled=settle(turn.memory, settled_name(Question.SKILLS, current.concept_id)),
    )


def _kept_skills(turn: Turn, offered: list[str]) -> list[str] | None:
    """The skills kept; None when the answer was not understood."""
    choice, folded = turn.message.choice_id, fold(turn.message.text)
    if choice.startswith(KEEP_SKILLS):
        return [skill_id for skill_id in choice.removeprefix(KEEP_SKILLS).split(",") if skill_id]
    if choice.startswith(SKILL):
        return [choice.removeprefix(SKILL)]
    if choice == NO_SKILLS or turn.message.act is Act.SKIP:
        return []
    named = _named_skills(turn, offered)
    if named and turn.cues.fits("except", folded):
        return [skill_id for skill_id in offered if skill_id not in named]
    if named:
        return named
    if choice == ALL_SKILLS or turn.cues.fits("all", folded) or turn.message.act is Act.CONFIRM:
        return offered
    return [] if turn.message.act is Act.DENY else None


def _named_skills(turn: Turn, offered: list[str]) -> list[str]:
    """Skills named by their number in the list or by a word of their label."""
    tokens = words(turn.message.text)
    numbers = {int(token) for token in tokens if token.isdecimal()}
    by_number = [skill_id for i, skill_id in enumerate(offered, start=1) if i in numbers]
    labels = {c.choice_id.removeprefix(SKILL): set(content_words(c.label)) for c in turn.memory.offered}
    said = set(content_words(turn.message.text))
    return by_number or [skill_id for skill_id in offered if labels.get(skill_id, set()) & said]


def told_of_education(turn: Turn) -> Handling:
    """Level, subject and country of an education."""
    yield from ()
    settled = settle(turn.memory, Question.EDUCATION)
    if turn.message.act is Act.SKIP:
        return turn.outcome(turn.wording.say("noted.skipped"), settled=settled)
    level = _education_level(turn)
    if level is None and turn.message.act is not Act.DENY and turn.memory.missed == 0:
        return missed(turn)
    if turn.message.act is Act.DENY and level is None:
        level = EducationLevel.NONE
    chosen_only = turn.message.choice_id.startswith(LEVEL)
    education = Education(
        level,
        "" if chosen_only else without_countries(without_durations(turn.message.text))[:_OWN_WORDS],
        "" if chosen_only else country_said(turn.message.text),
    )
    return turn.outcome(
        turn.wording.say("noted.education"),
        profile=replace(turn.profile, education=(education,)),
        settled=settled,
    )


def _education_level(turn: Turn) -> EducationLevel | None:
    if turn.message.choice_id.startswith(LEVEL):
        return EducationLevel(turn.message.choice_id.removeprefix(LEVEL))
    folded = fold(turn.message.text)
    fitting = [level for level in EducationLevel if turn.cues.fits(f"level_{level}", folded)]
    return max(fitting, key=lambda level: level.order, default=None)


def told_of_languages(turn: Turn) -> Handling:
    """Languages, and driving licences asked for in the same breath."""
    yield from ()
    found = languages_said(turn.message.text)
    licences = licences_said(turn.message.text, asked=not found)
    if not found and not licences and turn.message.act is Act.TELL and turn.memory.missed == 0:
        return missed(turn)
    spoken = tuple(
        SpokenLanguage(language_name(code, turn.wording.language), rest[:40]) for code, rest in found
    )
    return turn.outcome(
        turn.wording.say("noted.thanks"),
        profile=replace(
            turn.profile,
            languages=spoken or turn.profile.languages,
            licences=licences or turn.profile.licences,
        ),
        settled=settle(turn.memory, Question.LANGUAGES),
    )


def told_of_wishes(turn: Turn) -> Handling:
    """What the person wants next, by button or in their own words."""
    yield from ()
    if turn.message.choice_id.startswith(WISH):
        wishes: tuple[str, ...] = (turn.message.choice_id.removeprefix(WISH),)
        wish = ""
    elif turn.message.act in (Act.SKIP, Act.DENY):
        wishes, wish = (WishKind.ANY.value,), ""
    else:
        folded = fold(turn.message.text)
        kinds = (WishKind.SAME_WORK, WishKind.NEW_WORK, WishKind.STUDY)
        wish = turn.message.text[:_OWN_WORDS]
        wishes = (*(kind.value for kind in kinds if turn.cues.fits(f"wish_{kind}", folded)), wish)
    return turn.outcome(
        profile=replace(turn.profile, wishes=wishes),
        wish=wish,
        settled=settle(turn.memory, Question.WISHES),
    )


def told_after_paths(turn: Turn) -> Handling:
    """Anything told once the paths are shown: more work, or another wish."""
    if turn.message.act in (Act.CONFIRM, Act.DENY, Act.SKIP):
        return turn.outcome(turn.wording.say("paths.closing"), aside=True)
    found = yield from one("find_occupations", text=turn.message.text)
    if isinstance(found, FoundOccupations) and found.mentions:
        return from_found(turn, found, settling=Question.MORE)
    wishes = tuple(dict.fromkeys((*turn.profile.wishes, turn.message.text[:_OWN_WORDS])))
    return turn.outcome(
        turn.wording.say("noted.wish"),
        profile=replace(turn.profile, wishes=wishes),
        wish=turn.message.text[:_OWN_WORDS],
    )


ANSWERS = {
    Question.EXPERIENCE: told_of_work,
    Question.CONFIRM: confirmed,
    Question.RETELL: retold,
    Question.DETAILS: gave_details,
    Question.DAY: told_of_day,
    Question.SKILLS: chose_skills,
    Question.MORE: told_of_work,
    Question.UNPAID: told_of_work,
    Question.EDUCATION: told_of_education,
    Question.LANGUAGES: told_of_languages,
    Question.WISHES: told_of_wishes,
    Question.PATHS: told_after_paths,
}

__all__ = ["ANSWERS", "Call", "from_found", "missed", "with_experience"]
