"""How the guide says it: texts from `prompts/guide/`, filled with what is known."""

from dataclasses import dataclass

from assistant.domain.concept import OccupationGroup
from assistant.domain.conversation import Choice
from assistant.domain.language import Language
from assistant.domain.profile import Experience, Profile
from assistant.prompts import Texts
from assistant.retrieval.mentions.details import country_name

SHOWN_SKILLS = 12


def with_source(named: str, token: str) -> str:
    """Names with their source where they hold a number ("SketchUp 3D"): no number is said without one."""
    return f"{named} {token}" if any(character.isdigit() for character in named) else named


@dataclass(frozen=True, slots=True)
class Wording:
    """The guide's voice in one language."""

    texts: Texts
    language: Language

    def say(self, key: str, **values: str) -> str:
        """One text."""
        return self.texts.say(key, self.language, **values)

    def choice(self, choice_id: str, key: str = "") -> Choice:
        """A button whose label is a text; the key is the id unless given."""
        return Choice(choice_id, self.say(f"choice.{key or choice_id}"))

    def work(self, group: OccupationGroup) -> str:
        """A group's name."""
        return group.name(self.language)

    def joined(self, names: list[str]) -> str:
        """A list in words."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.say('and')} {names[-1]}"

    def experience(self, experience: Experience) -> str:
        """One experience in a line: what, how long, where."""
        parts = [experience.title]
        if experience.years is not None:
            parts.append(self.years(experience.years))
        if experience.country:
            parts.append(country_name(experience.country, self.language))
        return ", ".join(parts)

    def years(self, years: float) -> str:
        """A length of time in words."""
        if years < 1:
            return self.say("months", number=str(round(years * 12)))
        number = f"{years:g}".replace(".", "," if self.language is Language.SV else ".")
        return self.say("year" if years == 1 else "years", number=number)

    def summary(self, profile: Profile) -> str:
        """The profile as a list; a sentence when it is empty."""
        lines = [self.experience(e) for e in profile.experiences]
        lines += [
            self.say("summary.skills", skills=self.joined([s.label for s in e.skills]))
            for e in profile.experiences
            if e.skills
        ]
        lines += [self._education(profile)] if profile.education else []
        if profile.languages:
            names = [f"{s.name} ({s.level})" if s.level else s.name for s in profile.languages]
            lines.append(self.say("summary.languages", languages=self.joined(names)))
        if profile.licences:
            lines.append(self.say("summary.licences", licences=self.joined(list(profile.licences))))
        if not lines:
            return self.say("summary.empty")
        return "\n".join([self.say("summary.intro"), *(f"- {line}" for line in lines)])

    def _education(self, profile: Profile) -> str:
        told = []
        for education in profile.education:
            level = self.say(f"choice.level:{education.level}") if education.level else ""
            where = country_name(education.country, self.language) if education.country else ""
            told.append(", ".join(part for part in (level, education.field, where) if part))
        return self.say("summary.education", education="; ".join(told))
