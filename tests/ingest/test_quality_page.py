import csv
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.settings import PROJECT_DIR
from ingest.__main__ import main
from ingest.cleaning import JOBTECH
from ingest.quality.measure import Measure, Section, Severity
from ingest.quality.owners import OWNERS
from ingest.quality.page import EXAMPLES, TABLES
from ingest.quality.plots import Bar, bars
from ingest.quality.report import PAGE, make_report
from ingest.quality.tables import write_tables
from tests.ingest.planted import OCCUPATION, TODAY, concept, healthy, relation, write

HOSTILE = '<3 "&" $\\frac{a'
MANY = 30


class Page(HTMLParser):
    """What a page has: its tags with their attributes, and the ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str | None]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on records with defects in two fields, one of them with a hostile name."""
    records = healthy()
    records[JOBTECH] += [
        concept("fild_002_aaa", "occupation-field", label_sv=HOSTILE),
        concept("grup_005_aaa", "ssyk-level-4", code="5322"),
        relation("grup_005_aaa", "broader", "fild_002_aaa"),
        relation("grup_005_aaa", "broader", "grup_003_aaa"),
    ]
    for n in range(MANY):
        id = f"more_{n:03d}_aaa"
        records[JOBTECH] += [
            concept(id, "occupation-name", label_sv=f"=Yrke {n}", definition_sv=""),
            relation(id, "broader", "grup_005_aaa"),
        ]
    folder = tmp_path_factory.mktemp("report")
    write(folder / "index", records)
    make_report(folder / "index", folder / "out", TODAY)
    return folder / "out"


@pytest.fixture(scope="module")
def text(report: Path) -> str:
    return (report / PAGE).read_text(encoding="utf-8")


def test_the_page_asks_for_nothing_else(text: str) -> None:
    page = Page(text)
    assert not [tag for tag, _ in page.tags if tag in ("script", "img", "iframe", "object", "link", "base")]
    assert not re.search(r"@import|url\((?!#)|\son\w+=", text)
    for _, attributes in page.tags:
        for name in ("href", "src", "xlink:href"):
            value = attributes.get(name) or "#"
            assert value.startswith("#") or re.fullmatch(rf"{TABLES}/[a-z0-9-]+\.csv", value), value


