"""A conversation with the real application, to make documents of."""

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent, UserInput
from tests.conversations.dialogue import DIALOGUES, read_dialogue
from tests.conversations.player import choice_id
from tests.exports.dossiers import EN

# An electrician from India, who writes English; seven turns bring the paths.
TO_THE_PATHS = read_dialogue(next(file for file in DIALOGUES if file.stem == "all-at-once")).turns[:7]


async def say(session: Session, sent: UserInput) -> None:
    events = [event async for event in session.send(sent)]
    assert isinstance(events[-1], AnswerEvent), events[-1]


async def with_paths(application: Application, kind: type[Session] = Session) -> Session:
    """A conversation in English that has come to the paths."""
    app, groups = application, application.knowledge.catalogue.groups
    made = kind(app.loop, app.texts, app.detector, app.cues, app.names, groups, EN)
    made.welcome()
    for turn in TO_THE_PATHS:
        chosen = choice_id(application, turn.choose) if turn.choose else ""
        await say(made, UserInput(turn.say or "", chosen))
    return made


async def planned(application: Application, kind: type[Session] = Session) -> Session:
    """The same with a plan for the first path, and a word of thanks."""
    made = await with_paths(application, kind)
    await say(made, UserInput(choice_id=f"plan:{made.turns[-1].answer.paths[0].path.concept_id}"))
    await say(made, UserInput("thanks"))
    return made
