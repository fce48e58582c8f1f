from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.errors import StarterDataError
from ingest.sources.starter import read_starter

GROUPS = "groups/work.yaml"
GUIDE = "guides/nursing.yaml"
FEATURES = "features.yaml"
ROUTE = "routes/nurse.yaml"
STEPS = "route-steps.yaml"


@dataclass(frozen=True)
class Case:
    """An edit of the tiny starter data, and what the refusal must say besides the file."""

    id: str
    file: str
    old: str
    new: str
    said: str


REFUSED = (
    Case("bad YAML", GROUPS, "- concept_id: Grup_aaa_002", "- concept_id: [", "line"),
    Case("bad YAML in a guide", GUIDE, "title: {", "title: {{", "line"),
    Case("not a list", GROUPS, "- concept_id: Grup_aaa_001", "concept_id: Grup_aaa_001", ""),
    Case("no English label", GROUPS, "{sv: Kockar, en: Cooks}", "{sv: Kockar}", "preferred_label.en"),
    Case("empty Swedish label", GROUPS, "{sv: Kockar, en: Cooks}", "{sv: ' ', en: Cooks}", "label.sv"),
    Case("no English title", GUIDE, "Legitimation, en: ", "Legitimation} # ", "title.en"),
    Case("too few titles", GROUPS, "bussförare, taxi]", "bussförare]", "titles.sv"),
    Case("a title twice", GROUPS, "taxi]", "Förare]", "twice: förare"),
    Case("unknown key", GROUPS, "  licences: [C]", "  licenses: [C]", "licenses"),
    Case("unknown key in a guide", GUIDE, "authority:", "auhtority:", "auhtority"),
    Case("unknown neighbour", GROUPS, "['9002', '9003']", "['9002', '1234']", "unknown neighbours: 1234"),
    Case("its own neighbour", GROUPS, "['9002', '9003']", "['9002', '9001']", "its own neighbour"),
    Case("one neighbour", GROUPS, "['9002', '9003']", "['9002']", "neighbours"),
    Case("unknown guide", GROUPS, "guides: [nursing]", "guides: [medicine]", "9004: unknown guide pages"),
    Case("unknown guide of a rule", GROUPS, "guide: nursing", "guide: medicine", "unknown guide pages"),
    Case("no guide", GROUPS, "guides: [nursing]", "guides: []", "guides"),
    Case("ill-formed id", GROUPS, "concept_id: Grup_aaa_001", "concept_id: Grup-aaa-001", "concept_id"),
    Case("code as a number", GROUPS, "ssyk_code: '9001'", "ssyk_code: 9001", "ssyk_code"),
    Case("short code", GROUPS, "ssyk_code: '9001'", "ssyk_code: '900'", "ssyk_code"),
    Case("code twice", GROUPS, "ssyk_code: '9004'", "ssyk_code: '9001'", "defined twice: 9001"),
    Case("id twice", GROUPS, "Grup_aaa_004", "Grup_aaa_001", "defined twice: Grup_aaa_001"),
    Case("skill twice", GROUPS, "Skil_aaa_009", "Skil_aaa_001", "skill is listed twice"),
    Case("a skill with two labels", GROUPS, "en: Baking}", "en: Bakery work}", "Baking"),
    Case("unknown level", GROUPS, "level: bachelor", "level: phd", "education.level"),
    Case("a title of two groups", GROUPS, "budbil", "kock", "'kock' points to ['9001', '9002']"),
    Case("the same in capitals", GROUPS, "budbil", "KOCK", "'kock' points to ['9001', '9002']"),
    Case("in the other language", GROUPS, "budbil", "cook", "'cook' points to ['9001', '9002']"),
    Case("shared with a third", GROUPS, "budbil", "helper", "'helper' points to ['9001', '9002', '9003']"),
    Case("shared by one alone", GROUPS, "  licences: [C]", "  shared_titles: [budbil]", "'budbil' is said"),
    Case("shared but not there", GROUPS, "  licences: [C]", "  shared_titles: [helper]", "helper"),
    Case("no address", GUIDE, "https://example.org/nursing", "example.org", "url"),
    Case("no date", GUIDE, "checked: 2026-01-02", "checked: soon", "checked"),
    Case("unknown feature", FEATURES, "[driving]", "[flying]", "9001"),
    Case("no feature", FEATURES, "[driving]", "[]", "9001"),
    Case("features of an unknown group", FEATURES, "'9004'", "'1234'", "unknown groups: 1234"),
    Case("a group without features", FEATURES, "'9004': [care]", "", "no features of groups: 9004"),
    Case("a way missing", ROUTE, "  none: [apply]\n", "", "no way for none"),
    Case("an empty way", ROUTE, "none: [apply]", "none: []", "ways.none"),
    Case("unknown origin", ROUTE, "  eu: [", "  europe: [", "ways.europe"),
    Case("unknown step", ROUTE, "none: [apply]", "none: [wait]", "unknown steps: wait"),
    Case("a step on no way", ROUTE, "  test:", "  wait:", "steps on no way: wait"),
    Case("a step of its own and shared", ROUTE, "  test:", "  apply:", "shared ones: apply"),
    Case("a route for an unknown group", ROUTE, "['9004']", "['1234']", "unknown groups: 1234"),
    Case("a route backed by no guide", ROUTE, "guide: nursing", "guide: medicine", "pages: medicine"),
    Case("months backwards", ROUTE, "[1, 2]", "[2, 1]", "least and the most"),
    Case("unknown level", ROUTE, "swedish: C1", "swedish: D1", "swedish"),
    Case("a shared step without English", STEPS, "{sv: Ansök, en: Apply}", "{sv: Ansök}", "title.en"),
    Case("no section", GUIDE, "sections:\n", "sections: []\nmore:\n", "sections"),
)  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.id)
def test_what_breaks_the_schema_is_refused_by_file(case: Case, starter: Path) -> None:
    file = starter / case.file
    text = file.read_text(encoding="utf-8")
    assert case.old in text
    file.write_text(text.replace(case.old, case.new, 1), encoding="utf-8")
    with pytest.raises(StarterDataError) as caught:
        read_starter(starter)
    assert caught.value.file == file.name
    assert case.said in str(caught.value)


