"""Lays out the document that a person takes along; a pure function of the dossier and the texts."""

from collections.abc import Iterable, Iterator

from assistant.domain.dossier import Dossier
from assistant.domain.held import HeldKind, HowTold
from assistant.domain.language import Bilingual, Language
from assistant.domain.profile import Education, Experience, HeldSkill, Profile, SpokenLanguage, WishKind
from assistant.exports.citing import Sources
from assistant.exports.layout import (
    Block,
    Both,
    Bullets,
    ByHand,
    Document,
    Heading,
    Notes,
    Paragraph,
    Table,
    Tone,
)
from assistant.exports.plan_part import paths_part, plan_part
from assistant.exports.writer import Writer, day
from assistant.prompts import Texts
from assistant.retrieval.mentions.details import country_name
from assistant.retrieval.mentions.languages import language_name, languages_said


def lay_out(dossier: Dossier, texts: Texts) -> Document:
    """The whole document.

    Args:
        dossier: What it is made of.
        texts: Those of `prompts/exports`.
    """
    writer = Writer(texts, dossier.languages)
    sources = Sources()
    plan = tuple(plan_part(dossier, writer, sources))
    paths = tuple(paths_part(dossier, writer, sources))
    blocks = (
        *_head(dossier, writer),
        *_profile(dossier, writer),
        *plan,
        *paths,
        *_origins(dossier, writer, sources.notes(writer)),
        *_about(dossier, writer),
    )
    return _document(dossier, writer, blocks)


def lay_out_profile(dossier: Dossier, texts: Texts) -> Document:
    """The document without plan and paths: what the person says of themselves, and no more."""
    writer = Writer(texts, dossier.languages)
    notes = Sources().notes(writer)
    blocks = (*_head(dossier, writer), *_profile(dossier, writer), *_origins(dossier, writer, notes))
    return _document(dossier, writer, blocks)


def _document(dossier: Dossier, writer: Writer, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=writer.say("title"),
        languages=dossier.languages,
        language_names=writer.say("language"),
        made_at=dossier.made_at,
        footer=writer.say("footer"),
        blocks=blocks,
    )


def _head(dossier: Dossier, writer: Writer) -> Iterator[Block]:
    yield Paragraph(
        writer.each(lambda language: writer.texts.say("made", language, date=day(dossier.made_at, language)))
    )
    yield ByHand(writer.say("name"))
    yield Paragraph(writer.say("self_reported"), Tone.NOTICE)


def _profile(dossier: Dossier, writer: Writer) -> Iterator[Block]:
    profile = dossier.profile
    yield Heading(1, writer.say("profile.title"))
    yield Paragraph(writer.say("mark"), Tone.MARK)
    if profile == Profile():
        yield Paragraph(writer.say("profile.empty"))
    if profile.experiences:
        yield Heading(2, writer.say("profile.experiences"))
    for experience in profile.experiences:
        yield from _experience(experience, dossier, writer)
    if profile.skills:
        yield Heading(2, writer.say("profile.skills"))
        yield Bullets(_skills(profile.skills, dossier, writer))
    yield from _education(dossier, writer)
    yield from _languages(dossier, writer)
    if profile.licences:
        yield Heading(2, writer.say("profile.licences"))
        yield Bullets(tuple(writer.say("profile.licence", licence=each) for each in profile.licences))
    if profile.wishes:
        yield Heading(2, writer.say("profile.wishes"))
        yield Bullets(tuple(_wish(wish, dossier, writer) for wish in profile.wishes))


def _experience(experience: Experience, dossier: Dossier, writer: Writer) -> Iterator[Block]:
    title = dossier.titles.get(experience.title)
    # Own words are the same in both languages, and a heading says them once.
    yield Heading(3, tuple(dict.fromkeys(_named(title, experience.title, dossier, writer))))
    yield Table(
        (writer.say("experience.what"), writer.say("experience.told")),
        tuple(_experience_rows(experience, dossier, writer)),
        widths=(3, 5),
    )
    if experience.skills:
        yield Paragraph(writer.say("experience.skills"))
        yield Bullets(_skills(experience.skills, dossier, writer))


