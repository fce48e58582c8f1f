"""Synthetic queries from the titles that are held out."""

import random
from collections import defaultdict

from assistant.domain.language import Language
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.text import fold, words
from ingest.training.held_out import is_held_out
from ingest.training.queries import QueryKind, SyntheticQuery, occupation_queries, skill_queries
from ingest.training.slips import misspelt


def _made(knowledge: Knowledge) -> tuple[SyntheticQuery, ...]:
    return occupation_queries(knowledge.catalogue)


def test_the_same_titles_give_the_same_queries(knowledge: Knowledge) -> None:
    assert _made(knowledge) == _made(knowledge)
    assert skill_queries(knowledge.catalogue) == skill_queries(knowledge.catalogue)


def test_both_languages_and_all_kinds_are_there(knowledge: Knowledge) -> None:
    by_kind = defaultdict(set)
    for query in _made(knowledge):
        by_kind[query.kind].add(query.language)
    assert by_kind == {kind: set(Language) for kind in QueryKind}


def test_every_query_has_words_and_only_those_that_name_no_work_lack_an_answer(
    knowledge: Knowledge,
) -> None:
    for query in (*_made(knowledge), *skill_queries(knowledge.catalogue)):
        assert words(query.text)
        names_none = query.kind is QueryKind.NO_WORK
        assert names_none == (not query.accepted) == (not query.origin)


def test_queries_come_from_held_out_titles_and_accept_every_group_that_has_them(
    knowledge: Knowledge,
) -> None:
    owners = defaultdict(set)
    for group in knowledge.catalogue.groups.values():
        for titles in group.titles.values():
            for title in titles:
                owners[fold(title)].add(group.concept_id)
    told = [q for q in _made(knowledge) if q.origin and q.kind is not QueryKind.DESCRIBED]
    assert all(is_held_out(query.origin) for query in told)
    assert all(query.accepted == owners[query.origin] for query in told)
    assert {query.origin for query in told} == {title for title in owners if is_held_out(title)}


def test_sentences_of_a_description_mask_the_whole_of_it(knowledge: Knowledge) -> None:
    described = [query for query in _made(knowledge) if query.kind is QueryKind.DESCRIBED]
    for query in described:
        (group_id,) = query.accepted
        description = knowledge.catalogue.groups[group_id].description.text(query.language)
        assert query.origin == fold(description)
        assert words(query.text)[-1] in words(description)


def test_a_slip_changes_a_long_word_and_keeps_its_first_letter() -> None:
    chance = random.Random(1)
    spelt = {misspelt("lastbilschaufför", Language.SV, chance) for _ in range(50)}
    assert len(spelt) > 10
    assert all(text.startswith("l") for text in spelt)


def test_words_too_short_to_misspell_stay() -> None:
    assert misspelt("bas vd", Language.SV, random.Random(1)) == "bas vd"
