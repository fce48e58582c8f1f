"""An item is struck: out of every note, and out of what was built on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from langchain_core.messages import BaseMessage, ToolMessage

from assistant.agent.guide.memory import Memory
from assistant.agent.guide.policy import Question, experience_asked_about
from assistant.agent.messages import ORIGINS
from assistant.agent.own_data.facts import Facts, HeldPiece, pieces, without
from assistant.agent.own_data.notes import last_facts, notes, rewritten
from assistant.agent.results import ExploredOccupations, SuggestedPaths
from assistant.agent.snapshot import SessionState
from assistant.domain.cards import PathCard
from assistant.domain.conversation import ToldTurn
from assistant.domain.held import HeldKind
from assistant.domain.profile import Experience, Profile
from assistant.errors import ItemMissing

# What the last plan was made for; without it the plan is made anew.
_OF_PLAN = (HeldKind.GOAL, HeldKind.PLACE, HeldKind.CONDITION)


def strike_item(state: SessionState, item_id: str) -> SessionState:
    """The conversation without an item: what the assistant has said of it stands, nothing builds on it.

    It goes from every note, so that nothing brings it back. Paths that its experience led to go too, for
    their reasons name it; the others stand until paths are asked for again, and are then made anew.

    Raises:
        ItemMissing: Nothing with this id is held.
    """
    now = last_facts(state.messages)
    piece = next((each for each in pieces(now) if each.item_id == item_id), None)
    if piece is None:
        raise ItemMissing(item_id)
    quotes = _quotes(state.messages, piece)
    messages = rewritten(state.messages, lambda facts: _struck(facts, piece, quotes))
    gone = piece.value.concept_id if isinstance(piece.value, Experience) else ""
    struck = replace(
        state,
        messages=tuple(_without_traces(message, item_id, gone) for message in messages),
        turns=tuple(_turn_without(turn, item_id, gone) for turn in state.turns),
    )
    return with_settled_question(struck, now)


def with_settled_question(state: SessionState, before: Facts) -> SessionState:
    """The conversation, with no question left open that was about what is gone or changed.

    The next message is then taken as it comes, and the next question is what is still lacking. The
    buttons of the last answer go with the question.
    """
    now = last_facts(state.messages)
    if now.memory is None or before.memory is None or _asked_about(now) == _asked_about(before):
        return state
    last = [note.message.tool_call_id for note in notes(state.messages)][-1]
    messages = rewritten(state.messages, _without_question, only=last)
    *earlier, told = state.turns
    told = replace(told, answer=replace(told.answer, choices=()))
    return replace(state, messages=messages, turns=(*earlier, told))


def _without_question(facts: Facts) -> Facts:
    memory = facts.memory
    return replace(facts, memory=memory and replace(memory, open_question="", offered=()))


def _asked_about(facts: Facts) -> object:
    """What the open question is about; the same before and after where it still makes sense."""
    memory = facts.memory
    if memory is None or not memory.open_question:
        return None
    question = Question(memory.open_question)
    if question in (Question.CONFIRM, Question.RETELL):
        return memory.pending[0].quote if memory.pending else None
    if question is Question.PIECES:
        # They are numbered, so any change makes the numbers mean others.
        return memory.pieces
    if question in (Question.DETAILS, Question.DAY, Question.SKILLS):
        about = experience_asked_about(question, facts.profile, memory)
        return about and about.concept_id
    if question in (Question.GOAL, Question.SITUATION, Question.PLAN):
        return memory.goal, memory.wanted
    return question


def _quotes(messages: Sequence[BaseMessage], piece: HeldPiece) -> tuple[str, ...]:
    """The person's own words for an experience, wherever it waited to be confirmed."""
    if isinstance(piece.value, Experience):
        about = piece.value.concept_id
    elif piece.kind is HeldKind.WAITING:
        about = piece.item_id.removeprefix(f"{HeldKind.WAITING}:")
    else:
        return ()
    memories = [note.facts.memory for note in notes(messages)]
    waiting = [told for memory in memories if memory for told in memory.pending]
    # What still waits may only be like it.
    others = memories[-1].pending if memories and memories[-1] else ()
    return tuple(
        dict.fromkeys(
            told.quote
            for told in waiting
            if about in told.concept_ids and (told not in others or about == told.concept_ids[0])
        )
    )


def _struck(facts: Facts, piece: HeldPiece, quotes: tuple[str, ...]) -> Facts:
    was_first = _is_first(facts.profile, piece)
    path = next((each.path for each in pieces(facts) if each.item_id == piece.item_id), None)
    if path:
        facts = without(facts, path)
    if facts.memory is None:
        return facts
    return replace(facts, memory=_memory_without(facts.memory, piece, quotes, was_first))


def _is_first(profile: Profile, piece: HeldPiece) -> bool:
    told = profile.experiences[:1]
    return isinstance(piece.value, Experience) and [e.concept_id for e in told] == [piece.value.concept_id]


def _memory_without(memory: Memory, piece: HeldPiece, quotes: tuple[str, ...], was_first: bool) -> Memory:
    """The memory without words that hold the item, and without what was made for it."""
    memory = replace(memory, pending=tuple(t for t in memory.pending if t.quote not in quotes))
    for quote in quotes:
        memory = replace(memory, told=_cut(memory.told, quote), day=_cut(memory.day, quote))
    if was_first:
        # An ordinary day is asked of for the first experience.
        memory = replace(memory, day="")
    if isinstance(piece.value, Experience):
        concept_id = piece.value.concept_id
        memory = replace(
            memory,
            current="" if memory.current == concept_id else memory.current,
            offered=tuple(c for c in memory.offered if concept_id not in c.choice_id),
        )
    if piece.kind is HeldKind.WISH:
        memory = replace(memory, wish="")
    if piece.kind in _OF_PLAN:
        memory = replace(memory, planned=None, last="", awaiting="")
    return memory


def _cut(text: str, quote: str) -> str:
    return " ".join(text.replace(quote, " ").split())


def _without_traces(message: BaseMessage, item_id: str, experience: str) -> BaseMessage:
    """A message of a tool without the origin of the item, and without paths from the experience."""
    if not isinstance(message, ToolMessage):
        return message
    changes: dict[str, object] = {}
    if origins := message.additional_kwargs.get(ORIGINS):
        kept = {each: origin for each, origin in origins.items() if each != item_id}
        changes["additional_kwargs"] = {**message.additional_kwargs, ORIGINS: kept}
    if isinstance(message.artifact, SuggestedPaths | ExploredOccupations):
        cards = tuple(filter(_not_from(experience), message.artifact.cards))
        changes["artifact"] = replace(message.artifact, cards=cards)
    return message.model_copy(update=changes)


def _turn_without(turn: ToldTurn, item_id: str, experience: str) -> ToldTurn:
    facts = Facts(turn.answer.profile)
    path = next((each.path for each in pieces(facts) if each.item_id == item_id), None)
    facts = without(facts, path) if path else facts
    paths = tuple(filter(_not_from(experience), turn.answer.paths))
    return replace(turn, answer=replace(turn.answer, profile=facts.profile, paths=paths))


def _not_from(experience: str) -> Callable[[PathCard], bool]:
    return lambda card: experience not in card.path.experience_ids
