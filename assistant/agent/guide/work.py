"""What an answer about work does: told, confirmed, told in other words, how long and where."""

from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.agent.guide.added import added
from assistant.agent.guide.facts import noted_beside, tells_only_details, wants_otherwise
from assistant.agent.guide.memory import Candidate, candidate
from assistant.agent.guide.policy import Question
from assistant.agent.guide.reading import nearest_by_esco
from assistant.agent.guide.script import Act, Calls, Handling, Outcome, Results, Turn, one, settle
from assistant.agent.results import FoundOccupations, OccupationFacts
from assistant.domain.profile import Experience, ExperienceKind
from assistant.guidance.choosing import WORTH_ASKING, Sureness, sureness
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.mentions.details import country_said, years_said
from assistant.retrieval.mentions.finder import Mention
from assistant.retrieval.text import alike, content_words

CONCEPT = "concept:"
NONE_OF_THESE = "none"
_OWN_WORDS = 120
_ABOUT_AS_WELL = 0.85


def told_of_work(turn: Turn) -> Handling:
    """Work told of in answer to "what have you worked with?", "anything else?" or "unpaid?"."""
    question = turn.open_question or Question.EXPERIENCE
    if turn.is_plain_yes:
        return turn.outcome(turn.wording.say("tell_me"), aside=True)
    if turn.message.act in (Act.DENY, Act.SKIP) and not (yield from _work_in(turn)):
        return turn.outcome(_noted(turn, question), settled=settle(turn.memory, question))
    told = turn.message.rest if turn.message.act is Act.CONFIRM else turn.message.text
    found = yield from one("find_occupations", text=told)
    is_new = _is_unheard_of(found) and not turn.memory.missed and not wants_otherwise(turn)
    if is_new and (guess := (yield from nearest_by_esco(turn))):
        return turn.outcome(pending=(*turn.memory.pending, _of_kind(guess, question)))
    return from_found(turn, found, settling=question)


def _is_unheard_of(found: object) -> bool:
    """Whether nothing in the index comes near the words."""
    if not isinstance(found, FoundOccupations) or found.mentions:
        return False
    return sureness(found.nearest) is Sureness.UNLIKELY


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
    pending = tuple(_of_kind(candidate(mention), settling) for mention in _mentions(found, turn))
    if not pending:
        is_work = turn.memory.missed and not wants_otherwise(turn)
        guess = _guess(turn.message.text, found) if is_work else None
        if guess is None:
            return missed(turn, settling=settling, key="missed.work")
        pending = (_of_kind(guess, settling),)
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


def _guess(quote: str, found: object) -> Candidate | None:
    """What was told twice and is still unclear, with the nearest groups to choose from."""
    choices = found.choices if isinstance(found, FoundOccupations) else ()
    if not choices or choices[0].probability < WORTH_ASKING:
        return None
    return Candidate(quote[:_OWN_WORDS], tuple(concept.concept_id for concept in choices))


def _of_kind(told: Candidate, question: Question) -> Candidate:
    if question is Question.UNPAID and told.kind is ExperienceKind.PAID:
        return replace(told, kind=ExperienceKind.UNPAID)
    return told


def missed(turn: Turn, *, settling: str = "", key: str = "missed.first") -> Outcome:
    """The message was not understood; the second time in a row the interview goes on, where it can.

    Args:
        turn: The turn.
        settling: The question that is settled when the interview goes on.
        key: What to say the first time.
    """
    if turn.noted:
        return noted_beside(turn)
    if turn.memory.missed and settling and settling != Question.EXPERIENCE:
        return turn.outcome(turn.wording.say("noted.skipped"), settled=settle(turn.memory, settling))
    said = turn.wording.say("missed.again" if turn.memory.missed else key)
    memory = replace(turn.memory, missed=turn.memory.missed + 1)
    return Outcome(turn.profile, memory, (said,), aside=True)


def taken_up(turn: Turn, *, settling: str) -> Handling:
    """What does not answer the open question: work told of beside it, or something not understood."""
    if new := (yield from work_told(turn)):
        return turn.outcome(pending=turn.memory.pending + new)
    return missed(turn, settling=settling)


def work_told(turn: Turn) -> Generator[Calls, Results, tuple[Candidate, ...]]:
    """Work told of plainly beside the question, that is not in the profile yet."""
    if turn.noted or not turn.cues.fits("tells_work", turn.message.folded):
        return ()
    found = yield from one("find_occupations", text=turn.message.text)
    return new_work(found, turn)


