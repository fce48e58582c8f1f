"""What else there is: like something, near home, outdoors, with less school or little Swedish."""

from collections.abc import Generator
from dataclasses import asdict, dataclass

from assistant.agent.guide import buttons
from assistant.agent.guide.features import features_named
from assistant.agent.guide.memory import Listed, Memory
from assistant.agent.guide.naming import occupation_meant
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Answering, Calls, Handling, Results, Turn, one
from assistant.agent.guide.telling import in_words, path_in_words
from assistant.agent.results import ExploredOccupations
from assistant.agent.schemas import profile_arguments
from assistant.domain.concept import EducationLevel, Feature
from assistant.retrieval.mentions.licences import licences_said

# While something of the person is asked, what they want is an answer or told in passing.
_LOOKED_AROUND_AT = (None, Question.PATHS, Question.PLAN, Question.GOAL)
_MOST_SHOWN = 5
_MOST_SEEN = 30


@dataclass(frozen=True, slots=True)
class Sought:
    """What other occupations should be, beside the features that are remembered; as the tool takes it."""

    near: str = ""
    licence: str = ""
    most_education: EducationLevel | None = None
    little_swedish: bool = False
    most_jobs: bool = False


def explore(turn: Turn) -> Answering:
    """What else there is; None where the message tells something that was asked."""
    folded = turn.message.folded
    is_told = turn.open_question not in _LOOKED_AROUND_AT and not folded.endswith("?")
    if is_told and not turn.cues.fits("asks_for_other_work", folded):
        return None
    if turn.cues.fits("likes", folded) and not features_named(turn):
        return None
    sought = yield from _sought(turn)
    if sought.most_jobs and not turn.memory.place:
        return turn.outcome(turn.wording.say("onward.explore.where"), aside=True, last=Act.EXPLORE.value)
    return (yield from explored(turn, sought))


def _sought(turn: Turn) -> Generator[Calls, Results, Sought]:
    folded = turn.message.folded
    is_near_home = turn.cues.fits("near_home", folded)
    near = (yield from _near(turn)) if turn.cues.fits("near_work", folded) and not is_near_home else ""
    most_education = None
    if turn.cues.fits("less_school", folded):
        without = turn.cues.fits("no_school", folded)
        most_education = EducationLevel.COMPULSORY if without else EducationLevel.UPPER_SECONDARY
    return Sought(
        near=near,
        licence=next(iter(licences_said(turn.message.text, asked=False)), ""),
        most_education=most_education,
        little_swedish=turn.cues.fits("little_swedish", folded),
        most_jobs=is_near_home,
    )


def _near(turn: Turn) -> Generator[Calls, Results, str]:
    """The occupation that others should be near to: the one named, spoken of, or the person's own."""
    meant = yield from occupation_meant(turn, turn.cues.without("explore_words", turn.message.text))
    own = turn.profile.experiences[0].concept_id if turn.profile.experiences else ""
    return meant.concept_ids[0] if meant.concept_ids else turn.memory.about or own


def explored(turn: Turn, sought: Sought) -> Handling:
    """Occupations that were not shown before, as a short list."""
    memory = turn.memory
    if sought == Sought() and not memory.features and not turn.profile.experiences:
        # Of somebody without work to start from, what they want is the best start.
        sought = Sought(near=memory.goal)
    shown = dict.fromkeys((*memory.seen, *(listed.concept_id for listed in memory.listed)))
    features = memory.features
    result = yield from _found(turn, sought, features, tuple(shown))
    if not result.cards and (named := features_named(turn)):
        # Who has wished for much gets at least what they ask for now.
        features = named
        result = yield from _found(turn, sought, features, tuple(shown))
    cards = result.cards[:_MOST_SHOWN]
    listed = tuple(Listed(card.path.concept_id, card.label) for card in cards)
    return turn.outcome(
        looked_for(turn, features),
        in_words(result) or turn.wording.say("onward.explore.none"),
        *(path_in_words(card, turn.wording) for card in cards),
        aside=True,
        listed=listed or memory.listed,
        seen=tuple(shown)[-_MOST_SEEN:],
        last=Act.EXPLORE.value,
        choices=buttons.of_list(listed, turn.wording) if listed else (),
    )


def _found(
    turn: Turn, sought: Sought, features: tuple[Feature, ...], without: tuple[str, ...]
) -> Generator[Calls, Results, ExploredOccupations]:
    result = yield from one(
        "explore_occupations",
        profile=profile_arguments(turn.profile),
        language=turn.wording.language,
        features=[feature.value for feature in features],
        unwanted=[feature.value for feature in turn.memory.unwanted],
        without=[*turn.memory.turned_down, *without],
        place=turn.memory.place,
        **asdict(sought),
    )
    return result if isinstance(result, ExploredOccupations) else ExploredOccupations()


def looked_for(turn: Turn, features: tuple[Feature, ...]) -> str:
    """What work should be like, in words; empty when nothing was said of it."""
    if not features:
        return ""
    named = [turn.wording.say(f"onward.feature.{feature}") for feature in features]
    return turn.wording.say("onward.explore.looked_for", features=", ".join(named))


def place_given(turn: Turn, before: Memory) -> Answering:
    """Go on looking near home once it is said where that is."""
    if before.last != Act.EXPLORE or turn.memory.place == before.place:
        return None
    return (yield from explored(turn, Sought(most_jobs=True)))
