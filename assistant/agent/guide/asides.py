"""What the guide does when a message is no answer: questions, corrections, summaries, and the rest."""

from collections.abc import Generator
from dataclasses import replace

from rapidfuzz import fuzz, process

from assistant.agent.guide.answers import ANSWERS, from_found, with_experience
from assistant.agent.guide.memory import Memory, candidate
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import (
    Act,
    Call,
    Calls,
    Handler,
    Handling,
    Outcome,
    Results,
    Turn,
    one,
    saying,
    settle,
    without_tools,
)
from assistant.agent.results import AssessedOccupation, FoundOccupations, GuideAnswers, OccupationFacts
from assistant.agent.schemas import profile_arguments
from assistant.domain.conversation import PathCard
from assistant.domain.path import PathKind
from assistant.domain.profile import Experience, Profile
from assistant.retrieval.details import country_said, years_said
from assistant.retrieval.guide_search import ANSWERS_FROM
from assistant.retrieval.text import fold

ABOUT = "about:"
REMOVE = "remove:"
LANGUAGE = "language:"
STARTER = "start:"
_NAMES_OCCUPATION = 0.4
_NAMES_EXPERIENCE = 75
_HELP_PAGE = "where-to-turn"


def asked(turn: Turn) -> Handling:
    """A question at any time: about an occupation, a rule, or something that nobody here knows."""
    folded = fold(turn.message.text)
    guides, found = yield (
        Call("search_guides", {"question": turn.message.text, "language": turn.wording.language}),
        Call("find_occupations", {"text": turn.message.text}),
    )
    hits = guides.hits if isinstance(guides, GuideAnswers) else ()
    nearest = found.nearest if isinstance(found, FoundOccupations) else ()
    about_work = turn.cues.fits("asks_about_work", folded)
    if nearest and nearest[0].score >= _NAMES_OCCUPATION and about_work:
        for_me = turn.cues.fits("asks_whether_for_me", folded)
        occupation = yield from _occupation(turn, nearest[0].concept_id, for_me=for_me)
        rule = "" if for_me else _rule(turn, guides, closer_than=nearest[0].score)
        return turn.outcome(occupation, rule, aside=True)
    if hits and hits[0].score >= ANSWERS_FROM:
        return turn.outcome(_rule(turn, guides, closer_than=0.0), aside=True)
    return (yield from _unknown(turn))


def _rule(turn: Turn, guides: object, *, closer_than: float) -> str:
    """What the best guide page says, with its source."""
    if not isinstance(guides, GuideAnswers) or not guides.hits or guides.hits[0].score < closer_than:
        return ""
    hit, source = guides.hits[0], guides.sources[0]
    body = hit.page.sections[hit.section].body.text(turn.wording.language)
    return turn.wording.say("answer.guide", body=body, source=source.token, authority=source.system)


def _occupation(turn: Turn, concept_id: str, *, for_me: bool) -> Generator[Calls, Results, str]:
    facts = yield from one("look_up_occupation", concept_id=concept_id, language=turn.wording.language)
    if not isinstance(facts, OccupationFacts) or facts.group is None:
        return ""
    described = turn.wording.say(
        "answer.occupation",
        work=turn.wording.work(facts.group),
        description=facts.group.description.text(turn.wording.language),
        source=facts.sources[1].token,
    )
    if not for_me:
        route = facts.group.education.route.text(turn.wording.language)
        return f"{described} {route} {facts.sources[2].token}"
    assessed = yield from one(
        "assess_occupation",
        concept_id=concept_id,
        profile=profile_arguments(turn.profile),
        language=turn.wording.language,
    )
    if not isinstance(assessed, AssessedOccupation) or assessed.card is None:
        return described
    return f"{described}\n\n{honest_answer(turn, assessed.card)}"


