"""The guide as a LangChain chat model: reads the messages, replays its script, says the next thing."""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    ToolCall,
    ToolMessage,
)
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import ConfigDict

from assistant.agent.guide.acts import Act, Cues, ReadMessage, read_message
from assistant.agent.guide.facts import noted_in_passing
from assistant.agent.guide.features import with_wished_features, without_health
from assistant.agent.guide.handlers import handled
from assistant.agent.guide.levels import offered_level
from assistant.agent.guide.market import with_home
from assistant.agent.guide.memory import Memory, from_note, to_note
from assistant.agent.guide.on_behalf import as_own_words, speaks_of_client
from assistant.agent.guide.planning import with_conditions
from assistant.agent.guide.policy import Question, next_rule
from assistant.agent.guide.questions import ask
from assistant.agent.guide.reading import told_in_long_text
from assistant.agent.guide.script import Call, Calls, Handling, Outcome, Results, Turn
from assistant.agent.guide.translation import in_language
from assistant.agent.guide.wording import Wording
from assistant.agent.level import level_of
from assistant.agent.messages import CHOICE, EXPLAIN, FOREIGN, LANGUAGE, UPLOAD
from assistant.agent.results import Progress, ToolResult
from assistant.agent.schemas import profile_arguments
from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from assistant.guidance.words import WordList
from assistant.prompts import Texts
from assistant.retrieval.cv.reader import LONGEST_CV
from assistant.retrieval.mentions.finder import LONGEST_MESSAGE

_PIECE = re.compile(r"\S+\s*|\s+")
_FEW_BUTTONS = 8
_MOST_FOLLOW_UPS = 6


