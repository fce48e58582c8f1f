"""The licences of a CV: driving licence classes, and permits that employers ask for."""

import re
from collections.abc import Iterator, Sequence

from assistant.retrieval.cv.headings import Section
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.values import CvLicence, Span
from assistant.retrieval.mentions.licences import licences_said
from assistant.retrieval.text import fold

# What each is: the code that a licence gets here.
_PERMITS = {
    "truck": r"truckkort\w*|truckförarbevis|truckbehörighet|truckutbildning|forklift (?:licen[cs]e|permit"
    r"|certificate|card|training)"
    r"|forklift operator (?:licen[cs]e|certificate)",
    "hot_work": r"heta arbeten|hot work\w*",
    "ykb": r"\bykb\b|yrkesförarkompetens\w*|yrkeskompetensbevis|driver cpc"
    r"|certificate of professional competence",
    "adr": r"\badr\b",
    "taxi": r"taxiförarlegitimation|taxilegitimation|taxileg\b|taxi (?:driver )?licen[cs]e|taxi permit",
    "guard": r"ordningsvaktsförordnande|ordningsvaktsutbildning|ordningsvaktslegitimation"
    r"|väktarlegitimation|security guard licen[cs]e"
    r"|sia licen[cs]e",
    "lift": r"liftkort|liftutbildning|liftförarbevis|mobil(?:a)? arbetsplattform\w*"
    r"|aerial work platform\w*|lift licen[cs]e",
    "crane": r"traverskort|traversutbildning|traversförarbevis|kranförarbevis|kranbehörighet"
    r"|overhead crane (?:licen[cs]e|certificate)",
    "slinging": r"säkra lyft|safe lifting",
    "scaffold": r"ställningsutbildning|ställningsbyggnad\w*utbildning|scaffolding (?:certificate"
    r"|licen[cs]e|training)",
    "chainsaw": r"motorsågskörkort|motorsågskort|chainsaw licen[cs]e",
    "excavator": r"grävmaskinskort|maskinförarbevis|yrkesbevis maskinförare|excavator licen[cs]e",
    "alcohol": r"serveringstillstånd|alcohol licen[cs]e",
    "teaching": r"lärarlegitimation|teaching licen[cs]e|teacher registration",
    "nursing": r"sjuksköterskelegitimation|legitimation som sjuksköterska|nursing licen[cs]e"
    r"|nursing registration|nmc registration",
    "electrical": r"elbehörighet|elinstallatörsbehörighet|\bauktorisation al\b|electrician'?s? licen[cs]e",
    "wet_room": r"våtrumsbehörighet|våtrumscertifikat",
    "ppe_road": r"arbete på väg|apv\b",
}
_PERMIT_PATTERNS = {code: re.compile(pattern) for code, pattern in _PERMITS.items()}
# Below a heading on licences the machine alone is enough.
_AMONG_LICENCES = {
    "truck": re.compile(r"\w*truck\w*|forklift\w*"),
    "crane": re.compile(r"travers\w*|overhead crane\w*"),
}
_DENIED = re.compile(
    r"\b(?:nej|inget|ingen|ej|saknar|inte|no|none|håller på|övningskör\w*|learning|in progress|not yet)\b"
)
_CATEGORY = re.compile(r"\b(?:körkort|licen[cs]e|b-kort|behörighet)|\bcategor(?:y|ies)\b|\bklass\b")
# Classes of trucks and cranes are letters too.
_CLASS_OF_A_TRUCK = re.compile(r"\b(?:truck|fork|travers|kran|lift)\w*[^.;\n]*", re.IGNORECASE)
_ITEMS = re.compile(r"[;.\n|•]")
_CLASS = r"(?:AM|A1|A2|A|BE|B96|B|C1E|C1|CE|C|D1E|D1|DE|D)"
_CLASSES_FIRST = re.compile(
    rf"\W*(?:klass|category|kategori)?\W*{_CLASS}(?:(?:\W+|\W+(?:och|and)\W+){_CLASS})*(?!\w)", re.IGNORECASE
)
_SECTIONS = (Section.TOP, Section.LICENCES, Section.OTHER, Section.SKILLS, Section.EDUCATION)


def read_licences(lines: Sequence[Line]) -> tuple[CvLicence, ...]:
    """The licences that lines name, each once, in their order; not those that are denied or on the way."""
    found: dict[str, CvLicence] = {}
    for line in lines:
        if line.section in _SECTIONS:
            for licence in _in_line(line):
                found.setdefault(licence.code, licence)
    return tuple(found.values())


def names_permit(text: str) -> bool:
    """Whether a text names a permit that is no driving licence."""
    folded = fold(text)
    return any(pattern.search(folded) for pattern in _PERMIT_PATTERNS.values())


def _in_line(line: Line) -> Iterator[CvLicence]:
    folded = fold(line.text)
    if _DENIED.search(folded):
        return
    yield from _driving_licences(line)
    patterns = _PERMIT_PATTERNS | (_AMONG_LICENCES if line.section is Section.LICENCES else {})
    for code, pattern in patterns.items():
        # Folding keeps the places of letters but where it takes spaces together, which a line has no more.
        if found := pattern.search(folded):
            start = line.span.start + found.start()
            yield CvLicence(code, Span(start, min(start + len(found[0]), line.span.end)))


def _driving_licences(line: Line) -> Iterator[CvLicence]:
    # Blanked rather than cut out, so that what is left stays where it is.
    text = _CLASS_OF_A_TRUCK.sub(lambda found: " " * len(found[0]), line.text)
    is_list = line.section is Section.LICENCES and bool(_CLASSES_FIRST.match(text))
    at = 0
    for separator in [*_ITEMS.finditer(text), None]:
        end = separator.start() if separator else len(text)
        if is_list or _CATEGORY.search(fold(text[at:end])):
            listed = _CLASSES_FIRST.match(text[at:end]) if is_list else None
            said = listed[0] if listed else text[at:end]
            for code in licences_said(said.replace("\t", " "), asked=True):
                yield CvLicence(code, Span(line.span.start + at, line.span.start + end))
        at = separator.end() if separator else end
