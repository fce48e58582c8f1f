"""What the guide does with occupations at any time: which act a message is, which occupation is meant, and
which tool is asked with what; tools are answered by hand."""

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

import pytest

from assistant.agent.guide.acts import Act, Cues, load_cues, read_message
from assistant.agent.guide.features import features_named, without_health
from assistant.agent.guide.handlers import handled
from assistant.agent.guide.memory import Listed, Memory, Planned, from_note, to_note
from assistant.agent.guide.naming import pointed_at
from assistant.agent.guide.planning import ask_plan, with_conditions
from assistant.agent.guide.policy import Question, next_rule
from assistant.agent.guide.script import Asked, Calls, Outcome, Results, Turn
from assistant.agent.guide.wording import Wording
from assistant.agent.results import ComparedOccupations, MadePlan, ToolResult
from assistant.domain.cards import ComparisonCard, PlanCard, PlanStepCard
from assistant.domain.concept import Feature
from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from assistant.domain.plan import Conditions, StepKind
from assistant.domain.profile import Experience, Profile
from assistant.guidance.words import load_words
from assistant.prompts import Texts, load_texts

LISTED = (Listed("cook", "Kockar"), Listed("driver", "Lastbilsförare"), Listed("cleaner", "Städare"))
AFTER_PATHS = Memory(
    open_question=Question.PATHS,
    listed=LISTED,
    settled=frozenset({Question.EDUCATION, Question.LANGUAGES, Question.WISHES}),
)
COOK = Profile(experiences=(Experience("Kock", "cook", "5120", years=3),))


@dataclass(frozen=True)
class Case:
    text: str
    act: Act


