"""One conversation: the safety gate, the agent loop, the citation check, the answer."""

import logging
import time
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.agent.gate import Gated, gated
from assistant.agent.guide.acts import Cues
from assistant.agent.history import choice_label, last_progress
from assistant.agent.language import LanguageDetector
from assistant.agent.level import LEVEL_CHOICES, as_heard, asking_again, level_wish
from assistant.agent.log_words import kind_of_error
from assistant.agent.loop import AgentLoop
from assistant.agent.messages import CHOICE, FOREIGN, LANGUAGE, LEVEL, STRUCK, UPLOAD
from assistant.agent.own_data.editing import edit_item
from assistant.agent.own_data.holding import held_data
from assistant.agent.own_data.importing import beginning
from assistant.agent.own_data.portable import portable
from assistant.agent.own_data.redacting import strike_message
from assistant.agent.own_data.striking import strike_item
from assistant.agent.snapshot import SessionState, from_snapshot, to_snapshot
from assistant.agent.turn import Played, Turn, TurnPlayer
from assistant.agent.welcome import LANGUAGE_CHOICE, QUESTION_CHOICE, welcome
from assistant.domain.concept import OccupationGroup
from assistant.domain.conversation import AnswerEvent, ErrorEvent, Event, ToldTurn, UserInput
from assistant.domain.held import HeldData
from assistant.domain.language import Language, Level
from assistant.domain.profile import Profile
from assistant.errors import GuidanceError
from assistant.prompts import Texts

logger = logging.getLogger(__name__)

_LANGUAGE_CHOICES = {f"{LANGUAGE_CHOICE}{language}": language for language in Language}