class GuideModel(BaseChatModel):
    """Plays the interview by rules and calls the same tools that a large model would.

    Its answer depends on the messages alone.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    texts: Texts
    cues: Cues
    words: Mapping[Language, WordList]

    @property
    def _llm_type(self) -> str:
        return "guide"

    def bind_tools(
        self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The guide knows its tools by name, so there is nothing to bind."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._reply(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        reply = self._reply(messages)
        if reply.tool_calls:
            chunk = AIMessageChunk(content="", tool_calls=reply.tool_calls, id=reply.id)
            yield ChatGenerationChunk(message=chunk)
            return
        for piece in _PIECE.findall(str(reply.content)):
            chunk = AIMessageChunk(content=piece, id=reply.id)
            if run_manager:
                run_manager.on_llm_new_token(piece, chunk=ChatGenerationChunk(message=chunk))
            yield ChatGenerationChunk(message=chunk)

    def _reply(self, messages: list[BaseMessage]) -> AIMessage:
        start = max(i for i, message in enumerate(messages) if isinstance(message, HumanMessage))
        turn = self._turn(messages[: start + 1])
        done = messages[start + 1 :]
        script = _script(turn)
        calls = next(script)
        for results in _result_batches(done):
            try:
                calls = script.send(results)
            except StopIteration as finished:
                return AIMessage(content=finished.value, id=_message_id(messages))
        return AIMessage(
            content="",
            id=_message_id(messages),
            tool_calls=[
                ToolCall(
                    name=call.name, args=call.arguments, id=f"{_message_id(messages)}-{i}", type="tool_call"
                )
                for i, call in enumerate(calls)
            ],
        )

    def _turn(self, messages: list[BaseMessage]) -> Turn:
        *before, human = messages
        progress = _last_progress(before)
        memory = from_note(progress.memo)
        kwargs = human.additional_kwargs
        # Later "she speaks a little Swedish" is about the same client.
        is_of_client = memory.of_client or (UPLOAD not in kwargs and speaks_of_client(human.text))
        memory = replace(memory, of_client=is_of_client)
        text = as_own_words(human.text) if is_of_client else human.text
        message = read_message(
            text,
            choice_id=kwargs.get(CHOICE, ""),
            foreign=bool(kwargs.get(FOREIGN)),
            offered=memory.offered,
            cues=self.cues,
        )
        if UPLOAD in kwargs:
            message = ReadMessage(Act.TELL, text, text, long_text=text)
        language = Language(kwargs.get(LANGUAGE, Language.SV))
        return Turn(
            message=message,
            profile=progress.profile,
            memory=memory,
            wording=Wording(self.texts.at(level_of(messages)), language),
            cues=self.cues,
            words=self.words[language],
            is_first=not any(isinstance(m, AIMessage) for m in before),
            is_again=EXPLAIN in kwargs,
            explains=bool(kwargs.get(EXPLAIN)),
        )


def _script(turn: Turn) -> Any:
    """One whole turn: handle the message, put the next question, note both, and say it."""
    before = turn.memory
    turn = yield from in_language(turn)
    outcome = yield from _handled(turn, before)
    rule = next_rule(outcome.profile, outcome.memory)
    asked = yield from ask(rule.question, outcome, turn.wording)
    said = _said(turn, outcome, rule.question, asked.text)
    offered = _offered(rule.question, asked.choices, outcome.choices)
    level = offered_level(turn, outcome.memory, said)
    if level:
        room = _MOST_FOLLOW_UPS - 1 if rule.question in (Question.PATHS, Question.PLAN) else len(offered)
        offered = (*offered[:room], level)
    memory = replace(
        asked.memory or outcome.memory,
        open_question=rule.question.value,
        offered=offered,
        level_offered=outcome.memory.level_offered or level is not None,
        language=turn.wording.language.value,
    )
    note = {"profile": profile_arguments(outcome.profile), "phase": rule.phase, "memo": to_note(memory)}
    choices = [
        {
            "choice_id": choice.choice_id,
            "label": choice.label,
            "explanation": choice.explanation,
            "group": choice.group,
            "ticked": choice.is_ticked,
        }
        for choice in offered
    ]
    yield (Call("note_progress", note), Call("offer_choices", {"choices": choices}))
    return "\n\n".join(said)


def _handled(turn: Turn, before: Memory) -> Handling:
    """What a message leads to. Of a CV nothing is taken in passing: all of it is put before the person."""
    if turn.message.long_text:
        return (yield from told_in_long_text(turn))
    turn = replace(without_health(turn), said=turn.message.text)
    turn = with_conditions(with_wished_features((yield from with_home(turn))))
    outcome = yield from handled(noted_in_passing(turn), before)
    return replace(outcome, said=(*turn.beside, *outcome.said))


def _said(turn: Turn, outcome: Outcome, question: Question, asked: str) -> tuple[str, ...]:
    """All paragraphs of the answer; an example goes with a question that was not understood."""
    intro = (turn.wording.say("greet.first"),) if turn.is_first else ()
    # A CV is read as a whole.
    longest = LONGEST_CV if turn.message.long_text else LONGEST_MESSAGE
    cut = (turn.wording.say("cut"),) if len(turn.message.text) > longest else ()
    example = (turn.wording.say(f"plain.example.{question}"),) if turn.explains else ()
    asking = () if outcome.asks_nothing else (asked, *example)
    return (*intro, *cut, *outcome.said, *asking)


def _offered(
    question: Question, of_question: tuple[Choice, ...], beside: tuple[Choice, ...]
) -> tuple[Choice, ...]:
    """The buttons of the question, and those beside it where they do not bury it.

    After paths and a plan nothing needs an answer, so what goes with the last answer comes first.
    """
    if question in (Question.PATHS, Question.PLAN):
        of_last = {choice.choice_id: choice for choice in (*beside, *of_question)}
        return tuple(of_last.values())[:_MOST_FOLLOW_UPS]
    if sum(not choice.group for choice in of_question) > _FEW_BUTTONS:
        return of_question
    return tuple({choice.choice_id: choice for choice in (*of_question, *beside)}.values())


def _result_batches(messages: list[BaseMessage]) -> Iterator[Results]:
    """The results of each batch of tool calls so far in this turn, in the order of the calls."""
    for i, message in enumerate(messages):
        if not isinstance(message, AIMessage) or not message.tool_calls:
            continue
        answers = {m.tool_call_id: m.artifact for m in messages[i + 1 :] if isinstance(m, ToolMessage)}
        found = [answers.get(call["id"] or "") for call in message.tool_calls]
        # A tool that failed leaves no artifact; the script carries on without its data.
        yield tuple(result if isinstance(result, ToolResult) else ToolResult() for result in found)


def _last_progress(messages: list[BaseMessage]) -> Progress:
    noted = (m.artifact for m in reversed(messages) if isinstance(m, ToolMessage))
    return next((artifact for artifact in noted if isinstance(artifact, Progress)), Progress())


def _message_id(messages: list[BaseMessage]) -> str:
    """An id that depends on the conversation so far, so that a replay gives the same one."""
    return f"guide-{uuid.uuid5(uuid.NAMESPACE_OID, f'{len(messages)}:{messages[-1].id}:{messages[-1].text}')}"


__all__ = ["Calls", "GuideModel"]
