"""What else there is: like something, near home, outdoors, with less school or little Swedish."""

from collections.abc import Generator

from assistant.agent.guide import buttons
from assistant.agent.guide.features import features_named
from assistant.agent.guide.memory import Listed, Memory
from assistant.agent.guide.naming import occupation_meant
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Answering, Calls, Handling, Results, Turn, one
from assistant.agent.guide.telling import in_words, path_in_words
from assistant.agent.results import ExploredOccupations
from assistant.agent.schemas import profile_arguments
from assistant.domain.path import PathKind

# While something of the person is asked, what they want is an answer or told in passing.
_LOOKED_AROUND_AT = (None, Question.PATHS, Question.PLAN, Question.GOAL)
_MOST_SHOWN = 5
_MOST_SEEN = 30


def explore(turn: Turn) -> Answering:
    """What else there is; None where the message tells something that was asked."""
    folded = turn.message.folded
    is_told = turn.open_question not in _LOOKED_AROUND_AT and not folded.endswith("?")
    if is_told and not turn.cues.fits("asks_for_other_work", folded):
        return None
    near = yield from _near(turn)
    is_near_home = turn.cues.fits("near_home", folded)
    little_swedish = turn.cues.fits("little_swedish", folded)
    less_school = turn.cues.fits("less_school", folded)
    if is_near_home and not turn.memory.place:
        return turn.outcome(turn.wording.say("onward.explore.where"), aside=True, last=Act.EXPLORE.value)
    is_of_features = bool(features_named(turn)) and not (
        near or is_near_home or little_swedish or less_school
    )
    if is_of_features and turn.open_question is Question.PATHS and turn.profile.experiences:
        return turn.outcome(_looked_for(turn))
    return (yield from explored(turn, near=near, little_swedish=little_swedish, less_school=less_school))


def _near(turn: Turn) -> Generator[Calls, Results, str]:
    """The occupation that others should be near to; empty for none."""
    if not turn.cues.fits("near_work", turn.message.folded) or turn.cues.fits(
        "near_home", turn.message.folded
    ):
        return ""
    meant = yield from occupation_meant(turn, turn.cues.without("explore_words", turn.message.text))
    own = turn.profile.experiences[0].concept_id if turn.profile.experiences else ""
    return meant.concept_ids[0] if meant.concept_ids else turn.memory.about or own


def explored(
    turn: Turn, *, near: str = "", little_swedish: bool = False, less_school: bool = False
) -> Handling:
    """Occupations that were not shown before, as a short list."""
    memory = turn.memory
    shown = {*memory.seen, *(listed.concept_id for listed in memory.listed)}
    result = yield from one(
        "explore_occupations",
        profile=profile_arguments(turn.profile),
        language=turn.wording.language,
        near=near,
        features=[feature.value for feature in memory.features],
        without=[*memory.turned_down, *(() if near else sorted(shown))],
        little_swedish=little_swedish,
        place=memory.place,
    )
    cards = result.cards if isinstance(result, ExploredOccupations) else ()
    if less_school:
        cards = tuple(card for card in cards if card.path.kind is not PathKind.EDUCATION)
    notes = in_words(result)
    if not cards:
        return turn.outcome(notes, turn.wording.say("onward.explore.none"), aside=True)
    listed = tuple(Listed(card.path.concept_id, card.label) for card in cards[:_MOST_SHOWN])
    return turn.outcome(
        _looked_for(turn) or turn.wording.say("onward.explore.intro"),
        notes,
        *(path_in_words(card, turn.wording) for card in cards[:_MOST_SHOWN]),
        aside=True,
        listed=listed,
        seen=tuple(dict.fromkeys((*memory.seen, *(each.concept_id for each in memory.listed))))[-_MOST_SEEN:],
        last=Act.EXPLORE.value,
        choices=buttons.of_list(listed, turn.wording),
    )


def _looked_for(turn: Turn) -> str:
    if not turn.memory.features:
        return ""
    named = [turn.wording.say(f"onward.feature.{feature}") for feature in turn.memory.features]
    return turn.wording.say("onward.explore.looked_for", features=", ".join(named))


def place_given(turn: Turn, before: Memory) -> Answering:
    """Go on looking near home once it is said where that is."""
    if before.last != Act.EXPLORE or turn.memory.place == before.place:
        return None
    return (yield from explored(turn))
