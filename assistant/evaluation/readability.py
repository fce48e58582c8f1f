"""How hard our texts are to read, by set, group, text, language and level, as LIX and lengths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Template

from assistant.domain.language import Bilingual, Language, Level
from assistant.guidance.plain_language import Readability, readability
from assistant.prompts import PROMPTS_DIR, load_texts
from assistant.settings import PROJECT_DIR
from assistant.yaml_text import parse_yaml

_STARTER = PROJECT_DIR / "ingest" / "starter"
_PAGES = {Language.SV: "chainlit_sv-SE.md", Language.EN: "chainlit.md"}
# A text is measured alone from this size on; LIX says nothing of less.
_FEWEST_SENTENCES, _FEWEST_WORDS = 3, 30
# Three sentences of a word or two say nothing: one long name makes them "hard".
_FEWEST_WORDS_OF_THREE = 15
# Texts of the starter data that are read out: the name of the field that holds both languages.
_READ_OUT = ("description", "route", "body", "text", "first_action")
# These hold whole sentences, which are measured where they come from; `source` and `record` are markers.
_EMBEDDED = frozenset(
    "source record description options task body text first route explanation meaning words".split()
)
# What usually stands for each variable, so that sentences get their real length.
_TYPICAL: Mapping[str, Bilingual] = {
    "action": Bilingual("Boka tid hos vägledaren i din kommun.", "Book a meeting with the counsellor."),
    "area": Bilingual("Skåne län", "Skåne county"),
    "authority": Bilingual("Socialstyrelsen", "Socialstyrelsen"),
    "condition": Bilingual("bara på distans", "only at a distance"),
    "conditions": Bilingual("du bor kvar där du bor", "you stay where you live"),
    "counts": Bilingual("Skåne 120, Stockholm 340", "Skåne 120, Stockholm 340"),
    "date": Bilingual("15 januari 2027", "15 January 2027"),
    "education": Bilingual("gymnasium, Syrien", "upper secondary school, Syria"),
    "experience": Bilingual("kock, 7 år, Syrien", "cook, 7 years, Syria"),
    "features": Bilingual("att vara ute, att köra", "being outdoors, driving"),
    "languages": Bilingual("arabiska, svenska (A2)", "Arabic, Swedish (A2)"),
    "length": Bilingual("2 år", "2 years"),
    "licence": Bilingual("B", "B"),
    "names": Bilingual("kock och bagare", "cook and baker"),
    "paper": Bilingual("hygienutbildning", "food hygiene course"),
    "parts": Bilingual("sfi 1 år, komvux 2 år", "SFI 1 year, komvux 2 years"),
    "place": Bilingual("Malmö", "Malmö"),
    "provider": Bilingual("komvux Malmö", "komvux Malmö"),
    "quote": Bilingual("jag lagade mat på hotell", "I cooked food at a hotel"),
    "skill": Bilingual("matlagning", "cooking"),
    "skills": Bilingual("matlagning, hygien och menyer", "cooking, hygiene and menus"),
    "title": Bilingual("Legitimerad sjuksköterska", "Licensed nurse"),
    "what": Bilingual("lediga annonser", "open ads"),
    "whom": Bilingual("din handläggare", "your caseworker"),
    "work": Bilingual("Kockar", "Cooks"),
    "works": Bilingual("Kockar, Bagare", "Cooks, Bakers"),
}
_NUMBER = Bilingual("3", "3")


@dataclass(frozen=True)
class ReadableText:
    """One text that people read.

    Attributes:
        set_name: Where it comes from: `guide`, `page`, `exports`, `welcome`, `words`, `groups`, ...
        key: Its name within the set; the part before the first dot is its group.
        language: Its language.
        level: The level that it is said at.
        text: As it is read, with variables filled in.
    """

    set_name: str
    key: str
    language: Language
    level: Level
    text: str

    @property
    def group(self) -> str:
        """The first part of the key."""
        return self.key.partition(".")[0]

    @cached_property
    def counts(self) -> Readability:
        """Its counts."""
        return readability(self.text)

    @property
    def stands_alone(self) -> bool:
        """Whether it is long enough for a LIX of its own."""
        counts = self.counts
        has_three = counts.sentences >= _FEWEST_SENTENCES and counts.words >= _FEWEST_WORDS_OF_THREE
        return has_three or counts.words >= _FEWEST_WORDS


def filled(template: str, language: Language) -> str:
    """A text with what usually stands for its variables."""
    names = Template(template).get_identifiers()
    values = {name: "" if name in _EMBEDDED else _TYPICAL.get(name, _NUMBER).text(language) for name in names}
    return Template(template).substitute(values).strip()


def readable_texts() -> Iterator[ReadableText]:
    """All texts of ours that people read: the guide's, the page's, and those of the starter data."""
    for language in Language:
        yield from _of_prompts(language)
        yield ReadableText("welcome", "page", language, Level.NORMAL, _page(_PAGES[language]))
        yield from _of_starter(language)


def _page(name: str) -> str:
    return (PROJECT_DIR / name).read_text(encoding="utf-8")


def _of_prompts(language: Language) -> Iterator[ReadableText]:
    for folder, set_name in (("guide", "guide"), ("ui", "page"), ("exports", "exports")):
        texts = load_texts(folder=folder)
        for level in Level if folder == "guide" else (Level.NORMAL,):
            said = texts.at(level)
            for key in sorted(said.keys(language)):
                text = filled(said.template(key, language), language)
                yield ReadableText(set_name, key, language, level, text)
    words = PROMPTS_DIR / "words" / f"{language}.yaml"
    for name, entry in parse_yaml(words.read_text(encoding="utf-8")).items():
        yield ReadableText("words", f"meaning.{name}", language, Level.SIMPLE, entry["meaning"])


def _of_starter(language: Language) -> Iterator[ReadableText]:
    files = sorted(path for path in _STARTER.rglob("*.yaml") if path.parent != _STARTER)
    for file in [*files, _STARTER / "route-steps.yaml"]:
        tree = parse_yaml(file.read_text(encoding="utf-8"))
        set_name = "routes" if file.parent == _STARTER else file.parent.name
        for path, text in _read_out(tree, language, (file.stem,)):
            yield ReadableText(set_name, ".".join(path), language, Level.NORMAL, text)


def _read_out(
    tree: object, language: Language, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts of a tree that are read out, with where they stand in it."""
    if isinstance(tree, list):
        for number, each in enumerate(tree):
            name = each.get("ssyk_code", str(number)) if isinstance(each, dict) else str(number)
            yield from _read_out(each, language, (*path, name))
    elif isinstance(tree, dict):
        text = tree.get(language.value)
        if path[-1] in _READ_OUT and isinstance(text, str):
            yield path, text
        for name, each in tree.items():
            yield from _read_out(each, language, (*path, str(name)))


