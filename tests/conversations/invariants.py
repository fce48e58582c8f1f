"""What must hold after every turn of every dialogue."""

import re
from collections.abc import Iterator

from assistant.agent.language import LanguageDetector
from assistant.domain.conversation import AnswerEvent, ErrorEvent, TokenEvent, ToolEvent
from assistant.domain.language import Level
from assistant.domain.profile import Experience, Profile
from assistant.guidance.plain_language import readability
from tests.conversations.dialogue import Does
from tests.conversations.player import Played

_MARKER = re.compile(r"\[(\d+)\]")
_NOT_FOR_PEOPLE = re.compile(
    r"\[#|https?://|www\.|Traceback|Error\b|\bNone\b(?! of)|\bnull\b|\$[a-z]|concept:"
    r"|[a-z]+\.[a-z]+\.(first|again)\b"
)
# Questions about one thing are put anew for the next; the paths may be looked at again and again.
_MAY_COME_AGAIN = ("confirm", "retell", "paths", "plan", "")
_FEWEST_STEPS, _MOST_STEPS = 3, 6
_MOST_FOLLOW_UPS = 6
# Shorter paragraphs are questions and thanks.
_LONG = 90
_DETECTOR = LanguageDetector()
# LIX of the simple level, for a text that is long enough to have one.
_FEWEST_WORDS, _HARDEST_SIMPLE = 30, 30
_NOT_OWN = re.compile(r"\*\*.+?\*\*|[”“][^”“]*”|^(?:\d+\.|-) .*$", re.MULTILINE)


def check_turn(played: Played, before: list[Played]) -> None:
    """Check one turn against those before it."""
    _ends_with_one_answer(played)
    _shows_only_readable_text(played)
    _cites_what_it_marks(played.answer)
    _streams_what_it_answers(played)
    _speaks_the_language(played.answer)
    _speaks_simply_when_asked_to(played.answer)
    _shows_a_whole_plan(played.answer)
    _suggests_nothing_turned_down(played)
    _offers_few_follow_ups(played)
    if before:
        _says_no_paragraph_twice(played, before[-1])
    _leaves_or_keeps_the_question(played, before)
    if before:
        _loses_nothing(played, before[-1].answer.profile)


def _shows_a_whole_plan(answer: AnswerEvent) -> None:
    """Three to six steps, each with something to do first and a time; nothing is known of all of them."""
    if answer.plan is None:
        return
    assert _FEWEST_STEPS <= len(answer.plan.steps) <= _MOST_STEPS, [s.title for s in answer.plan.steps]
    for step in answer.plan.steps:
        assert all(text.strip() for text in (step.title, step.first_action, step.time)), step
    assert len({step.title for step in answer.plan.steps}) == len(answer.plan.steps)


def _suggests_nothing_turned_down(played: Played) -> None:
    calls = [e.name for e in played.events if isinstance(e, ToolEvent)]
    if "suggest_paths" in calls:
        shown = {card.path.concept_id for card in played.answer.paths}
        assert not shown & set(played.memory.turned_down), "what was turned down is suggested"
    assert not {one.concept_id for one in played.memory.listed} & set(played.memory.turned_down)


def _offers_few_follow_ups(played: Played) -> None:
    if played.question[0] in ("paths", "plan"):
        assert len(played.answer.choices) <= _MOST_FOLLOW_UPS, [c.label for c in played.answer.choices]


def _says_no_paragraph_twice(played: Played, last: Played) -> None:
    """No long paragraph in the guide's own words comes again; facts that are asked for again may."""
    if played.turn.repeats or played.turn.does is not Does.ANSWER:
        return
    again = set(_paragraphs(played.answer)) & set(_paragraphs(last.answer))
    assert not again, f"said twice in a row: {again}"


def _paragraphs(answer: AnswerEvent) -> list[str]:
    said = (paragraph.strip() for paragraph in answer.text.split("\n\n"))
    return [paragraph for paragraph in said if len(paragraph) >= _LONG and not _MARKER.search(paragraph)]


def _ends_with_one_answer(played: Played) -> None:
    assert [type(e) for e in played.events if isinstance(e, AnswerEvent | ErrorEvent)] == [AnswerEvent]
    assert isinstance(played.events[-1], AnswerEvent)


def _shows_only_readable_text(played: Played) -> None:
    for text in (played.answer.text, *_card_texts(played.answer), *_choice_texts(played.answer)):
        assert text.strip(), "an empty text"
        found = _NOT_FOR_PEOPLE.search(text)
        assert not found, f"{found and found[0]!r} is not for people: {text}"


