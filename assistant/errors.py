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
    ├── EvaluationDataError(file, reason)      a file to measure by cannot be read
    ├── PromptError(name, reason)              a prompt file is missing or does not render
    ├── ModelError(model, reason)              the language model could not be used
    ├── KeepingError                           a conversation could not be kept or found again
    │   ├── StoreUnavailable(reason)           the database of saved conversations does not work
    │   ├── SealBroken                         what is stored does not open
    │   ├── ConversationBusy                   a turn of the conversation is running already
    │   └── ConversationGone                   it has been forgotten meanwhile
    ├── SnapshotBroken(reason)                 a kept conversation cannot be read
    ├── ItemMissing(item_id)                   nothing with this id is held about the person
    ├── ChangeRefused(reason)                  an item cannot be changed like that
    ├── ImportRefused(reason)                  a file of own data cannot be taken in
    ├── NothingToExport                        nothing told that the format has a place for
    └── DocumentError                          a file that was handed over could not be read
        ├── DocumentTooLarge(limit)            too many bytes or pages
        ├── DocumentUnsupported(kind)          neither PDF nor DOCX nor text
        ├── DocumentEncrypted                  locked with a password
        ├── DocumentScanned                    pictures of text only
        ├── DocumentEmpty                      nothing in it
        ├── DocumentMissing                    there is no such file
        └── DocumentBroken(reason)             damaged, or made to do harm
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
    """A file to measure by cannot be read, or lacks a field."""

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


class KeepingError(GuidanceError):
    """A conversation could not be kept or found again."""


class StoreUnavailable(KeepingError):
    """The database of saved conversations cannot be reached, read or written."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"saved conversations cannot be read or written ({reason})")


class SealBroken(KeepingError):
    """What is stored does not open: damaged, or sealed with another secret or by another version."""

    def __init__(self) -> None:
        super().__init__("the saved conversation does not open")


class ConversationBusy(KeepingError):
    """A turn of the conversation is running already."""

    def __init__(self) -> None:
        super().__init__("an answer is being written; wait until it is done")


class ConversationGone(KeepingError):
    """The conversation has been forgotten meanwhile."""

    def __init__(self) -> None:
        super().__init__("the conversation has been forgotten")


class SnapshotBroken(GuidanceError):
    """A kept conversation cannot be read: it is damaged or of another version."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the conversation cannot be read ({reason})")


class ItemMissing(GuidanceError):
    """Nothing with this id is held about the person."""

    def __init__(self, item_id: str) -> None:
        self.item_id = item_id
        super().__init__(f"nothing is held with id {item_id!r}")


class ChangeRefused(GuidanceError):
    """An item of own data cannot be changed like that."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the item was not changed: {reason}")


class ImportRefused(GuidanceError):
    """A file of own data cannot be taken in."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the file was not taken in: {reason}")


class NothingToExport(GuidanceError):
    """The person has told nothing that the format asked for has a place for."""


class DocumentError(GuidanceError):
    """A file that was handed over could not be read; `text_key` names what to tell the person."""

    text_key = "document.broken"


class DocumentTooLarge(DocumentError):
    """The file has more bytes or pages than are read."""

    text_key = "document.too_large"

    def __init__(self, *, limit: str) -> None:
        self.limit = limit
        super().__init__(f"the file is larger than {limit}; hand over a shorter one")


class DocumentUnsupported(DocumentError):
    """The file is of a kind that is not read."""

    text_key = "document.unsupported"

    def __init__(self, *, kind: str) -> None:
        self.kind = kind
        super().__init__(f"files of this kind are not read ({kind}); save it as PDF or DOCX")


class DocumentEncrypted(DocumentError):
    """The file is locked with a password."""

    text_key = "document.encrypted"

    def __init__(self) -> None:
        super().__init__("the file is locked; save it without a password")


class DocumentScanned(DocumentError):
    """The file has pictures of text only."""

    text_key = "document.scanned"

    def __init__(self) -> None:
        super().__init__("the file has pictures only; write or paste the text")


class DocumentEmpty(DocumentError):
    """There is nothing to read in the file."""

    text_key = "document.empty"

    def __init__(self) -> None:
        super().__init__("there is no text in the file")


class DocumentMissing(DocumentError):
    """There is no such file, or it may not be read."""

    text_key = "document.missing"

    def __init__(self) -> None:
        super().__init__("the file could not be opened")


class DocumentBroken(DocumentError):
    """The file is damaged or made to do harm."""

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the file could not be read ({reason}); save it anew as PDF or DOCX")
