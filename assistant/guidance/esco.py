"""Concepts of ESCO, for what the JobTech Taxonomy lacks."""

from collections.abc import Sequence

from assistant.apis.esco import VERSION, EscoHit, concept_address
from assistant.domain.concept import OccupationGroup
from assistant.domain.source import Source
from assistant.guidance.statement import Statement, Voice
from assistant.retrieval.knowledge import Knowledge

SYSTEM = "ESCO (European Commission)"
# JobTech's names for the international classification and for the way to it.
_ISCO_TYPE = "isco-level-4"
_TO_ISCO = "related_isco"


def esco_source(hit: EscoHit, voice: Voice) -> Source:
    """One concept, with its labels and the ISCO group of an occupation."""
    labels = [label for label in (hit.labels.sv, hit.labels.en) if label] or [hit.label.text]
    code = [f"ISCO-08: {hit.isco_code}"] if hit.isco_code else []
    return Source(
        source_id=f"esco:{hit.uri}",
        system=SYSTEM,
        title=hit.label.text,
        url=concept_address(hit.uri, voice.language),
        version=VERSION,
        retrieved_at=voice.now,
        quote=" | ".join([*dict.fromkeys(labels), *code]),
    )


def esco_statement(hit: EscoHit, kind: str, voice: Voice) -> Statement:
    """A line on one hit; `kind` is "occupation" or "skill"."""
    source = esco_source(hit, voice)
    said = voice.say(f"esco.{kind}", label=hit.label.text)
    return Statement(f"{said} {source.token}", source)


def groups_of(hits: Sequence[EscoHit], knowledge: Knowledge) -> tuple[OccupationGroup, ...]:
    """The occupation groups that the ISCO codes of hits lead to, as far as the index knows."""
    store, groups = knowledge.concepts, knowledge.catalogue.groups
    codes = dict.fromkeys(hit.isco_code for hit in hits if hit.isco_code)
    related = (
        relation.source_id
        for code in codes
        for isco in store.concepts_by_code(_ISCO_TYPE, code)
        for relation in store.sources_of(isco.concept_id, _TO_ISCO)
    )
    return tuple(groups[group_id] for group_id in dict.fromkeys(related) if group_id in groups)