def _experience_rows(experience: Experience, dossier: Dossier, writer: Writer) -> Iterator[tuple[Both, Both]]:
    group = dossier.concepts.get(experience.concept_id)
    if group is not None:
        named = writer.each(lambda language: f"{group.label.text(language)} (SSYK {group.code})")
        yield writer.say("experience.group"), named
    years = experience.years
    if years is not None:
        yield writer.say("experience.time"), writer.each(lambda language: writer.duration(years, language))
    if experience.country:
        yield (
            writer.say("experience.country"),
            writer.each(lambda language: country_name(experience.country, language)),
        )
    yield writer.say("experience.kind"), writer.say(f"experience.{experience.kind}")
    if group is not None and group.esco_uri:
        yield writer.say("experience.esco"), writer.each(lambda _: group.esco_uri)


def _skills(skills: Iterable[HeldSkill], dossier: Dossier, writer: Writer) -> tuple[Both, ...]:
    known = ((dossier.concepts.get(skill.concept_id), skill.label) for skill in skills)
    return tuple(
        _named(concept.label if concept else None, label, dossier, writer) for concept, label in known
    )


def _named(name: Bilingual | None, told: str, dossier: Dossier, writer: Writer) -> Both:
    return writer.each(name.text) if name else writer.own(told, dossier.told_in)


def _education(dossier: Dossier, writer: Writer) -> Iterator[Block]:
    if not dossier.profile.education:
        return
    yield Heading(2, writer.say("profile.education"))
    yield Table(
        (writer.say("education.level"), writer.say("education.field")),
        tuple(
            (_education_level(each, writer), _told(each.field, dossier, writer))
            for each in dossier.profile.education
        ),
        widths=(1, 1),
    )


def _education_level(education: Education, writer: Writer) -> Both:
    def level(language: Language) -> str:
        named = writer.texts.say(f"education.{education.level or 'unplaced'}", language)
        country = country_name(education.country, language) if education.country else ""
        return ", ".join(filter(None, (named, country)))

    return writer.each(level)


def _told(words: str, dossier: Dossier, writer: Writer) -> Both:
    """The person's own words, or that they said nothing of it."""
    return writer.own(words, dossier.told_in) if words else writer.say("untold_detail")


def _languages(dossier: Dossier, writer: Writer) -> Iterator[Block]:
    if not dossier.profile.languages:
        return
    yield Heading(2, writer.say("profile.languages"))
    yield Table(
        (writer.say("languages.name"), writer.say("languages.level")),
        tuple(
            (_language(spoken, dossier, writer), _told(spoken.level, dossier, writer))
            for spoken in dossier.profile.languages
        ),
        widths=(1, 1),
    )


def _language(spoken: SpokenLanguage, dossier: Dossier, writer: Writer) -> Both:
    named = languages_said(spoken.name)
    if len(named) != 1:
        return writer.own(spoken.name, dossier.told_in)
    code, _ = named[0]
    return writer.each(lambda language: language_name(code, language))


def _wish(wish: str, dossier: Dossier, writer: Writer) -> Both:
    return writer.say(f"wish.{wish}") if wish in list(WishKind) else writer.own(wish, dossier.told_in)


def _origins(dossier: Dossier, writer: Writer, notes: Notes) -> Iterator[Block]:
    yield Heading(1, writer.say("sources.title"))
    yield Paragraph(writer.say("sources.person"))
    if dossier.origins:
        yield Table(
            (writer.say("origin.what"), writer.say("origin.how")),
            tuple(_origin_row(kind, ways, writer) for kind, ways in dossier.origins.items()),
            widths=(3, 5),
        )
    if dossier.concepts:
        yield Paragraph(writer.say("sources.taxonomy"))
    if any(concept.esco_uri for concept in dossier.concepts.values()):
        yield Paragraph(writer.say("sources.esco"))
        if Language.EN not in writer.languages:
            # The European Commission asks for the notice in its own words.
            yield Paragraph(writer.own(writer.texts.say("sources.esco", Language.EN), Language.EN))
    if notes.items:
        yield Paragraph(writer.say("sources.numbered"))
        yield notes


def _origin_row(kind: HeldKind, ways: tuple[HowTold, ...], writer: Writer) -> tuple[Both, Both]:
    def told(language: Language) -> str:
        return "; ".join(writer.texts.say(f"origin.{how}", language) for how in ways)

    return writer.say(f"origin.{kind}"), writer.each(told)


def _about(dossier: Dossier, writer: Writer) -> Iterator[Block]:
    yield Heading(1, writer.say("about.title"))
    for key in ("about.made", "about.no_decision", "about.show"):
        yield Paragraph(writer.say(key))
    if dossier.languages != (dossier.told_in,):
        yield Paragraph(writer.say("about.own_words"))
