"""All tools of one application."""

from collections.abc import Callable
from dataclasses import dataclass

from langchain_core.tools import BaseTool

from assistant.agent.tools.explore import ExploreTools
from assistant.agent.tools.form import as_tool, utc_now
from assistant.agent.tools.interview import InterviewTools
from assistant.agent.tools.live import LiveContext
from assistant.agent.tools.market import MarketTools
from assistant.agent.tools.paths import PathTools
from assistant.agent.tools.planning import PlanningTools
from assistant.agent.tools.reading import ReadingTools
from assistant.agent.tools.routes import RouteTools
from assistant.agent.tools.study import StudyTools
from assistant.apis.clients import Clients
from assistant.guidance.matching import Matcher
from assistant.prompts import Texts
from assistant.retrieval.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The tools of one application; it holds no state of any conversation.

    `clients` is None when live sources are switched off.
    """

    knowledge: Knowledge
    texts: Texts
    matcher: Matcher
    clients: Clients | None = None
    now: Callable[[], str] = utc_now

    def tools(self) -> list[BaseTool]:
        """All tools, in the form that the agent takes."""
        taxonomy = self.clients.taxonomy if self.clients else None
        interview = InterviewTools(self.knowledge, taxonomy, self.now)
        live = LiveContext(self.knowledge, self.texts, self.clients, self.knowledge.places, self.now)
        sets = (
            interview,
            PathTools(self.knowledge, self.texts, self.matcher),
            ReadingTools(live),
            MarketTools(live),
            StudyTools(live),
            ExploreTools(live, self.matcher),
            PlanningTools(live, self.matcher),
            RouteTools(live),
        )
        return [as_tool(method) for tools in sets for method in tools.methods()]
