"""What the person does not want: left out of all suggestions, until it is taken back."""

from dataclasses import replace

from assistant.agent.guide.exploring import Sought, explored
from assistant.agent.guide.features import features_named, features_refused
from assistant.agent.guide.looking import in_list, names_none
from assistant.agent.guide.naming import occupation_meant, pointed_at
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Answering, Handling, Turn

# There "no" is an answer, and what is not liked is no suggestion.
_ABOUT_THE_PERSON = (Question.CONFIRM, Question.RETELL, Question.DETAILS, Question.DAY, Question.SKILLS)


def turn_down(turn: Turn) -> Answering:
    """Leave out what the person does not want, and show others; None where nothing was suggested."""
    if turn.open_question in _ABOUT_THE_PERSON:
        return None
    # "I am an assistant nurse but cannot go on" tells of work, and is asked about first.
    tells_work = turn.cues.fits("tells_occupation", turn.message.folded)
    if tells_work and turn.open_question in (None, Question.EXPERIENCE):
        return None
    listed = tuple(one_listed.concept_id for one_listed in turn.memory.listed)
    ids = pointed_at(turn, turn.message.text)
    is_of_all = turn.cues.fits("all_of_list", turn.message.folded)
    is_of_all = is_of_all or (not turn.memory.about and names_none(turn))
    if not ids and listed and is_of_all:
        ids = listed
    if not ids and features_refused(turn):
        return (yield from _features_turned_down(turn))
    if not ids:
        meant = yield from occupation_meant(turn, turn.message.text)
        ids = meant.concept_ids or _spoken_of(turn, listed)
    if not ids:
        return None
    outcome = yield from turned_down(turn, *ids)
    is_unknown = not turn.profile.experiences and bool(features_named(turn))
    if not outcome.aside or not (is_unknown or turn.memory.last == Act.EXPLORE):
        return outcome
    # No paths come anew, so others like them do.
    instead = yield from explored(replace(turn, memory=outcome.memory), Sought())
    return replace(instead, said=(*outcome.said, *instead.said))


def _spoken_of(turn: Turn, listed: tuple[str, ...]) -> tuple[str, ...]:
    """The occupation that "not that one" means; empty where the message points at none."""
    spoken_of = turn.memory.about or (listed[0] if len(listed) == 1 else "")
    return (spoken_of,) if spoken_of and turn.cues.fits("points_at_one", turn.message.folded) else ()


def _features_turned_down(turn: Turn) -> Handling:
    """Others are shown that are not like what the person does not want; it has been noted by now."""
    named = [turn.wording.say(f"onward.feature.{feature}") for feature in features_refused(turn)]
    said = turn.wording.say("onward.not.features", features=", ".join(named))
    if turn.open_question is Question.PATHS and turn.memory.last != Act.EXPLORE:
        return turn.outcome(said, last=Act.TURN_DOWN.value)
    instead = yield from explored(turn, Sought())
    return replace(instead, said=(said, *instead.said))


def turned_down(turn: Turn, *concept_ids: str) -> Handling:
    """The groups are suggested no more, until they are taken back."""
    named = yield from in_list(turn, concept_ids)
    labels = turn.wording.joined([one_named.label for one_named in named])
    said = turn.wording.say("onward.not.all" if len(named) > 2 else "onward.not.noted", work=labels)
    kept = tuple(each for each in turn.memory.listed if each.concept_id not in concept_ids)
    return turn.outcome(
        said,
        aside=turn.open_question is not Question.PATHS and turn.memory.goal not in concept_ids,
        turned_down=tuple(dict.fromkeys((*turn.memory.turned_down, *concept_ids))),
        listed=kept,
        goal="" if turn.memory.goal in concept_ids else turn.memory.goal,
        about="" if turn.memory.about in concept_ids else turn.memory.about,
        last=Act.TURN_DOWN.value,
    )


def take_back(turn: Turn) -> Answering:
    """Suggest again what was turned down: the one named, else the last; None where nothing was."""
    if not turn.memory.turned_down:
        return None
    meant = yield from occupation_meant(turn, turn.message.text)
    back = tuple(i for i in meant.concept_ids if i in turn.memory.turned_down)
    if not back and meant.concept_ids:
        return None
    back = back or turn.memory.turned_down[-1:]
    named = yield from in_list(turn, back)
    said = turn.wording.say(
        "onward.not.back", work=turn.wording.joined([one_named.label for one_named in named])
    )
    return turn.outcome(
        said,
        aside=turn.open_question is not Question.PATHS,
        turned_down=tuple(i for i in turn.memory.turned_down if i not in back),
    )
