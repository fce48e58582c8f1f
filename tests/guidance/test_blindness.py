"""Who somebody is changes no path: 200 profiles by 8 names, 2 genders, 10 countries and 2 languages.

Ranking is a function of `MatchInput` alone, so it is enough that this is one and the same for all 320 ways
of telling a profile; each way of telling is ranked for some profile all the same.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from assistant.domain.concept import EducationLevel
from assistant.domain.language import Language
from assistant.domain.profile import Education, Experience, Profile, SpokenLanguage
from assistant.guidance.matching import Matcher, MatchInput, match_input
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.people import worked

PROFILES = 200
NAMES = ("Fatima", "Maria", "Ahmed", "Erik", "Olena", "Yusuf", "Anna", "Tesfay")
GENDERS = ({Language.SV: "kvinna", Language.EN: "woman"}, {Language.SV: "man", Language.EN: "man"})
COUNTRIES = ("SE", "SY", "SO", "IR", "UA", "ER", "PL", "IN", "US", "")
LICENCES = ("B", "C", "CE", "D")
INTRODUCTIONS = {Language.SV: "Jag heter {}. Jag är {}.", Language.EN: "My name is {}. I am a {}."}


@dataclass(frozen=True)
class Teller:
    """Who tells a profile, where from, and in which language."""

    name: str
    gender: dict[Language, str]
    country: str
    language: Language

    @property
    def introduction(self) -> str:
        return INTRODUCTIONS[self.language].format(self.name, self.gender[self.language])


TELLERS = tuple(Teller(*told) for told in product(NAMES, GENDERS, COUNTRIES, Language))


@dataclass(frozen=True)
class Lived:
    """What a profile is about, whoever tells it."""

    done: tuple[tuple[str, float | None, int], ...]
    level: EducationLevel | None
    licences: tuple[str, ...]
    wishes: tuple[str, ...]
    wished_ids: tuple[str, ...]
    studied_ids: tuple[str, ...]

    def work(self, catalogue: Catalogue) -> dict[Language, list[Experience]]:
        """The experiences with their labels in each language."""
        return {
            language: [
                worked(catalogue, code, years, skills=skills, language=language)
                for code, years, skills in self.done
            ]
            for language in Language
        }

    def told_by(self, teller: Teller, work: list[Experience]) -> Profile:
        """The profile with the teller in all places where free words, labels and countries can stand."""
        field = f"{teller.introduction} {self.level}"
        return Profile(
            tuple(replace(e, title=f"{teller.introduction} {e.title}", country=teller.country) for e in work),
            (Education(self.level, field, teller.country),),
            (SpokenLanguage(f"{teller.country} {teller.name}", "native"),),
            self.licences,
            (*self.wishes, f"{teller.introduction} Something else."),
        )

    def known(self, catalogue: Catalogue) -> Iterator[MatchInput]:
        """What ranking may know, by each of the tellers."""
        work = self.work(catalogue)
        for teller in TELLERS:
            profile = self.told_by(teller, work[teller.language])
            yield match_input(profile, self.wished_ids, studied_ids=self.studied_ids)


def lives(catalogue: Catalogue) -> Iterator[Lived]:
    """The 200: one to three kinds of work with skills, education, licences and wishes, the same each time."""
    dice = random.Random(200)
    groups = sorted(catalogue.groups.values(), key=lambda group: group.ssyk_code)
    for number in range(PROFILES):
        own = groups[number * len(groups) // PROFILES]
        others = dice.sample(groups, dice.randint(0, 2))
        done = dict.fromkeys(group.ssyk_code for group in (own, *others))
        yield Lived(
            done=tuple((code, dice.choice((None, 1, 4, 12)), dice.randint(0, 6)) for code in done),
            level=dice.choice((None, *EducationLevel)),
            licences=tuple(sorted(dice.sample(LICENCES, dice.randint(0, 2)))),
            wishes=tuple(dice.sample(("same_work", "new_work", "study"), dice.randint(0, 2))),
            wished_ids=tuple(group.concept_id for group in dice.sample(groups, dice.randint(0, 2))),
            studied_ids=tuple(group.concept_id for group in dice.sample(groups, dice.randint(0, 1))),
        )


def test_who_tells_a_profile_does_not_reach_the_ranking(catalogue: Catalogue, matcher: Matcher) -> None:
    for number, lived in enumerate(lives(catalogue)):
        first, *others = lived.known(catalogue)
        assert all(other == first for other in others), number
        usual = [path.concept_id for path in matcher.rank(first)]
        # 200 profiles and 320 tellers: with two each, every way of telling is ranked.
        for other in (others[number % len(others)], others[(number + PROFILES) % len(others)]):
            assert [path.concept_id for path in matcher.rank(other)] == usual, number
