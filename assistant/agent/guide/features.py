"""What work should be like, told as a wish or asked for by one's body, of which nothing is kept."""

import re
from dataclasses import replace

from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Turn
from assistant.domain.concept import Feature
from assistant.retrieval.text import fold

_NOT_WANTED = re.compile(r"\b(?:inte|ej|inget|ingen|inga|not|no|nothing|without|utan|slippa)\b(?: \w+){1,3}")
# What stands between "not" and what is not wanted: "not work with children any more".
_REFUSED = re.compile(
    r"\b(?:inte|ej|not|no|utan|without|slippa|aldrig|never)"
    r"(?: (?:vill|jobba|arbeta|med|with|in|inom|i|work|working|any|more|mer|längre|igen|again|to|att|vara|be"
    r"|hålla på))* \w+(?: \w+)?"
)
# What is wished for by a "not": not heavy, no stress, no nights.
_LACKS = (Feature.LIGHT, Feature.CALM, Feature.DAYTIME)
_SMALL_PARTS = re.compile(r"[.,;!?\n]+|\b(?:men|but|eftersom|because|för att|så|so)\b", re.IGNORECASE)


def without_health(turn: Turn) -> Turn:
    """The turn without what was said of body and health; what it asks of the work is kept as a feature.

    Nothing of it reaches the profile or the memory, so the rest of the guide never sees it. A question
    keeps its words, which nothing but its answer needs.
    """
    message = turn.message
    if message.choice_id or message.long_text or not turn.cues.fits("tells_health", message.folded):
        return turn
    asked_for = [Feature.LIGHT] if turn.cues.fits("asks_for_light", message.folded) else []
    asked_for += [Feature.CALM] if turn.cues.fits("asks_for_calm", message.folded) else []
    turn = with_features(turn, *asked_for)
    if message.act is Act.ASK:
        return turn
    text, rest = message.text, message.rest
    for part in _SMALL_PARTS.split(message.text):
        if turn.cues.fits("tells_health", fold(part)):
            kept = _work_told_with_it(turn, part)
            text, rest = text.replace(part, kept), rest.replace(part, kept)
    # What follows from it is kept already: "so nothing heavy".
    for cue in ("feature_light", "feature_calm"):
        text, rest = turn.cues.without(cue, text), turn.cues.without(cue, rest)
    left = replace(message, text=text, rest=rest)
    return replace(turn, message=left, beside=(*turn.beside, turn.wording.say("onward.health")))


def _work_told_with_it(turn: Turn, part: str) -> str:
    """What is left of "I am a nurse with a bad back"; nothing where only the body is spoken of."""
    tells_work = any(turn.cues.fits(cue, fold(part)) for cue in ("tells_occupation", "tells_work"))
    return turn.cues.without("tells_health", part) if tells_work else " "


def with_features(turn: Turn, *features: Feature) -> Turn:
    """The turn with what work should be like."""
    memory = turn.memory
    kept = tuple(dict.fromkeys((*memory.features, *features)))
    unwanted = tuple(feature for feature in memory.unwanted if feature not in features)
    return replace(turn, memory=replace(memory, features=kept, unwanted=unwanted))


def without_features(turn: Turn, *features: Feature) -> Turn:
    """The turn with what work should not be like."""
    memory = turn.memory
    unwanted = tuple(dict.fromkeys((*memory.unwanted, *features)))
    kept = tuple(feature for feature in memory.features if feature not in features)
    return replace(turn, memory=replace(memory, features=kept, unwanted=unwanted))


def with_wished_features(turn: Turn) -> Turn:
    """The turn with features that a wish names ("something outdoors") or refuses ("not with children")."""
    is_wish = turn.message.act in (Act.EXPLORE, Act.TURN_DOWN) or (
        turn.message.act is Act.TELL and turn.open_question is Question.WISHES
    )
    if turn.message.choice_id or not (is_wish or turn.cues.fits("tells_wish", turn.message.folded)):
        return turn
    return without_features(with_features(turn, *features_named(turn)), *features_refused(turn))


def features_named(turn: Turn) -> tuple[Feature, ...]:
    """What a message says that work should be like; "not with people" names nothing to look for."""
    folded = turn.message.folded
    wanted = _NOT_WANTED.sub(" ", folded)
    return tuple(
        feature
        for feature in Feature
        if turn.cues.fits(f"feature_{feature}", folded if feature in _LACKS else wanted)
    )


def features_refused(turn: Turn) -> tuple[Feature, ...]:
    """What a message says that work should not be like."""
    refused = " ".join(_REFUSED.findall(turn.message.folded))
    return tuple(f for f in Feature if f not in _LACKS and turn.cues.fits(f"feature_{f}", refused))
