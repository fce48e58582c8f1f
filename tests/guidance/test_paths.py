import re
from dataclasses import dataclass

import pytest

from assistant.domain.cards import PathCard
from assistant.domain.concept import EducationLevel
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.domain.source import Source
from assistant.guidance.matching import Matcher, match_input
from assistant.guidance.paths import PathExplainer, in_a_sentence
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.people import group, person, worked

TOKEN = re.compile(r"\[#[0-9a-f]{6}\]")
PEOPLE = ("8332", "5120", "9111", "2221", "7111", "2512", "6111", "2341", "5311")
# What the person has told, or the lack of a fact: no source says it.
OWN_WORDS = ("path.why.done", "path.why.wish", "path.gap.none")


def cards(
    profile: Profile, language: Language, matcher: Matcher, explainer: PathExplainer
) -> list[tuple[PathCard, tuple[Source, ...]]]:
    paths = matcher.rank(match_input(profile))
    assert len(paths) >= 3
    return [explainer.card(path, language) for path in paths]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?\]])\s+(?=[^\W\d_a-zåäö])", text) if text else []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("done", PEOPLE)
def test_every_fact_of_a_card_has_its_source(
    done: str, language: Language, catalogue: Catalogue, matcher: Matcher, explainer: PathExplainer
) -> None:
    profile = person(worked(catalogue, done, skills=4, language=language), level=EducationLevel.COMPULSORY)
    own_words = {explainer.texts.say(key, language) for key in OWN_WORDS}
    for card, sources in cards(profile, language, matcher, explainer):
        tokens = {source.token for source in sources}
        assert card.source_ids == tuple(source.source_id for source in sources)
        assert len(tokens) == len(sources)
        for text in (card.why, card.gap):
            for sentence in sentences(text):
                assert sentence in own_words or TOKEN.search(sentence), sentence
        # The route may be two sentences; their source stands after the last.
        assert TOKEN.search(card.how), card.how
        assert set(TOKEN.findall(card.why + card.gap + card.how)) <= tokens
        assert all(source.quote and source.url.startswith("https://") for source in sources)


@pytest.mark.parametrize("language", Language)
def test_a_card_is_in_the_language_asked_for(
    language: Language, catalogue: Catalogue, matcher: Matcher, explainer: PathExplainer
) -> None:
    profile = person(worked(catalogue, "8332", skills=4, language=language))
    for card, _ in cards(profile, language, matcher, explainer):
        named = catalogue.groups[card.path.concept_id]
        assert card.label == named.name(language)
        assert named.education.route.text(language) in card.how
        assert named.education.route.text(language.other) not in card.how
        labels = [in_a_sentence(skill.preferred_label.text(language)) for skill in card.path.matched]
        assert card.matched == tuple(labels)
        assert all(" m.fl." not in text for text in (card.label, card.why, card.gap, card.how))


def test_what_is_regulated_is_said_with_the_authority(
    catalogue: Catalogue, matcher: Matcher, explainer: PathExplainer
) -> None:
    nurse = group(catalogue, "2221")
    assert nurse.regulation is not None
    profile = person(worked(catalogue, "2221", 10), level=EducationLevel.BACHELOR)
    path = matcher.assess(nurse, match_input(profile))
    for language in Language:
        card, sources = explainer.card(path, language)
        assert nurse.regulation.authority in card.gap
        assert any(source.source_id.startswith("regulation:") for source in sources)
        assert any(source.system == nurse.regulation.authority for source in sources)


def test_a_licence_that_is_missing_is_said(
    catalogue: Catalogue, matcher: Matcher, explainer: PathExplainer
) -> None:
    driver = group(catalogue, "8332")
    for licences, is_said in (((), True), (("CE",), False)):
        profile = person(worked(catalogue, "8332"), licences=licences)
        card, _ = explainer.card(matcher.assess(driver, match_input(profile)), Language.EN)
        assert ("driving licence C" in card.gap) is is_said


def test_work_nearby_is_named_as_the_reason(
    catalogue: Catalogue, matcher: Matcher, explainer: PathExplainer
) -> None:
    cook = group(catalogue, "5120")
    near = catalogue.groups[cook.neighbour_ids[0]]
    profile = person(worked(catalogue, "5120", language=Language.EN))
    path = matcher.assess(near, match_input(profile))
    card, sources = explainer.card(path, Language.EN)
    assert cook.name(Language.EN) in card.why
    vouching = [source for source in sources if source.token in card.why]
    assert any(cook.preferred_label.sv in source.quote for source in vouching)
    assert any(near.preferred_label.sv in source.quote for source in vouching)


@dataclass(frozen=True)
class Case:
    label: str
    said: str


LABELS = (
    Case("Matlagning", "Matlagning"),
    Case("CAD", "CAD"),
    Case("C#, programmeringsspråk", "C# (programmeringsspråk)"),
    Case("Släp, körvana", "Släp (körvana)"),
)


@pytest.mark.parametrize("case", LABELS, ids=lambda case: case.label)
def test_a_label_in_a_sentence(case: Case) -> None:
    assert in_a_sentence(case.label) == case.said
