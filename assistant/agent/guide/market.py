"""Questions that public sources answer for one occupation: open jobs, educations, demand and pay."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assistant.agent.guide.buttons import plan_it
from assistant.agent.guide.facts import clauses_of, without_clauses
from assistant.agent.guide.naming import NAMES_OCCUPATION
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Answering, Calls, Outcome, Results, Turn, one
from assistant.agent.guide.telling import in_words
from assistant.agent.guide.wording import Wording
from assistant.agent.results import FoundOccupations, GuideAnswers, LiveResult, OccupationFacts
from assistant.domain.conversation import Choice
from assistant.retrieval.guide_search import ANSWERS_FROM
from assistant.retrieval.mentions.finder import wished_work
from assistant.retrieval.text import FUNCTION_WORDS, content_words, fold


class Topic(StrEnum):
    """What can be asked of public sources; also the beginning of the buttons' ids."""

    ADS = "ads"
    EDUCATIONS = "educations"
    PAY = "pay"
    DEMAND = "demand"


TOOLS = {
    Topic.ADS: "search_ads",
    Topic.EDUCATIONS: "search_educations",
    Topic.PAY: "show_pay",
    Topic.DEMAND: "show_demand",
}
# A name alone is an answer to "which occupation?"; more words tell of something else.
_MOST_WORDS_OF_A_NAME = 4


def topic_asked(turn: Turn) -> Topic | None:
    """What a message asks of the sources; told without asking, only a topic alone does ("the pay then")."""
    folded = turn.message.folded
    if turn.message.act is not Act.ASK and not turn.cues.fits("topic_alone", folded):
        return None
    return next((topic for topic in Topic if turn.cues.fits(f"asks_about_{topic}", folded)), None)


def topic_chosen(choice_id: str) -> tuple[Topic, str] | None:
    """The topic and the concept id that a button stands for; None for another button."""
    name, _, concept_id = choice_id.partition(":")
    return (Topic(name), concept_id) if name in list(Topic) and concept_id else None


def topic_choices(concept_id: str, wording: Wording, *, but: Topic | None = None) -> tuple[Choice, ...]:
    """Buttons for what else the sources say of an occupation."""
    return tuple(
        Choice(f"{topic}:{concept_id}", wording.say(f"choice.{topic}")) for topic in Topic if topic is not but
    )


def market_answer(turn: Turn, topic: Topic) -> Answering:
    """What the sources say of the occupation that is meant; None when no occupation is known."""
    if turn.cues.fits("asks_of_all", turn.message.folded):
        return None
    meant = yield from _meant(turn)
    place = meant.place or turn.memory.place
    concept_id = meant.concept_id
    if not concept_id and not (topic is Topic.EDUCATIONS and meant.words):
        # "Are there courses?" may be about anything; "is there work?" is about one's own.
        concept_id = turn.memory.about or ("" if topic is Topic.EDUCATIONS else _own(turn))
    if concept_id:
        return (yield from _told(turn, topic, concept_id, place))
    if topic is Topic.EDUCATIONS and meant.words:
        return (yield from _subject(turn, meant.words, place))
    return None


@dataclass(frozen=True, slots=True)
class _Meant:
    """Occupation and place that a message names, and its words beside topic and place."""

    concept_id: str
    place: str
    words: str


def _meant(turn: Turn) -> Generator[Calls, Results, _Meant]:
    text = wished_work(turn.cues.without("topic_words", turn.message.text))
    found = yield from one("find_occupations", text=text)
    if not isinstance(found, FoundOccupations):
        return _Meant("", "", "")
    for place in found.places:
        text = text.replace(place.quote, " ")
    words = " ".join(word for word in content_words(text) if word not in FUNCTION_WORDS)
    named = bool(words and found.nearest) and found.nearest[0].score >= NAMES_OCCUPATION
    return _Meant(
        found.nearest[0].concept_id if named else "",
        found.places[0].place.name if found.places else "",
        words,
    )


def _subject(turn: Turn, words: str, place: str) -> Answering:
    """Educations in a subject that is no occupation; None where a guide page answers the question."""
    pages = yield from one("search_guides", question=turn.message.text, language=turn.wording.language)
    if isinstance(pages, GuideAnswers) and pages.hits and pages.hits[0].score >= ANSWERS_FROM:
        return None
    result = yield from one(
        TOOLS[Topic.EDUCATIONS],
        language=turn.wording.language,
        query=words,
        place=place,
        at_distance=turn.cues.fits("at_a_distance", turn.message.folded),
    )
    return turn.outcome(in_words(result) or turn.wording.say("market.nothing"), aside=True, place=place)


def chosen_answer(turn: Turn, topic: Topic, concept_id: str) -> Generator[Calls, Results, Outcome]:
    """What the sources say of the occupation that a button is for."""
    return (yield from _told(turn, topic, concept_id, turn.memory.place))


def which_occupation(turn: Turn, topic: Topic, outcome: Outcome) -> Outcome:
    """An answer in general terms, with the question which occupation is meant."""
    said = (*outcome.said, turn.wording.say(f"market.which.{topic}"))
    return replace(outcome, said=said, memory=replace(outcome.memory, awaiting=topic.value))


