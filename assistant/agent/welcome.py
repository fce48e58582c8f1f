"""What is said before the person has said anything."""

from assistant.agent.level import PLAIN
from assistant.agent.results import Progress
from assistant.domain.conversation import AnswerEvent, Choice
from assistant.domain.language import Language, Level
from assistant.prompts import Texts

LANGUAGE_CHOICE = "language:"
# A starter button says its words for the person; this one asks the question that it shows.
QUESTION_CHOICE = "start:question"
_STARTERS = ("start:work", "start:home", QUESTION_CHOICE)


def welcome(texts: Texts, language: Language, level: Level, model: str = "") -> AnswerEvent:
    """What this is, what it does with data, and the first question.

    Args:
        texts: The texts that people read.
        language: The language to greet in.
        level: How hard the texts may be to read.
        model: The model that gets all that is written, if it is not the embedded guide; else empty.
    """
    ids = (*_STARTERS, f"{LANGUAGE_CHOICE}{language.other}", f"{PLAIN}{level.other}")
    at_level = texts.at(level)
    choices = tuple(Choice(each, at_level.say(f"choice.{each}", language)) for each in ids)
    told, question = at_level.say("welcome", language).rsplit("\n\n", 1)
    hosted = [at_level.say("hosted", language, model=model)] if model else []
    said = "\n\n".join((told, *hosted, question))
    return AnswerEvent(said, language, Progress().phase, choices=choices, level=level)