def honest_answer(turn: Turn, card: PathCard) -> str:
    """How far one occupation is: what matches, what is missing, the way."""
    key = f"kind.{card.path.kind}"
    parts = [turn.wording.say(key), card.gap, card.how]
    if card.path.kind is PathKind.READY or card.path.matched or card.path.experience_ids:
        parts.insert(1, card.why)
    return " ".join(parts)


def _unknown(turn: Turn) -> Generator[Calls, Results, Outcome]:
    """No source answers: say so, and whom to ask."""
    help_page = yield from one(
        "search_guides", question=turn.wording.say("answer.help_query"), language=turn.wording.language
    )
    source = help_page.sources[0].token if help_page.sources else ""
    return turn.outcome(turn.wording.say("answer.unknown", source=source), aside=True)


def chose(turn: Turn) -> Handling:
    """A button that is no answer to the open question, or else the answer that it is."""
    choice = turn.message.choice_id
    if choice.startswith(ABOUT):
        said = yield from _occupation(turn, choice.removeprefix(ABOUT), for_me=True)
        return turn.outcome(said, aside=True)
    if choice.startswith(REMOVE):
        return _without(turn, choice.removeprefix(REMOVE))
    if choice.startswith(LANGUAGE):
        return turn.outcome(turn.wording.say("noted.language"), aside=True)
    if choice.startswith(STARTER):
        return turn.outcome(aside=False)
    if choice == "skip":
        skipping = replace(turn, message=replace(turn.message, act=Act.SKIP, choice_id=""))
        return (yield from answered(skipping))
    if choice in ("yes", "no"):
        act = Act.CONFIRM if choice == "yes" else Act.DENY
        plain = replace(turn.message, act=act, choice_id="", rest="")
        return (yield from answered(replace(turn, message=plain)))
    return (yield from answered(turn))


def answered(turn: Turn) -> Handling:
    """Hand the message to whoever asked the open question; work may be told of before any was asked."""
    handler = ANSWERS[turn.open_question or Question.EXPERIENCE]
    return (yield from handler(turn))


def corrected(turn: Turn) -> Handling:
    """Take "no, I was a cook" as other words for what is being confirmed, or a change of what was."""
    if turn.open_question in (None, Question.CONFIRM, Question.RETELL):
        return (yield from answered(turn))
    target = _meant_experience(turn)
    years, country = years_said(turn.message.rest), country_said(turn.message.rest)
    found = yield from one("find_occupations", text=turn.message.rest)
    mentions = found.mentions if isinstance(found, FoundOccupations) else ()
    other = [m for m in mentions if target is None or m.concepts[0].concept_id != target.concept_id]
    if target is not None and other:
        retold = candidate(other[0], replaces=target.concept_id)
        kept = replace(
            retold,
            years=retold.years if retold.years is not None else target.years,
            country=retold.country or target.country,
            kind=target.kind,
        )
        return turn.outcome(pending=(kept, *turn.memory.pending))
    if target is not None and (years is not None or country):
        changed = replace(
            target, years=target.years if years is None else years, country=country or target.country
        )
        said = turn.wording.say("noted.experience", experience=turn.wording.experience(changed))
        return turn.outcome(said, profile=with_experience(turn.profile, changed), aside=True)
    if mentions:
        return from_found(turn, found, settling=Question.EXPERIENCE)
    return (yield from answered(turn))


def removed(turn: Turn) -> Handling:
    """Strike the experience that "remove the cook" names, or ask which."""
    yield from ()
    target = _named_experience(turn)
    if target is None and len(turn.profile.experiences) == 1:
        target = turn.profile.experiences[0]
    if target is None:
        return turn.outcome(turn.wording.say("remove.which"), turn.wording.summary(turn.profile), aside=True)
    return _without(turn, target.concept_id)


