"""The forms in which ESCO answers, and what becomes of them."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from assistant.apis.wire import ListOf, Text, Wire
from assistant.domain.language import Bilingual, Language

EscoType: TypeAlias = Literal["occupation", "skill", "concept"]
"""What ESCO tells apart: occupations, skills, and the groups of both (`concept`)."""


@dataclass(frozen=True, slots=True)
class EscoText:
    """A text and the language that it really is in, which is English where Swedish is missing."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class EscoLink:
    """A concept that another one points to.

    Attributes:
        uri: Full ESCO URI.
        title: Label in the language asked for, where ESCO has one.
        code: ISCO or group code; empty where there is none.
    """

    uri: str
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class EscoHit:
    """A concept that a search found.

    Attributes:
        uri: Full ESCO URI.
        label: In the language asked for, else in English.
        labels: Preferred labels; empty where missing.
        isco_code: ISCO-08, four digits; empty for skills and where not said.
        matched: The label that the words were found in.
    """

    uri: str
    label: EscoText
    labels: Bilingual
    isco_code: str
    matched: str


@dataclass(frozen=True, slots=True)
class EscoResource:
    """An occupation, a skill or a group, whole.

    Attributes:
        uri: Full ESCO URI.
        kind: ESCO's class, such as `Occupation` or `Skill`.
        status: `released`, or what else this version says of it.
        labels: Preferred labels; empty where missing.
        alternative_sv: Other Swedish labels, in ESCO's order.
        alternative_en: As above.
        descriptions: Empty where missing; most Swedish ones are.
        code: ESCO's own code, such as `2512.4`; empty for skills.
        isco_code: ISCO-08, four digits; empty for skills.
        skill_type: `skill` or `knowledge`; empty for other kinds.
        reuse_level: Such as `sector-specific`; empty for other kinds.
        broader: Groups and wider concepts right above it.
        essential_skills: Of an occupation or, seldom, of a skill.
        optional_skills: As above.
    """

    uri: str
    kind: str
    status: str
    labels: Bilingual
    alternative_sv: tuple[str, ...]
    alternative_en: tuple[str, ...]
    descriptions: Bilingual
    code: str
    isco_code: str
    skill_type: str
    reuse_level: str
    broader: tuple[EscoLink, ...]
    essential_skills: tuple[EscoLink, ...]
    optional_skills: tuple[EscoLink, ...]

    def label(self, language: Language) -> EscoText:
        """The preferred label, in English where the language has none."""
        return in_language(self.labels, language)

    def description(self, language: Language) -> EscoText:
        """The description, in English where the language has none."""
        return in_language(self.descriptions, language)


def in_language(texts: Bilingual, language: Language) -> EscoText:
    """One of two texts: that of the language, else the English one, else whatever there is."""
    for wanted in (language, Language.EN, Language.SV):
        if text := texts.text(wanted):
            return EscoText(text, wanted)
    return EscoText("", language)