def _mentions(found: object, turn: Turn) -> tuple[Mention, ...]:
    """The work told of; a degree in nursing that has been noted as education is none."""
    mentions = found.mentions if isinstance(found, FoundOccupations) else ()
    return tuple(m for m in mentions if not any(m.quote in clause for clause in turn.noted))


def new_work(found: object, turn: Turn) -> tuple[Candidate, ...]:
    """Work named clearly that is not in the profile yet."""
    known = {e.concept_id for e in turn.profile.experiences}
    return tuple(
        candidate(mention)
        for mention in _mentions(found, turn)
        if mention.concepts[0].concept_id not in known and sureness(mention.concepts) is not Sureness.UNLIKELY
    )


def confirmed(turn: Turn) -> Handling:
    """An answer to "is this right?"."""
    told = turn.memory.pending[0]
    rest = turn.memory.pending[1:]
    if turn.cues.fits("no_work", turn.message.folded) and not turn.profile.experiences:
        settled = settle(turn.memory, Question.EXPERIENCE)
        return turn.outcome(turn.wording.say("noted.no_work"), pending=(), settled=settled)
    if turn.cues.fits("nothing_more", turn.message.folded):
        return turn.outcome(turn.wording.say("noted.nothing"), pending=rest)
    if turn.message.choice_id == NONE_OF_THESE or turn.message.act in (Act.DENY, Act.SKIP):
        return (yield from _denied(turn, rest))
    if turn.message.act is Act.TELL and tells_only_details(turn.message.text):
        # "10 years" to "is this right?" says yes and more.
        turn = replace(turn, message=replace(turn.message, act=Act.CONFIRM))
    concept_id = _chosen_concept(turn, told)
    if concept_id is None:
        return (yield from _other_words(turn, told, rest))
    more = (yield from _more_work_in(turn, told)) if turn.message.act is Act.CONFIRM else ()
    facts = yield from one("look_up_occupation", concept_id=concept_id, language=turn.wording.language)
    if not isinstance(facts, OccupationFacts) or facts.group is None:
        return missed(turn)
    details = turn.message.rest if turn.message.act is Act.CONFIRM and not more else ""
    experience = Experience(
        title=turn.wording.work(facts.group),
        concept_id=facts.group.concept_id,
        ssyk_code=facts.group.ssyk_code,
        years=told.years if told.years is not None else years_said(details),
        kind=told.kind,
        country=told.country or country_said(details),
    )
    return added(turn, experience, told, (*rest, *more))


def _chosen_concept(turn: Turn, told: Candidate) -> str | None:
    if turn.message.choice_id.startswith(CONCEPT):
        return turn.message.choice_id.removeprefix(CONCEPT)
    if turn.message.act is Act.CONFIRM:
        return told.concept_ids[0]
    return None


def _other_words(turn: Turn, told: Candidate, rest: tuple[Candidate, ...]) -> Handling:
    """Other words for the same work, or a correction of it; the work stays open until some are found."""
    found = yield from one("find_occupations", text=turn.message.rest)
    mentions = found.mentions if isinstance(found, FoundOccupations) else ()
    if len(mentions) > 1 and turn.message.act is Act.TELL:
        # "Cooked, fried meat, ordered goods" says more of one job, not that there were three.
        together = yield from one("find_occupations", text=f"{told.quote} {turn.message.text}")
        choices = together.choices if isinstance(together, FoundOccupations) else ()
        if choices:
            return turn.outcome(pending=(_with_groups(told, choices), *rest))
    if isinstance(found, FoundOccupations) and mentions:
        return _retold(replace(turn, memory=replace(turn.memory, pending=rest)), found, told)
    if wants_otherwise(turn):
        return turn.outcome(turn.wording.say("noted.skipped"), pending=rest)
    guess = _guess(turn.message.text, found) if turn.memory.missed else None
    return turn.outcome(pending=(_guessed(told, guess), *rest)) if guess else missed(turn)


def _with_groups(told: Candidate, concepts: Sequence[LinkedConcept]) -> Candidate:
    """The same work, which may be other groups."""
    ids = tuple(concept.concept_id for concept in concepts)
    return replace(told, concept_ids=ids, sureness=sureness(concepts), is_denied=False)


