from dataclasses import replace

import pytest

from assistant.apis.taxonomy import TaxonomyConcept
from assistant.domain.language import Language
from assistant.domain.source import Source
from assistant.guidance.sources import (
    copied_taxonomy_source,
    description_source,
    guide_source,
    live_taxonomy_source,
    regulation_source,
    relations_source,
    route_source,
    taxonomy_source_id,
)
from assistant.retrieval.stores.catalogue import Catalogue
from tests.fakes import MANIFEST


def all_sources(catalogue: Catalogue) -> list[Source]:
    """Every source that the starter data can give."""
    made = []
    for group in catalogue.groups.values():
        made += [
            copied_taxonomy_source(group, catalogue, MANIFEST),
            relations_source(group, catalogue, MANIFEST),
        ]
        for language in Language:
            first_guide = catalogue.guides[group.education.guide_ids[0]]
            made += [
                description_source(group, language, MANIFEST),
                route_source(group, first_guide, language),
            ]
            if group.regulation:
                page = catalogue.guides[group.regulation.guide_id]
                made.append(regulation_source(group, group.regulation, page, language))
    for guide in catalogue.guides.values():
        made += [
            guide_source(guide, n, language) for n in range(len(guide.sections)) for language in Language
        ]
    return made


def test_every_source_can_be_quoted_and_opened(catalogue: Catalogue) -> None:
    for source in all_sources(catalogue):
        assert source.quote.strip(), source.source_id
        assert source.url.startswith("https://"), source.source_id
        assert source.title, source.source_id
        assert source.system, source.source_id
        assert source.version, source.source_id
        assert source.retrieved_at[:2] == "20", source.source_id


def test_every_source_has_an_id_and_a_token_of_its_own(catalogue: Catalogue) -> None:
    made = all_sources(catalogue)
    assert len({source.source_id for source in made}) == len(made)
    assert len({source.token for source in made}) == len(made)


def test_a_taxonomy_source_has_the_address_of_that_very_concept(catalogue: Catalogue) -> None:
    for group in catalogue.groups.values():
        source = copied_taxonomy_source(group, catalogue, MANIFEST)
        assert group.concept_id in source.url
        assert source.source_id == taxonomy_source_id(group.concept_id)
        assert (source.version, source.retrieved_at) == ("30", MANIFEST.sources[0].retrieved_at)
        for skill in catalogue.skills_of(group):
            assert skill.preferred_label.sv in source.quote


def test_an_index_without_the_taxonomys_version_says_when_it_was_built(catalogue: Catalogue) -> None:
    group = next(iter(catalogue.groups.values()))
    source = copied_taxonomy_source(group, catalogue, replace(MANIFEST, sources=()))
    assert (source.version, source.retrieved_at) == ("", MANIFEST.built_at)


@pytest.mark.parametrize(("definition", "quote"), [("Kör lastbil.", "Kör lastbil."), ("", "Lastbilsförare")])
def test_a_live_record_quotes_its_definition_or_its_label(definition: str, quote: str) -> None:
    concept = TaxonomyConcept(
        concept_id="3MBw_pDA_P2F",
        type="ssyk-level-4",
        preferred_label="Lastbilsförare",
        definition=definition,
        ssyk_code="8332",
        deprecated=False,
        replaced_by=(),
        version="30",
    )
    source = live_taxonomy_source(concept, "2026-11-21T12:00:00+00:00")
    assert source.quote == quote
    assert source.source_id == taxonomy_source_id("3MBw_pDA_P2F")
    assert "3MBw_pDA_P2F" in source.url
    assert (source.version, source.retrieved_at) == ("30", "2026-11-21T12:00:00+00:00")


def test_a_guide_page_is_quoted_word_for_word_in_the_language(catalogue: Catalogue) -> None:
    guide = catalogue.guides["sfi"]
    for language in Language:
        source = guide_source(guide, 1, language)
        assert source.quote.endswith(guide.sections[1].body.text(language))
        assert (source.system, source.url, source.version) == (guide.authority, guide.url, guide.checked)
