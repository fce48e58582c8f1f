"""How each public API is treated: in conversation, where somebody waits, and in bulk, where nobody does."""

from dataclasses import dataclass
from types import MappingProxyType

from assistant.apis.transport import TransportPolicy
from assistant.settings import Settings

_MINUTE_S = 60.0
_DAY_S = 86400.0
_BULK_BACKOFF_S = 2.0
_BULK_LONGEST_BACKOFF_S = 60.0
_BULK_ATTEMPTS = 6
# Whole types of concepts and pages of 2,000 educations come in one answer.
_BULK_LARGEST_ANSWER_BYTES = 128 * 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """What is particular to one service; times in seconds.

    `cache_lifetime_s` is for answers that state none: about as long as the source leaves its data
    unchanged. `deadline_s` is 0 where that of the settings will do.
    """

    cache_lifetime_s: float
    budget_calls: int = 0
    deadline_s: float = 0.0
    bulk_timeout_s: float = 60.0
    bulk_deadline_s: float = 300.0
    bulk_attempts: int = _BULK_ATTEMPTS


SOURCES = MappingProxyType(
    {
        "taxonomy": Source(_DAY_S),
        "jobsearch": Source(5 * _MINUTE_S),
        # Searches ten years of ads, in silence; its own makers allow it 300 s.
        "historical_ads": Source(
            30 * _DAY_S, deadline_s=8.0, bulk_timeout_s=300.0, bulk_deadline_s=10 * _MINUTE_S
        ),
        # Reads a whole CV by a language model.
        "enrichments": Source(_DAY_S, deadline_s=6.0),
        "jobed": Source(_DAY_S, deadline_s=4.0),
        # At night it loads anew and answers 503 meanwhile.
        "susa": Source(_DAY_S, bulk_deadline_s=45 * _MINUTE_S, bulk_attempts=60),
        "planned_educations": Source(_DAY_S),
        "esco": Source(30 * _DAY_S),
        # One file of five megabytes.
        "barometer": Source(7 * _DAY_S, deadline_s=6.0),
        # 30 calls in 10 s: https://statistikdatabasen.scb.se/api/v2/config, `maxCallsPerTimeWindow`.
        "scb": Source(7 * _DAY_S, budget_calls=30, deadline_s=4.0),
    }
)
"""By the names of the fields of `Addresses`."""


def policy_for(name: str, settings: Settings) -> TransportPolicy:
    """The policy of a service in conversation, with its answers kept on disk.

    Args:
        name: A field of `Addresses`.
        settings: Timeout, deadline, contact and the cache's folder. A source that needs longer than the
            timeout and deadline of the settings has its own for both.
    """
    source = SOURCES[name]
    return TransportPolicy(
        timeout_s=max(settings.http_timeout_s, source.deadline_s),
        deadline_s=max(settings.http_deadline_s, source.deadline_s),
        budget_calls=source.budget_calls,
        cache_file=settings.http_cache_dir / f"{name}.db",
        cache_lifetime_s=source.cache_lifetime_s,
        contact=settings.http_contact,
    )


def bulk_policy_for(name: str, settings: Settings) -> TransportPolicy:
    """The policy of a service for reading all that it has: patient, and nothing kept on disk.

    Args:
        name: A field of `Addresses`.
        settings: The contact.
    """
    source = SOURCES[name]
    return TransportPolicy(
        timeout_s=source.bulk_timeout_s,
        deadline_s=source.bulk_deadline_s,
        attempts=source.bulk_attempts,
        backoff_s=_BULK_BACKOFF_S,
        longest_backoff_s=_BULK_LONGEST_BACKOFF_S,
        # A call gives up by itself, and then so does the build: nobody else is waiting.
        breaker_failures=source.bulk_attempts * 2,
        budget_calls=source.budget_calls,
        largest_answer_bytes=_BULK_LARGEST_ANSWER_BYTES,
        contact=settings.http_contact,
    )
