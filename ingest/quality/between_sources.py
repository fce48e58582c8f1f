"""Where the taxonomy and ESCO, or the taxonomy and the educations, say different things of the same."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from assistant.apis.susa import SERVICE as SUSA
from assistant.domain.education import TieOrigin
from ingest.cleaning import ESCO, JOBTECH
from ingest.quality.coverage import MATCHES
from ingest.quality.disagreement import disagreement
from ingest.quality.measure import Measure, Row, Severity
from ingest.quality.snapshot import OCCUPATION, Snapshot, TiedEducation
from ingest.records import ConceptRecord

SURE = 0.9
"""From this probability on, what a title speaks for is set against the code of the source."""

_BRIDGES = ("jobtech-esco-occupation", "jobtech-esco-skill")


def between_sources(snapshot: Snapshot) -> Iterator[Measure]:
    """All disagreements between the sources that were read."""
    if not snapshot.has_read(JOBTECH):
        return
    if snapshot.has_read(ESCO):
        yield _isco_codes(snapshot)
        yield _esco_labels(snapshot)
        yield _lost_bridges(snapshot)
        yield _many_exact(snapshot)
        yield _two_kinds_of_match(snapshot)
    if snapshot.tied is not None:
        yield _titles_against_codes(snapshot, snapshot.tied)


def _isco_codes(snapshot: Snapshot) -> Measure:
    """ISCO by way of the SSYK group against ISCO by way of the exactly matching ESCO occupation."""
    found: list[Row] = []
    total = 0
    for occupation in snapshot.live(OCCUPATION):
        group = snapshot.group_of(occupation.concept_id)
        expected = (
            {c.code for c in snapshot.targets("related", group.concept_id, "isco-level-4")}
            if group
            else set()
        )
        matched = snapshot.targets("exact_match", occupation.concept_id, "esco-occupation")
        for esco in matched if group and expected else ():
            total += 1
            isco = esco.code.partition(".")[0]
            if isco and isco not in expected:
                row = (occupation.concept_id, occupation.label_sv, group.code if group else "")
                found.append((*row, ", ".join(sorted(expected)), esco.concept_id, _label(esco), isco))
    return disagreement(
        found,
        total,
        id="isco-mot-esco",
        title="Yrken som hamnar i olika ISCO-grupper",
        texts=(
            "Yrkets SSYK-grupp leder till en ISCO-grupp, men ESCO-yrket som är kopplat som exakt lika "
            "ligger i en annan.",
            "Se över den exakta kopplingen till ESCO, eller gruppens koppling till ISCO-08.",
            "exakta kopplingar från yrke till ESCO-yrke",
        ),
        columns=(
            "id",
            "benämning",
            "SSYK",
            "ISCO enligt SSYK",
            "ESCO-id",
            "ESCO-benämning",
            "ISCO enligt ESCO",
        ),
        systems=(JOBTECH, ESCO),
    )


def _label(concept: ConceptRecord) -> str:
    return concept.label_sv or concept.label_en


def _bridges(snapshot: Snapshot) -> list[tuple[ConceptRecord, ConceptRecord | None]]:
    """JobTech's own concepts for those of ESCO, each with ESCO's, if it is there and in force."""
    found = []
    for concept in snapshot.live(*_BRIDGES):
        if concept.esco_uri:
            there = snapshot.concepts.get(concept.esco_uri)
            found.append((concept, None if there is None or there.deprecated else there))
    return found


def _esco_labels(snapshot: Snapshot) -> Measure:
    pairs = [(here, there) for here, there in _bridges(snapshot) if there and there.label_sv]
    found: list[Row] = [
        (here.concept_id, here.label_sv, there.label_sv, there.concept_id)
        for here, there in pairs
        if here.label_sv.casefold() != there.label_sv.casefold()
    ]
    return disagreement(
        found,
        len(pairs),
        id="esco-benamning-i-taxonomin",
        title="ESCO-begrepp som heter annorlunda i taxonomin än hos ESCO",
        texts=(
            "Taxonomins begrepp och ESCO:s begrepp med samma adress har olika svenska benämningar.",
            "Hämta ESCO:s benämning på nytt, eller meddela ESCO den bättre översättningen.",
            "ESCO-begrepp i taxonomin som har svensk benämning hos ESCO",
        ),
        columns=("id", "benämning i taxonomin", "benämning hos ESCO", "ESCO-id"),
        systems=(JOBTECH, ESCO),
        severity=Severity.GAP,
    )


def _lost_bridges(snapshot: Snapshot) -> Measure:
    bridges = _bridges(snapshot)
    found: list[Row] = [
        (here.concept_id, here.label_sv, here.esco_uri) for here, there in bridges if there is None
    ]
    return disagreement(
        found,
        len(bridges),
        id="esco-begrepp-som-inte-finns",
        title="ESCO-begrepp i taxonomin som inte finns i bruk hos ESCO",
        texts=(
            "Adressen leder till inget begrepp i den inlästa versionen av ESCO, eller till ett avvecklat.",
            "Avveckla begreppet i taxonomin eller peka om det.",
            "ESCO-begrepp i taxonomin",
        ),
        columns=("id", "benämning", "ESCO-id"),
        systems=(JOBTECH, ESCO),
    )


def _many_exact(snapshot: Snapshot) -> Measure:
    """Exact matches that are not one to one."""
    sources: dict[str, set[str]] = defaultdict(set)
    pairs: list[tuple[str, str]] = []
    for occupation in snapshot.live(OCCUPATION, "skill"):
        for target in snapshot.targets("exact_match", occupation.concept_id):
            pairs.append((occupation.concept_id, target.concept_id))
            sources[target.concept_id].add(occupation.concept_id)
    targets = Counter(source_id for source_id, _ in pairs)
    found: list[Row] = [
        (
            source,
            _label(snapshot.concepts[source]),
            target,
            _label(snapshot.concepts[target]),
            targets[source],
            n,
        )
        for source, target in pairs
        if (n := len(sources[target])) > 1 or targets[source] > 1
    ]
    return disagreement(
        found,
        len(pairs),
        id="exakt-men-flera",
        title="Exakta kopplingar till ESCO som inte är en mot en",
        texts=(
            "Ett begrepp är exakt lika med flera ESCO-begrepp, eller flera begrepp med ett och samma.",
            "Behåll en exakt koppling och gör de andra nära, bredare eller smalare.",
            "exakta kopplingar från yrke eller kompetens",
        ),
        columns=("id", "benämning", "ESCO-id", "ESCO-benämning", "exakta mål", "exakta källor"),
        systems=(JOBTECH, ESCO),
    )


def _two_kinds_of_match(snapshot: Snapshot) -> Measure:
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in MATCHES:
        for source_id, targets in snapshot.links.get(name, {}).items():
            for target_id in targets:
                kinds[source_id, target_id].append(name)
    found: list[Row] = []
    for (source_id, target_id), names in sorted(kinds.items()):
        source = snapshot.concepts.get(source_id)
        if len(names) > 1 and source:
            found.append((source_id, _label(source), target_id, ", ".join(names)))
    return disagreement(
        found,
        len(kinds),
        id="kopplad-pa-tva-satt",
        title="Kopplingar till ESCO av två slag mellan samma begrepp",
        texts=(
            "Samma två begrepp är kopplade på flera sätt, till exempel både exakt och bredare.",
            "Behåll det slag som gäller.",
            "kopplade par av begrepp",
        ),
        columns=("id", "benämning", "ESCO-id", "slag"),
        systems=(JOBTECH, ESCO),
    )


def _titles_against_codes(snapshot: Snapshot, tied: Sequence[TiedEducation]) -> Measure:
    """SSYK codes of educations against the group that the title surely speaks for."""
    sure = [education for education in tied if education.guess_probability >= SURE]
    found: list[Row] = []
    for education in sure:
        own = [tie.concept_id for tie in education.ties if tie.origin is TieOrigin.SSYK_CODE]
        if education.guess not in own:
            codes = ", ".join(sorted(c.code for id in own if (c := snapshot.concepts.get(id))))
            guess = snapshot.concepts.get(education.guess)
            row = (education.kind.kind_id, education.kind.title, codes, guess.code if guess else "")
            label = guess.label_sv if guess else education.guess
            found.append((*row, label, " ".join(education.education_ids)))
    return disagreement(
        found,
        len(sure),
        id="aub-kod-mot-titel",
        title="Utbildningar vars titel talar för ett annat yrke än koden",
        texts=(
            f"Titeln pekar med minst {SURE * 100:.0f} % sannolikhet på en yrkesgrupp som inte finns bland "
            "utbildningens SSYK-koder. En dator har gjort bedömningen, så se på varje fall.",
            "Lägg till eller rätta SSYK-koden där titeln har rätt.",
            "slag av utbildningar med SSYK-kod och tydlig titel",
        ),
        columns=(
            "id",
            "titel",
            "SSYK-koder",
            "SSYK enligt titeln",
            "yrkesgrupp enligt titeln",
            "utbildningarnas id",
        ),
        systems=(SUSA, JOBTECH),
        severity=Severity.GAP,
    )
