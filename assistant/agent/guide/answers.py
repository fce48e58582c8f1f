"""What an answer to the open question does to the profile."""

import re
from collections import Counter
from dataclasses import replace

from assistant.agent.guide.details import gave_details, told_of_tasks
from assistant.agent.guide.facts import education_told, languages_told, wishes_told
from assistant.agent.guide.kept_pieces import chose_pieces
from assistant.agent.guide.policy import Question, experience_asked_about, settled_name
from assistant.agent.guide.script import Act, Handling, Turn, one, settle
from assistant.agent.guide.wording import Wording, with_source
from assistant.agent.guide.work import confirmed, from_found, retold, taken_up, told_of_work
from assistant.agent.results import FoundOccupations, ListedSkills
from assistant.domain.concept import EducationLevel
from assistant.domain.profile import Education, HeldSkill, WishKind
from assistant.guidance.paths import in_a_sentence
from assistant.retrieval.mentions.details import years_said
from assistant.retrieval.mentions.licences import licences_said
from assistant.retrieval.text import alike, content_words, fold, words

SKILL = "skill:"
KEEP_SKILLS = "skills:keep:"
ALL_SKILLS = "skills:all"
NO_SKILLS = "skills:none"
LEVEL = "level:"
WISH = "wish:"
_OWN_WORDS = 120
_MOST_IN_A_SENTENCE = 4
_MOST_LABELS_OF_A_WORD = 3
_DENIED = re.compile(r"\b(?:inte|ej|aldrig|utan|not|never|no|without|can'?t|cannot|don'?t)\b((?: \w+){1,3})")


def told_of_day(turn: Turn) -> Handling:
    """What one did on an ordinary day: it orders the skills that are offered next."""
    yield from ()
    if turn.is_plain_yes:
        return turn.outcome(turn.wording.say("tell_me"), aside=True)
    skipped = turn.message.act in (Act.SKIP, Act.DENY)
    return turn.outcome(
        "" if skipped else turn.wording.say("noted.day"),
        day="" if skipped else f"{turn.message.text[:_OWN_WORDS]} {turn.memory.told}",
        settled=settle(turn.memory, Question.DAY),
    )


def chose_skills(turn: Turn) -> Handling:
    """Which of the offered skills the person has: by button, number, name, own words, all or none."""
    asked = experience_asked_about(Question.SKILLS, turn.profile, turn.memory)
    assert asked is not None  # the policy asks for skills of an experience only
    name = settled_name(Question.SKILLS, asked.concept_id)
    listed = yield from one("list_skills", concept_id=asked.concept_id, described=turn.memory.described)
    offered = [choice for choice in turn.memory.offered if choice.choice_id.startswith(SKILL)]
    ids = _kept_skills(turn, [choice.choice_id.removeprefix(SKILL) for choice in offered])
    if ids is None:
        return told_of_tasks(turn) or (yield from taken_up(turn, settling=name))
    labels = (
        {s.concept_id: s.preferred_label.text(turn.wording.language) for s in listed.skills}
        if isinstance(listed, ListedSkills)
        else {}
    )
    held = tuple(HeldSkill(skill_id, labels[skill_id]) for skill_id in ids if skill_id in labels)
    said = turn.wording.say("noted.no_skills")
    if held and isinstance(listed, ListedSkills):
        said = _noted([in_a_sentence(s.label) for s in held], listed.sources[0].token, turn.wording)
    changed = replace(asked, skills=held)
    experiences = tuple(changed if e is asked else e for e in turn.profile.experiences)
    return turn.outcome(
        said,
        profile=replace(turn.profile, experiences=experiences),
        settled=settle(turn.memory, name),
    )


def _noted(names: list[str], token: str, wording: Wording) -> str:
    """What was noted: a few skills in a sentence, more of them in a list."""
    if len(names) <= _MOST_IN_A_SENTENCE:
        return wording.say("noted.skills", skills=with_source(wording.joined(names), token))
    lines = (f"- {with_source(name, token)}" for name in names)
    return wording.say("noted.skills_list", skills="\n".join(lines))


