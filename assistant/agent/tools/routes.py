"""The tool on the way into an occupation: recognition, licences, validation, Swedish."""

from dataclasses import dataclass

from assistant.agent.results import ShownRoute
from assistant.agent.tools.form import Tool, group_of
from assistant.agent.tools.live import LiveContext, cited, told
from assistant.domain.language import Language
from assistant.domain.route import Origin
from assistant.guidance.recognition import origin_by_country, route_of, route_steps
from assistant.guidance.routes import step_statements, swedish_told, who_decides, whose_way
from assistant.guidance.statement import Statement
from assistant.guidance.swedish import level_said
from assistant.retrieval.mentions.details import country_said

_CODE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class RouteTools:
    """Tools that show the way there; they read the index alone, so they need no live sources."""

    live: LiveContext

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.show_route,)

    async def show_route(
        self, concept_id: str, language: Language, country: str = "", swedish: str = ""
    ) -> tuple[str, ShownRoute]:
        """Show the way into an occupation in ordered steps: recognition, licence, validation, Swedish.

        Use it when the person asks how to get a licence or have an education recognised, what is required
        of them, or how to begin. Say who decides and name the first step. Never promise the outcome or
        add a fee or a time that the steps do not give.

        Args:
            concept_id: Concept id of the occupation group, from find_occupations.
            language: Language of the person, sv or en.
            country: Where the person was trained for this very occupation, as an ISO 3166 code of two
                letters; SE for Sweden. Empty when they have no such training or have not said.
            swedish: How well the person says they know Swedish, in their words; empty when they have
                not said.
        """
        knowledge, voice = self.live.knowledge, self.live.voice(language)
        group = group_of(knowledge, concept_id)
        origin = origin_by_country(_code(country))
        known = level_said(swedish)
        catalogue = knowledge.catalogue
        route = route_of(catalogue, group)
        statements = [who_decides(group, catalogue, voice)]
        steps = route_steps(catalogue, group, origin, known)
        if route is None:
            statements.append(Statement(voice.say("way.no_route")))
        else:
            statements.append(whose_way(origin, group, voice))
            statements += step_statements(route, steps, catalogue, voice)
            statements += swedish_told(route, origin, known, catalogue, voice)
            if any(step.months is None for step in steps):
                statements.append(Statement(voice.say("way.unknown_time")))
            if origin is Origin.NONE and group.regulation:
                statements.append(Statement(voice.say("way.ask_country")))
        result = ShownRoute(
            **cited(statements), group=group, route=route, origin=origin, steps=steps, swedish=known
        )
        return told(result)


def _code(country: str) -> str:
    """A country's code, also where a model gives its name."""
    named = country.strip()
    return named if len(named) == _CODE_LETTERS else country_said(named)
