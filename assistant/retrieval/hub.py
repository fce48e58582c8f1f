"""Models in a folder or on the Hugging Face hub: exactly which one, and what is known of it."""

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import EncoderError

logger = logging.getLogger(__name__)

_CONFIG = "config.json"
# What decides a model's answers: weights, tokenizer, prompts; not its cards, pictures and other formats.
_TELLING = frozenset({".json", ".txt", ".model", ".safetensors", ".bin"})
# MRR on Swedish titles to Swedish ESCO labels, by part of the model's name. All of them are below
# character n-grams. Source: Avature/melo-benchmark, results of RecSysHR 2024.
_CHARACTERS_MRR = 0.385
_WEAK_MRR = {"paraphrase-multilingual": 0.266, "gist-": 0.327, "esco-xlm": 0.211, "universal-sentence": 0.284}


@dataclass(frozen=True, slots=True)
class HubModel:
    """One model, pinned.

    Attributes:
        location: Folder, or name on the hub; what the libraries load.
        revision: Commit on the hub; None for a folder.
        label: Name for people: of a folder, its last part.
        version: Tells models apart: the commit, or the SHA-256 of the folder's weights and settings.
    """

    location: str
    revision: str | None
    label: str
    version: str

    @property
    def name(self) -> str:
        """Label and version, for the manifest."""
        return f"{self.label}@{self.version[:16]}"


def find_model(model: str) -> HubModel:
    """Find a model and pin it.

    What the hub has is asked for once: from then on the copy on this machine is the model, so that
    an index does not go stale by itself when the hub has a newer one.

    Args:
        model: A folder, or a name on the hub.

    Raises:
        EncoderError: There is no such model, or the hub cannot be reached.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        return HubModel(str(folder), None, folder.resolve().name, _folder_version(model, folder))
    # Here, since it comes with the extra `models` and takes a while.
    import huggingface_hub

    try:
        known = huggingface_hub.try_to_load_from_cache(model, _CONFIG)
        config = known if isinstance(known, str) else huggingface_hub.hf_hub_download(model, _CONFIG)
    except (OSError, ValueError) as error:
        reason = "neither a folder nor a model on the Hugging Face hub or among those fetched from it before"
        raise EncoderError(model=model, reason=f"{reason} ({type(error).__name__})") from error
    # .../models--owner--name/snapshots/<commit>/config.json
    commit = Path(config).parent.name
    return HubModel(model, commit, model, commit)


def _folder_version(model: str, folder: Path) -> str:
    if not (folder / _CONFIG).is_file() and not (folder / "modules.json").is_file():
        raise EncoderError(model=model, reason=f"the folder has neither {_CONFIG} nor modules.json")
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in _TELLING:
            with file.open("rb") as content:
                digest.update(file.relative_to(folder).as_posix().encode())
                digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def warn_if_weak(model: HubModel) -> None:
    """Warn of a model that is known to understand Swedish titles worse than their characters alone do."""
    for part, mrr in _WEAK_MRR.items():
        if part in model.label.lower():
            logger.warning(
                "%s suits Swedish badly: MRR %.3f on MELO's titles, character n-grams alone %.3f",
                model.label,
                mrr,
                _CHARACTERS_MRR,
            )