def follow_up_answer(turn: Turn) -> Answering:
    """The answer to "cook" after "which occupation?", and to "and in Lund" or "the pay" after an answer."""
    memory, message = turn.memory, turn.message
    if not (memory.awaiting or memory.topic or memory.about) or message.act is not Act.TELL:
        return None
    if len(content_words(message.text)) > _MOST_WORDS_OF_A_NAME:
        return None
    is_wish = turn.open_question in (Question.WISHES, Question.EDUCATION) and not memory.topic
    if not is_wish and (asked := topic_asked(turn)):
        return (yield from market_answer(turn, asked))
    if turn.cues.fits("tells_work", message.folded):
        return None
    meant = yield from _meant(turn)
    if memory.awaiting in list(Topic) and meant.concept_id:
        return (yield from _told(turn, Topic(memory.awaiting), meant.concept_id, meant.place or memory.place))
    return (yield from _same_topic(turn, meant)) if memory.topic else None


def asked_again(turn: Turn) -> Answering:
    """The answer to "and in Lund?" and "what about carpenters?": the same topic once more."""
    if not turn.memory.topic:
        return None
    return (yield from _same_topic(turn, (yield from _meant(turn))))


def _same_topic(turn: Turn, meant: _Meant) -> Answering:
    """The topic of the last answer for another place or another occupation; None when neither is named."""
    memory, folded = turn.memory, turn.message.folded
    topic = Topic(memory.topic)
    if meant.place and turn.cues.fits("same_topic", folded):
        return (yield from _told(turn, topic, meant.concept_id or memory.about, meant.place))
    if meant.concept_id and turn.cues.fits("same_topic_of_another", folded):
        return (yield from _told(turn, topic, meant.concept_id, meant.place or memory.place))
    if meant.words and turn.cues.fits("names_place", folded):
        # A place that nobody knows: the answer says so.
        told = yield from _told(turn, topic, memory.about, meant.words)
        return replace(told, memory=replace(told.memory, place=memory.place))
    return None


def with_home(turn: Turn) -> Generator[Calls, Results, Turn]:
    """The turn with the place where the person lives or wants to work, if the message says it.

    "I live in Borås" is then done with; "I want to work as a cook in Borås" tells more.
    """
    if turn.message.act not in (
        *(Act.TELL, Act.CONFIRM, Act.DENY, Act.ASK, Act.GREET),
        *(Act.PLAN, Act.EXPLORE),
    ):
        return turn
    if not turn.cues.fits("tells_home", turn.message.folded):
        return turn
    # "I worked in Lund but live in Kalmar": what comes before may name other places.
    said = turn.cues.since("tells_home", turn.message.text) or turn.message.text
    found = yield from one("find_occupations", text=said)
    if not isinstance(found, FoundOccupations) or not found.places:
        return turn
    turn = replace(turn, memory=replace(turn.memory, place=found.places[0].place.name))
    clauses = [c for c in clauses_of(turn.message.text) if turn.cues.fits("tells_only_home", fold(c))]
    return without_clauses(turn, *clauses)


def _told(turn: Turn, topic: Topic, concept_id: str, place: str) -> Generator[Calls, Results, Outcome]:
    arguments: dict[str, Any] = {"concept_id": concept_id, "language": turn.wording.language}
    if topic is not Topic.PAY:
        arguments["place"] = place
    if topic is Topic.ADS:
        arguments["with_history"] = turn.cues.fits("asks_about_trend", turn.message.folded)
        arguments["by_region"] = turn.cues.fits("asks_where_most", turn.message.folded)
    if topic is Topic.EDUCATIONS and turn.cues.fits("at_a_distance", turn.message.folded):
        arguments["at_distance"] = True
    result = yield from one(TOOLS[topic], **arguments)
    said = in_words(result)
    if topic is Topic.EDUCATIONS and not (isinstance(result, LiveResult) and result.sources):
        said = f"{said}\n\n{(yield from _usual_way(turn, concept_id))}".strip()
    if topic is Topic.PAY and not (isinstance(result, LiveResult) and result.sources):
        said = f"{said}\n\n{(yield from _pay_page(turn))}".strip()
    elif topic is Topic.PAY and turn.memory.topic == Topic.PAY and place != turn.memory.place:
        said = f"{said}\n\n{turn.wording.say('market.pay_is_national')}"
    return turn.outcome(
        said or turn.wording.say("market.nothing"),
        aside=True,
        about=concept_id,
        topic=topic.value,
        place=place,
        choices=(*topic_choices(concept_id, turn.wording, but=topic), plan_it(concept_id, turn.wording)),
    )


def _usual_way(turn: Turn, concept_id: str) -> Generator[Calls, Results, str]:
    """The usual way to an occupation, where no education can be found."""
    facts = yield from one("look_up_occupation", concept_id=concept_id, language=turn.wording.language)
    if not isinstance(facts, OccupationFacts) or facts.group is None:
        return ""
    route = facts.group.education.route.text(turn.wording.language)
    return f"{turn.wording.work(facts.group)}: {route} {facts.sources[2].token}"


def _pay_page(turn: Turn) -> Generator[Calls, Results, str]:
    """What the guide page on pay says, where the figures cannot be had."""
    pages = yield from one(
        "search_guides", question=turn.wording.say("answer.pay_query"), language=turn.wording.language
    )
    if not isinstance(pages, GuideAnswers) or not pages.hits:
        return ""
    body = pages.hits[0].page.sections[pages.hits[0].section].body.text(turn.wording.language)
    return turn.wording.say("answer.guide", body=body, source=pages.sources[0].token)


def _own(turn: Turn) -> str:
    """The person's own occupation that is spoken of, or was last."""
    if turn.memory.pending and turn.memory.pending[0].concept_ids:
        return turn.memory.pending[0].concept_ids[0]
    ids = [experience.concept_id for experience in turn.profile.experiences]
    return turn.memory.current if turn.memory.current in ids else (ids[0] if ids else "")