class Session:
    """A conversation in memory; gone when it is let go of.

    Args:
        loop: The agent loop, shared by all conversations.
        texts: The texts that people read.
        detector: Tells the language of a message.
        cues: Tells what a message asks of the level.
        names: Authorities that only a source may vouch for, folded.
        groups: Occupation groups by concept id, to name what is held.
        language: Language to begin in.
    """

    def __init__(
        self,
        loop: AgentLoop,
        texts: Texts,
        detector: LanguageDetector,
        cues: Cues,
        names: frozenset[str],
        groups: Mapping[str, OccupationGroup],
        language: Language,
    ) -> None:
        self._player = TurnPlayer(loop, texts, names)
        self._model = loop.hosted_model
        self._texts = texts
        self._detector = detector
        self._cues = cues
        self._groups = groups
        self._language = language
        self._level = Level.NORMAL
        self._messages: tuple[BaseMessage, ...] = ()
        self._turns: tuple[ToldTurn, ...] = ()

    @property
    def language(self) -> Language:
        """The language that answers are written in now."""
        return self._language

    @property
    def level(self) -> Level:
        """How hard the answers may be to read now."""
        return self._level

    @property
    def profile(self) -> Profile:
        """What the person has confirmed so far."""
        return last_progress(self._messages).profile

    @property
    def turns(self) -> tuple[ToldTurn, ...]:
        """What was said both ways, in order, the welcome first."""
        return self._turns

    def welcome(self) -> AnswerEvent:
        """Begin: say what this is, and what it does with data. Counts as said to the person.

        What has begun already is told as it began.
        """
        if self._turns:
            return self._turns[0].answer
        answer = welcome(self._texts, self._language, self._level, self._model)
        self._messages = (AIMessage(answer.text),)
        self._turns = (ToldTurn("", "", answer),)
        return answer

    @property
    def state(self) -> SessionState:
        """All that the conversation is, as a value."""
        return SessionState(self._language, self._level, self._messages, self._turns)

    def snapshot(self) -> bytes:
        """The whole conversation as bytes; they hold all that the person has said."""
        return to_snapshot(self.state)

    def restore(self, snapshot: bytes) -> None:
        """Go on where a conversation was when the snapshot was taken.

        Raises:
            SnapshotBroken: It is damaged, or of another version.
        """
        self.go_on_from(from_snapshot(snapshot))

    def go_on_from(self, state: SessionState) -> None:
        """Go on where another conversation was, or this one with something changed."""
        self._language, self._level = state.language, state.level
        self._messages, self._turns = state.messages, state.turns

    def held(self) -> HeldData:
        """Everything that is held about the person, item by item, each with where it came from."""
        return held_data(self._messages, self._name_of)

    def strike(self, item_id: str) -> None:
        """Strike an item of what is held, and what was built on it.

        Raises:
            ItemMissing: Nothing with this id is held.
        """
        self.go_on_from(strike_item(self.state, item_id))

    def strike_message(self, message_id: str) -> None:
        """Cut what a message of the person's said out of the whole conversation.

        Raises:
            ItemMissing: There is no such message.
        """
        self.go_on_from(strike_message(self.state, message_id, self._texts.words()))

    def edit(self, item_id: str, changes: object) -> None:
        """Change an item of what is held.

        Args:
            item_id: Of the item.
            changes: What to change, by name; untrusted (see `own_data/editing.py`).

        Raises:
            ChangeRefused: The item cannot be changed like that.
            ItemMissing: Nothing with this id is held.
        """
        self.go_on_from(edit_item(self.state, item_id, changes))

    def portable(self) -> dict[str, Any]:
        """The person's own data as plain values of JSON, for them to take along."""
        return portable(self.state, datetime.now(UTC).isoformat(timespec="seconds"))

    def _name_of(self, concept_id: str) -> str:
        group = self._groups.get(concept_id)
        return group.name(self._language) if group else concept_id

    def forget(self) -> None:
        """Let go of everything that was said."""
        self._messages = ()
        self._turns = ()

    async def send(self, user_input: UserInput) -> AsyncIterator[Event]:
        """Answer one message or choice.

        Yields:
            Tokens and tool calls while the answer is made, then exactly one answer or error. After an
            error the conversation stands as it was before.
        """
        started = time.monotonic()
        before = self._language, self._level
        given = gated(user_input)
        human = self._as_message(given)
        messages = (*self._messages, human)
        turn = Turn(messages, self._language, given.masked, started, removed=given.removed)
        try:
            async for event in self._player.play(turn):
                if isinstance(event, Played):
                    self._messages = event.messages
                    self._turns = (*self._turns, ToldTurn(str(human.id), self._shown(human), event.answer))
                    yield event.answer
                else:
                    yield event
        except GuidanceError as error:
            logger.error("turn failed: %s", kind_of_error(error))
            apology = self._texts.say("error.apology", self._language)
            self._language, self._level = before
            yield ErrorEvent(f"{apology} ({type(error).__name__})")

    async def retell(self, number: int, language: Language) -> AnswerEvent:
        """What an answer says in another language. The conversation stays as it is.

        The turn is played again from where it began, so that the answer has sources of its own.

        Args:
            number: Index of the turn in `turns`.
            language: Language to tell it in.

        Raises:
            ModelError: The model could not be used.
        """
        told = self._turns[number]
        if told.answer.language is language:
            return told.answer
        if not told.message_id:
            return beginning(self._messages, self._texts, language, told.answer.level, self._model)
        start = next(i for i, m in enumerate(self._messages) if m.id == told.message_id)
        human = self._messages[start]
        heard = as_heard(self._messages[: start + 1])
        if heard and heard[-1].additional_kwargs.get(STRUCK):
            # What it answered is gone, so that it cannot be told anew.
            return told.answer
        marks = {**human.additional_kwargs, LANGUAGE: language}
        again = human.model_copy(update={"additional_kwargs": marks})
        turn = Turn((*self._messages[:start], again), language, masked=False, started=time.monotonic())
        async for event in self._player.play(turn):
            if isinstance(event, Played):
                return event.answer
        return told.answer

    def _as_message(self, given: Gated) -> HumanMessage:
        text, choice_id = given.text, given.choice_id
        # What a file says asks for nothing.
        wish = None if given.file else level_wish(text, choice_id, self._cues)
        if wish:
            self._level = wish.level
        if choice_id in _LANGUAGE_CHOICES:
            self._language = _LANGUAGE_CHOICES[choice_id]
        foreign = False
        # The language of a file says little of the language that its owner wants to talk in.
        if not choice_id and not given.file:
            detected = self._detector.detect(text)
            foreign = detected.foreign
            is_first = not any(isinstance(m, HumanMessage) for m in self._messages)
            if detected.language and (detected.is_sure or is_first):
                self._language = detected.language
        if choice_id == QUESTION_CHOICE:
            text, choice_id = self._texts.say(f"choice.{choice_id}", self._language), ""
        if choice_id in LEVEL_CHOICES:
            text = self._texts.say(f"choice.{choice_id}", self._language)
        marks = {LANGUAGE: self._language, LEVEL: self._level, CHOICE: choice_id, FOREIGN: foreign}
        again = asking_again(wish, self._turns, self._messages) if wish else {}
        return HumanMessage(
            text or choice_label(choice_id, self._messages, self._turns),
            id=f"human-{len(self._messages)}",
            additional_kwargs={**marks, **again, **({UPLOAD: given.file} if given.file else {})},
        )

    def _shown(self, human: HumanMessage) -> str:
        """How what the person said stands in the conversation; a whole file would bury the rest."""
        file = human.additional_kwargs.get(UPLOAD)
        return self._texts.say("pieces.sent_file", self._language) if file else human.text
