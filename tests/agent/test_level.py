"""The level of a conversation: what asks for another, and the last answer said again at it."""

from dataclasses import dataclass

import pytest

from assistant.agent.citations import Evidence, checked
from assistant.agent.guide.acts import load_cues
from assistant.agent.guide.policy import Question
from assistant.agent.level import LevelWish, level_wish
from assistant.build import Application
from assistant.domain.conversation import UserInput
from assistant.domain.language import Language, Level
from assistant.guidance.words import load_words
from tests.agent.talking import answered, sent


@dataclass(frozen=True)
class Case:
    said: str
    wish: LevelWish | None


CASES = (
    Case("enklare tack", LevelWish.SIMPLER),
    Case("Kan du skriva enklare?", LevelWish.SIMPLER),
    Case("lättare svenska tack", LevelWish.SIMPLER),
    Case("lätt svenska", LevelWish.SIMPLER),
    Case("simpler, please", LevelWish.SIMPLER),
    Case("Can you write more simply?", LevelWish.SIMPLER),
    Case("easy swedish please", LevelWish.SIMPLER),
    Case("svåra ord", LevelWish.SIMPLER),
    Case("Det är för svårt", LevelWish.SIMPLER),
    Case("too many difficult words", LevelWish.SIMPLER),
    Case("normal svenska", LevelWish.FULLER),
    Case("mer detaljer tack", LevelWish.FULLER),
    Case("more details please", LevelWish.FULLER),
    Case("jag förstår inte", LevelWish.EXPLAINED),
    Case("I don't understand the question", LevelWish.EXPLAINED),
    Case("i dont understand", LevelWish.EXPLAINED),
    Case("Vad menar du?", LevelWish.EXPLAINED),
    Case("förstår ej", LevelWish.EXPLAINED),
    # Answers, and questions of another kind.
    Case("jag förstår inte svenska så bra", None),
    Case("jag vill ha ett lättare jobb", None),
    Case("ett enkelt arbete", None),
    Case("det var ett svårt jobb", None),
    Case("jag förklarade för kunder", None),
    Case("vad betyder validering?", None),
    Case("I want a simple job", None),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.said)
def test_what_a_message_asks_of_the_texts(case: Case) -> None:
    assert level_wish(case.said, "", load_cues()) is case.wish


async def test_the_last_answer_is_said_again_at_the_level_asked_for(application: Application) -> None:
    session = application.new_session()
    session.welcome()
    first = await answered(session, "Jag var kock i Syrien i sju år")
    simpler = await answered(session, "enklare tack")
    assert (first.level, simpler.level) == (Level.NORMAL, Level.SIMPLE)
    assert {c.source.source_id for c in simpler.citations} == {c.source.source_id for c in first.citations}
    assert (simpler.profile, simpler.phase) == (first.profile, first.phase)
    assert "plain:normal" in [choice.choice_id for choice in simpler.choices]
    went_on = await answered(session, "ja")
    assert went_on.level is Level.SIMPLE
    assert [e.years for e in went_on.profile.experiences] == [7]
    fuller = await answered(session, UserInput(choice_id="plain:normal"))
    assert fuller.level is session.level is Level.NORMAL
    assert fuller.profile == went_on.profile


async def test_what_was_not_understood_is_explained_and_stays_open(application: Application) -> None:
    session = application.new_session(Language.EN)
    session.welcome()
    first = await answered(session, "I was a cook in Syria for seven years")
    once, twice = [await answered(session, "I don't understand") for _ in range(2)]
    example = application.texts.at(Level.SIMPLE).say("plain.example.confirm", Language.EN)
    assert once.text.endswith(example)
    assert twice.text == once.text
    assert once.profile == first.profile
    assert (await answered(session, "yes")).profile.experiences


@pytest.mark.parametrize("welcomed", [True, False])
async def test_the_welcome_is_said_again(application: Application, welcomed: bool) -> None:
    session = application.new_session()
    if welcomed:
        session.welcome()
    said = await answered(session, UserInput(choice_id="plain:simple"))
    assert said.text.endswith(application.texts.at(Level.SIMPLE).say("welcome", Language.SV))
    assert "start:work" in [choice.choice_id for choice in said.choices]
    assert (await answered(session, "Jag har kört lastbil i fem år i Iran")).choices


async def test_an_answer_is_retold_in_the_other_language_at_its_own_level(application: Application) -> None:
    session = application.new_session()
    session.welcome()
    await answered(session, "Jag var kock i Syrien i sju år")
    simpler = await answered(session, UserInput(choice_id="plain:simple"))
    retold = await session.retell(len(session.turns) - 1, Language.EN)
    assert (retold.level, retold.language) == (Level.SIMPLE, Language.EN)
    assert [c.choice_id for c in retold.choices] == [c.choice_id for c in simpler.choices]


async def test_tools_speak_at_the_level_too(application: Application) -> None:
    session = application.new_session()
    await answered(session, UserInput(choice_id="plain:simple"))
    await answered(session, "Jag var kock i Syrien i sju år")
    await answered(session, "ja")
    paths = (await answered(session, "visa förslag")).paths
    none = application.texts.at(Level.SIMPLE).say("path.gap.none", Language.SV)
    assert none != application.texts.say("path.gap.none", Language.SV)
    assert none in [card.gap for card in paths]


@dataclass(frozen=True)
class Asked:
    said: str
    key: str


ASKED = (
    Asked("vad betyder validering?", "validering"),
    Asked("Vad betyder ordet handläggare", "handlaggare"),
    Asked("vad innebär provanställning", "provanstallning"),
    Asked("Vad är semester?", "semester"),
    Asked("what does probationary employment mean?", "provanstallning"),
    Asked("What is a collective agreement?", "kollektivavtal"),
)


@pytest.mark.parametrize("case", ASKED, ids=lambda case: case.said)
async def test_what_a_word_means_is_said(application: Application, case: Asked) -> None:
    session = application.new_session()
    answer = await answered(session, case.said)
    word = next(w for w in load_words(answer.language).words if w.key == case.key)
    assert word.meaning in answer.text
    assert word.other in answer.text


@pytest.mark.parametrize("language", Language)
def test_every_meaning_can_be_said_without_a_source(application: Application, language: Language) -> None:
    evidence = Evidence.of((), (), application.names)
    for word in load_words(language).words:
        said = application.texts.say(
            "plain.word", language, word=word.word, meaning=word.meaning, other=word.other
        )
        assert checked(said, evidence).held_back == ()


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("language", Language)
def test_every_example_can_be_said_without_a_source(
    application: Application, language: Language, level: Level
) -> None:
    texts, evidence = application.texts.at(level), Evidence.of((), (), application.names)
    for question in Question:
        assert checked(texts.say(f"plain.example.{question}", language), evidence).held_back == ()


async def test_a_struck_message_is_not_answered_again(application: Application) -> None:
    session = application.new_session(Language.EN)
    session.welcome()
    await sent(session, "I worked as a cook for three years in Syria")
    before = session.profile
    session.strike_message(session.turns[-1].message_id)
    answer, memory = await sent(session, choice_id="plain:simple")
    assert answer.level is Level.SIMPLE
    assert memory.missed == 0
    assert session.profile == before