def _without(turn: Turn, concept_id: str) -> Outcome:
    gone = next((e for e in turn.profile.experiences if e.concept_id == concept_id), None)
    if gone is None:
        return turn.outcome(turn.wording.summary(turn.profile), aside=True)
    kept = tuple(e for e in turn.profile.experiences if e is not gone)
    return turn.outcome(
        turn.wording.say("noted.removed", work=gone.title),
        profile=replace(turn.profile, experiences=kept),
        current="" if turn.memory.current == concept_id else turn.memory.current,
        aside=True,
    )


def merged(turn: Turn) -> Handling:
    """Join what "they are the same job" is about: the last two experiences into the first of them."""
    yield from ()
    if len(turn.profile.experiences) < 2:
        return turn.outcome(turn.wording.summary(turn.profile), aside=True)
    *others, first, second = turn.profile.experiences
    years = None if first.years is None and second.years is None else (first.years or 0) + (second.years or 0)
    skills = tuple({s.concept_id: s for s in (*first.skills, *second.skills)}.values())
    joined = replace(first, years=years, country=first.country or second.country, skills=skills)
    return turn.outcome(
        turn.wording.say("noted.merged", work=joined.title),
        profile=replace(turn.profile, experiences=(*others, joined)),
        current=joined.concept_id,
        aside=True,
    )


def _meant_experience(turn: Turn) -> Experience | None:
    """The experience that a correction is about: the one named, the one talked of, or the last."""
    current = next((e for e in turn.profile.experiences if e.concept_id == turn.memory.current), None)
    last = turn.profile.experiences[-1] if turn.profile.experiences else None
    return _named_experience(turn) or current or last


def _named_experience(turn: Turn) -> Experience | None:
    titles = {i: fold(e.title) for i, e in enumerate(turn.profile.experiences)}
    best = process.extractOne(
        fold(turn.message.text), titles, scorer=fuzz.partial_ratio, score_cutoff=_NAMES_EXPERIENCE
    )
    return turn.profile.experiences[best[2]] if best else None


def _summed_up(turn: Turn) -> Outcome:
    return turn.outcome(turn.wording.summary(turn.profile), aside=True)


def _paths_wanted(turn: Turn) -> Outcome:
    """Skip what is left to ask and go to the paths."""
    rest = [q for q in Question if q is not Question.PATHS]
    per_experience = [f"{q}:{e.concept_id}" for q in rest for e in turn.profile.experiences]
    return turn.outcome(pending=(), settled=settle(turn.memory, *rest, *per_experience))


def _greeted(turn: Turn) -> Outcome:
    return turn.outcome("" if turn.is_first else turn.wording.say("greet.again"), aside=not turn.is_first)


def _started_over(turn: Turn) -> Outcome:
    return Outcome(Profile(), Memory(), (turn.wording.say("noted.start_over"),))


HANDLERS: dict[Act, Handler] = {
    Act.CHOOSE: chose,
    Act.FOREIGN: saying("foreign"),
    Act.UNREADABLE: saying("unreadable"),
    Act.CODE: saying("code"),
    Act.OVERRIDE: saying("override"),
    Act.INSULT: saying("insult"),
    Act.LANGUAGE_SV: saying("noted.language"),
    Act.LANGUAGE_EN: saying("noted.language"),
    Act.WHO_ARE_YOU: saying("who_are_you"),
    Act.FORGET_ME: saying("forget_me"),
    Act.MY_DATA: without_tools(
        lambda turn: turn.outcome(turn.wording.say("my_data"), turn.wording.summary(turn.profile), aside=True)
    ),
    Act.START_OVER: without_tools(_started_over),
    Act.SUM_UP: without_tools(_summed_up),
    Act.SHOW_PATHS: without_tools(_paths_wanted),
    Act.ASK: asked,
    Act.REMOVE: removed,
    Act.MERGE: merged,
    Act.CORRECT: corrected,
    Act.SKIP: answered,
    Act.CONFIRM: answered,
    Act.DENY: answered,
    Act.GREET: without_tools(_greeted),
    Act.THANK: saying("thanked"),
    Act.TELL: answered,
}
