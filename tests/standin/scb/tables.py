"""SCB's tables on pay: what they are made of, and their figures.

Recorded: titles, variables, codes and labels of the two series on spread of pay by occupation (SSYK 2012).
From the shared `ssyk_stats`: P10, mean and P90 of 2023 (shown in May 2025, so the newest year then), all
sectors and both sexes. Not known, so without a figure: all medians of that year, every other sector and
sex, and all of 2025. Invented, and marked so: ids of tables other than TAB5932, labels of some sectors, the
figures of 2024 for two groups, and the tables that only resemble the wanted one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from tests.standin.shared import read_rows

PAY_TABLE = "TAB5932"
MEAN, MEDIAN, P10, P25, P75, P90 = (f"000007C{letter}" for letter in "DEFGHI")
INVENTED_YEAR = "2024"
INVENTED_PAY = {"5120": (24100, 28400, 28700, 33900), "2512": (37200, 50900, 52600, 72000)}
"""P10, median, mean and P90 by SSYK code, invented so that something has a median."""

_MEASURES = {
    MEAN: "Månadslön",
    MEDIAN: "Medianlön",
    P10: "10:e percentilen",
    P25: "25:e percentilen",
    P75: "75:e percentilen",
    P90: "90:e percentilen",
}
_SECTORS = {
    "0": "samtliga sektorer",
    "1-3": "offentlig sektor",
    "1": "statlig sektor",
    "2": "kommunal sektor",
    "3": "regioner",
    "4-5": "privat sektor",
    "4": "arbetare, privat sektor",
    "5": "tjänstemän, privat sektor",
}
_SEXES = {"1": "män", "2": "kvinnor", "1+2": "totalt"}

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with its values, codes to labels."""

    code: str
    label: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; figures by value codes in the order of the variables."""

    table_id: str
    title: str
    title_en: str
    variables: tuple[Variable, ...]
    figures: Mapping[Cell, int] = field(default_factory=dict)
    discontinued: bool = False

    @property
    def years(self) -> list[str]:
        return sorted(self.variables[-1].values)


@cache
def tables() -> tuple[Table, ...]:
    """All tables; the first is the one to find."""
    contents = Variable("ContentsCode", "tabellinnehåll", _MEASURES)
    sector, sex = Variable("Sektor", "sektor", _SECTORS), Variable("Kon", "kön", _SEXES)
    occupation = Variable("Yrke2012", "yrke (SSYK 2012)", _occupations())
    spread = "Genomsnittlig månadslön och lönespridning efter sektor, yrke"
    spread_en = "Average salary and salary dispersion by sector, occupation"
    field_of_work = Variable("Yrkesomrade", "yrkesområde", {"2": "yrken med krav på högskolekompetens"})
    older = Variable("Yrke96", "yrke (SSYK)", {"2131": "systemerare och programmerare"})
    mean_alone = Variable("ContentsCode", "tabellinnehåll", {"000007AR": "Månadslön"})
    regions = Variable("Region", "region", {"SE": "Riket", "SE11": "Stockholm"})
    return (
        Table(
            PAY_TABLE,
            f"{spread} (SSYK 2012) och kön. År 2023 - 2025",
            f"{spread_en} (SSYK 2012) and sex. Year 2023 - 2025",
            (sector, occupation, sex, contents, _years("2023", INVENTED_YEAR, "2025")),
            _figures(),
        ),
        Table(
            "TAB9001",
            f"{spread} (SSYK 2012) och kön. År 2014 - 2022",
            f"{spread_en} (SSYK 2012) and sex. Year 2014 - 2022",
            (sector, occupation, sex, contents, _years("2021", "2022")),
        ),
        Table(
            "TAB9002",
            f"{spread} (SSYK) och kön. År 2005 - 2013",
            f"{spread_en} (SSYK) and sex. Year 2005 - 2013",
            (sector, older, sex, contents, _years("2013")),
            discontinued=True,
        ),
        # Newer than the wanted one and of the same name, but by field of work, not by SSYK.
        Table(
            "TAB9003",
            "Genomsnittlig månadslön och lönespridning efter sektor, yrkesområde och kön. År 2025",
            "Average salary and salary dispersion by sector, field of work and sex. Year 2025",
            (sector, field_of_work, sex, contents, _years("2025")),
        ),
        # Newer too, and retired.
        Table(
            "TAB9004",
            f"{spread} (SSYK 2012), kön och ålder. År 2025",
            f"{spread_en} (SSYK 2012), sex and age. Year 2025",
            (sector, occupation, sex, contents, _years("2025")),
            discontinued=True,
        ),
        Table(
            "TAB9005",
            "Genomsnittlig grundlön och månadslön efter region, sektor, yrke (SSYK 2012) och kön. År 2024",
            "Average basic salary and monthly salary by region, sector, occupation (SSYK 2012) and sex",
            (regions, sector, occupation, sex, mean_alone, _years("2024")),
        ),
    )


def _years(*years: str) -> Variable:
    return Variable("Tid", "år", {year: year for year in years})


def _stats() -> list[dict[str, str]]:
    """The rows of real groups, and "0000" for all of them."""
    return [row for row in read_rows("ssyk_stats") if row["ssyk"] == "0000" or "label_sv" in row]


def _occupations() -> dict[str, str]:
    return {row["ssyk"]: row.get("label_sv", "samtliga yrken") for row in _stats()}


def _figures() -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for row in _stats():
        for measure, name in ((P10, "salary_p10"), (MEAN, "salary_mean"), (P90, "salary_p90")):
            if row[name] != "..":
                found["0", row["ssyk"], "1+2", measure, "2023"] = int(row[name])
    for code, figures in INVENTED_PAY.items():
        for measure, figure in zip((P10, MEDIAN, MEAN, P90), figures, strict=True):
            found["0", code, "1+2", measure, INVENTED_YEAR] = figure
    return found
