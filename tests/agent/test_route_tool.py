"""The tool on the way into an occupation, as a model meets it."""

from dataclasses import dataclass, field

import pytest
from langchain_core.messages import ToolCall, ToolMessage

from assistant.agent.citations import Evidence, authority_names, checked
from assistant.agent.results import ShownRoute
from assistant.agent.tools import Toolbox
from assistant.domain.language import Cefr, Language
from assistant.domain.plan import StepKind
from assistant.domain.route import Origin
from assistant.guidance.matching import Matcher
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge

NURSE, TRUCK_DRIVER, CARPENTER, CLEANER = "2221", "8332", "7111", "9111"


@pytest.fixture
def box(knowledge: Knowledge) -> Toolbox:
    """The tools without any public API: the way there needs none."""
    catalogue = knowledge.catalogue
    return Toolbox(knowledge, load_texts(), Matcher(catalogue.groups, catalogue.skills))


async def show(box: Toolbox, ssyk_code: str, language: str, **more: object) -> tuple[str, ShownRoute]:
    """Call the tool as the agent does."""
    group = box.knowledge.catalogue.group_by_ssyk(ssyk_code)
    assert group is not None
    arguments = {"concept_id": group.concept_id, "language": language, **more}
    tool = next(tool for tool in box.tools() if tool.name == "show_route")
    message = await tool.ainvoke(ToolCall(name="show_route", args=arguments, id="1", type="tool_call"))
    assert isinstance(message, ToolMessage)
    assert isinstance(message.artifact, ShownRoute)
    return str(message.content), message.artifact


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    ssyk_code: str
    more: dict[str, object] = field(default_factory=dict)
    origin: Origin = Origin.NONE
    first: StepKind = StepKind.APPLY
    swedish: Cefr | None = None


SYRIAN_NURSE = {
    "education": [{"level": "bachelor", "field": "sjuksköterska", "country": "SY"}],
    "languages": [{"name": "svenska", "level": "sfi c"}],
}

CASES = (
    Case("nurse from Syria", NURSE, {"country": "SY"}, Origin.ELSEWHERE, StepKind.RECOGNITION),
    Case("by the country's name", NURSE, {"country": "Syria"}, Origin.ELSEWHERE, StepKind.RECOGNITION),
    Case("nurse from Poland", NURSE, {"country": "PL"}, Origin.EU, StepKind.RECOGNITION),
    Case("nurse trained here", NURSE, {"country": "SE"}, Origin.SWEDEN, StepKind.AUTHORITY),
    Case("told before", NURSE, {"profile": SYRIAN_NURSE}, Origin.ELSEWHERE, StepKind.RECOGNITION, Cefr.A2),
    Case("told otherwise", NURSE, {"profile": SYRIAN_NURSE, "country": "FI"}, Origin.EU,
         StepKind.RECOGNITION, Cefr.A2),
    Case("another trade", TRUCK_DRIVER, {"profile": SYRIAN_NURSE}, swedish=Cefr.A2,
         first=StepKind.SWEDISH),
    Case("nobody yet", NURSE, {}, Origin.NONE, StepKind.SWEDISH),
    Case("with Swedish", NURSE, {"swedish": "flytande"}, Origin.NONE, StepKind.EDUCATION, Cefr.C1),
    Case("driver", TRUCK_DRIVER, {"country": "IQ"}, Origin.ELSEWHERE, StepKind.DRIVING_LICENCE),
    Case("a trade", CARPENTER, {"country": "UA", "swedish": "C1"}, Origin.ELSEWHERE, StepKind.RECOGNITION,
         Cefr.C1),
    Case("no rule", CLEANER, {"swedish": "lite"}, Origin.NONE, StepKind.SWEDISH, Cefr.A2),
)  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_the_way_is_shown_step_by_step(case: Case, language: str, box: Toolbox) -> None:
    text, shown = await show(box, case.ssyk_code, language, **case.more)
    assert (shown.origin, shown.swedish) == (case.origin, case.swedish)
    assert shown.steps[0].kind is case.first
    numbered = [line for line in text.splitlines() if line[:1].isdigit()]
    assert [line.partition(".")[0] for line in numbered] == [str(n + 1) for n in range(len(shown.steps))]
    assert all("[#" in line for line in numbered)
    assert not shown.missing


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_all_of_it_may_be_said_as_it_is(case: Case, language: str, box: Toolbox) -> None:
    text, shown = await show(box, case.ssyk_code, language, **case.more)
    catalogue = box.knowledge.catalogue
    regulations = (group.regulation.authority for group in catalogue.groups.values() if group.regulation)
    names = authority_names([*regulations, *(page.authority for page in catalogue.guides.values())])
    told = checked(text, Evidence.of(shown.sources, (), names))
    assert told.held_back == ()
    assert len(told.citations) == len(shown.sources)


async def test_the_authority_is_named_and_other_countries_asked_for(box: Toolbox) -> None:
    text, _ = await show(box, NURSE, "sv")
    assert text.startswith("Socialstyrelsen beslutar")
    assert box.texts.say("way.ask_country", Language.SV) in text
    text, _ = await show(box, NURSE, "sv", country="SY")
    assert box.texts.say("way.ask_country", Language.SV) not in text
