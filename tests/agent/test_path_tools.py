"""The tools that suggest paths, with the real linker reading wishes and subjects."""

from dataclasses import dataclass

import pytest

from assistant.agent.results import SuggestedPaths
from assistant.agent.tools import Toolbox
from assistant.domain.path import Path, PathKind
from assistant.guidance.matching import Matcher
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge
from tests.agent.test_tools import call

COOK, BUS_DRIVER, NURSE, DOCTOR, PROGRAMMER, ELECTRICIAN = "5120 8331 2221 2211 2512 7411".split()
WOMAN_SV, MAN_EN = "Jag heter Fatima Al-Sayed. Jag är en kvinna.", "My name is Erik Berg. I am a man."
OTHERS = (("", "SE"), (WOMAN_SV, "SY"), (MAN_EN, "US"), ("Mitt namn är Olena.", "UA"), ("Jag är man.", "SO"))


@pytest.fixture(scope="module")
def tools(knowledge: Knowledge) -> Toolbox:
    catalogue = knowledge.catalogue
    return Toolbox(knowledge, load_texts(), Matcher(catalogue.groups, catalogue.skills))


async def suggested(tools: Toolbox, **arguments: object) -> dict[str, Path]:
    """The paths by SSYK code, in the order shown."""
    message = await call(tools, "suggest_paths", **arguments)
    assert isinstance(message.artifact, SuggestedPaths), message.content
    return {card.path.ssyk_code: card.path for card in message.artifact.cards}


def a_cook(
    tools: Toolbox, title: str = "cook", country: str = "SE", field: str = "kock"
) -> dict[str, object]:
    group = tools.knowledge.catalogue.group_by_ssyk(COOK)
    assert group is not None
    return {
        "experiences": [
            {"title": title, "concept_id": group.concept_id, "years": 4, "country": country},
        ],
        "education": [{"level": "upper_secondary", "field": field, "country": country}],
        "licences": ["B"],
    }


@dataclass(frozen=True)
class Wish:
    words: str
    codes: tuple[str, ...]


WISHES = (
    Wish("Jag vill arbeta som busschaufför", (BUS_DRIVER,)),
    Wish("bus driver", (BUS_DRIVER,)),
    Wish("jag vill bli sjuksköterska eller elektriker", (NURSE, ELECTRICIAN)),
)


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.words)
async def test_what_is_wished_for_is_among_the_paths(wish: Wish, tools: Toolbox) -> None:
    paths = await suggested(tools, profile=a_cook(tools), language="sv", wish=wish.words)
    for code in wish.codes:
        assert paths[code].is_wished


@pytest.mark.parametrize("words", ["jag vill jobba som busschaufför", "I want to work as an electrician"])
async def test_who_wishes_does_not_matter(words: str, tools: Toolbox) -> None:
    found = set()
    for introduction, country in OTHERS:
        field = f"{introduction} kock".strip()
        profile = a_cook(tools, f"{introduction} cook", country, field)
        for language in ("sv", "en"):
            paths = await suggested(
                tools, profile=profile, language=language, wish=f"{introduction} {words}".strip()
            )
            found.add(tuple(paths))
    assert len(found) == 1


async def test_words_among_the_wishes_of_a_profile_count_when_none_are_given(tools: Toolbox) -> None:
    profile = {**a_cook(tools), "wishes": ["new_work", "busschaufför"]}
    paths = await suggested(tools, profile=profile, language="sv")
    assert paths[BUS_DRIVER].is_wished


async def test_what_is_turned_down_is_not_shown(tools: Toolbox) -> None:
    usual = await suggested(tools, profile=a_cook(tools), language="sv")
    unwanted = [path.concept_id for path in usual.values()][:2]
    others = await suggested(tools, profile=a_cook(tools), language="sv", without=unwanted)
    assert not {path.concept_id for path in others.values()} & set(unwanted)
    assert len(others) >= 3


async def test_a_subject_studied_leads_to_its_work_without_any_experience(tools: Toolbox) -> None:
    profile = {"education": [{"level": "bachelor", "field": "programmering"}]}
    paths = await suggested(tools, profile=profile, language="sv")
    assert paths[PROGRAMMER].kind is PathKind.READY
    other = {"education": [{"level": "bachelor", "field": "history"}]}
    assert DOCTOR not in await suggested(tools, profile=other, language="sv")


async def test_nothing_told_still_gives_places_to_begin(tools: Toolbox) -> None:
    paths = await suggested(tools, profile={}, language="en")
    assert len(paths) >= 3
    assert all(path.kind is PathKind.READY for path in paths.values())
