"""A question to the section of a guide page that answers it."""

from dataclasses import dataclass

from assistant.domain.concept import GuidePage
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.passage import parse_section_owner_id

# Questions on other things ("the capital of Sweden") stay below; those that a page answers are above.
ANSWERS_FROM = 0.38
_PAGES = 3
_SECTIONS = 40


@dataclass(frozen=True, slots=True)
class GuideHit:
    """A section of a guide page; `score` in [0, 1] is the page's."""

    page: GuidePage
    section: int
    score: float


def search_guides(knowledge: Knowledge, question: str, *, top_k: int = _PAGES) -> tuple[GuideHit, ...]:
    """The pages that fit a question best, each by its best section; blocking, about 40 ms.

    Args:
        knowledge: The index in service.
        question: In Swedish, English or both.
        top_k: Most pages wanted.

    Returns:
        Hits with a score of at least `ANSWERS_FROM`, best first; empty when no page answers.
    """
    pages = [hit for hit in knowledge.guides.retrieve(question, top_k=top_k) if hit.score >= ANSWERS_FROM]
    if not pages:
        return ()
    best_section: dict[str, int] = {}
    for hit in knowledge.sections.retrieve(question, top_k=_SECTIONS):
        guide_id, section = parse_section_owner_id(hit.owner_id)
        best_section.setdefault(guide_id, section)
    guides = knowledge.catalogue.guides
    return tuple(GuideHit(guides[p.owner_id], best_section.get(p.owner_id, 0), p.score) for p in pages)


def sections_on(knowledge: Knowledge, question: str, *, about: str) -> tuple[GuideHit, ...]:
    """The sections of the page that one text is about, those that answer a question first.

    Args:
        knowledge: The index in service.
        question: What is asked, in words that may not say of what ("what does it cost?").
        about: What it is asked of, such as the question before.

    Returns:
        A hit for each section that is like the question, alone or together with what it is about, best
        first by the mean of both; empty when no page is about that.
    """
    pages = [hit for hit in knowledge.guides.retrieve(about, top_k=1) if hit.score >= ANSWERS_FROM]
    if not pages:
        return ()
    scores: dict[int, float] = {}
    for text in (question, f"{about} {question}"):
        for hit in knowledge.sections.retrieve(text, top_k=len(knowledge.catalogue.guides) * _SECTIONS):
            guide_id, section = parse_section_owner_id(hit.owner_id)
            if guide_id == pages[0].owner_id:
                scores[section] = scores.get(section, 0.0) + hit.score / 2
    page = knowledge.catalogue.guides[pages[0].owner_id]
    best = sorted(scores, key=lambda section: -scores[section])
    return tuple(GuideHit(page, section, scores[section]) for section in best)
