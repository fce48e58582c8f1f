"""Where the conversation is and what is known of the person, as props for the elements; pure functions."""

from collections.abc import Iterable

from assistant.domain.conversation import Phase
from assistant.domain.language import Language
from assistant.domain.profile import Education, Experience, ExperienceKind, Profile, SpokenLanguage, WishKind
from assistant.retrieval.mentions.details import country_name
from assistant.ui.cards import Labels, Props

BROWSER_LANGUAGE = {Language.SV: "sv-SE", Language.EN: "en-US"}


def overview_props(phase: Phase, profile: Profile, labels: Labels) -> Props:
    """Props of `Overview.jsx`: steps, profile, language and the person's own data."""
    names = [labels(f"phase.{each}") for each in Phase]
    number, total = str(phase.order + 1), str(len(names))
    other = labels.language.other
    return {
        "language": labels.language.value,
        "browser_language": BROWSER_LANGUAGE[labels.language],
        "phases": [
            {"name": name, "state": _phase_state(order, phase, labels)} for order, name in enumerate(names)
        ],
        "phase": phase.order,
        "phase_short": labels("phase.short", number=number, name=names[phase.order]),
        "phase_line": labels("phase.line", number=number, total=total, name=names[phase.order]),
        "profile": profile_props(profile, labels),
        "both": False,
        "simple": False,
        "other_language": {
            "id": other.value,
            "name": labels.texts.say("switch.language", other),
            "label": labels.texts.say("switch.label", other),
        },
        "labels": {
            **labels.group("profile", "title empty"),
            **labels.group("data", "show forget forget_title forget_body forget_yes forget_no forget_failed"),
            **labels.group("page", "message send stop new theme back copy down bar"),
            "steps": labels("phase.list"),
            **labels.group(
                "access", "skip conversation you guide page panel news working more menu both simple close"
            ),
            "save": labels("save.open"),
            "upload": labels("upload.open"),
            "source": labels.texts.template("source.open", labels.language),
            "take": labels("take.open"),
        },
    }


def _phase_state(order: int, phase: Phase, labels: Labels) -> str:
    if order == phase.order:
        return labels("phase.here")
    return labels("phase.done" if order < phase.order else "phase.ahead")


def profile_props(profile: Profile, labels: Labels) -> list[Props]:
    """The profile as groups of rows; a group without rows is left out."""
    groups = {
        "experiences": [experience_row(each, labels) for each in profile.experiences],
        "skills": [_row(skill.label) for skill in profile.skills],
        "education": [education_row(each, labels) for each in profile.education],
        "languages": [_language_row(each) for each in profile.languages],
        "licences": [_row(licence) for licence in profile.licences],
        "wishes": [_row(wish_words(wish, labels)) for wish in profile.wishes],
    }
    return [{"title": labels(f"profile.{name}"), "rows": rows} for name, rows in groups.items() if rows]


def _row(title: str, details: Iterable[str] = (), skills: Iterable[str] = ()) -> Props:
    return {"title": title, "detail": ", ".join(filter(None, details)), "skills": list(skills)}


def experience_row(experience: Experience, labels: Labels) -> Props:
    """An experience: its title, what is known of it, its skills."""
    details = (
        _duration(experience.years, labels),
        country_name(experience.country, labels.language) if experience.country else "",
        "" if experience.kind is ExperienceKind.PAID else labels(f"profile.kind.{experience.kind}"),
    )
    return _row(experience.title, details, (skill.label for skill in experience.skills))


def _duration(years: float | None, labels: Labels) -> str:
    if years is None:
        return ""
    if years < 1:
        return labels("profile.months", number=str(max(1, round(years * 12))))
    return labels("profile.one_year") if years == 1 else labels("profile.years", number=labels.number(years))


def education_row(education: Education, labels: Labels) -> Props:
    """An education: its level, subject and country."""
    level = labels(f"profile.level.{education.level}" if education.level else "profile.unplaced")
    country = country_name(education.country, labels.language) if education.country else ""
    return _row(level, (education.field, country))


def _language_row(language: SpokenLanguage) -> Props:
    return _row(language.name, (language.level,))


def wish_words(wish: str, labels: Labels) -> str:
    """A wish that was chosen by its text, else the person's own words."""
    return labels(f"profile.wish.{wish}") if wish in list(WishKind) else wish
