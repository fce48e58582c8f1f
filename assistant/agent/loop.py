"""The agent loop: LangChain's `create_agent` with our tools and prompts, around any chat model."""

import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelCallLimitMiddleware
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.tools import BaseTool

from assistant.agent.level import SpokenLevel, level_of
from assistant.agent.middleware import ModelTimeLimit, UnreadableCalls, WholeAnswers
from assistant.agent.models import GUIDE
from assistant.domain.language import Language
from assistant.errors import GuidanceError, ModelError
from assistant.prompts import Prompt

logger = logging.getLogger(__name__)

# An ordinary turn takes two to four calls; more means that the model goes round in circles.
MOST_MODEL_CALLS = 8
_LANGUAGE_NAMES = {Language.SV: "Swedish", Language.EN: "English"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text while the model speaks."""

    text: str


class AgentLoop:
    """Runs turns for one model. Keeps nothing between them.

    Args:
        model: Any chat model that calls tools.
        tools: The tools it may call.
        system_prompt: How to behave; has the variables `language` and `level`.
        revision_prompt: How to mend sentences without a source; None for a model that cannot revise.
        call_limit_s: Longest time for one call of the model.
    """

    def __init__(
        self,
        model: BaseChatModel,
        tools: Sequence[BaseTool],
        system_prompt: Prompt,
        revision_prompt: Prompt | None = None,
        *,
        call_limit_s: float = 60.0,
    ) -> None:
        self._name = str(getattr(model, "model_name", None) or model._llm_type)
        self._system_prompt = system_prompt
        self._revision_prompt = revision_prompt
        middleware: list[AgentMiddleware[Any, Any]] = [
            ModelCallLimitMiddleware(run_limit=MOST_MODEL_CALLS, exit_behavior="error"),
            ModelTimeLimit(call_limit_s),
            SpokenLevel(),
            # The last one looks first at what the model said.
            UnreadableCalls(),
            WholeAnswers(),
        ]
        self._agent = create_agent(model, tools=list(tools), middleware=middleware)

    @property
    def hosted_model(self) -> str:
        """The model that gets all that is written, if it is not the embedded guide; else empty."""
        return "" if self._name == GUIDE else self._name

    async def run(
        self, messages: Sequence[BaseMessage], language: Language
    ) -> AsyncIterator[Piece | list[BaseMessage]]:
        """Run one turn.

        Args:
            messages: The conversation, the person's new message last.
            language: Language to answer in.

        Yields:
            Pieces of text as they come, and new messages as each step ends. A model that goes round in
            circles is stopped, so that no message with an answer comes.

        Raises:
            ModelError: The model could not be used.
        """
        rendered = self._system_prompt.render(language=_LANGUAGE_NAMES[language], level=level_of(messages))
        system = SystemMessage(rendered)
        state: Any = {"messages": [system, *messages]}
        try:
            async for mode, update in self._agent.astream(state, stream_mode=["messages", "updates"]):
                if mode == "messages":
                    chunk = update[0]
                    if isinstance(chunk, AIMessageChunk) and chunk.text:
                        yield Piece(chunk.text)
                else:
                    for new in _new_messages(update):
                        yield new
        except GuidanceError:
            raise
        except ModelCallLimitExceededError:
            logger.warning("%s gave no answer within %d calls", self._name, MOST_MODEL_CALLS)
        except Exception as error:
            # Providers' clients share no base class for their errors; this is the one place where they
            # become ours.
            raise ModelError(model=self._name, reason=f"{type(error).__name__}: {error}"[:200]) from error

    async def revised(
        self, messages: Sequence[BaseMessage], language: Language, held_back: Sequence[str]
    ) -> list[BaseMessage]:
        """Send an answer back once, with the sentences that have no source.

        Returns:
            The new messages of the second try; empty when there was nothing to mend, or the model
            cannot revise.

        Raises:
            ModelError: The model could not be used.
        """
        if not held_back or self._revision_prompt is None:
            return []
        listed = "\n".join(f"- {sentence}" for sentence in held_back)
        asked = HumanMessage(self._revision_prompt.render(sentences=listed))
        steps = [step async for step in self.run((*messages, asked), language)]
        return [message for step in steps if not isinstance(step, Piece) for message in step]


def _new_messages(update: Any) -> list[list[BaseMessage]]:
    return [list(node["messages"]) for node in update.values() if node and node.get("messages")]
