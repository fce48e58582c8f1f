from dataclasses import replace
from pathlib import Path

import pytest

from assistant.guidance.education_details import detail_statements, with_details
from assistant.guidance.statement import Voice
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.cited import assert_held_by_its_source
from tests.guidance.plan.making import offered
from tests.live import clients_at
from tests.standin.server import StandIn

# An event that Skolverket's own example shows whole.
RECORDED = replace(offered(".NET Cloud Developer"), record_id="e.myh.27538", form="YH")


@pytest.mark.shared
async def test_a_record_says_who_may_apply(standin: StandIn, shared_dir: Path, tmp_path: Path) -> None:
    standin.reset()
    clients = clients_at(standin, tmp_path)
    unknown = replace(RECORDED, record_id="e.nowhere.1")
    of_jobed = replace(RECORDED, record_id="i.myh.yh.1")
    detailed = await with_details(clients.planned_educations, [RECORDED, unknown, of_jobed])
    await clients.aclose()
    assert "gymnasieexamen" in detailed[0].eligibility
    assert detailed[0].gives_student_aid is True
    assert detailed[1:] == (unknown, of_jobed), "what cannot be read stays as it is"


def test_the_record_comes_before_the_rule_of_the_form(voice: Voice, catalogue: Catalogue) -> None:
    own = replace(RECORDED, eligibility="Matematik 2, 100p " * 30, fee="500 kr", gives_student_aid=False)
    said = detail_statements(own, voice, catalogue.guides)
    assert len(said) == 3
    assert all(".NET Cloud Developer" in statement.text for statement in said)
    assert max(len(statement.text) for statement in said) < 350
    rules = detail_statements(RECORDED, voice, catalogue.guides)
    assert [statement.source.system for statement in rules if statement.source] == [
        catalogue.guides["yrkeshogskola"].authority
    ] * 3
    for statement in (*said, *rules):
        assert_held_by_its_source(statement)


def test_where_neither_says_anything_nothing_is_said(voice: Voice, catalogue: Catalogue) -> None:
    assert detail_statements(replace(RECORDED, form="KKU"), voice, catalogue.guides) == ()
