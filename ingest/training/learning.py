"""What a build learns from its own passages, all of it."""

from pathlib import Path

from assistant.retrieval.dense import write_dense
from assistant.retrieval.passage import PassageType
from assistant.retrieval.trained.group_classifier import GROUP_CLASSIFIER
from ingest.group_titles import write_all_group_titles
from ingest.training.groups import train_group_classifier


def learn(build: Path) -> None:
    """Prepare and fit what links phrases to groups, in the build's folder.

    Args:
        build: Its facts, passages and vectors are written.
    """
    write_dense(build, PassageType.OCCUPATION)
    write_all_group_titles(build)
    train_group_classifier(build).save(build / GROUP_CLASSIFIER)
