"""The tools that read words: a long text of the person's, and ESCO's names of occupations and skills."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from langchain_core.tools import ToolException

from assistant.agent.contact_details import without_contact_details
from assistant.agent.pieces import pieces_of
from assistant.agent.results import FoundEsco, ReadText
from assistant.agent.tools.form import Tool
from assistant.agent.tools.live import LiveContext, cited, reach_notes, switched_off, told
from assistant.agent.tools.offering import offered, offered_of_list, piece_line, piece_sources
from assistant.apis.esco import NOTICE
from assistant.domain.language import Language
from assistant.guidance.esco import SYSTEM as ESCO
from assistant.guidance.esco import esco_statement, groups_of
from assistant.guidance.long_text import LONG_TEXT, read_text, reading_statement
from assistant.guidance.reach import missing, reach, stale
from assistant.guidance.statement import Statement, sources_of

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
        """Read a CV, a job ad or another text of more than a few sentences: work, studies, skills in it.

        Use find_occupations for an ordinary message. What is found comes as numbered pieces. Note none of
        them yet: show every piece to the person with offer_choices (choice_id `piece:<number>`), and note
        those that they keep. Arbetsförmedlingen's text service finds more; ask the person before you send
        the text there.

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
        linker, catalogue = live.knowledge.linker, live.knowledge.catalogue
        mentions = tuple(offered(mention, linker) for mention in reading.mentions)
        listed = tuple(offered_of_list(experience, linker) for experience in reading.cv.experiences)
        cv = replace(reading.cv, experiences=listed)
        pieces = pieces_of(plain, replace(reading, cv=cv, mentions=mentions), catalogue)
        result = ReadText(
            statements=tuple(statements),
            sources=(*sources_of(*statements), *piece_sources(pieces, live.knowledge)),
            missing=missing(reading.enriched),
            is_live=live.clients is not None,
            pieces=pieces,
        )
        lines = ["Pieces:", *(piece_line(n, piece) for n, piece in enumerate(pieces, start=1))]
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