def _card_texts(answer: AnswerEvent) -> Iterator[str]:
    for card in answer.paths:
        yield from (card.label, card.why, card.gap, card.how)
    if answer.occupation:
        yield from (fact.text for fact in answer.occupation.facts)
    if answer.comparison:
        yield from (cell for row in answer.comparison.rows for cell in row.cells)
    if answer.plan:
        for step in answer.plan.steps:
            yield from (step.title, step.text, step.first_action, step.time)


def _choice_texts(answer: AnswerEvent) -> Iterator[str]:
    yield from (choice.label for choice in answer.choices)


def _cites_what_it_marks(answer: AnswerEvent) -> None:
    known = {citation.marker: citation.source for citation in answer.citations}
    texts = (answer.text, *_card_texts(answer))
    marked = {int(number) for text in texts for number in _MARKER.findall(text)}
    assert marked <= set(known), f"markers without a source: {marked - set(known)}"
    shown = (answer.occupation, answer.comparison, answer.plan)
    for card in (*answer.paths, *(card for card in shown if card)):
        assert card.markers, f"a card without a source: {card}"
        assert set(card.markers) <= set(known)
    for source in known.values():
        assert re.match(r"https?://\S+$", source.url), source
        assert source.quote.strip(), source
        assert source.title.strip(), source
        assert source.retrieved_at, source


def _streams_what_it_answers(played: Played) -> None:
    """What is shown while it is written is what stands in the end, but for a notice put before it."""
    streamed = "".join(event.text for event in played.events if isinstance(event, TokenEvent)).strip()
    assert played.answer.text.endswith(streamed)


def _speaks_the_language(answer: AnswerEvent) -> None:
    """The last paragraph is the guide's own words; names and quotations stand before it."""
    last = _MARKER.sub("", answer.text.rsplit("\n\n", 1)[-1].split("\n")[0])
    detected = _DETECTOR.detect(last).language
    assert detected in (None, answer.language), f"not in {answer.language}: {last}"


def _speaks_simply_when_asked_to(answer: AnswerEvent) -> None:
    """The guide's own words are easy; sources, names, lists and what the person said are as they are."""
    if answer.level is not Level.SIMPLE:
        return
    own = answer.text
    for citation in answer.citations:
        own = own.replace(citation.source.quote, "")
    counts = readability(_NOT_OWN.sub("", own))
    assert counts.words < _FEWEST_WORDS or counts.lix <= _HARDEST_SIMPLE, f"LIX {counts.lix:.0f}: {own}"


def _leaves_or_keeps_the_question(played: Played, before: list[Played]) -> None:
    last = before[-1].question if before else ("", "")
    does = played.turn.does
    if does is Does.ASIDE and last[0]:
        assert played.question == last, f"the open question changed from {last} to {played.question}"
        return
    if does in (Does.ANSWER, Does.VOLUNTEER) and last[0] not in ("paths", "plan"):
        assert played.question != last, f"asks again what was answered: {last}"
    came_back = [p for p in before if p.question == played.question and _was_answered(p, [*before, played])]
    assert played.question[0] in _MAY_COME_AGAIN or not came_back, f"asks again: {played.question}"


def _was_answered(earlier: Played, all_turns: list[Played]) -> bool:
    """Whether the turn after a question answered it."""
    after = all_turns[earlier.number : earlier.number + 1]
    return bool(after) and after[0].turn.does is Does.ANSWER


def _loses_nothing(played: Played, before: Profile) -> None:
    if played.turn.does is Does.CHANGE:
        return
    now = played.answer.profile
    kept = {e.concept_id: e for e in now.experiences}
    for earlier in before.experiences:
        assert earlier.concept_id in kept, f"lost {earlier.title}"
        _keeps_details(earlier, kept[earlier.concept_id])
    assert len(now.education) >= len(before.education)
    assert len(now.languages) >= len(before.languages)
    assert set(before.licences) <= set(now.licences)
    assert set(before.wishes) <= set(now.wishes) or now.wishes
    assert before.held_skill_ids <= now.held_skill_ids


def _keeps_details(earlier: Experience, now: Experience) -> None:
    assert earlier.years is None or (now.years or 0) >= earlier.years, f"lost years of {earlier.title}"
    assert not earlier.country or now.country == earlier.country, f"lost country of {earlier.title}"
    assert now.kind is earlier.kind
