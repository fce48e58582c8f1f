"""What the guide takes for a question to the public sources, for a home, and what a dead source costs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.agent.guide.acts import Act, Cues, load_cues, read_message
from assistant.agent.guide.market import Topic, topic_asked, topic_choices, topic_chosen
from assistant.agent.guide.memory import Memory
from assistant.agent.guide.script import Turn
from assistant.agent.guide.wording import Wording
from assistant.agent.session import Session
from assistant.build import Application, build_application
from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.guidance.education_search import EducationSearch
from assistant.guidance.whereabouts import whereabouts
from assistant.guidance.words import load_words
from assistant.prompts import Texts, load_texts
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.text import fold
from tests.agent.talking import answered
from tests.live import SOURCES, clients_at, settings_at
from tests.standin.server import StandIn

AFTER_AN_ANSWER = Memory(topic="pay", about="concept")


@dataclass(frozen=True)
class Case:
    text: str
    topic: Topic | None


ASKED = (
    Case("finns det lediga jobb som kock i lund?", Topic.ADS),
    Case("hur många jobb finns det för snickare", Topic.ADS),
    Case("finns det jobb i göteborg", Topic.ADS),
    Case("fins det nåra jobb", Topic.ADS),
    Case("ledia jobb som städare", Topic.ADS),
    Case("var hittar jag jobb som målare", Topic.ADS),
    Case("visa lediga tjänster", Topic.ADS),
    Case("are there any jobs for welders in Malmö?", Topic.ADS),
    Case("any vacancies for nurses?", Topic.ADS),
    Case("how many job ads are there for cooks", Topic.ADS),
    Case("jobs for plumbers", Topic.ADS),
    Case("finns det utbildningar till undersköterska i Malmö", Topic.EDUCATIONS),
    Case("vart kan man läsa till sjuksköterska", Topic.EDUCATIONS),
    Case("fins det nån utbildnig till kock", Topic.EDUCATIONS),
    Case("utbildning till svetsare i Gävle", Topic.EDUCATIONS),
    Case("vilka kurser finns på distans", Topic.EDUCATIONS),
    Case("where can I study nursing", Topic.EDUCATIONS),
    Case("can i study it somewhere", Topic.EDUCATIONS),
    Case("which programmes lead to electrician", Topic.EDUCATIONS),
    Case("I want to find a course in bookkeeping", Topic.EDUCATIONS),
    Case("vad tjänar en kock", Topic.PAY),
    Case("vad är medellönen för svetsare", Topic.PAY),
    Case("hur mycket får man i lön som snickare", Topic.PAY),
    Case("how much does a carpenter make", Topic.PAY),
    Case("what's the salery of a cook", Topic.PAY),
    Case("how much do you get paid as a cleaner", Topic.PAY),
    Case("behövs det kockar i skåne", Topic.DEMAND),
    Case("är det brist på sjuksköterskor", Topic.DEMAND),
    Case("finns det framtid i yrket", Topic.DEMAND),
    Case("hur är chanserna att få jobb", Topic.DEMAND),
    Case("is there a demand for welders", Topic.DEMAND),
    Case("is it hard to find work as a programmer", Topic.DEMAND),
)
ANOTHER_TOPIC = (
    Case("lönen då", Topic.PAY),
    Case("and the pay", Topic.PAY),
    Case("and educations in Malmö", Topic.EDUCATIONS),
    Case("och utbildning då", Topic.EDUCATIONS),
    Case("jobb i Lund", Topic.ADS),
    Case("the future", Topic.DEMAND),
)
TOLD = (
    "jag jobbade på en utbildning",
    "I have pay slips",
    "jag är utbildad kock",
    "jag tjänade bra på lastbil",
    "I earned well as a driver",
    "jag jobbade med lön och ekonomi",
    "my salary was low there",
    "tog betalt av kunder",
    "utbildade personal",
    "training new staff",
    "I gave courses in first aid",
    "jag gick en kurs i svetsning",
    "jag sökte jobb i två år",
    "it was hard to find work in Syria so I drove a taxi",
    "they needed people so I started as a cleaner",
    "jag hoppas på en bättre framtid",
    "jag skrev annonser åt tidningen",
    "jag jobbade på platsbanken",
    "jobb som kock i fem år",
    "work in an open kitchen",
)
OTHER_QUESTIONS = (
    "vad är sfi",
    "var kan jag läsa svenska",
    "har ni jobbat länge här",
    "how do I get my training recognised?",
    "hur får jag min utbildning godkänd?",
    "is my education valid here?",
    "får jag studiemedel?",
    "vad gör en kock",
)


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


Say = Callable[..., Turn]


@pytest.fixture
def say(cues: Cues, texts: Texts) -> Say:
    def say(text: str, memory: Memory = AFTER_AN_ANSWER) -> Turn:
        message = read_message(text, choice_id="", foreign=False, offered=memory.offered, cues=cues)
        wording = Wording(texts, Language.SV)
        return Turn(message, Profile(), memory, wording, cues, is_first=False, words=load_words(Language.SV))

    return say


@pytest.mark.parametrize("case", ASKED, ids=lambda case: case.text)
def test_a_question_for_the_sources(case: Case, say: Say) -> None:
    turn = say(case.text, Memory())
    assert turn.message.act is Act.ASK
    assert topic_asked(turn) is case.topic


@pytest.mark.parametrize("case", ANOTHER_TOPIC, ids=lambda case: case.text)
def test_another_topic_in_a_word(case: Case, say: Say) -> None:
    assert topic_asked(say(case.text)) is case.topic


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_is_no_question_even_after_an_answer_of_the_sources(text: str, say: Say) -> None:
    turn = say(text)
    assert turn.message.act is not Act.ASK
    assert topic_asked(turn) is None


@pytest.mark.parametrize("text", OTHER_QUESTIONS)
def test_other_questions_are_not_for_the_sources(text: str, say: Say) -> None:
    assert topic_asked(say(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "vilka yrken är det brist på",
        "vilka bristyrken finns",
        "which jobs are in demand",
        "what occupations are needed",
    ],
)
def test_what_is_needed_anywhere_is_about_no_occupation(text: str, cues: Cues) -> None:
    assert cues.fits("asks_of_all", fold(text))


def test_shortage_in_one_occupation_is_about_that_one(cues: Cues) -> None:
    assert not cues.fits("asks_of_all", "är det brist på lärare")


def test_buttons_stand_for_topic_and_occupation(texts: Texts) -> None:
    choices = topic_choices("abc_1", Wording(texts, Language.EN), but=Topic.PAY)
    assert [topic_chosen(choice.choice_id) for choice in choices] == [
        (Topic.ADS, "abc_1"),
        (Topic.EDUCATIONS, "abc_1"),
        (Topic.DEMAND, "abc_1"),
    ]
    assert all(choice.label for choice in choices)


@pytest.mark.parametrize("choice_id", ["", "ads", "ads:", "concept:abc_1", "about:abc_1", "skip"])
def test_other_buttons_are_no_topic(choice_id: str) -> None:
    assert topic_chosen(choice_id) is None


@dataclass(frozen=True)
class HomeCase:
    text: str
    since: str
    only: bool = False


HOMES = (
    HomeCase("jag bor i Borås", "jag bor i Borås", only=True),
    HomeCase("bor i malmö", "bor i malmö", only=True),
    HomeCase("I live in Lund", "I live in Lund", only=True),
    HomeCase("i'm living in malmö now", "i'm living in malmö now", only=True),
    HomeCase("I am in Umeå", "I am in Umeå", only=True),
    HomeCase("vi har flyttat till Kalmar", "har flyttat till Kalmar", only=True),
    HomeCase("looking for work in Malmo", "looking for work in Malmo", only=True),
    HomeCase("jag har jobbat i Malmö men bor i Lund nu", "men bor i Lund nu"),
    HomeCase("jag vill jobba i Göteborg", "vill jobba i Göteborg"),
    HomeCase("I want to work as a cook in Borås", "want to work as a cook in Borås"),
    HomeCase("jag kan tänka mig flytta till Norrland", "kan tänka mig flytta till Norrland"),
)


@pytest.mark.parametrize("case", HOMES, ids=lambda case: case.text)
def test_where_one_lives_or_wants_to_work(case: HomeCase, cues: Cues) -> None:
    assert cues.fits("tells_home", fold(case.text))
    assert cues.fits("tells_only_home", fold(case.text)) is case.only
    assert cues.since("tells_home", case.text) == case.since


@pytest.mark.parametrize(
    "text",
    [
        "jag bodde i Malmö",
        "I lived in Aleppo for ten years",
        "I worked in Malmö for 3 years",
        "jag jobbade i Lund",
        "I was living in Malmö then",
        "I moved from Lund",
        "jag flyttade från Malmö",
        "min bror bor i Malmö",
        "my sister lives in Lund",
        "I looked after an old lady living in Malmö",
        "jag tog hand om en gammal dam som bor i Lund",
        "jag vill inte flytta till Stockholm",
        "I don't want to work in Malmö",
        "jag kan inte jobba i Malmö",
    ],
)
def test_other_places_are_no_home(text: str, cues: Cues) -> None:
    assert not cues.fits("tells_home", fold(text))
    assert cues.since("tells_home", text) == ""


OFFERED = tuple(Choice(f"about:{name}", name) for name in ("cook", "driver", "cleaner"))


@pytest.mark.parametrize(
    ("text", "choice_id"),
    [
        ("more about the second", "about:driver"),
        ("the first one", "about:cook"),
        ("den tredje", "about:cleaner"),
        ("mer om den andra", "about:driver"),
        ("tell me more about the third one", "about:cleaner"),
        ("andra", ""),
        ("the first job I had was a cook", ""),
    ],
)
def test_a_button_by_its_place(text: str, choice_id: str, say: Say) -> None:
    assert say(text, Memory(offered=OFFERED)).message.choice_id == choice_id


@pytest.fixture
async def session_with_silent_sources(
    standin: StandIn, shared_dir: Path, index_dir: Path, tmp_path: Path
) -> AsyncIterator[Session]:
    """A conversation in which every source takes longer than anybody waits."""
    settings = settings_at(
        standin, tmp_path, faults=dict.fromkeys(SOURCES, "slow:30"), timeout_s=0.2, deadline_s=0.5
    )
    application: Application = build_application(settings.model_copy(update={"index_dir": index_dir}))
    standin.reset()
    yield application.new_session(Language.SV)
    await application.aclose()


@pytest.mark.shared
async def test_silent_sources_are_asked_in_the_first_turn_and_left_alone_in_the_next(
    session_with_silent_sources: Session, standin: StandIn
) -> None:
    first = await answered(session_with_silent_sources, "finns det lediga jobb som kock i Lund?")
    assert sum(standin.requests.values()) > 0
    assert "lediga annonser" in first.text
    standin.reset()
    second = await answered(session_with_silent_sources, "och i Malmö?")
    assert not standin.requests
    assert "lediga annonser" in second.text
    assert not second.citations
    told = await answered(session_with_silent_sources, "jag var kock i Irak i 4 år")
    assert any(choice.choice_id.startswith("concept:") for choice in told.choices)


@pytest.mark.shared
@pytest.mark.parametrize("at_distance", [True, False])
async def test_educations_at_a_distance_alone_if_asked_for(
    standin: StandIn, shared_dir: Path, knowledge: Knowledge, tmp_path: Path, at_distance: bool
) -> None:
    clients = clients_at(standin, tmp_path)
    places = whereabouts(knowledge.places, "Umeå")
    search = EducationSearch(knowledge, clients, places, "2024-01-01", at_distance)
    found = await search.find(None, "läkeväxter")
    await clients.aclose()
    assert found.educations
    assert not at_distance or all(education.is_distance for education in found.educations)
