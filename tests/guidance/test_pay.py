from dataclasses import dataclass, replace

import pytest

from assistant.apis.scb import Pay
from assistant.guidance.pay import pay_source
from assistant.guidance.statement import Voice, quoting
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.cited import assert_held_by_its_source, evidence, is_shown

# SCB, TAB5932, 2023: nurses, all sectors, both sexes. The median is made up.
PAY = Pay(
    ssyk_code="2221",
    p10=33300,
    median=39900,
    p90=55900,
    mean=40600,
    year=2023,
    table_id="TAB5932",
    table_title="Genomsnittlig månadslön och lönespridning",
    address="https://statistikdatabasen.scb.se/api/v2/tables/TAB5932/data?lang=sv",
)


@dataclass(frozen=True)
class Case:
    id: str
    pay: Pay
    figures: tuple[str, ...]


PUBLISHED = (
    Case("all", PAY, ("33\u00a0300", "39\u00a0900", "55\u00a0900", "40\u00a0600", "2023")),
    Case("no median", replace(PAY, median=None), ("33\u00a0300", "55\u00a0900", "40\u00a0600")),
    Case("mean only", replace(PAY, median=None, p10=None, p90=None), ("40\u00a0600",)),
    Case("no spread", replace(PAY, p10=None, p90=None), ("39\u00a0900", "40\u00a0600")),
)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.id)
def test_every_published_figure_is_quoted_and_no_other(
    case: Case, catalogue: Catalogue, voice: Voice
) -> None:
    group = catalogue.group_by_ssyk("2221")
    assert group is not None
    source = pay_source(group, case.pay, voice)
    for figure in case.figures:
        assert figure in source.quote
    assert "None" not in source.quote
    assert (source.url, source.version, source.system) == (PAY.address, "2023", "SCB")
    assert_held_by_its_source(quoting(source))


@pytest.mark.parametrize("written", ["39 900", "39\u00a0900", "39,900", "39.900", "39900"])
def test_a_figure_passes_however_its_thousands_are_set_apart(
    written: str, catalogue: Catalogue, voice: Voice
) -> None:
    group = catalogue.group_by_ssyk("2221")
    assert group is not None
    said = quoting(pay_source(group, PAY, voice))
    assert said.source is not None
    known = evidence(said)
    assert is_shown(f"The median is SEK {written} by SCB {said.source.token}.", known)
    assert not is_shown(f"The median is SEK {written[0]}8{written[2:]} {said.source.token}.", known)
    assert not is_shown(f"The median is SEK 900 {said.source.token}.", known)