def evaluate_readability(texts: Iterator[ReadableText] | None = None) -> dict[str, object]:
    """Figures by set, language and level, and the hardest texts of each."""
    by_set: dict[tuple[str, Language, Level], list[ReadableText]] = {}
    for text in texts if texts is not None else readable_texts():
        by_set.setdefault((text.set_name, text.language, text.level), []).append(text)
    report: dict[str, object] = {}
    for (set_name, language, level), found in sorted(by_set.items()):
        report[f"{set_name}/{language}/{level}"] = _figures(found)
    return report


def _figures(texts: list[ReadableText]) -> dict[str, object]:
    pooled = sum((text.counts for text in texts), Readability())
    alone = sorted((text for text in texts if text.stands_alone), key=lambda text: -text.counts.lix)
    return {
        "texts": len(texts),
        "words": pooled.words,
        "lix": round(pooled.lix, 1),
        # Labels and other short texts make a set look easier than what is read as running text.
        "alone": len(alone),
        "lix_alone": round(sum((text.counts for text in alone), Readability()).lix, 1),
        "sentence_length": round(pooled.sentence_length, 1),
        "longest_sentence": pooled.longest,
        "long_words": round(pooled.long_share, 3),
        "hardest": {text.key: round(text.counts.lix, 1) for text in alone[:3]},
    }
