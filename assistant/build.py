"""The composition root: the only place that makes adapters and ties them together."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeAlias

from assistant.agent.citations import authority_names
from assistant.agent.guide.acts import Cues, load_cues
from assistant.agent.language import LanguageDetector
from assistant.agent.loop import AgentLoop
from assistant.agent.models import GUIDE, make_model
from assistant.agent.own_data.importing import imported
from assistant.agent.session import Session
from assistant.agent.tools import Toolbox
from assistant.apis import (
    barometer,
    enrichments,
    esco,
    historical_ads,
    jobed,
    jobsearch,
    planned_educations,
    scb,
    taxonomy,
)
from assistant.apis.clients import Clients
from assistant.apis.policies import policy_for
from assistant.apis.transport import Transport, TransportPolicy
from assistant.domain.language import Language
from assistant.guidance.matching import Matcher
from assistant.keeping.conversations import Conversations
from assistant.keeping.store import Store
from assistant.keeping.vault import Vault
from assistant.prompts import Texts, load_prompt, load_texts
from assistant.retrieval.encoder import make_encoder
from assistant.retrieval.guide_search import search_guides
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.reranker import make_reranker
from assistant.retrieval.stores.manifest import Manifest
from assistant.settings import Settings

Policy: TypeAlias = Callable[[str, Settings], TransportPolicy]
"""The policy of a source, named as in `Addresses`."""


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that a face of the product needs."""

    settings: Settings
    texts: Texts
    knowledge: Knowledge
    model_name: str
    loop: AgentLoop
    detector: LanguageDetector
    cues: Cues
    names: frozenset[str]
    clients: Clients | None
    conversations: Conversations = field(init=False)

    def __post_init__(self) -> None:
        conversations = Conversations(
            self,
            Vault(Store(self.settings.conversations_url)),
            idle=timedelta(hours=self.settings.conversation_hours),
            most=self.settings.conversations_in_memory,
        )
        object.__setattr__(self, "conversations", conversations)

    @property
    def manifest(self) -> Manifest:
        """What the index in service was built from."""
        return self.knowledge.manifest

    def new_session(self, language: Language = Language.SV) -> Session:
        """Begin a conversation."""
        groups = self.knowledge.catalogue.groups
        return Session(self.loop, self.texts, self.detector, self.cues, self.names, groups, language)

    def restored_session(self, snapshot: bytes) -> Session:
        """Go on with a conversation that was kept.

        Raises:
            SnapshotBroken: It is damaged, or of another version.
        """
        session = self.new_session()
        session.restore(snapshot)
        return session

    def imported_session(self, portable: object) -> Session:
        """Begin with what a file of own data says; `welcome` then greets with it.

        Args:
            portable: Plain values of JSON, not to be trusted (`read_portable` reads a file).

        Raises:
            ImportRefused: They are no such file.
        """
        session = self.new_session()
        session.go_on_from(imported(portable, self.knowledge.catalogue, self.texts))
        return session

    def warm_up(self) -> None:
        """Load what is otherwise loaded by the first message: encoder, language models, word lists."""
        self.detector.detect("waxaan ahay darawal")
        self.knowledge.linker.occupations("kok")
        self.knowledge.linker.skills("kok")
        search_guides(self.knowledge, "sfi")

    async def aclose(self) -> None:
        """Close the connections to public APIs and to the database."""
        await self.conversations.aclose()
        if self.clients is not None:
            await self.clients.aclose()


def build_application(settings: Settings) -> Application:
    """Make everything from the settings; takes a few seconds.

    Raises:
        EncoderError: The encoder or reranker is unknown, not installed or cannot be found.
        IndexMissing: No index has been built.
        IndexStale: The index was built by another encoder or schema.
        ModelError: The model cannot be made.
        PromptError: A prompt is missing or malformed.
        StoreUnavailable: DATABASE_URL is no address of a database that we use.
    """
    texts = load_texts(variant=settings.prompts)
    knowledge = open_knowledge(
        settings.index_dir, make_encoder(settings.encoder), reranker=make_reranker(settings.reranker)
    )
    catalogue = knowledge.catalogue
    clients = make_clients(settings) if settings.live_sources else None
    toolbox = Toolbox(knowledge, texts, Matcher(catalogue.groups, catalogue.skills), clients)
    revision = None if settings.model == GUIDE else load_prompt("revise", variant=settings.prompts)
    loop = AgentLoop(
        make_model(settings, texts),
        toolbox.tools(),
        load_prompt("system", variant=settings.prompts),
        revision,
        call_limit_s=settings.model_timeout_s,
    )
    names = authority_names(guide.authority for guide in catalogue.guides.values())
    return Application(
        settings, texts, knowledge, settings.model, loop, LanguageDetector(), load_cues(), names, clients
    )


def make_clients(settings: Settings, policy: Policy = policy_for) -> Clients:
    """One client a source, at the addresses of the settings.

    Args:
        settings: Where the sources are.
        policy: How each source is treated, by its name and the settings.
    """
    transports: dict[str, Transport] = {}

    def to(name: str, service: str) -> Transport:
        transports[name] = Transport(service, getattr(settings.addresses, name), policy(name, settings))
        return transports[name]

    clients = Clients(
        taxonomy=taxonomy.TaxonomyClient(to("taxonomy", taxonomy.SERVICE)),
        jobsearch=jobsearch.JobSearchClient(to("jobsearch", jobsearch.SERVICE)),
        historical_ads=historical_ads.HistoricalAdsClient(to("historical_ads", historical_ads.SERVICE)),
        enrichments=enrichments.EnrichmentsClient(to("enrichments", enrichments.SERVICE)),
        jobed=jobed.JobEdClient(to("jobed", jobed.SERVICE)),
        planned_educations=planned_educations.PlannedEducationsClient(
            to("planned_educations", planned_educations.SERVICE)
        ),
        esco=esco.EscoClient(to("esco", esco.SERVICE)),
        barometer=barometer.BarometerClient(to("barometer", barometer.SERVICE)),
        scb=scb.ScbClient(to("scb", scb.SERVICE)),
    )
    return replace(clients, transports=tuple(transports.values()))