def _many(value: Any) -> Any:
    """A list; HAL lets a single item stand alone, and some fields hold bare URIs."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    return [{"uri": item} if isinstance(item, str) else item for item in items]


def _texts(value: Any) -> Any:
    return [value] if isinstance(value, str) else value or []


def _map(value: Any) -> Any:
    return {} if value is None else value


class _Camel(Wire):
    model_config = ConfigDict(alias_generator=to_camel)


class WireLink(_Camel):
    """A link to another concept."""

    uri: Text = ""
    title: Text = ""
    code: Text = ""
    preferred_label: Annotated[dict[str, Text], BeforeValidator(_map)] = {}

    def to_link(self, language: Language) -> EscoLink:
        """The same as a value; related concepts may have labels instead of a title."""
        label = self.title or self.preferred_label.get(language, "") or self.preferred_label.get("en", "")
        return EscoLink(self.uri, label, self.code)


_Links = Annotated[list[WireLink], BeforeValidator(_many)]
_Labels = Annotated[dict[str, Text], BeforeValidator(_map)]
_Alternatives = Annotated[dict[str, Annotated[list[Text], BeforeValidator(_texts)]], BeforeValidator(_map)]


class _WireLiteral(_Camel):
    literal: Text = ""


_Descriptions = Annotated[
    dict[str, Annotated[_WireLiteral, BeforeValidator(lambda value: value or {})]], BeforeValidator(_map)
]


class _WireLinks(_Camel):
    broader_isco_group: _Links = []
    isco_unit_group: _Links = []
    broader_occupation: _Links = []
    broader_skill: _Links = []
    broader_skill_group: _Links = []
    broader_hierarchy_concept: _Links = []
    broader_concept: _Links = []
    has_essential_skill: _Links = []
    has_optional_skill: _Links = []
    has_skill_type: _Links = []
    has_reuse_level: _Links = []

    def broader(self) -> tuple[EscoLink, ...]:
        return _as_links(
            self.broader_isco_group
            + self.broader_occupation
            + self.broader_skill
            + self.broader_skill_group
            + self.broader_hierarchy_concept
            + self.broader_concept
        )


class WireResource(_Camel):
    """A resource, whole or as a search in quick mode has it."""

    class_name: Text = ""
    uri: str
    title: Text = ""
    search_hit: Text = ""
    status: Text = ""
    code: Text = ""
    preferred_label: _Labels = {}
    alternative_label: _Alternatives = {}
    description: _Descriptions = {}
    broader_isco_group: _Links = []
    links: Annotated[_WireLinks, Field(alias="_links"), BeforeValidator(_map)] = _WireLinks()

    @property
    def _names(self) -> Bilingual:
        return Bilingual(self.preferred_label.get("sv", ""), self.preferred_label.get("en", ""))

    @property
    def _isco_code(self) -> str:
        groups = self.links.broader_isco_group + self.links.isco_unit_group + self.broader_isco_group
        # Quick hits name the group by its URI alone, which ends in C and the code.
        codes = (group.code or group.uri.rpartition("/C")[2] for group in groups)
        own = self.code.split(".")[0] if self.class_name == "Occupation" else ""
        return next((code for code in codes if code.isdecimal()), own)

    def to_hit(self, language: Language) -> EscoHit:
        """The same as a hit; its title serves where labels are left out."""
        label = in_language(self._names, language)
        return EscoHit(
            uri=self.uri,
            label=label if label.text else EscoText(self.title, language),
            labels=self._names,
            isco_code=self._isco_code,
            matched=self.search_hit,
        )

    def to_resource(self) -> EscoResource:
        """The same as a whole resource."""
        return EscoResource(
            uri=self.uri,
            kind=self.class_name,
            status=self.status,
            labels=self._names,
            alternative_sv=_alternatives(self.alternative_label, Language.SV),
            alternative_en=_alternatives(self.alternative_label, Language.EN),
            descriptions=Bilingual(*(_literal(self.description, one) for one in (Language.SV, Language.EN))),
            code=self.code,
            isco_code=self._isco_code,
            skill_type=_last_part(self.links.has_skill_type),
            reuse_level=_last_part(self.links.has_reuse_level),
            broader=self.links.broader(),
            essential_skills=_as_links(self.links.has_essential_skill),
            optional_skills=_as_links(self.links.has_optional_skill),
        )


class _Embedded(Wire):
    results: ListOf[Any] = []


class SearchAnswer(Wire):
    """An answer of `/search`."""

    total: Annotated[int, BeforeValidator(lambda value: value or 0)] = 0
    limit: Annotated[int, BeforeValidator(lambda value: value or 0)] = 0
    embedded: Annotated[_Embedded | None, Field(alias="_embedded")] = None

    @model_validator(mode="before")
    @classmethod
    def _says_how_many(cls, raw: Any) -> Any:
        # An error with status 200 is not the same as "nothing was found".
        if isinstance(raw, dict) and not {"total", "_embedded"} & raw.keys():
            raise ValueError("neither a total nor results")
        return raw

    @property
    def count(self) -> int:
        """How many items the answer holds, readable or not."""
        return len(self.embedded.results) if self.embedded else 0

    def resources(self) -> list[WireResource]:
        """The items that can be read; one bad item does not spoil the answer."""
        found = []
        for item in self.embedded.results if self.embedded else []:
            try:
                found.append(WireResource.model_validate(item))
            except ValidationError:
                continue
        return found


class RelatedAnswer(Wire):
    """An answer of `/resource/related`; what is embedded is named by the relation."""

    total: Annotated[int, BeforeValidator(lambda value: value or 0)] = 0
    embedded: Annotated[dict[str, _Links] | None, Field(alias="_embedded")] = None


def _alternatives(labels: dict[str, list[str]], language: Language) -> tuple[str, ...]:
    return tuple(filter(None, labels.get(language, [])))


def _literal(descriptions: dict[str, _WireLiteral], language: Language) -> str:
    return descriptions[language].literal if language in descriptions else ""


def _as_links(links: list[WireLink]) -> tuple[EscoLink, ...]:
    """Links without repetitions; a link without a URI leads nowhere."""
    kept: dict[str, EscoLink] = {}
    for link in links:
        if link.uri:
            kept.setdefault(link.uri, EscoLink(link.uri, link.title, link.code))
    return tuple(kept.values())


def _last_part(links: list[WireLink]) -> str:
    return links[0].uri.rpartition("/")[2] if links else ""