def _kept_skills(turn: Turn, offered: list[str]) -> list[str] | None:
    """The skills kept; None when the answer was not understood."""
    choice, folded = turn.message.choice_id, fold(turn.message.text)
    if choice.startswith(KEEP_SKILLS):
        return [skill_id for skill_id in choice.removeprefix(KEEP_SKILLS).split(",") if skill_id]
    if choice.startswith(SKILL):
        return [choice.removeprefix(SKILL)]
    if choice == NO_SKILLS or turn.message.act is Act.SKIP:
        return []
    named = _first_skills(turn, offered) or _named_skills(turn, offered)
    if named and turn.cues.fits("except", folded):
        return [skill_id for skill_id in offered if skill_id not in named]
    if named:
        denied = _named_skills(_with_denied_words(turn), offered)
        return [skill_id for skill_id in named if skill_id not in denied] or None
    if choice == ALL_SKILLS or turn.cues.fits("all", folded) or turn.message.act is Act.CONFIRM:
        return offered
    return [] if turn.message.act is Act.DENY else None


def _with_denied_words(turn: Turn) -> Turn:
    """The turn with what stands after a "not" alone: "I can cook but not drive" denies the driving."""
    denied = " ".join(_DENIED.findall(turn.message.folded))
    return replace(turn, message=replace(turn.message, text=denied))


def _first_skills(turn: Turn, offered: list[str]) -> list[str]:
    """The skills that "the first three" means."""
    count = turn.cues.number_in("first_of_list", turn.message.folded)
    return offered[:count] if count else []


def _named_skills(turn: Turn, offered: list[str]) -> list[str]:
    """Skills named by their numbers in the list, or told in words like those of their label."""
    tokens = words(turn.message.text)
    # "9 years in school" is no number of the list.
    numbers = {int(token) for token in tokens if token.isdecimal()}
    if numbers and years_said(turn.message.text) is None:
        return [skill_id for i, skill_id in enumerate(offered, start=1) if i in numbers]
    said = content_words(turn.message.text)
    labels = _telling_words(turn, offered)
    named = [skill_id for skill_id in offered if set(labels.get(skill_id, ())) & set(said)]
    # "Java" names Java, not JavaScript; only where no word is the same do like ones count.
    return named or [
        skill_id
        for skill_id in offered
        if any(alike(word, told) for word in labels.get(skill_id, ()) for told in said)
    ]


def _telling_words(turn: Turn, offered: list[str]) -> dict[str, list[str]]:
    """The words of each label that tell it from the others: "teaching" does not, where six have it."""
    labels = {c.choice_id.removeprefix(SKILL): content_words(c.label) for c in turn.memory.offered}
    held_by = Counter(word for skill_id in offered for word in set(labels.get(skill_id, ())))
    return {
        skill_id: [word for word in told if held_by[word] <= _MOST_LABELS_OF_A_WORD]
        for skill_id, told in labels.items()
    }


def told_of_education(turn: Turn) -> Handling:
    """Level, subject and country of an education; a subject alone is kept, and its level asked for."""
    settled = settle(turn.memory, Question.EDUCATION)
    if turn.message.act is Act.SKIP:
        return turn.outcome(turn.wording.say("noted.skipped"), settled=settled)
    if turn.is_plain_yes:
        return turn.outcome(turn.wording.say("tell_me"), aside=True)
    told = _education(turn)
    if told.level is None and not _names_education(turn, told):
        return (yield from taken_up(turn, settling=Question.EDUCATION))
    before = turn.profile.education[0] if turn.profile.education else Education(None)
    education = Education(
        told.level or before.level, told.field or before.field, told.country or before.country
    )
    profile = replace(turn.profile, education=(education,))
    if education.level is None and not before.field:
        return turn.outcome(turn.wording.say("noted.thanks"), profile=profile, aside=True)
    return turn.outcome(turn.wording.say("noted.education"), profile=profile, settled=settled)