ACTS = (
    Case("tell me more about nurses", Act.LOOK),
    Case("berätta mer om undersköterska", Act.LOOK),
    Case("mer om lastbilsförare", Act.LOOK),
    Case("and the second one?", Act.LOOK),
    Case("how do I get there?", Act.PLAN),
    Case("make a plan", Act.PLAN),
    Case("gör en plan", Act.PLAN),
    Case("gor en plan for kok", Act.PLAN),
    Case("vad ska jag göra först", Act.PLAN),
    Case("hur kommer jag dit?", Act.PLAN),
    Case("hur blir jag elektriker", Act.PLAN),
    Case("I want to become a nurse, what do I do?", Act.PLAN),
    Case("jag vill bli kock vad ska jag göra", Act.PLAN),
    Case("make a plan for truck driver", Act.PLAN),
    Case("jämför undersköterska och barnskötare", Act.COMPARE),
    Case("jämnför kock och bagare", Act.COMPARE),
    Case("compare cook and baker", Act.COMPARE),
    Case("vad är skillnaden mellan kock och bagare", Act.COMPARE),
    Case("which is better, cook or baker?", Act.COMPARE),
    Case("jobs that need no education", Act.EXPLORE),
    Case("what else could I do?", Act.EXPLORE),
    Case("vad kan jag jobba med mer", Act.EXPLORE),
    Case("nearby jobs", Act.EXPLORE),
    Case("something outdoors", Act.EXPLORE),
    Case("jobb där man är ute", Act.EXPLORE),
    Case("jobs without Swedish yet", Act.EXPLORE),
    Case("with C licence", Act.EXPLORE),
    Case("less school", Act.EXPLORE),
    Case("closer to home", Act.EXPLORE),
    Case("jobs with children", Act.EXPLORE),
    Case("med djur", Act.EXPLORE),
    Case("why this?", Act.WHY),
    Case("varför den?", Act.WHY),
    Case("I don't like that", Act.TURN_DOWN),
    Case("not the second one", Act.TURN_DOWN),
    Case("inte städ", Act.TURN_DOWN),
    Case("jag gillar inte förslagen", Act.TURN_DOWN),
    Case("jag hatar att städa", Act.TURN_DOWN),
    Case("take back cleaning", Act.TAKE_BACK),
    Case("how do I get my diploma recognised as a nurse?", Act.ROUTE),
    Case("hur får jag min utbildning godkänd som sjuksköterska", Act.ROUTE),
    Case("hur får jag min utbildning godkänd?", Act.ROUTE),
)
OTHER_ACTS = (
    Case("why not truck driver?", Act.ASK),
    Case("can I become a police officer?", Act.ASK),
    Case("how do I get the licence?", Act.ROUTE),
    Case("finns det lediga jobb som kock?", Act.ASK),
    Case("I took care of my kids at home in Somalia, no school", Act.TELL),
    Case("I can't move", Act.TELL),
    Case("jag vill hellre bli polis", Act.TELL),
    Case("bara på kvällen", Act.TELL),
    Case("jag jobbade inte som kock", Act.TELL),
    Case("inte så bra svenska", Act.TELL),
    Case("not much", Act.TELL),
    Case("jag vill inte svara", Act.SKIP),
    Case("no, I drove a bus", Act.CORRECT),
    Case("I worked with children in a school", Act.TELL),
    Case("jag var utomhus hela dagen och planterade träd", Act.TELL),
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
    def say(
        text: str = "", memory: Memory = AFTER_PATHS, profile: Profile = COOK, choice_id: str = ""
    ) -> Turn:
        message = read_message(text, choice_id=choice_id, foreign=False, offered=memory.offered, cues=cues)
        wording = Wording(texts, Language.SV)
        return Turn(
            message, profile, memory, wording, cues, is_first=False, words=load_words(Language.SV), said=text
        )

    return say


def _first_calls(turn: Turn) -> Calls:
    """The first tools that a message asks."""
    return next(handled(turn, turn.memory))


def _outcome(turn: Turn, *results: ToolResult, before: Memory | None = None) -> Outcome:
    """What a message leads to, when each batch of calls brings one of the results."""
    outcome = _played(handled(turn, before or turn.memory), *results)[1]
    assert isinstance(outcome, Outcome)
    return outcome


def _played(script: Generator[Calls, Results, object], *results: ToolResult) -> tuple[Calls, object]:
    """The first calls of a script, and what it ends with when its batches bring one result each."""
    calls: Calls = ()
    batches = iter(results)
    try:
        calls = next(script)
        while True:
            script.send((next(batches, ToolResult()),))
    except StopIteration as finished:
        return calls, finished.value


@pytest.mark.parametrize("case", [*ACTS, *OTHER_ACTS], ids=lambda case: case.text)
def test_what_a_message_does(case: Case, cues: Cues) -> None:
    assert read_message(case.text, choice_id="", foreign=False, offered=(), cues=cues).act is case.act


@dataclass(frozen=True)
class Pointing:
    text: str
    ids: tuple[str, ...]
    about: str = ""


POINTING = (
    Pointing("make a plan for the second one", ("driver",)),
    Pointing("inte den tredje", ("cleaner",)),
    Pointing("compare the first and the third", ("cook", "cleaner")),
    Pointing("mer om städare", ("cleaner",)),
    Pointing("not the last one", ("cleaner",)),
    Pointing("how do I get there?", ("driver",), about="driver"),
    Pointing("make a plan for a nurse", (), about="driver"),
    Pointing("make a plan", ()),
)


@pytest.mark.parametrize("case", POINTING, ids=lambda case: case.text)
def test_which_of_the_list_is_meant(case: Pointing, say: Say) -> None:
    turn = say(case.text, replace(AFTER_PATHS, about=case.about))
    assert pointed_at(turn, case.text) == case.ids


def test_the_other_one_is_the_one_that_was_not_spoken_of(say: Say) -> None:
    memory = replace(AFTER_PATHS, compared=("cook", "driver"), about="cook")
    assert pointed_at(say("the other one", memory), "the other one") == ("driver",)
    assert pointed_at(say("den andra", replace(memory, about="driver")), "den andra") == ("cook",)


@dataclass(frozen=True)
class Button:
    choice_id: str
    tool: str
    arguments: dict[str, object]


BUTTONS = (
    Button("about:driver", "show_occupation", {"concept_id": "driver", "place": ""}),
    Button("compare:cook,driver", "compare_occupations", {"concept_ids": ["cook", "driver"]}),
    Button("explore:near:driver", "explore_occupations", {"near": "driver"}),
    Button("explore:else", "explore_occupations", {"without": ["cook", "driver", "cleaner"]}),
)


@pytest.mark.parametrize("case", BUTTONS, ids=lambda case: case.choice_id)
def test_a_button_asks_its_tool(case: Button, say: Say) -> None:
    (call,) = _first_calls(say(choice_id=case.choice_id))
    assert call.name == case.tool
    assert case.arguments.items() <= call.arguments.items()


def test_a_plan_is_for_what_was_pointed_at_and_asks_no_more_after_the_interview(say: Say) -> None:
    outcome = _outcome(say("make a plan for the second one"))
    assert outcome.memory.goal == "driver"
    assert next_rule(outcome.profile, outcome.memory).question is Question.PLAN


def test_who_begins_with_a_goal_is_asked_only_what_a_plan_needs() -> None:
    memory, asked = Memory(goal="driver"), []
    while (rule := next_rule(Profile(), memory)).question is not Question.PLAN:
        asked.append(rule.question)
        memory = replace(memory, settled=memory.settled | {rule.question})
    assert asked == [Question.EDUCATION, Question.SITUATION]
    assert next_rule(Profile(), replace(memory, goal="")).question is Question.EXPERIENCE


def test_a_plan_without_an_occupation_asks_for_which(say: Say) -> None:
    outcome = _outcome(say("make a plan"))
    assert outcome.aside
    assert outcome.memory.awaiting == Act.PLAN
    assert [choice.choice_id for choice in outcome.choices] == ["plan:cook", "plan:driver", "plan:cleaner"]


def _plan(*titles: str, conditions: tuple[str, ...] = ()) -> MadePlan:
    steps = tuple(
        PlanStepCard(StepKind.COURSE, title, "Det här ingår.", "Ring skolan.", "Tiden är okänd.")
        for title in titles
    )
    return MadePlan(card=PlanCard("driver", "Lastbilsförare", steps, conditions))


def _asked(memory: Memory, texts: Texts, result: ToolResult) -> tuple[dict[str, object], Asked]:
    script = ask_plan(Question.PLAN, Outcome(COOK, memory), Wording(texts, Language.SV))
    (call,), asked = _played(script, result)
    assert isinstance(asked, Asked)
    return call.arguments, asked


def test_a_plan_is_made_anew_with_what_it_must_fit_and_says_what_changed(texts: Texts, say: Say) -> None:
    memory = replace(AFTER_PATHS, goal="driver", language="sv", place="Lund")
    arguments, first = _asked(memory, texts, _plan("Gå en kurs", "Sök jobb"))
    assert arguments["place"] == "Lund"
    assert first.memory is not None
    planned = replace(first.memory, open_question=Question.PLAN)
    turn = with_conditions(say("bara på kvällen", planned))
    assert turn.memory.conditions == Conditions(part_time=True)
    outcome = _outcome(turn, before=planned)
    assert not outcome.aside
    arguments, second = _asked(outcome.memory, texts, _plan("Gå en kvällskurs", "Sök jobb"))
    assert arguments["conditions"]["part_time"] is True  # type: ignore[index]
    assert "Gå en kvällskurs" in second.text.split("\n\n")[0]
    assert "Gå en kurs" in second.text.split("\n\n")[0]
    assert "Sök jobb" not in second.text.split("\n\n")[0]


def test_no_plan_leaves_the_conversation_going(texts: Texts) -> None:
    _, asked = _asked(replace(AFTER_PATHS, goal="driver"), texts, ToolResult())
    assert asked.text
    assert asked.memory is None


@pytest.mark.parametrize("text", ["not the second one", "inte lastbilsförare"])
def test_what_is_turned_down_is_suggested_no_more_and_can_be_taken_back(text: str, say: Say) -> None:
    outcome = _outcome(say(text))
    assert outcome.memory.turned_down == ("driver",)
    assert "driver" not in [listed.concept_id for listed in outcome.memory.listed]
    assert not outcome.aside, "new suggestions follow"
    back = say("ta tillbaka", replace(outcome.memory, open_question=Question.PATHS, listed=LISTED))
    assert _outcome(back).memory.turned_down == ()


def test_all_suggestions_may_be_turned_down_at_once(say: Say) -> None:
    outcome = _outcome(say("I don't like any of them, something outdoors"))
    assert outcome.memory.turned_down == ("cook", "driver", "cleaner")


def test_a_no_in_the_interview_turns_nothing_down(say: Say) -> None:
    memory = Memory(open_question=Question.DETAILS, about="cook")
    calls = _first_calls(
        say("not that", memory, replace(COOK, experiences=(Experience("Kock", "cook", "5120"),)))
    )
    assert calls[0].name == "find_occupations"


def test_a_comparison_offers_both_and_never_says_which_is_better(say: Say, texts: Texts) -> None:
    card = ComparisonCard(("cook", "driver"), ("Kockar", "Lastbilsförare"), ())
    outcome = _outcome(say(choice_id="compare:cook,driver"), ComparedOccupations(card=card))
    assert outcome.memory.compared == ("cook", "driver")
    offered = [choice.choice_id for choice in outcome.choices]
    assert {"about:cook", "about:driver", "plan:cook", "plan:driver"} <= set(offered)
    assert len(offered) <= 6


@dataclass(frozen=True)
class Wish:
    text: str
    features: tuple[Feature, ...]


WISHES = (
    Wish("something outdoors", (Feature.OUTDOORS,)),
    Wish("jobb med barn eller djur", (Feature.CHILDREN, Feature.ANIMALS)),
    Wish("lugnt och inte tungt", (Feature.LIGHT, Feature.CALM)),
    Wish("no nights please", (Feature.DAYTIME,)),
    Wish("any job", ()),
)


@pytest.mark.parametrize("case", WISHES, ids=lambda case: case.text)
def test_what_work_should_be_like(case: Wish, say: Say) -> None:
    assert features_named(say(case.text)) == case.features


HEALTH = ("my back hurts", "jag har ont i ryggen", "jag har problem med knäna", "I can't lift heavy things")


@pytest.mark.parametrize("text", HEALTH)
def test_of_health_only_what_it_asks_of_the_work_is_kept(text: str, say: Say) -> None:
    turn = without_health(say(f"{text}. kock", Memory(open_question=Question.WISHES)))
    assert turn.memory.features == (Feature.LIGHT,)
    assert turn.beside
    outcome = _outcome(turn)
    kept = f"{to_note(outcome.memory)} {outcome.profile}".lower()
    assert not any(word in kept for word in ("back", "ryggen", "knä", "lift"))
    assert "kock" in kept


def test_health_care_is_work_and_no_health(say: Say) -> None:
    for text in ("I worked in health care", "jag jobbade på vårdcentral", "I carried heavy things"):
        assert without_health(say(text)).memory.features == ()


def test_the_memory_of_all_this_survives_its_note() -> None:
    memory = replace(
        AFTER_PATHS,
        goal="driver",
        conditions=Conditions(stays_put=True, most_months=6),
        planned=Planned("driver", "Lund", Conditions(), ("Gå en kurs",)),
        features=(Feature.LIGHT,),
        turned_down=("cleaner",),
        compared=("cook", "driver"),
        offered=(Choice("plan:cook", "Plan: kock"),),
    )
    assert from_note(to_note(memory)) == memory
    assert from_note(json.dumps({"open_question": "paths"})).turned_down == ()
