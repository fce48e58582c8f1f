from dataclasses import dataclass, replace

import pytest

from ingest.cleaning import Cleaned, Read, Unreadable, clean
from ingest.findings import LONGEST_DETAIL, Action, FindingKind
from ingest.records import (
    ConceptRecord,
    EducationEventRecord,
    EducationRecord,
    RelationRecord,
    Removal,
)
from ingest.repairs import LONGEST_LABEL, LONGEST_TEXT, repaired_date, repaired_label, repaired_text

JOBTECH, SUSA = "JobTech Taxonomy", "Susa-navet"
CONCEPT = ConceptRecord("occu_001_aaa", "occupation-name", JOBTECH, label_sv="Kock")
RELATION = RelationRecord("occu_001_aaa", "broader", "grup_001_aaa", JOBTECH)
EDUCATION = EducationRecord("i.1", SUSA, title_sv="Kurs")
EVENT = EducationEventRecord("e.1", "i.1", SUSA)


@dataclass(frozen=True)
class TextCase:
    id: str
    dirty: str
    clean: str
    kinds: tuple[FindingKind, ...]


LABELS = (
    TextCase("clean", "Sjuksköterska, grundutbildad", "Sjuksköterska, grundutbildad", ()),
    TextCase("less-than", "Lön < 30 & > 20", "Lön < 30 & > 20", ()),
    TextCase("languages", "C/C++, C#", "C/C++, C#", ()),
    TextCase("null", "", "", ()),
    TextCase("spaces", " Kock \t\n  A ", "Kock A", (FindingKind.WHITESPACE,)),
    TextCase("no-break-space", "Kock\u00a0A", "Kock A", (FindingKind.WHITESPACE,)),
    TextCase("tags", "<b>Kock</b>", "Kock", (FindingKind.HTML,)),
    TextCase("entities", "Kock &amp; servis", "Kock & servis", (FindingKind.HTML,)),
    TextCase("escaped-twice", "&lt;i&gt;Kock&lt;/i&gt;", "Kock", (FindingKind.HTML,)),
    TextCase("mojibake", "SjukskÃ¶terska pÃ¥ Ã¶", "Sjuksköterska på ö", (FindingKind.MOJIBAKE,)),
    TextCase("controls", "Ko\x00ck\u200b", "Kock", (FindingKind.CONTROL_CHARACTERS,)),
    TextCase("right-to-left", "Kock\u202egnp", "Kockgnp", (FindingKind.CONTROL_CHARACTERS,)),
    TextCase("decomposed", "La\u0308kare", "Läkare", (FindingKind.NOT_NORMALISED,)),
    TextCase("script", "Kock<script>alert(1)</script>", "Kock", (FindingKind.HTML,)),
)


@pytest.mark.parametrize("case", LABELS, ids=lambda case: case.id)
def test_labels_are_repaired(case: TextCase) -> None:
    repair = repaired_label(case.dirty)
    assert (repair.text, repair.kinds) == (case.clean, case.kinds)


def test_a_description_keeps_its_lines_and_loses_its_markup() -> None:
    repair = repaired_text("<p>Första  stycket.</p><ul><li>ett</li><li>två</li></ul><style>p{}</style>")
    assert repair.text == "Första stycket.\nett\ntvå"
    assert repair.kinds == (FindingKind.HTML,)


def test_a_description_of_five_megabytes_is_cut_at_the_end_of_a_sentence() -> None:
    repair = repaired_text("En mening om yrket." + " Och en till om yrket." * 250_000)
    assert LONGEST_TEXT // 2 < len(repair.text) <= LONGEST_TEXT
    assert repair.text.endswith("yrket.")
    assert FindingKind.TOO_LONG in repair.kinds


def test_a_long_text_without_sentences_is_cut_between_words() -> None:
    repair = repaired_text("ord " * 5_000)
    assert len(repair.text) <= LONGEST_TEXT
    assert repair.text.endswith("ord")


def test_a_long_text_without_words_is_cut_all_the_same() -> None:
    assert len(repaired_label("x" * 1_000_000).text) == LONGEST_LABEL


def test_hostile_markup_is_read_in_no_time_and_leaves_none() -> None:
    repair = repaired_text("<" * 100_000 + "<div>" * 100_000 + "&lt;" * 100_000)
    assert "<div>" not in repair.text


@dataclass(frozen=True)
class DateCase:
    id: str
    dirty: str
    clean: str
    kinds: tuple[FindingKind, ...] = ()


DATES = (
    DateCase("iso", "2026-01-31", "2026-01-31"),
    DateCase("time", "2026-01-31T08:00:00+01:00", "2026-01-31"),
    DateCase("empty", "", ""),
    DateCase("null", "null", ""),
    DateCase("open", "2099-12-31", "", (FindingKind.OPEN_DATE,)),
    DateCase("no-such-day", "2026-02-30", "", (FindingKind.MALFORMED_DATE,)),
    DateCase("other-order", "31/01/2026", "", (FindingKind.MALFORMED_DATE,)),
    DateCase("words", "vt 2026", "", (FindingKind.MALFORMED_DATE,)),
)


@pytest.mark.parametrize("case", DATES, ids=lambda case: case.id)
def test_dates_are_repaired(case: DateCase) -> None:
    repair = repaired_date(case.dirty)
    assert (repair.text, repair.kinds) == (case.clean, case.kinds)


@dataclass(frozen=True)
class AsideCase:
    id: str
    record: Read
    kind: FindingKind


