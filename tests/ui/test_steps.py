"""Every tool that looks something up is shown in plain words while it works."""

import pytest

from assistant.agent.tools import Toolbox
from assistant.domain.language import Language
from assistant.guidance.matching import Matcher
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge

HOUSEKEEPING = {"note_progress", "offer_choices"}


@pytest.mark.parametrize("language", Language)
def test_every_tool_that_looks_something_up_says_what_it_does(
    language: Language, knowledge: Knowledge
) -> None:
    catalogue = knowledge.catalogue
    toolbox = Toolbox(knowledge, load_texts(), Matcher(catalogue.groups, catalogue.skills))
    told = load_texts(folder="ui").keys(language)
    shown = {tool.name for tool in toolbox.tools() if f"tool.{tool.name}" in told}
    assert {tool.name for tool in toolbox.tools()} - shown == HOUSEKEEPING