def _names_education(turn: Turn, told: Education) -> bool:
    has_words = bool(told.field or told.country) and turn.message.act is not Act.DENY
    return has_words and not turn.noted and not turn.cues.fits("tells_work", turn.message.folded)


def _education(turn: Turn) -> Education:
    if turn.message.choice_id.startswith(LEVEL):
        return Education(EducationLevel(turn.message.choice_id.removeprefix(LEVEL)))
    told = education_told(turn.message.text, turn.cues)
    if turn.message.act is Act.DENY and told.level is None and not _has_words_left(turn):
        return Education(EducationLevel.NONE)
    return told


def _has_words_left(turn: Turn) -> bool:
    """Whether anything follows the "no"."""
    return bool(words(turn.message.rest))


def told_of_languages(turn: Turn) -> Handling:
    """Languages, and driving licences asked for in the same breath."""
    if turn.is_plain_yes:
        return turn.outcome(turn.wording.say("tell_me"), aside=True)
    spoken = languages_told(turn.message.text, turn.wording.language)
    licences = licences_said(turn.message.text, asked=True)
    if not spoken and not licences and turn.message.act is Act.TELL:
        return (yield from taken_up(turn, settling=Question.LANGUAGES))
    return turn.outcome(
        turn.wording.say("noted.thanks"),
        profile=replace(
            turn.profile,
            languages=spoken or turn.profile.languages,
            licences=tuple(dict.fromkeys((*turn.profile.licences, *licences))),
        ),
        settled=settle(turn.memory, Question.LANGUAGES),
    )


def told_of_wishes(turn: Turn) -> Handling:
    """What the person wants next, by button or in their own words."""
    yield from ()
    if turn.is_plain_yes:
        return turn.outcome(turn.wording.say("tell_me"), aside=True)
    if turn.message.choice_id.startswith(WISH):
        wishes: tuple[str, ...] = (turn.message.choice_id.removeprefix(WISH),)
        wish = ""
    elif turn.message.act in (Act.SKIP, Act.DENY) or turn.cues.fits("wish_any", turn.message.folded):
        wishes, wish = (WishKind.ANY.value,), ""
    else:
        wish = turn.message.text[:_OWN_WORDS]
        wishes = wishes_told(wish, turn.cues)
    return turn.outcome(
        profile=replace(turn.profile, wishes=wishes),
        wish=wish,
        settled=settle(turn.memory, Question.WISHES),
    )


def told_after_paths(turn: Turn) -> Handling:
    """Anything told once the paths are shown: more work, or another wish."""
    if turn.message.act in (Act.CONFIRM, Act.DENY, Act.SKIP):
        return turn.outcome(turn.wording.say("paths.closing"), aside=True)
    told = wishes_told(turn.message.text, turn.cues)
    is_wish = turn.cues.fits("tells_wish", turn.message.folded) or (
        len(told) > 1 and not turn.cues.fits("tells_work", turn.message.folded)
    )
    if not is_wish:
        found = yield from one("find_occupations", text=turn.message.text)
        if isinstance(found, FoundOccupations) and found.mentions:
            return from_found(turn, found, settling=Question.MORE)
    if turn.noted:
        return turn.outcome(turn.wording.say("noted.thanks"))
    # A new kind of wish takes the place of the old one; own words stay beside each other.
    kept = [wish for wish in turn.profile.wishes if len(told) == 1 or wish not in list(WishKind)]
    return turn.outcome(
        turn.wording.say("noted.wish"),
        profile=replace(turn.profile, wishes=tuple(dict.fromkeys((*kept, *told)))),
        wish=turn.message.text[:_OWN_WORDS],
    )


ANSWERS = {
    Question.PIECES: chose_pieces,
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
