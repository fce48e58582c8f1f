"""Numbers the sources of a document: answers count theirs apart, the document counts all together."""

import re
from dataclasses import dataclass, field

from assistant.domain.conversation import AnswerEvent
from assistant.domain.language import Language
from assistant.domain.source import Source
from assistant.exports.layout import Note, Notes, Said, shown
from assistant.exports.writer import Writer, day

_MARKER = re.compile(r"(\s?)\[(\d{1,3})\](?!\()")


@dataclass(slots=True)
class Sources:
    """The sources that the texts of a document cite, in the order of their numbers.

    The same page in two languages counts as one (`route:x:sv`, `route:x:en`), and so do two of the same
    title, owner and address, which a reader could not tell apart.
    """

    _numbers: dict[str | tuple[str, str, str], int] = field(default_factory=dict)
    _sources: dict[int, dict[Language, Source]] = field(default_factory=dict)

    def numbered(self, text: str, answer: AnswerEvent) -> str:
        """A text of an answer with the document's numbers in place of the answer's."""
        cited = {citation.marker: citation.source for citation in answer.citations}

        def renumbered(found: re.Match[str]) -> str:
            source = cited.get(int(found[2]))
            return f"{found[1]}[{self._number(source, answer.language)}]" if source else ""

        return _MARKER.sub(renumbered, text)

    def _number(self, source: Source, language: Language) -> int:
        by_id = source.source_id.removesuffix(f":{language}")
        by_sight = (source.title, source.system, source.url)
        known = self._numbers.get(by_id) or self._numbers.get(by_sight)
        number = known or len(self._sources) + 1
        self._numbers |= {by_id: number, by_sight: number}
        self._sources.setdefault(number, {}).setdefault(language, source)
        return number

    def notes(self, writer: Writer) -> Notes:
        """All of them, for the end of the document."""
        return Notes(tuple(_note(number, found, writer) for number, found in self._sources.items()))


def _note(number: int, found: dict[Language, Source], writer: Writer) -> Note:
    own = [(found[language], language) for language in writer.languages if language in found]
    own = own or [(source, language) for language, source in found.items()]
    unlike: dict[str, tuple[Source, Language]] = {}
    for source, language in own:
        # A source without a language of its own has the same title in both.
        unlike.setdefault(source.title, (source, language))
    says = tuple(Said(_described(source, language, writer), language) for source, language in unlike.values())
    return Note(number, says, _address(own[0][0]))


def _described(source: Source, language: Language, writer: Writer) -> str:
    retrieved = day(source.retrieved_at, language)
    text = writer.texts.say("sources.one", language, title=source.title, owner=source.system, date=retrieved)
    return shown(text)


def _address(source: Source) -> str:
    return source.url if source.url.startswith(("https://", "http://")) else ""
