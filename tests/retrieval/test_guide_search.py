from dataclasses import dataclass

import pytest

from assistant.retrieval.guide_search import ANSWERS_FROM, search_guides
from assistant.retrieval.knowledge import Knowledge


@dataclass(frozen=True)
class Case:
    question: str
    page: str


ANSWERED = (
    Case("Hur länge får jag läsa sfi?", "sfi"),
    Case("How long can I study SFI?", "sfi"),
    Case("gäller min utbildning i Sverige", "recognition-foreign-education"),
    Case("is my diploma valid here", "recognition-foreign-education"),
    Case("hur får jag legitimation som läkare", "licence-health-care"),
    Case("how do I become a licensed nurse", "licence-health-care"),
    Case("hur får jag lärarlegitimation", "teacher-certification"),
    Case("teacher certification", "teacher-certification"),
    Case("kan jag byta ut mitt körkort", "driving-licence"),
    Case("exchange my foreign driving licence", "driving-licence"),
    Case("vad är ykb", "professional-driver"),
    Case("what is komvux", "komvux"),
    Case("vad är yrkeshögskola", "yrkeshogskola"),
    Case("vad är en folkhögskola", "folkhogskola"),
    Case("hur mycket pengar får jag från CSN", "study-aid"),
    Case("student aid", "study-aid"),
    Case("etableringsprogrammet", "establishment-programme"),
    Case("how do I find a job ad", "job-ads"),
    Case("starta eget företag", "own-business"),
    Case("start my own company", "own-business"),
    Case("utdrag ur belastningsregistret", "criminal-record-extract"),
    Case("validering", "validation"),
    Case("hur mycket svenska behöver jag för jobbet", "swedish-levels"),
    Case("what level of Swedish is SFI D", "swedish-levels"),
    Case("hur får jag praktik", "work-placement"),
    Case("vad är nystartsjobb", "work-placement"),
    Case("how do I get a work placement", "work-placement"),
    Case("vad är ett gesällbrev", "trade-certificates"),
    Case("yrkesbevis för snickare", "trade-certificates"),
    Case("do I need a forklift licence", "trade-certificates"),
    Case("what does a collective agreement mean", "pay-and-agreements"),
)
UNRELATED = (
    "What is the capital of Sweden?",
    "Vad är klockan?",
    "Will it rain tomorrow?",
    "Who won the world cup?",
    "Berätta ett skämt",
    "how do I cook rice",
    "vem är statsminister",
    "",
    "😀",
)


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.question)
def test_a_question_finds_the_page_that_answers_it(case: Case, knowledge: Knowledge) -> None:
    hits = search_guides(knowledge, case.question)
    assert hits[0].page.guide_id == case.page
    assert all(1 >= hit.score >= ANSWERS_FROM for hit in hits)
    assert all(0 <= hit.section < len(hit.page.sections) for hit in hits)


@pytest.mark.parametrize("question", UNRELATED, ids=repr)
def test_an_unrelated_question_finds_no_page(question: str, knowledge: Knowledge) -> None:
    assert search_guides(knowledge, question) == ()


def test_the_section_that_answers_is_chosen(knowledge: Knowledge) -> None:
    for question in ("Hur länge får man läsa sfi?", "How long may you study SFI?"):
        hit = search_guides(knowledge, question)[0]
        heading = hit.page.sections[hit.section].heading
        assert question in (heading.sv, heading.en)


def test_no_more_pages_than_wanted(knowledge: Knowledge) -> None:
    assert len(search_guides(knowledge, "education in Sweden", top_k=1)) == 1
