"""The pictures of a card as props: drawn, explained, and the same figures as a table."""

import re
from collections.abc import Iterable, Sequence

from assistant.domain.cards import AskedSkill, ComparisonCard, OccupationCard, PlanCard, PlanStepCard
from assistant.domain.market import CountyOutlook, Opportunities, PayRange
from assistant.guidance.statement import grouped
from assistant.ui.cards import Labels, Props, markers_in, without_markers
from assistant.ui.charts.counties import LETTERS, MapWords, county_map
from assistant.ui.charts.pay import PayRow, pay_ranges, published
from assistant.ui.charts.skills import skill_bars
from assistant.ui.charts.timeline import plan_timeline

_SWEDEN = "00"
# Shares of ads above which a skill is asked for often, and sometimes.
_OFTEN, _SOMETIMES = 0.5, 0.2
_MOST_SKILLS = 8
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")

Table = tuple[Sequence[str], Sequence[Sequence[str]]]


def occupation_pictures(card: OccupationCard, labels: Labels) -> dict[str, Props]:
    """The pictures of an occupation, by the key of the fact that they belong to."""
    markers = {fact.key: sorted(markers_in(fact.text)) for fact in card.facts}
    drawn = {
        "pay": _pay((card.concept_id,), ((card.label, card.pay),), markers.get("pay", []), labels),
        "demand": _demand(card, markers.get("demand", []), labels),
        "far": _skills(card, labels),
    }
    return {key: picture for key, picture in drawn.items() if picture}


def comparison_picture(card: ComparisonCard, labels: Labels) -> Props | None:
    """The pay of all that is compared; None where nothing is published."""
    cells = (cell for row in card.rows if row.key == "pay" for cell in row.cells)
    rows = tuple(zip(card.labels, card.pay, strict=False))
    return _pay(card.concept_ids, rows, sorted(markers_in(*cells)), labels)


def plan_picture(card: PlanCard, labels: Labels) -> Props:
    """The steps of a plan on an axis of months."""
    head = [labels(f"picture.plan.{name}") for name in ("step", "start", "length")]
    rows = [
        (
            f"{number}. {step.title}",
            _start(step, labels),
            without_markers(step.time) or labels("picture.plan.unknown"),
        )
        for number, step in enumerate(card.steps, start=1)
    ]
    title = labels("picture.plan.title")
    svg = plan_timeline(
        f"plan-{card.concept_id}", _spoken(title, rows), card.steps, labels("picture.plan.unit")
    )
    note = "picture.plan.note" if any(step.months is None for step in card.steps) else ""
    markers = sorted(markers_in(*(f"{step.text} {step.time}" for step in card.steps)))
    return _props((svg, title), (head, rows), markers, labels, labels(note) if note else "")


def _pay(
    ids: Sequence[str], rows: Sequence[tuple[str, PayRange | None]], markers: list[int], labels: Labels
) -> Props | None:
    years = sorted({pay.year for _, pay in rows if pay is not None and published(pay)})
    if not years:
        return None
    unknown = labels("picture.pay.unknown")
    title = labels("picture.pay.title", year="–".join(map(str, dict.fromkeys((years[0], years[-1])))))
    columns = ("p10", "median", "mean", "p90")
    table = [
        (label, *(_kronor(getattr(pay, column) if pay else None, labels) for column in columns))
        for label, pay in rows
    ]
    head = [labels(f"picture.pay.{column}") for column in ("occupation", *columns)]
    spoken = [
        (label, *(f"{name}: {figure}" for name, figure in zip(head[1:], figures, strict=True)))
        for label, *figures in table
    ]
    svg = pay_ranges(
        _name("pay", *ids), _spoken(title, spoken), [PayRow(label, pay, unknown) for label, pay in rows]
    )
    return _props((svg, title), (head, table), markers, labels, labels("picture.pay.note"))


def _kronor(figure: int | None, labels: Labels) -> str:
    if figure is None:
        return labels("picture.pay.unknown")
    return labels("picture.pay.kronor", number=grouped(figure))


def _demand(card: OccupationCard, markers: list[int], labels: Labels) -> Props | None:
    counties = [each for each in card.outlook if each.county_code in LETTERS]
    if not any(each.opportunities for each in counties):
        return None
    steps = {step: labels(f"picture.demand.{step}") for step in Opportunities}
    unknown = labels("picture.demand.unknown")
    words = MapWords(steps, unknown, labels("picture.demand.own"))
    title = labels("picture.demand.title")
    head = [labels(f"picture.demand.{name}") for name in ("letters", "county", "now", "trend")]
    rows = [_outlook_row(each, labels) for each in (*_country(card.outlook), *counties)]
    spoken = [
        (name, ", ".join(each.county for each in counties if each.opportunities == step))
        for step, name in reversed(steps.items())
    ]
    svg = county_map(
        _name("demand", card.concept_id), _spoken(title, spoken), counties, words, card.county_code
    )
    return _props((svg, title), (head, rows), markers, labels, labels("picture.demand.note"))


def _country(outlook: Iterable[CountyOutlook]) -> list[CountyOutlook]:
    return [each for each in outlook if each.county_code == _SWEDEN]


def _outlook_row(outlook: CountyOutlook, labels: Labels) -> tuple[str, ...]:
    unknown = labels("picture.demand.unknown")
    is_country = outlook.county_code == _SWEDEN
    return (
        LETTERS.get(outlook.county_code, ""),
        labels("picture.demand.country") if is_country else outlook.county,
        labels(f"picture.demand.{outlook.opportunities}") if outlook.opportunities else unknown,
        labels(f"picture.demand.{outlook.trend}") if outlook.trend else unknown,
    )


def _skills(card: OccupationCard, labels: Labels) -> Props | None:
    asked = card.asked[:_MOST_SKILLS]
    if not asked:
        return None
    head = [labels(f"picture.skills.{name}") for name in ("skill", "asked", "you")]
    rows = [
        (
            each.label,
            _how_often(each, labels),
            labels(f"picture.skills.{'held' if each.is_held else 'missing'}"),
        )
        for each in asked
    ]
    title = labels("picture.skills.title")
    svg = skill_bars(_name("skills", card.concept_id), _spoken(title, rows), asked)
    return _props((svg, title), (head, rows), [], labels, labels("picture.skills.note"))


def _how_often(skill: AskedSkill, labels: Labels) -> str:
    word = "often" if skill.share >= _OFTEN else "sometimes" if skill.share >= _SOMETIMES else "seldom"
    return labels(f"picture.skills.{word}")


def _start(step: PlanStepCard, labels: Labels) -> str:
    months = round(step.starts_after_months, 1)
    if months == 0:
        return labels("picture.plan.now")
    if months == 1:
        return labels("picture.plan.after_one")
    return labels("picture.plan.after", months=labels.number(months))


def _props(drawn: tuple[str, str], table: Table, markers: list[int], labels: Labels, note: str = "") -> Props:
    svg, title = drawn
    head, rows = table
    return {
        "svg": svg,
        "title": title,
        "note": note,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "markers": markers,
        "labels": labels.group("picture", "as_text sources"),
    }


def _spoken(title: str, rows: Iterable[Sequence[str]]) -> str:
    """What a screen reader says of a picture: all that is drawn, as one line."""
    return f"{title}. " + ". ".join(", ".join(filter(None, row)) for row in rows)


def _name(*parts: str) -> str:
    """A name that may stand in an id of the page."""
    return _NOT_IN_NAMES.sub("", "-".join(parts))