def _guessed(told: Candidate, guess: Candidate) -> Candidate:
    """The same work, with the words and groups of a guess."""
    return replace(
        told,
        quote=guess.quote,
        concept_ids=guess.concept_ids,
        sureness=guess.sureness,
        is_denied=False,
    )


def _more_work_in(turn: Turn, told: Candidate) -> Generator[Calls, Results, tuple[Candidate, ...]]:
    """Further work in "yes, and I drove a taxi too"; details of the confirmed work are none."""
    if len(content_words(turn.message.rest)) < 2 or not turn.cues.fits("tells_work", turn.message.folded):
        return ()
    found = yield from one("find_occupations", text=turn.message.rest)
    label = _chosen_label(turn, told)
    return tuple(
        c
        for c in new_work(found, turn)
        if c.concept_ids[0] != told.concept_ids[0] and not _repeats(c.quote, label)
    )


def _chosen_label(turn: Turn, told: Candidate) -> str:
    chosen = f"{CONCEPT}{told.concept_ids[0]}"
    return next((choice.label for choice in turn.memory.offered if choice.choice_id == chosen), "")


def _repeats(quote: str, label: str) -> bool:
    """Whether words say no more than a label does: "yes, a building worker"."""
    return all(any(alike(word, named) for named in content_words(label)) for word in content_words(quote))


def _denied(turn: Turn, rest: tuple[Candidate, ...]) -> Handling:
    """None of the offered ones: ask for other words, unless they came with the "no"."""
    before = turn.memory.pending[0]
    if turn.message.act is Act.DENY and len(content_words(turn.message.rest)) >= 1:
        found = yield from one("find_occupations", text=turn.message.rest)
        if isinstance(found, FoundOccupations) and found.mentions:
            return _retold(replace(turn, memory=replace(turn.memory, pending=rest)), found, before)
    if turn.message.act is Act.SKIP:
        return turn.outcome(turn.wording.say("noted.skipped"), pending=rest)
    return turn.outcome(pending=(replace(before, is_denied=True), *rest))


def retold(turn: Turn) -> Handling:
    """More words for work that no group was likely for, or that none of the offered groups fitted."""
    before, *rest = turn.memory.pending
    forgotten = replace(turn, memory=replace(turn.memory, pending=tuple(rest)))
    if turn.message.act in (Act.SKIP, Act.DENY):
        return forgotten.outcome(turn.wording.say("noted.skipped"), pending=tuple(rest))
    text = turn.message.text
    found = yield from one("find_occupations", text=text)
    mentions = found.mentions if isinstance(found, FoundOccupations) else ()
    if mentions and sureness(mentions[0].concepts) is not Sureness.UNLIKELY:
        assert isinstance(found, FoundOccupations)
        return _retold(forgotten, found, before)
    if wants_otherwise(turn):
        return forgotten.outcome(turn.wording.say("noted.skipped"), pending=tuple(rest))
    if not before.is_denied:
        # What was told before and now is more than either; what was turned down would only come back.
        found = yield from one("find_occupations", text=f"{before.quote}. {text}")
    guess = _guess(text, found)
    if guess is None:
        return missed(turn if turn.noted or not turn.memory.missed else forgotten)
    return forgotten.outcome(pending=(_guessed(before, guess), *rest))


def _retold(turn: Turn, found: FoundOccupations, before: Candidate) -> Outcome:
    """New words for the work that was being confirmed; what was known of it stays known."""
    first, *others = (candidate(mention, replaces=before.replaces) for mention in found.mentions)
    kept = replace(
        _nearer_to(before, first, found.mentions[0]),
        years=first.years if first.years is not None else before.years,
        country=first.country or before.country,
        kind=before.kind if first.kind is ExperienceKind.PAID else first.kind,
    )
    return turn.outcome(pending=(kept, *others, *turn.memory.pending))


def _nearer_to(before: Candidate, told: Candidate, mention: Mention) -> Candidate:
    """Of groups that fit the new words about as well, those that fitted the first words come first.

    The group that was put forward and turned down is none of them.
    """
    enough = _ABOUT_AS_WELL * mention.concepts[0].score
    close = [
        c.concept_id for c in mention.concepts if c.score >= enough and c.concept_id in before.concept_ids[1:]
    ]
    return replace(told, concept_ids=tuple(dict.fromkeys((*close, *told.concept_ids))))
