"""When the guide offers to say it at another level."""

from assistant.agent.guide.memory import Memory
from assistant.agent.guide.script import Turn
from assistant.agent.level import PLAIN
from assistant.domain.conversation import Choice
from assistant.domain.language import Level
from assistant.retrieval.text import words

# Half a minute for one who reads slowly.
_WORDS_OF_A_LONG_ANSWER = 50


def offered_level(turn: Turn, memory: Memory, said: tuple[str, ...]) -> Choice | None:
    """The button for the other level: back after a switch; simpler with the first long answer, or a miss.

    Args:
        turn: The turn that is answered.
        memory: The memory after it.
        said: All paragraphs of the answer.
    """
    level = turn.wording.texts.level
    # The welcome offers it too; who came without one has a greeting before the first answer.
    may_be_long = not (memory.level_offered or turn.is_first)
    is_first_long = may_be_long and len(words(" ".join(said))) >= _WORDS_OF_A_LONG_ANSWER
    needs_simpler = level is Level.NORMAL and (is_first_long or memory.missed > 0)
    return turn.wording.choice(f"{PLAIN}{level.other}") if turn.is_again or needs_simpler else None
