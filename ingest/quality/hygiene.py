"""What was wrong with the values of records as they were read, by source and kind."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.cleaning import JOBTECH
from ingest.findings import Action, Finding, FindingKind
from ingest.quality.measure import Measure, Section, Severity
from ingest.quality.owners import OWNERS
from ingest.quality.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class _Said:
    """How a kind of finding is told: what is wrong, what would help, and how much it is felt."""

    title: str
    meaning: str
    remedy: str
    severity: Severity


_WRONG, _GAP, _UNTIDY = Severity.WRONG, Severity.GAP, Severity.UNTIDY

_SAID: Mapping[FindingKind, _Said] = {
    FindingKind.UNREADABLE: _Said(
        "poster som inte går att läsa",
        "Posten har inte källans egen form.",
        "Rätta posten, eller låt den inte lämnas ut.",
        _WRONG,
    ),
    FindingKind.WRONG_ID: _Said(
        "felaktiga identiteter",
        "Identiteten har inte den form som källan lovar, eller saknas.",
        "Rätta identiteten.",
        _WRONG,
    ),
    FindingKind.WRONG_SYSTEM: _Said(
        "poster som anger en annan källa",
        "Posten säger sig komma från en annan källa än den som lämnade ut den.",
        "Rätta uppgiften om källa.",
        _WRONG,
    ),
    FindingKind.MISSING_LABEL: _Said(
        "poster utan namn",
        "Posten har varken benämning eller titel på något språk.",
        "Sätt en benämning, eller ta bort posten.",
        _WRONG,
    ),
    FindingKind.UNKNOWN_RELATION: _Said(
        "okända slag av relationer",
        "Relationen är av ett slag som inte är beskrivet.",
        "Beskriv slaget, eller ta bort relationen.",
        _GAP,
    ),
    FindingKind.SELF_RELATION: _Said(
        "relationer från ett begrepp till sig självt",
        "Relationens båda ändar är samma begrepp.",
        "Ta bort relationen.",
        _WRONG,
    ),
    FindingKind.UNKNOWN_CONCEPT: _Said(
        "relationer till begrepp som inte finns",
        "Relationens ena ände finns inte bland begreppen.",
        "Peka om relationen, eller ta bort den.",
        _WRONG,
    ),
    FindingKind.UNKNOWN_EDUCATION: _Said(
        "tillfällen utan användbar utbildning",
        "Utbildningen finns inte bland utbildningarna, eller har ett fel som gör att den inte kan användas.",
        "Lägg till eller rätta utbildningen, eller ta bort tillfället.",
        _WRONG,
    ),
    FindingKind.END_SET_ASIDE: _Said(
        "relationer till begrepp som inte kan användas",
        "Relationens ena ände är ett begrepp med ett fel som gör att det inte kan användas.",
        "Rätta begreppet, så håller relationen.",
        _WRONG,
    ),
    FindingKind.CYCLE: _Said(
        "kretsar i hierarkin",
        "Begreppet är, i flera led, bredare än sig självt.",
        "Bryt kretsen.",
        _WRONG,
    ),
    FindingKind.DUPLICATE_ID: _Said(
        "samma identitet flera gånger",
        "Flera poster har samma identitet; den sista används.",
        "Ta bort dubbletterna.",
        _WRONG,
    ),
    FindingKind.LOST_REPLACEMENT: _Said(
        "ersättningar som inte leder någonstans",
        "Ett avvecklat begrepp anger en ersättning, men ingen kedja leder till ett begrepp i bruk.",
        "Ange en ersättning som är i bruk.",
        _WRONG,
    ),
    FindingKind.REMOVED_AGAIN: _Said(
        "poster som både finns och är borttagna",
        "Posten lämnades ut och sades vara borttagen i samma läsning.",
        "Lämna bara ut det ena.",
        _GAP,
    ),
    FindingKind.REDUNDANT_ALTERNATIVE: _Said(
        "alternativa benämningar som upprepar",
        "En alternativ benämning är tom, upprepad eller densamma som benämningen.",
        "Ta bort den.",
        _UNTIDY,
    ),
    FindingKind.HTML: _Said(
        "märkning i texter",
        "Texten har HTML-märkning eller kodade tecken där det skulle vara ren text.",
        "Lämna ut ren text.",
        _UNTIDY,
    ),
    FindingKind.MOJIBAKE: _Said(
        "förvanskade tecken",
        "Texten har lästs med fel teckenkodning någonstans på vägen.",
        "Rätta texten hos källan.",
        _WRONG,
    ),
    FindingKind.CONTROL_CHARACTERS: _Said(
        "osynliga tecken",
        "Texten har styrtecken eller tecken utan bredd, som stör sökning.",
        "Ta bort dem när texten sparas.",
        _UNTIDY,
    ),
    FindingKind.WHITESPACE: _Said(
        "överflödiga mellanslag",
        "Texten har mellanslag i början, i slutet eller flera i rad.",
        "Städa mellanslagen när texten sparas.",
        _UNTIDY,
    ),
    FindingKind.NOT_NORMALISED: _Said(
        "tecken i delar",
        "Bokstäver som å, ä, ö är lagrade som bokstav och prick var för sig (inte Unicode NFC).",
        "Spara texten i Unicode NFC.",
        _UNTIDY,
    ),
    FindingKind.TOO_LONG: _Said(
        "orimligt långa texter",
        "Texten är så lång att den har kortats.",
        "Korta texten.",
        _UNTIDY,
    ),
    FindingKind.MALFORMED_DATE: _Said(
        "datum som inte är datum",
        "Värdet går inte att läsa som ett datum.",
        "Skriv datum som ÅÅÅÅ-MM-DD.",
        _GAP,
    ),
    FindingKind.OPEN_DATE: _Said(
        "låtsade datum (2099 eller senare)",
        "Ett datum långt fram står för att något är öppet tills vidare.",
        "Lämna fältet tomt, och säg i ett eget fält att ansökan är öppen.",
        _GAP,
    ),
    FindingKind.OUT_OF_RANGE: _Said(
        "tal utanför sitt område",
        "Talet kan inte stämma, till exempel en SeQF-nivå över 8.",
        "Rätta talet.",
        _GAP,
    ),
    FindingKind.BAD_ADDRESS: _Said(
        "webbadresser som inte går att öppna",
        "Värdet är ingen webbadress som börjar med http eller https.",
        "Skriv hela adressen.",
        _GAP,
    ),
}

# Left out: what this product does not use, which is no defect, and what other measures count.
_ELSEWHERE = frozenset({FindingKind.NOT_MIRRORED, FindingKind.DUPLICATE_LABEL})
_DONE: Mapping[Action, str] = {
    Action.REPAIRED: "rättat vid inläsning",
    Action.SET_ASIDE: "kan inte användas",
    Action.NOTED: "noterat",
}


def hygiene(snapshot: Snapshot) -> Iterator[Measure]:
    """A measure for each kind of finding of each source."""
    groups: dict[tuple[str, FindingKind], list[Finding]] = defaultdict(list)
    unused = {f.record_id for f in snapshot.findings if f.kind is FindingKind.NOT_MIRRORED}
    for finding in snapshot.findings:
        is_counted = finding.system == JOBTECH and finding.kind is FindingKind.MISSING_LABEL
        # A relation to a concept of a type that is not used here is no defect either.
        is_unused = finding.kind is FindingKind.END_SET_ASIDE and finding.detail in unused
        if finding.kind not in _ELSEWHERE and not is_counted and not is_unused:
            groups[finding.system, finding.kind].append(finding)
    read = {totals.system: totals.read for totals in snapshot.totals}
    for (system, kind), found in sorted(groups.items()):
        yield _measure(snapshot, system, kind, found, read.get(system, 0))


def _measure(
    snapshot: Snapshot, system: str, kind: FindingKind, found: Sequence[Finding], read: int
) -> Measure:
    said = _SAID[kind]
    ids = {finding.record_id for finding in found}
    return Measure(
        id=f"{_slug(system)}-{kind.value.replace('_', '-')}",
        section=Section.HYGIENE,
        title=f"{system}: {said.title}",
        owner=OWNERS.get(system, system),
        systems=(system,),
        meaning=said.meaning,
        remedy=said.remedy,
        unit="inlästa poster",
        severity=said.severity,
        count=len(ids),
        total=read,
        columns=("id", "benämning", "var", "vad som gjordes"),
        rows=tuple((f.record_id, _label(snapshot, f.record_id), f.detail, _DONE[f.action]) for f in found),
        concerned=len(ids),
    )


def _label(snapshot: Snapshot, record_id: str) -> str:
    concept = snapshot.concepts.get(record_id)
    return (concept.label_sv or concept.label_en) if concept else ""


def _slug(system: str) -> str:
    return system.casefold().translate(str.maketrans("åäö ", "aao-"))
