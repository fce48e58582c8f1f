import pytest

from assistant.domain.concept import EducationLevel
from assistant.guidance.statement import Voice
from assistant.guidance.study_forms import form_statement, study_form, usual_form
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.cited import assert_held_by_its_source

FORMS = ("VUXGY", "YH", "HS", "FHS", "AUB", "SFI")


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("about", ["eligibility", "apply", "cost", "aid"])
def test_what_holds_for_a_form_is_backed_by_its_page(
    code: str, about: str, voice: Voice, catalogue: Catalogue
) -> None:
    form = study_form(code)
    assert form is not None
    said = form_statement(form, about, voice, catalogue.guides)
    assert said.source is not None
    assert_held_by_its_source(said)


def test_a_form_without_a_page_says_nothing() -> None:
    assert study_form("KKU") is None


def test_each_level_has_the_form_in_which_adults_reach_it() -> None:
    forms = {level: usual_form(level).key for level in EducationLevel}
    assert forms[EducationLevel.UPPER_SECONDARY] == "komvux"
    assert forms[EducationLevel.VOCATIONAL_HIGHER] == "yh"
    assert forms[EducationLevel.MASTER] == "hs"
