"""The classifier of groups, fitted on the build of the tests."""

import numpy as np

from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.passage import PassageType
from assistant.retrieval.trained.group_classifier import GROUP_CLASSIFIER, GroupClassifier
from ingest.training.groups import train_group_classifier


def test_the_same_titles_give_the_same_classifier(knowledge: Knowledge) -> None:
    table = knowledge.retrievers.require(PassageType.OCCUPATION).table
    kept = GroupClassifier.load(table.folder / GROUP_CLASSIFIER)
    again = train_group_classifier(table.folder)
    for said in ("svetsade rör", "nurse", "", "厨师"):
        evidence = again.evidence(said)
        assert np.array_equal(evidence, kept.evidence(said))
        assert evidence.min() >= 0
        assert evidence.max() <= 1
    assert again.evidence("").max() < 0.01
    group = table.owner_ids[int(np.argmax(again.evidence("svetsade rör")))]
    assert knowledge.catalogue.groups[group].ssyk_code == "7212"