def test_bytes_that_are_no_text_are_refused_by_file(starter: Path) -> None:
    (starter / GROUPS).write_bytes("- sv: städare".encode("latin-1"))
    with pytest.raises(StarterDataError, match=r"work\.yaml"):
        read_starter(starter)


def test_a_guide_page_defined_twice_is_refused(starter: Path) -> None:
    (starter / "guides/copy.yaml").write_bytes((starter / GUIDE).read_bytes())
    with pytest.raises(StarterDataError, match="defined twice: nursing"):
        read_starter(starter)


def test_two_routes_for_one_group_are_refused(starter: Path) -> None:
    text = (starter / ROUTE).read_text(encoding="utf-8")
    (starter / "routes/other.yaml").write_text(text.replace("id: nurse", "id: other"), encoding="utf-8")
    with pytest.raises(StarterDataError, match="defined twice: 9004"):
        read_starter(starter)


def test_a_shared_step_that_no_route_has_is_refused(starter: Path) -> None:
    text = (starter / STEPS).read_text(encoding="utf-8")
    (starter / STEPS).write_text(text + text.replace("apply:", "wait:"), encoding="utf-8")
    with pytest.raises(StarterDataError, match="steps of no route: wait"):
        read_starter(starter)


def test_no_features_at_all_are_refused_by_file(starter: Path) -> None:
    (starter / FEATURES).unlink()
    with pytest.raises(StarterDataError, match=r"features\.yaml"):
        read_starter(starter)


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StarterDataError, match="no groups"):
        read_starter(tmp_path)


def test_two_groups_that_share_a_title_and_say_so_are_accepted(starter: Path) -> None:
    records = read_starter(starter)
    sharing = [group.ssyk_code for group in records.groups if "helper" in group.shared_titles]
    assert sharing == ["9002", "9003"]
