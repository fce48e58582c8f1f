"""The error tree.

::

    GuidanceError
    ├── UpstreamError(service, operation)      a public API did not give what was asked for
    │   ├── UpstreamTimeout                    too slow, also after retries
    │   ├── UpstreamUnavailable(retry_after_s) unreachable, 429 or 5xx
    │   ├── UpstreamRejected(status)           the request was refused
    │   └── UpstreamMalformed                  the answer could not be read
    ├── ConceptNotFound(concept_id)            no such concept, there or in the index
    ├── IndexMissing(path)                     nothing has been built
    ├── IndexStale(expected, found)            built by another encoder, reranker or schema
    ├── IndexBusy(path)                        another build is writing there
    ├── StarterDataError(file, reason)         the embedded data breaks its schema
    ├── EncoderError(model, reason)            an encoder or reranker could not be used
    ├── EvaluationDataError(file, reason)      a table to measure by cannot be read
    ├── PromptError(name, reason)              a prompt file is missing or does not render
    └── ModelError(model, reason)              the language model could not be used
"""

from pathlib import Path


class GuidanceError(Exception):
    """Root of every error that the product raises itself."""


class UpstreamError(GuidanceError):
    """A public API did not give what was asked for."""

    def __init__(self, *, service: str, operation: str, reason: str = "") -> None:
        self.service = service
        self.operation = operation
        self.reason = reason
        super().__init__(f"{service}: {operation} failed" + (f" ({reason})" if reason else ""))


class UpstreamTimeout(UpstreamError):
    """The service was too slow, also after retries."""


class UpstreamUnavailable(UpstreamError):
    """The service is unreachable, overloaded or down."""

    def __init__(
        self, *, service: str, operation: str, reason: str = "", retry_after_s: float | None = None
    ) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(service=service, operation=operation, reason=reason)


class UpstreamRejected(UpstreamError):
    """The service refused the request."""

    def __init__(self, *, service: str, operation: str, status: int) -> None:
        self.status = status
        super().__init__(service=service, operation=operation, reason=f"status {status}")


class UpstreamMalformed(UpstreamError):
    """The service answered with something that could not be read."""


class ConceptNotFound(GuidanceError):
    """No such concept in the taxonomy or the index."""

    def __init__(self, concept_id: str) -> None:
        self.concept_id = concept_id
        super().__init__(f"no concept with id {concept_id!r}")


class IndexMissing(GuidanceError):
    """No index has been built at the given place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"there is no index in {path}; run: python -m ingest build --source starter")


class IndexStale(GuidanceError):
    """The index was built by another encoder, reranker or schema than the one in use."""

    def __init__(self, *, expected: str, found: str) -> None:
        self.expected = expected
        self.found = found
        super().__init__(
            f"the index was built with {found}, this program uses {expected}; "
            "run: python -m ingest build --source starter"
        )


class IndexBusy(GuidanceError):
    """Another process is building in the same place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"another build is writing in {path}; wait until it has ended")


class StarterDataError(GuidanceError):
    """The embedded data breaks its schema."""

    def __init__(self, *, file: str, reason: str) -> None:
        self.file = file
        super().__init__(f"{file}: {reason}")


class EncoderError(GuidanceError):
    """An encoder or reranker is unknown, not installed or cannot be loaded."""

    def __init__(self, *, model: str, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"encoder or reranker {model!r}: {reason}")


class EvaluationDataError(GuidanceError):
    """A table to measure by cannot be read, or lacks a column."""

    def __init__(self, *, file: str, reason: str) -> None:
        self.file = file
        super().__init__(f"{file}: {reason}")


class PromptError(GuidanceError):
    """A prompt file is missing, malformed or does not render."""

    def __init__(self, *, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"prompt {name!r}: {reason}")


class ModelError(GuidanceError):
    """The language model could not be used."""

    def __init__(self, *, model: str, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"model {model!r}: {reason}")
