"""What a person takes along: everything that the documents and files to download are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.concept import EscoMatchKind
from assistant.domain.conversation import AnswerEvent
from assistant.domain.held import HeldKind, HowTold
from assistant.domain.language import Bilingual, Language
from assistant.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """A concept of the JobTech Taxonomy by its names.

    Attributes:
        concept_id: Its id.
        label: Its names.
        code: SSYK 2012 code of a group; empty for a skill.
        esco_uri: ESCO's concept for it; empty when the taxonomy names none.
        esco_match: How near that is; None when there is none.
        is_qualification: One has it on paper: a licence, a degree or a certificate among the skills.
    """

    concept_id: str
    label: Bilingual
    code: str = ""
    esco_uri: str = ""
    esco_match: EscoMatchKind | None = None
    is_qualification: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """A profile with all names in both languages, and the paths and the plan that were shown last.

    Attributes:
        made_at: ISO 8601 time.
        languages: One or two that the person wants it in, the main one first.
        profile: What the person has told and confirmed; titles are in the language of the conversation.
        concepts: Groups of the experiences, and all skills, by concept id; what the index does not know
            is missing.
        paths: The answer with the latest paths, in each of the languages; empty when there are none. Where it
            could not be told in a language, that one is missing, and the one it was said in is there.
        plans: The answer with the latest plan, in the same way; empty when there is none.
        titles: Titles of experiences that are names of occupations, in both languages.
        origins: How the items of each kind in the profile came to be held.
        told_in: The language of the conversation, and so of what the person has said in their own words.
    """

    made_at: str
    languages: tuple[Language, ...]
    profile: Profile
    concepts: Mapping[str, NamedConcept] = field(default_factory=dict)
    paths: Mapping[Language, AnswerEvent] = field(default_factory=dict)
    plans: Mapping[Language, AnswerEvent] = field(default_factory=dict)
    titles: Mapping[str, Bilingual] = field(default_factory=dict)
    origins: Mapping[HeldKind, tuple[HowTold, ...]] = field(default_factory=dict)
    told_in: Language = Language.SV
