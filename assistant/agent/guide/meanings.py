"""What a hard word means, for "what does validation mean?"."""

from assistant.agent.guide.script import Outcome, Turn


def asks_meaning(turn: Turn) -> bool:
    """Whether the person asks for no more than what a word means."""
    return turn.cues.fits("asks_meaning", turn.message.folded)


def meaning_told(turn: Turn) -> Outcome | None:
    """What the word in a question means; None where it holds no single word of the list.

    No source is cited: it says how a word is used, not what holds.
    """
    asked = turn.cues.without("around_a_word", turn.message.text)
    word = turn.words.meaning_of(asked)
    if word is None:
        return None
    said = turn.wording.say("plain.word", word=word.word, meaning=word.meaning, other=word.other)
    return turn.outcome(said, aside=True, asked=turn.message.text)