ASIDE = (
    AsideCase("no-label", replace(CONCEPT, label_sv=" "), FindingKind.MISSING_LABEL),
    AsideCase("label-of-markup", replace(CONCEPT, label_sv="<br>"), FindingKind.MISSING_LABEL),
    AsideCase("concept-id", replace(CONCEPT, concept_id="occu_001"), FindingKind.WRONG_ID),
    AsideCase("id-of-html", replace(CONCEPT, concept_id="<script>"), FindingKind.WRONG_ID),
    AsideCase("type", replace(CONCEPT, type="sni-level-5"), FindingKind.NOT_MIRRORED),
    AsideCase("system", replace(CONCEPT, system="Somebody"), FindingKind.WRONG_SYSTEM),
    AsideCase("relation", replace(RELATION, relation="likes"), FindingKind.UNKNOWN_RELATION),
    AsideCase("end", replace(RELATION, target_id="http://elsewhere/1"), FindingKind.WRONG_ID),
    AsideCase("itself", replace(RELATION, target_id="occu_001_aaa"), FindingKind.SELF_RELATION),
    AsideCase("unreadable", Unreadable("file:3", JOBTECH, "not JSON"), FindingKind.UNREADABLE),
)
SUSA_ASIDE = (
    AsideCase("no-title", replace(EDUCATION, title_sv=""), FindingKind.MISSING_LABEL),
    AsideCase("education-id", replace(EDUCATION, education_id="../x"), FindingKind.WRONG_ID),
    AsideCase("event-id", replace(EVENT, event_id=""), FindingKind.WRONG_ID),
    AsideCase("of-no-education", replace(EVENT, education_id=""), FindingKind.WRONG_ID),
    AsideCase("removal-of-nothing", Removal("", SUSA), FindingKind.WRONG_ID),
)


@pytest.mark.parametrize("case", ASIDE, ids=lambda case: case.id)
def test_records_that_cannot_be_used_are_set_aside(case: AsideCase) -> None:
    assert_set_aside(clean(case.record, JOBTECH), case.kind)


@pytest.mark.parametrize("case", SUSA_ASIDE, ids=lambda case: case.id)
def test_educations_that_cannot_be_used_are_set_aside(case: AsideCase) -> None:
    assert_set_aside(clean(case.record, SUSA), case.kind)


def assert_set_aside(cleaned: Cleaned, kind: FindingKind) -> None:
    assert cleaned.record is None
    assert [(finding.kind, finding.action) for finding in cleaned.findings] == [(kind, Action.SET_ASIDE)]


@pytest.mark.parametrize("record", [CONCEPT, RELATION], ids=["concept", "relation"])
def test_a_clean_record_passes_as_it_is(record: Read) -> None:
    assert clean(record, JOBTECH) == Cleaned(record)


def test_a_concept_needs_one_label_in_either_language() -> None:
    english = replace(CONCEPT, label_sv="", label_en="cook")
    assert clean(english, JOBTECH) == Cleaned(english)


def test_alternatives_that_say_nothing_new_are_dropped_and_told() -> None:
    cleaned = clean(replace(CONCEPT, alternative_sv=("kock", "Köksa", " köksa", "", "Kokerska")), JOBTECH)
    assert isinstance(cleaned.record, ConceptRecord)
    assert cleaned.record.alternative_sv == ("Köksa", "Kokerska")
    kinds = {finding.kind: finding.action for finding in cleaned.findings}
    assert kinds[FindingKind.REDUNDANT_ALTERNATIVE] is Action.REPAIRED


def test_repairs_of_one_kind_in_a_record_are_one_finding_that_names_the_fields() -> None:
    dirty = replace(CONCEPT, label_sv="<b>Kock</b>", definition_sv="<p>Lagar mat.</p>")
    cleaned = clean(dirty, JOBTECH)
    assert cleaned.record == replace(CONCEPT, definition_sv="Lagar mat.")
    assert [(f.record_id, f.kind, f.action, f.detail) for f in cleaned.findings] == [
        ("occu_001_aaa", FindingKind.HTML, Action.REPAIRED, "label_sv, definition_sv")
    ]


def test_wrong_references_are_dropped_from_a_concept() -> None:
    dirty = replace(CONCEPT, esco_uri="javascript:1", replaced_by=("occu_002_aaa", "nothing"))
    assert clean(dirty, JOBTECH).record == replace(CONCEPT, replaced_by=("occu_002_aaa",))


def test_an_impossible_percentage_is_dropped() -> None:
    cleaned = clean(replace(RELATION, percentage=250), JOBTECH)
    assert cleaned.record == RELATION
    assert [finding.kind for finding in cleaned.findings] == [FindingKind.OUT_OF_RANGE]


def test_an_event_is_repaired_field_by_field() -> None:
    dirty = replace(
        EVENT,
        provider=" Skola ",
        towns=("UmeÃ¥ kommun Ã¶", " "),
        start="2027-13-01",
        apply_by="2099-12-31",
        pace_percent=-1,
        url="javascript:alert(1)",
    )
    cleaned = clean(dirty, SUSA)
    assert cleaned.record == replace(EVENT, provider="Skola", towns=("Umeå kommun ö",))
    assert {finding.kind for finding in cleaned.findings} == {
        FindingKind.WHITESPACE,
        FindingKind.MOJIBAKE,
        FindingKind.MALFORMED_DATE,
        FindingKind.OPEN_DATE,
        FindingKind.OUT_OF_RANGE,
        FindingKind.BAD_ADDRESS,
    }


def test_findings_stay_short_whatever_the_record_holds() -> None:
    cleaned = clean(replace(CONCEPT, concept_id="x" * 10_000, type="y" * 10_000), JOBTECH)
    assert all(
        len(f.record_id) <= LONGEST_DETAIL and len(f.detail) <= LONGEST_DETAIL for f in cleaned.findings
    )
