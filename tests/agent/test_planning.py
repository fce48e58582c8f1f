"""The tool that makes plans: with the public sources, without them, and for who has told nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from langchain_core.messages import ToolCall, ToolMessage

from assistant.agent.results import MadePlan
from assistant.agent.schemas import ConditionsInput, conditions_arguments, profile_arguments
from assistant.agent.tools import Toolbox
from assistant.apis.clients import Clients
from assistant.domain.language import Language
from assistant.domain.plan import Conditions, StepKind
from assistant.guidance.matching import Matcher
from assistant.guidance.plan.steps import FEWEST_STEPS, MOST_STEPS
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge
from tests.guidance.people import group, person, worked
from tests.live import clients_at
from tests.standin.server import StandIn

NOW = "2026-01-20T12:00:00+00:00"


@pytest.fixture
async def clients(standin: StandIn, shared_dir: Path, tmp_path: Path) -> AsyncIterator[Clients]:
    standin.reset()
    made = clients_at(standin, tmp_path)
    yield made
    await made.aclose()


def toolbox(knowledge: Knowledge, clients: Clients | None) -> Toolbox:
    catalogue = knowledge.catalogue
    matcher = Matcher(catalogue.groups, catalogue.skills)
    return Toolbox(knowledge, load_texts(), matcher, clients, now=lambda: NOW)


async def planned(box: Toolbox, **arguments: object) -> tuple[MadePlan, str]:
    tool = next(tool for tool in box.tools() if tool.name == "make_plan")
    message = await tool.ainvoke(ToolCall(name="make_plan", args=arguments, id="1", type="tool_call"))
    assert isinstance(message, ToolMessage)
    assert isinstance(message.artifact, MadePlan), message.content
    return message.artifact, str(message.content)


@pytest.mark.shared
async def test_a_gap_is_closed_by_an_education_nearby(knowledge: Knowledge, clients: Clients) -> None:
    catalogue = knowledge.catalogue
    cook = person(worked(catalogue, "9412", skills=2))
    result, said = await planned(
        toolbox(knowledge, clients),
        concept_id=group(catalogue, "7223").concept_id,
        profile=profile_arguments(cook),
        language=Language.SV,
        place="Jönköping",
    )
    assert result.card is not None
    assert FEWEST_STEPS <= len(result.card.steps) <= MOST_STEPS
    assert "arbetsmarknadsutbildning" in said, "a course that the sources tie to the group"
    assert any("Platsbanken" in step.text for step in result.card.steps), "open ads are counted"
    assert {source.source_id for source in result.sources} >= set(result.card.source_ids)
    assert all(source.url not in said for source in result.sources), "a model must never see an address"


@pytest.mark.shared
async def test_that_nothing_fits_is_said_with_what_there_is(knowledge: Knowledge, clients: Clients) -> None:
    catalogue = knowledge.catalogue
    result, _ = await planned(
        toolbox(knowledge, clients),
        concept_id=group(catalogue, "7212").concept_id,
        profile=profile_arguments(person(worked(catalogue, "5120"))),
        language=Language.EN,
        place="Göteborg",
        conditions=conditions_arguments(Conditions(stays_put=True, part_time=True)),
    )
    assert result.card is not None
    assert result.card.conditions == ("you stay where you live", "only in the evening or part-time")
    texts = " ".join(statement.text for statement in result.statements)
    assert "only in the evening or part-time" in texts
    assert "Göteborg" in texts, "what there is without that condition"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("ssyk_code", ["2221", "5120", "8332", "9111", "2512"])
async def test_without_sources_and_profile_there_is_a_plan_all_the_same(
    ssyk_code: str, language: Language, knowledge: Knowledge
) -> None:
    group_id = group(knowledge.catalogue, ssyk_code).concept_id
    result, _ = await planned(toolbox(knowledge, None), concept_id=group_id, profile={}, language=language)
    assert result.card is not None
    assert not result.is_live
    assert FEWEST_STEPS <= len(result.card.steps) <= MOST_STEPS
    assert all(step.first_action and step.time for step in result.card.steps)
    assert StepKind.APPLY in {step.kind for step in result.card.steps}


async def test_a_length_out_of_range_is_told_so_that_it_can_be_mended(knowledge: Knowledge) -> None:
    tool = next(tool for tool in toolbox(knowledge, None).tools() if tool.name == "make_plan")
    group_id = group(knowledge.catalogue, "5120").concept_id
    arguments = {"concept_id": group_id, "profile": {}, "language": "sv", "conditions": {"most_months": 0}}
    message = await tool.ainvoke(ToolCall(name="make_plan", args=arguments, id="1", type="tool_call"))
    assert "most_months" in message.content


def test_conditions_survive_the_way_through_a_call() -> None:
    every = Conditions(
        stays_put=True, at_distance=True, part_time=True, most_months=7, no_studies=True, needs_income=True
    )
    assert ConditionsInput(**conditions_arguments(every)).to_conditions() == every
