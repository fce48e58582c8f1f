"""The tools that read words: a long text of the person's, and ESCO's names of occupations and skills."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.tools import ToolException

from assistant.agent.contact_details import without_contact_details
from assistant.agent.results import FoundEsco, ReadText
from assistant.agent.tools.form import Tool
from assistant.agent.tools.live import LiveContext, cited, reach_notes, switched_off, told
from assistant.agent.tools.offering import (
    concept_line,
    experience_lines,
    mention_lines,
    offered,
    offered_of_list,
)
from assistant.apis.esco import NOTICE
from assistant.domain.language import Language
from assistant.guidance.esco import SYSTEM as ESCO
from assistant.guidance.esco import esco_statement, groups_of
from assistant.guidance.long_text import LONG_TEXT, ReadTerm, read_text, reading_statement
from assistant.guidance.reach import missing, reach, stale
from assistant.guidance.statement import Statement

_ESCO_HITS = 5


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """Tools that turn words into concepts by way of public sources."""

    live: LiveContext

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.read_long_text, self.search_esco)

    async def read_long_text(
        self, text: str, language: Language, may_send: bool = False
    ) -> tuple[str, ReadText]:
        """Read a CV, a job ad or another text of more than a few sentences: work, skills and traits in it.

        Use find_occupations for an ordinary message. What is found are suggestions: ask the person to
        confirm them before you note them. Arbetsförmedlingen's text service finds more; ask the person
        before you send the text there.

        Args:
            text: The whole text as the person gave it.
            language: Language of the person, sv or en.
            may_send: True only when the person has agreed that the text is sent to Arbetsförmedlingen.
        """
        if not text.strip():
            raise ToolException("There is no text. Give the text that the person wrote.")
        live, voice = self.live, self.live.voice(language)
        plain = without_contact_details(text)
        # A short text is not worth sending away.
        worth_sending = may_send and len(plain) >= LONG_TEXT
        enrichments = live.clients.enrichments if live.clients and worth_sending else None
        reading = await read_text(
            plain, live.knowledge.linker, enrichments, today=date.fromisoformat(voice.now[:10])
        )
        statements = [reading_statement(plain, reading, voice), *reach_notes(voice, reading.enriched)]
        linker = live.knowledge.linker
        mentions = tuple(offered(mention, linker) for mention in reading.mentions)
        listed = tuple(offered_of_list(experience, linker) for experience in reading.cv.experiences)
        cv = replace(reading.cv, experiences=listed)
        result = ReadText(
            **cited(statements),
            missing=missing(reading.enriched),
            is_live=live.clients is not None,
            cv=cv,
            mentions=mentions,
            occupations=reading.occupations,
            skills=reading.skills,
            traits=tuple(term.label for term in reading.traits),
            is_enriched=reading.is_enriched,
        )
        lines = ["Experiences:"]
        if cv.is_listed:
            lines += [line for experience in cv.experiences for line in experience_lines(experience)]
        else:
            lines += [line for mention in mentions for line in mention_lines(mention)]
        lines += ["Occupations:", *map(_term_line, reading.occupations)]
        lines += ["Skills:", *map(_term_line, reading.skills)]
        return told(result, *lines)

    async def search_esco(self, text: str, language: Language) -> tuple[str, FoundEsco]:
        """Search ESCO, the European classification, for an occupation or a skill.

        Only for what find_occupations does not know, such as an occupation that hardly exists in Sweden.

        Args:
            text: One occupation or skill, as a short phrase.
            language: Language of the phrase, sv or en.
        """
        live, voice = self.live, self.live.voice(language)
        if live.clients is None:
            return switched_off(FoundEsco, voice)
        search = live.clients.esco.search
        occupations, skills = await asyncio.gather(
            reach(ESCO, search(text, type="occupation", language=language, limit=_ESCO_HITS)),
            reach(ESCO, search(text, type="skill", language=language, limit=_ESCO_HITS)),
        )
        found_occupations = occupations.answer.hits if occupations.answer else ()
        found_skills = skills.answer.hits if skills.answer else ()
        statements = [esco_statement(hit, "occupation", voice) for hit in found_occupations]
        statements += [esco_statement(hit, "skill", voice) for hit in found_skills]
        if not statements and not missing(occupations, skills):
            statements.append(Statement(voice.say("esco.none")))
        statements += reach_notes(voice, occupations, skills)
        groups = await asyncio.to_thread(groups_of, found_occupations, live.knowledge)
        result = FoundEsco(
            **cited(statements),
            missing=missing(occupations, skills),
            stale=stale(occupations, skills),
            occupations=found_occupations,
            skills=found_skills,
            groups=groups,
        )
        lines = [f"Related group: {group.concept_id}: {group.preferred_label.en}" for group in groups]
        return told(result, *lines, NOTICE)


def _term_line(term: ReadTerm) -> str:
    asked_for = "" if term.prediction is None else f" (asked for in ads: {term.prediction:.2f})"
    concept = concept_line(term.concept).removeprefix("- ") if term.concept else "no concept fits"
    return f'- "{term.term}"{asked_for}: {concept}'
