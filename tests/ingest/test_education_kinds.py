from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.retrieval.passage import PassageField
from assistant.retrieval.stores.education_store import EducationStore
from ingest.education_kinds import kind_id, kind_of, kind_passages, kind_title, write_kinds
from ingest.mirror import Mirror
from ingest.records import EducationEventRecord, EducationRecord, Record, SubjectCode

SUSA = "Susa-navet"


@dataclass(frozen=True)
class TitleCase:
    full: str
    short: str
    names: tuple[str, ...] = ()


# Titles as Susa-navet has them (2023-2025).
TITLES = (
    TitleCase(
        "Yrkesförare Lastbil 2024 CE-behörighet med mängdträning",
        "Yrkesförare Lastbil CE-behörighet med mängdträning",
    ),
    TitleCase("Yrkesförare (YKB)", "Yrkesförare"),
    TitleCase("Socialpedagog 2 år - Distans", "Socialpedagog"),
    TitleCase("Socialpedagogutbildning på distans", "Socialpedagogutbildning"),
    TitleCase("Matematik 1a 20v", "Matematik 1a"),
    TitleCase("Matematik 2b Kväll", "Matematik 2b"),
    TitleCase("Kulturskaparna Ordet, distans 50%", "Kulturskaparna Ordet"),
    TitleCase("Elev- och lärarassistent - 100 % distans", "Elev- och lärarassistent"),
    TitleCase("Kyrkomusiker - heltid och deltid", "Kyrkomusiker"),
    TitleCase("Beroendeterapeut - delvis distans", "Beroendeterapeut"),
    TitleCase("Vårdbiträde start H25", "Vårdbiträde"),
    TitleCase("Byggnads-, ventilations-, isoleringsplåt", "Byggnads-, ventilations-, isoleringsplåt"),
    TitleCase("Moderna språk 2, Kinesiska", "Moderna språk 2, Kinesiska"),
    TitleCase("Kyrkomusiker Mellansel", "Kyrkomusiker", ("Mellansel",)),
    TitleCase("Undersköterska, Malmö", "Undersköterska", ("Malmö",)),
    TitleCase("Undersköterska i Malmö", "Undersköterska", ("Malmö",)),
    TitleCase("Umeå: Svetsare", "Svetsare", ("Umeå",)),
    TitleCase("Malmö stads historia", "Malmö stads historia", ("Malmö",)),
    TitleCase("Industriteknik, Lernia", "Industriteknik", ("Lernia",)),
    TitleCase("2024", "2024"),
    TitleCase("  Kock  ", "Kock"),
)


@pytest.mark.parametrize("case", TITLES, ids=lambda case: case.full)
def test_a_title_loses_what_concerns_one_round_or_provider(case: TitleCase) -> None:
    assert kind_title(case.full, case.names) == case.short
    assert kind_title(case.short, case.names) == case.short


def test_a_kind_is_told_by_title_form_and_national_code() -> None:
    assert kind_id("Matematik 1b", "VUXGY", "MATMAT01b") == kind_id("matematik 1B", "VUXGY", "matmat01B")
    assert kind_id("Matematik 1b", "VUXGY", "MATMAT01b") != kind_id("Matematik 1b", "VUXGY", "MATMAT01c")
    assert kind_id("Lärar- och elevassistent", "FHS", "") == kind_id("Lärar-och elevassistent", "FHS", "")
    assert kind_id("Kock", "YH", "") != kind_id("Kock", "VUXGY", "")
    # Each decision of MYH has a code of its own, so it says nothing of the kind.
    assert kind_id("Tandsköterska", "YH", "YH01812") == kind_id("Tandsköterska", "YH", "YH00999")
    assert kind_id("Svetsare", "AU", "") == kind_id("Svetsare", "AUB", "")


def education(number: int, title: str, **others: object) -> EducationRecord:
    return EducationRecord(f"i.{number}", SUSA, title_sv=title, school_type="FHS", **others)  # type: ignore[arg-type]


def event(number: int, education: int, **others: object) -> EducationEventRecord:
    return EducationEventRecord(f"e.{number}", f"i.{education}", SUSA, **others)  # type: ignore[arg-type]


def stored(folder: Path, *records: Record) -> EducationStore:
    with Mirror(folder / "mirror.sqlite") as mirror:
        mirror.begin(SUSA, "all")
        mirror.put_page(SUSA, "end", records)
        mirror.finish(SUSA, "1", "2026-11-22")
        mirror.settle()
        write_kinds(folder, mirror)
    return EducationStore(folder)


def test_the_same_programme_at_two_providers_is_one_kind(tmp_path: Path) -> None:
    store = stored(
        tmp_path,
        education(1, "Socialpedagog - distans", subjects=(SubjectCode("SV_Subject", "a"),)),
        education(2, "Socialpedagog, Umeå", title_en="Social educator", description_sv="Om arbetet."),
        education(3, "Skrivtolk"),
        event(1, 1, provider="Ålsta folkhögskola", is_distance=True, start="2027-01-10"),
        event(2, 2, provider="Umeå folkhögskola", towns=("Umeå",), municipality_codes=("2480",)),
        event(3, 2, provider="Umeå folkhögskola", is_cancelled=True),
    )
    kinds = {kind.title: kind for kind in store.kinds()}
    assert set(kinds) == {"Socialpedagog", "Skrivtolk"}
    kind = kinds["Socialpedagog"]
    assert (kind.educations, kind.title_en, kind.description) == (2, "Social educator", "Om arbetet.")
    assert [(o.title, o.provider) for o in store.offerings(kind.kind_id)] == [
        ("Socialpedagog - distans", "Ålsta folkhögskola"),
        ("Socialpedagog, Umeå", "Umeå folkhögskola"),
    ]
    assert list(store.subjects()) == [(kind.kind_id, "SV_Subject", "a")]


def test_an_education_that_has_no_date_is_still_offered(tmp_path: Path) -> None:
    store = stored(tmp_path, education(3, "Skrivtolk", url="https://skola.se/skrivtolk"))
    (kind,) = store.kinds()
    (offering,) = store.offerings(kind.kind_id, on_date="2027-01-01")
    assert (offering.event_id, offering.start, offering.url) == ("", "", "https://skola.se/skrivtolk")


def test_a_kind_is_found_by_its_titles_and_by_the_words_of_its_description(tmp_path: Path) -> None:
    record = education(2, "Socialpedagog", title_en="Social educator", description_sv="Om arbetet.")
    passages = list(kind_passages(stored(tmp_path, record)))
    assert [(p.language.value, p.field, p.text, p.embedded) for p in passages] == [
        ("sv", PassageField.LABEL, "Socialpedagog", True),
        ("en", PassageField.LABEL, "Social educator", True),
        ("sv", PassageField.DESCRIPTION, "Om arbetet.", False),
    ]


def test_an_education_without_a_title_is_of_no_kind() -> None:
    assert kind_of(EducationRecord("i.1", SUSA)) is None
    english = kind_of(EducationRecord("i.1", SUSA, title_en="Data science"))
    assert english is not None
    assert english.title == "Data science"
