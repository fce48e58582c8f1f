"""Stand-ins for the parts that are slow or large: real classes that play a script and keep their calls."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

from assistant.domain.cards import PathCard
from assistant.domain.concept import Skill
from assistant.domain.conversation import (
    AnswerEvent,
    Choice,
    Event,
    Phase,
    TokenEvent,
    ToldTurn,
    ToolEvent,
    UserInput,
)
from assistant.domain.held import HeldData, HeldItem, HeldKind, HowTold, Origin, SaidMessage
from assistant.domain.language import Bilingual, Language, Level
from assistant.domain.path import Path, PathKind
from assistant.domain.profile import Experience, HeldSkill, Profile
from assistant.domain.source import Citation, Source
from assistant.errors import ModelError
from assistant.keeping.conversations import Conversations
from assistant.keeping.store import Store
from assistant.keeping.vault import Vault
from assistant.prompts import Texts, load_texts
from assistant.retrieval.stores.manifest import Manifest, SourceVersion

MANIFEST = Manifest(
    schema_version=1,
    built_at="2026-11-21T12:00:00+00:00",
    encoder="words",
    concepts=2,
    passages=4,
    by_type={"occupation": 4},
    sources=(SourceVersion("JobTech Taxonomy", "30", "2026-11-20"),),
    content_hash="0" * 64,
    code_hash="0" * 64,
)
SOURCES = (
    Source(
        source_id="taxonomy:3MBw_pDA_P2F",
        system="JobTech Taxonomy",
        title="Lastbilsförare m.fl.",
        url="https://taxonomy.api.jobtechdev.se/v1/taxonomy/main/concepts?id=3MBw_pDA_P2F",
        version="30",
        retrieved_at="2026-11-20",
        quote="Kör lastbil och dragfordon.",
    ),
    Source(
        source_id="guide:professional-driver",
        system="Transportstyrelsen",
        title="Yrkeskompetens (YKB)",
        url="https://www.transportstyrelsen.se/ykb",
        version="",
        retrieved_at="2026-11-21T09:30:00+00:00",
        quote="Du som kör tung lastbil behöver ett yrkeskompetensbevis.",
    ),
)
CITATIONS = tuple(Citation(marker, source) for marker, source in enumerate(SOURCES, start=1))
LOADING = Skill("aaaa_bbb_001", Bilingual("Lastning", "Loading"))
SECURING = Skill("aaaa_bbb_002", Bilingual("Lastsäkring", "Securing loads"))
PROFILE = Profile(
    experiences=(
        Experience(
            title="Lastbilsförare",
            concept_id="3MBw_pDA_P2F",
            ssyk_code="8332",
            years=7,
            country="SY",
            skills=(HeldSkill(LOADING.concept_id, "Lastning"),),
        ),
    ),
    licences=("C",),
)
CARDS = tuple(
    PathCard(
        path=Path(concept_id, "8332", kind, score, (LOADING,), (SECURING,)),
        label=label,
        why="Du har kört lastbil i sju år [1].",
        gap="Du behöver ett yrkeskompetensbevis (YKB) [2].",
        how="Du kan läsa kursen på en trafikskola [2].",
        matched=("Lastning",),
        missing=("Lastsäkring",),
        source_ids=tuple(source.source_id for source in SOURCES),
        markers=(1, 2),
    )
    for concept_id, label, kind, score in (
        ("3MBw_pDA_P2F", "Lastbilsförare", PathKind.READY, 0.9),
        ("bXNH_MNX_dUR", "Bussförare", PathKind.STEP, 0.7),
        ("6DxR_8MP_HRT", "Transportledare", PathKind.EDUCATION, 0.5),
    )
)
WELCOME = AnswerEvent(
    "Hej! Jag är en AI. Vad har du arbetat med?",
    Language.SV,
    Phase.WELCOME,
    choices=(Choice("start:work", "Jag har arbetat"), Choice("language:en", "English")),
)
CONFIRM = AnswerEvent(
    "Jag tror att det är **Lastbilsförare** [1]. EU:s regler gäller. Stämmer det?",
    Language.SV,
    Phase.EXPERIENCE,
    citations=CITATIONS[:1],
    choices=(
        Choice("concept:3MBw_pDA_P2F", "Lastbilsförare", "Du kör tung lastbil."),
        Choice("none", "Inget av dem"),
    ),
)
SKILLS = AnswerEvent(
    "Vad kan du?\n\n1. Lastning\n2. Lastsäkring",
    Language.SV,
    Phase.SKILLS,
    choices=(
        Choice(f"skill:{LOADING.concept_id}", "Lastning"),
        Choice(f"skill:{SECURING.concept_id}", "Lastsäkring"),
        Choice("skills:none", "Ingen av dem"),
    ),
    profile=PROFILE,
)
PATHS = AnswerEvent(
    "Här är dina vägar [1].", Language.SV, Phase.PATHS, citations=CITATIONS, profile=PROFILE, paths=CARDS
)


SAID = SaidMessage("human-1", 1, "Jag har kört lastbil", HowTold.WRITTEN)


class ScriptRunOut(Exception):
    """The conversation went on longer than the script; the tested code asked for too much."""


@dataclass
class ScriptedSession:
    """A conversation that answers from a script, a tuple of events for each input.

    An exception among the events is raised there; a number is a wait of so many seconds.
    """

    script: list[tuple[Event | Exception | float, ...]]
    language: Language = Language.SV
    profile: Profile = field(default_factory=Profile)
    calls: list[UserInput] = field(default_factory=list)
    turns: tuple[ToldTurn, ...] = ()
    forgotten: bool = False
    level: Level = Level.NORMAL
    retold: tuple[AnswerEvent, ...] = ()

    def welcome(self) -> AnswerEvent:
        answer = replace(WELCOME, language=self.language)
        self.turns = (ToldTurn("", "", answer),)
        return answer

    async def retell(self, number: int, language: Language) -> AnswerEvent:
        """The retold answer of the same phase."""
        phase = self.turns[number].answer.phase
        if told := next((each for each in self.retold if each.phase is phase), None):
            return replace(told, language=language)
        raise ModelError(model="script", reason="nothing to retell")

    async def send(self, user_input: UserInput) -> AsyncIterator[Event]:
        self.calls.append(user_input)
        if user_input.choice_id.startswith("language:"):
            self.language = Language(user_input.choice_id.removeprefix("language:"))
            answer = AnswerEvent("Now in English.", self.language, Phase.EXPERIENCE, profile=self.profile)
            self._note(user_input, answer)
            yield answer
            return
        if not self.script:
            raise ScriptRunOut(user_input)
        for event in self.script.pop(0):
            if isinstance(event, Exception):
                raise event
            if isinstance(event, float):
                await asyncio.sleep(event)
                continue
            if isinstance(event, AnswerEvent):
                self.profile = event.profile
                self._note(user_input, event)
            yield event

    def held(self) -> HeldData:
        origin = Origin(HowTold.WRITTEN, SAID.text, 1)
        licences = (
            HeldItem(f"licence:{each}", HeldKind.LICENCE, each, origin) for each in self.profile.licences
        )
        return HeldData(tuple(licences), (SAID,))

    def _note(self, user_input: UserInput, answer: AnswerEvent) -> None:
        said = user_input.message or user_input.choice_id
        self.turns = (*self.turns, ToldTurn(f"human-{len(self.turns)}", said, answer))

    def forget(self) -> None:
        self.forgotten = True
        self.turns = ()


@dataclass
class ScriptedApplication:
    """An application whose conversations all play the same script."""

    script: tuple[tuple[Event | Exception | float, ...], ...] = ()
    manifest: Manifest = MANIFEST
    model_name: str = "script"
    texts: Texts = field(default_factory=load_texts)
    sessions: list[ScriptedSession] = field(default_factory=list)
    closed: bool = False
    retold: tuple[AnswerEvent, ...] = ()
    conversations: Conversations = field(init=False)

    def __post_init__(self) -> None:
        never_opened = Vault(Store("sqlite:////nowhere/conversations.sqlite"))
        self.conversations = Conversations(self, never_opened, idle=timedelta(hours=1), most=100)  # type: ignore[arg-type]

    def new_session(self, language: Language = Language.SV) -> ScriptedSession:
        self.sessions.append(ScriptedSession(list(self.script), language, retold=self.retold))
        return self.sessions[-1]

    async def aclose(self) -> None:
        self.closed = True


def streamed(answer: AnswerEvent, *tools: str) -> tuple[Event, ...]:
    """The events of a turn that calls tools, writes word by word, and answers."""
    return (
        *(ToolEvent(tool, "{}", ()) for tool in tools),
        *(TokenEvent(f"{word} ") for word in answer.text.split(" ")),
        answer,
    )


class ScriptedChatModel(BaseChatModel):
    """A chat model that gives the messages of its script in turn; `calls` are what it was given each time."""

    script: list[AIMessage]
    calls: list[list[BaseMessage]] = Field(default_factory=list)
    bound_tools: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self, tools: Sequence[Any], *, tool_choice: str | None = None, **kwargs: Any
    ) -> Runnable[LanguageModelInput, AIMessage]:
        self.bound_tools = [tool.name for tool in tools]
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.calls.append(messages)
        if not self.script:
            raise ScriptRunOut(messages[-1])
        return ChatResult(generations=[ChatGeneration(message=self.script.pop(0))])
