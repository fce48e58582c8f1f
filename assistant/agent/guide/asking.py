"""Questions that the person asks: about an occupation, a rule, or something that nobody here knows."""

from collections.abc import Generator
from dataclasses import replace

from assistant.agent.guide.buttons import plan_it
from assistant.agent.guide.market import (
    Topic,
    asked_again,
    market_answer,
    topic_asked,
    topic_choices,
    which_occupation,
)
from assistant.agent.guide.meanings import asks_meaning, meaning_told
from assistant.agent.guide.naming import NAMES_OCCUPATION
from assistant.agent.guide.script import Call, Calls, Handling, Outcome, Results, Turn, one
from assistant.agent.guide.telling import honest_answer
from assistant.agent.results import (
    AssessedOccupation,
    FoundOccupations,
    GuideAnswers,
    OccupationFacts,
    ToolResult,
)
from assistant.agent.schemas import profile_arguments
from assistant.retrieval.guide_search import ANSWERS_FROM
from assistant.retrieval.mentions.finder import wished_work

_HELP_PAGE = "where-to-turn"
# A page this near the best may be the one that was meant, if it is on the person's own occupation.
_NEARLY_BEST = 0.8
_LONGEST_QUESTION = 200
_LOOKED_UP = 3


def asked(turn: Turn) -> Handling:
    """A question at any time: for the public sources, on an occupation or a rule, or for nobody here."""
    if turn.cues.fits("asks_to_paste", turn.message.folded):
        return turn.outcome(turn.wording.say("cv.welcome"), aside=True)
    meaning = meaning_told(turn)
    if meaning and asks_meaning(turn):
        return meaning
    topic = topic_asked(turn)
    if topic is None:
        answer = (yield from asked_again(turn)) or (yield from _known(turn, turn.message.text))
        if meaning:
            return replace(answer, said=(*meaning.said, *answer.said)) if answer else meaning
        return answer or (yield from _unknown(turn))
    if answer := (yield from market_answer(turn, topic)):
        return answer
    if turn.cues.fits("asks_of_all", turn.message.folded):
        return which_occupation(turn, topic, turn.outcome(aside=True))
    # The name of an occupation would draw the search to a page on it; here the topic is pay.
    is_pay = topic is Topic.PAY
    known = yield from _known(turn, turn.wording.say("answer.pay_query") if is_pay else turn.message.text)
    # An answer on an occupation comes with the buttons for its pay, demand and the rest.
    return (
        known if known and known.choices else which_occupation(turn, topic, known or turn.outcome(aside=True))
    )


def _known(turn: Turn, question: str) -> Generator[Calls, Results, Outcome | None]:
    """What the index knows: about an occupation or a rule; None when it has no answer."""
    folded = turn.message.folded
    question = question[:_LONGEST_QUESTION]
    if turn.memory.asked and turn.cues.fits("follows_up", folded):
        # "What does it cost?" is about what was asked before.
        question = f"{turn.memory.asked} {question}"[-_LONGEST_QUESTION:]
    guides, found = yield (
        Call("search_guides", {"question": question, "language": turn.wording.language}),
        Call("find_occupations", {"text": wished_work(turn.message.text)}),
    )
    guides = yield from _own_occupation_first(turn, guides)
    hits = guides.hits if isinstance(guides, GuideAnswers) else ()
    nearest = found.nearest if isinstance(found, FoundOccupations) else ()
    about_work = turn.cues.fits("asks_about_work", folded)
    named = nearest[0].concept_id if nearest and nearest[0].score >= NAMES_OCCUPATION else ""
    about = turn.memory.about if turn.cues.fits("same_work", folded) else named
    if about and about_work:
        for_me = turn.cues.fits("asks_whether_for_me", folded)
        occupation = yield from occupation_answer(turn, about, for_me=for_me)
        rule = "" if for_me else _rule(turn, guides, closer_than=nearest[0].score if nearest else 0.0)
        more = (plan_it(about, turn.wording), *topic_choices(about, turn.wording))
        return turn.outcome(occupation, rule, aside=True, asked=question, about=about, choices=more)
    if hits and hits[0].score >= ANSWERS_FROM:
        return turn.outcome(_rule(turn, guides, closer_than=0.0), aside=True, asked=question)
    return None


def _own_occupation_first(turn: Turn, guides: ToolResult) -> Generator[Calls, Results, ToolResult]:
    """The hits with the page on the licence of the person's own occupation first, if it fits nearly best."""
    if not isinstance(guides, GuideAnswers) or len(guides.hits) < 2 or not turn.profile.experiences:
        return guides
    own = turn.profile.experiences[:_LOOKED_UP]
    looked_up = yield tuple(
        Call("look_up_occupation", {"concept_id": e.concept_id, "language": turn.wording.language})
        for e in own
    )
    groups = [facts.group for facts in looked_up if isinstance(facts, OccupationFacts) and facts.group]
    pages = {group.regulation.guide_id for group in groups if group.regulation}
    enough = _NEARLY_BEST * guides.hits[0].score
    ranked = sorted(
        zip(guides.hits, guides.sources, strict=True),
        key=lambda pair: pair[0].page.guide_id not in pages or pair[0].score < enough,
    )
    return GuideAnswers(tuple(source for _, source in ranked), tuple(hit for hit, _ in ranked))


def _rule(turn: Turn, guides: object, *, closer_than: float) -> str:
    """What the best guide page says, with its source."""
    if not isinstance(guides, GuideAnswers) or not guides.hits or guides.hits[0].score < closer_than:
        return ""
    hit, source = guides.hits[0], guides.sources[0]
    body = hit.page.sections[hit.section].body.text(turn.wording.language)
    return turn.wording.say("answer.guide", body=body, source=source.token, authority=source.system)


def occupation_answer(turn: Turn, concept_id: str, *, for_me: bool) -> Generator[Calls, Results, str]:
    """What one does in an occupation and the usual way there; how far it is for this person if asked."""
    facts = yield from one("look_up_occupation", concept_id=concept_id, language=turn.wording.language)
    if not isinstance(facts, OccupationFacts) or facts.group is None:
        return ""
    described = turn.wording.say(
        "answer.occupation",
        work=turn.wording.work(facts.group),
        description=facts.group.description.text(turn.wording.language),
        source=facts.sources[1].token,
    )
    if not for_me:
        route = facts.group.education.route.text(turn.wording.language)
        return f"{described} {route} {facts.sources[2].token}"
    assessed = yield from one(
        "assess_occupation",
        concept_id=concept_id,
        profile=profile_arguments(turn.profile),
        language=turn.wording.language,
    )
    if not isinstance(assessed, AssessedOccupation) or assessed.card is None:
        return described
    return f"{described}\n\n{honest_answer(assessed.card, turn.wording)}"


def _unknown(turn: Turn) -> Generator[Calls, Results, Outcome]:
    """No source answers: say so, and whom to ask."""
    help_page = yield from one(
        "search_guides", question=turn.wording.say("answer.help_query"), language=turn.wording.language
    )
    hits = help_page.hits if isinstance(help_page, GuideAnswers) else ()
    pages = [hit.page.guide_id for hit in hits]
    best = pages.index(_HELP_PAGE) if _HELP_PAGE in pages else 0
    source = help_page.sources[best].token if help_page.sources else ""
    return turn.outcome(turn.wording.say("answer.unknown", source=source), aside=True)
