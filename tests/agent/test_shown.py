from assistant.agent.citations import CitationCheck, Evidence
from assistant.agent.results import ExploredOccupations, SuggestedPaths, ToolResult
from assistant.agent.shown import shown_cards
from assistant.domain.cards import PathCard
from assistant.domain.path import Path, PathKind


def card(label: str) -> PathCard:
    path = Path(label, "9111", PathKind.READY, 0.5, (), ())
    return PathCard(path, label, "", "", "", (), (), ())


SUGGESTED = SuggestedPaths(cards=(card("a"),))
EXPLORED = ExploredOccupations(cards=(card("b"), card("c")))


def labels(*results: ToolResult) -> list[str]:
    check = CitationCheck(Evidence.of((), (), frozenset()))
    return [card.label for card in shown_cards(results[-1:], results, check).paths]


def test_the_paths_found_last_are_shown() -> None:
    assert labels(SUGGESTED, EXPLORED) == ["b", "c"]
    assert labels(EXPLORED, SUGGESTED) == ["a"]
    assert labels(SUGGESTED, EXPLORED, ToolResult()) == ["b", "c"]


def test_a_search_that_finds_nothing_leaves_the_paths_as_they_are() -> None:
    assert labels(SUGGESTED, ExploredOccupations()) == ["a"]
    assert labels(ToolResult()) == []