def test_every_link_leads_somewhere_and_every_id_is_unique(report: Path, text: str) -> None:
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    links = [str(attributes["href"]) for attributes in page.of("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(page.ids)
    tables = {link for link in links if link.startswith(TABLES)}
    assert tables == {f"{TABLES}/{file.name}" for file in (report / TABLES).iterdir()}


def test_it_can_be_used_without_seeing_it(text: str) -> None:
    page = Page(text)
    assert page.of("html") == [{"lang": "sv"}]
    assert len(page.of("h1")) == 1
    assert page.of("a")[0] == {"class": "skip", "href": "#innehall"}
    assert all("scope" in attributes for attributes in page.of("th"))
    pictures = page.of("svg")
    assert len(pictures) > 3
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in pictures)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_is_followed_by_a_table(text: str) -> None:
    tags = [tag for tag, _ in Page(text).tags if tag in ("svg", "table", "h2")]
    # The picture of the summary stands below its table, that of a chapter above it.
    assert tags[:3] == ["h2", "table", "svg"]
    assert all(after == "table" for before, after in pairwise(tags[3:]) if before == "svg")


def test_texts_of_the_sources_stay_texts(text: str) -> None:
    assert HOSTILE not in text
    assert "&lt;3 &#34;&amp;&#34; $\\frac{a" in text


def test_the_figures_are_told_with_what_they_count(text: str) -> None:
    plain = text.replace("\u00a0", " ")
    assert "30 av 31 yrkesbenämningar <small>(96,8 %)</small>" in plain
    assert "JobTech Taxonomy, version 30" in plain
    assert "öppet API" in plain
    assert "Inte läst" in plain
    assert "så det är inte räknat vilka utbildningar" in plain


def test_the_summary_names_what_concerns_most(text: str) -> None:
    summary = text.partition('id="kallor"')[0]
    assert 'href="#yrken-utan-definition"' in summary
    assert "Arbetsförmedlingen (JobTech)" in summary


def test_the_page_shows_examples_and_the_table_all(report: Path, text: str) -> None:
    with (report / TABLES / "yrken-utan-definition.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    assert header == ["id", "benämning", "kod", "yrkesområde"]
    assert [row[0] for row in rows] == [f"more_{n:03d}_aaa" for n in range(MANY)]
    assert rows[0][2:] == ["5322", HOSTILE]
    article = text.partition('aria-labelledby="yrken-utan-definition"')[2].partition("</article>")[0]
    assert len(re.findall(r"<td>more_", article)) == EXAMPLES


def test_the_same_sources_make_the_same_report(report: Path, tmp_path: Path) -> None:
    make_report(report.parent / "index", tmp_path, TODAY)
    assert (tmp_path / PAGE).read_bytes() == (report / PAGE).read_bytes()


def measure(*rows: tuple[str | int | float, ...]) -> Measure:
    return Measure(
        id="matt",
        section=Section.HYGIENE,
        title="Mått",
        owner="Ägare",
        systems=(JOBTECH,),
        meaning="",
        remedy="",
        unit="poster",
        severity=Severity.GAP,
        count=len(rows),
        total=len(rows),
        columns=("id", "värde"),
        rows=rows,
        concerned=len(rows),
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"], ids=repr)
def test_a_text_that_a_spreadsheet_would_run_is_kept_from_it(start: str, tmp_path: Path) -> None:
    write_tables([measure(("a", f"{start}1+1"))], tmp_path)
    with (tmp_path / "matt.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows == [["id", "värde"], ["a", f"'{start}1+1"]]


def test_tables_open_in_a_swedish_spreadsheet(tmp_path: Path) -> None:
    write_tables([measure(("å;ä", 0.5), ("ö", -7))], tmp_path)
    raw = (tmp_path / "matt.csv").read_bytes()
    assert raw == b"\xef\xbb\xbf" + 'id;värde\r\n"å;ä";0,500\r\nö;-7\r\n'.encode()


def test_a_table_whose_defects_are_mended_is_gone_from_the_next_report(tmp_path: Path) -> None:
    records = healthy()
    index = write(tmp_path / "index", records)
    (tmp_path / "out" / TABLES).mkdir(parents=True)
    (tmp_path / "out" / TABLES / "yrken-utan-definition.csv").write_text("gammal", encoding="utf-8")
    assert make_report(index, tmp_path / "out", TODAY).defects == 0
    assert list((tmp_path / "out" / TABLES).iterdir()) == []
    assert "Inget att rätta hittades" in (tmp_path / "out" / PAGE).read_text(encoding="utf-8")


def test_a_picture_is_well_formed_and_the_same_each_time() -> None:
    data = [Bar(HOSTILE, 0.25, "25 %"), Bar("", 1.0, "<&>"), Bar("ord " * 60, 0.0, "0 %")]
    drawn = bars("bild", f"Titel {HOSTILE}", data)
    root = ElementTree.fromstring(drawn)
    assert root.attrib["aria-label"] == f"Titel {HOSTILE}"
    assert not {"width", "height"} & set(root.keys())
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert ids
    assert all(id.startswith("bild-") for id in ids)
    assert drawn == bars("bild", f"Titel {HOSTILE}", data)


def test_an_index_of_our_own_data_says_which_sources_were_not_read(index_dir: Path, tmp_path: Path) -> None:
    assert main(["--index-dir", str(index_dir), "report", "--out", str(tmp_path)]) == 0
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert text.count("Inte läst") == len(OWNERS)
    assert "Ingen källa har lästs" in text


def test_an_empty_folder_makes_a_report_too(tmp_path: Path) -> None:
    assert make_report(tmp_path / "none", tmp_path / "out", TODAY).measures == 0
    assert not (tmp_path / "none").exists()


def test_the_drawing_library_is_loaded_for_the_report_alone() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, ingest.__main__; print('matplotlib' in sys.modules)"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "False\n"


def test_a_concept_twice_in_the_rows_is_shown_as_it_is(tmp_path: Path) -> None:
    records = healthy()
    records[JOBTECH].append(replace(concept(OCCUPATION, "occupation-name"), definition_sv=""))
    made = make_report(write(tmp_path / "index", records), tmp_path / "out", TODAY)
    assert made.defects == 2
    assert (tmp_path / "out" / TABLES / "jobtech-taxonomy-duplicate-id.csv").exists()
