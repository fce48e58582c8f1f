"""How well somebody knows Swedish, by what they say."""

from dataclasses import dataclass

import pytest

from assistant.domain.language import Cefr
from assistant.domain.profile import Profile, SpokenLanguage
from assistant.guidance.swedish import level_said, swedish_level


@dataclass(frozen=True, slots=True)
class Case:
    words: str
    level: Cefr | None


@pytest.mark.parametrize(
    "case",
    [
        Case("B1", Cefr.B1),
        Case("nivå c1", Cefr.C1),
        Case("SFI C", Cefr.A2),
        Case("sfi d klar", Cefr.B1),
        Case("läser sfi d", Cefr.A2),
        Case("studying SFI B now", Cefr.NONE),
        Case("sfi", Cefr.A2),
        Case("SVA 3", Cefr.C1),
        Case("svenska som andraspråk 1", Cefr.B2),
        Case("sva grund", Cefr.B1),
        Case("Tisus", Cefr.C1),
        Case("lite", Cefr.A2),
        Case("a little bit", Cefr.A2),
        Case("beginner", Cefr.A1),
        Case("inte så bra", Cefr.A1),
        Case("ganska bra", Cefr.B1),
        Case("bra", Cefr.B2),
        Case("mycket bra", Cefr.C1),
        Case("fluent", Cefr.C1),
        Case("modersmål", Cefr.C2),
        Case("inget alls", Cefr.NONE),
        Case("på kvällarna", None),
        Case("", None),
    ],
    ids=lambda case: case.words or "nothing",
)
def test_reads_a_level_out_of_words(case: Case) -> None:
    assert level_said(case.words) is case.level


def test_only_what_is_said_of_swedish_counts() -> None:
    profile = Profile(languages=(SpokenLanguage("arabiska", "modersmål"), SpokenLanguage("Svenska", "A2")))
    assert swedish_level(profile) is Cefr.A2
    assert swedish_level(Profile(languages=(SpokenLanguage("Arabic", "native"),))) is None
    assert swedish_level(Profile()) is None


def test_levels_have_an_order() -> None:
    assert Cefr.NONE.order < Cefr.A1.order < Cefr.C2.order
    assert Cefr.NONE.before is Cefr.NONE
    assert Cefr.B1.before is Cefr.A2
