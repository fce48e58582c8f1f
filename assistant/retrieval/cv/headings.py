"""Headings of CVs in Swedish and English, and labels of fields. Pure functions."""

import re
from enum import Enum

from assistant.retrieval.text import fold


class Section(Enum):
    """What a part of a CV is about."""

    TOP = "top"
    WORK = "work"
    EDUCATION = "education"
    LANGUAGES = "languages"
    LICENCES = "licences"
    SKILLS = "skills"
    OTHER = "other"
    NOTHING = "nothing"


class Field(Enum):
    """What a labelled line of a form says."""

    PERIOD = "period"
    TITLE = "title"
    PLACE = "place"
    TASKS = "tasks"


_HEADINGS = {
    Section.WORK: (
        r"\w*(?:livs|yrkes|arbets|jobb)erfarenhet(?:er)?|yrkesbakgrund|yrkesliv|anställningshistorik"
        r"|(?:tidigare |min |mina "
        r"|relevant )*erfarenhet(?:er)?"
        r"|(?:tidigare |nuvarande |akademiska )*(?:anställning(?:ar)?|tjänster|uppdrag|befattningar)"
        r"|arbeten?|jobb|praktik(?:platser)?|(?:feriejobb|sommarjobb|extrajobb)|karriär|meriter"
        r"|(?:(?:work|professional|relevant|previous|employment|job|industry|other|volunteer|teaching"
        r"|clinical)"
        r" )*(?:experiences?)(?: and employment)?|(?:employment|work|career|job|professional) history"
        r"|employment|work|career|jobs|appointments|positions(?: held)?|internships?|volunteering"
        r"|volunteer work|volontärarbete|(?:ideellt |frivilligt )?(?:arbete|engagemang|uppdrag)"
    ),
    Section.EDUCATION: (
        r"(?:yrkes|skol|grund|vidare|fort|hög|)utbildning(?:ar)?(?: och (?:kurser|examina))?|examina"
        r"|examen|studier|skola|skolor|schools?|skolgång|akademisk(?:a)?"
        r" (?:meriter|bakgrund|utbildning)|högre utbildning|education(?: and (?:training|qualifications))?"
        r"|(?:academic |educational )?(?:background|qualifications)|studies|degrees|schooling|training"
        r"|utbildningsbakgrund|education history"
    ),
    Section.LANGUAGES: (
        r"språk(?:kunskaper|kunskap|färdigheter)?|languages?(?: (?:skills|proficiency))?|language knowledge"
    ),
    Section.LICENCES: (
        r"(?:körkort|behörighet(?:er)?|licens(?:er)?|certifikat|certifiering(?:ar)?|intyg|legitimation(?:er)?"
        r"|kurser|kort|yrkesbevis|licen[cs]es?|driving licen[cs]es?|certificates?|certifications?|courses"
        r"|permits)(?:(?: och | and | & |/|, )(?:körkort|behörighet(?:er)?|licens(?:er)?|certifikat|intyg"
        r"|kurser|licen[cs]es?|certificates?|certifications?|courses|training|permits))*"
    ),
    Section.SKILLS: (
        r"(?:(?:mina|tekniska|digitala|data|it|särskilda|nyckel|personal|technical|key|core|digital|computer"
        r"|professional|soft|hard|other|it[- ]|data)[ -]?)*(?:kompetenser|kompetens|färdigheter|kunskaper"
        r"|skills|competences?|competenc(?:y|ies)|expertise|datakunskaper|datavana|specialkunskaper)"
        r"|programspråk(?: och verktyg)?|verktyg|program|tools|technologies|tech stack|it[- ]?kunskaper"
        r"|(?:skills|kunskaper) (?:and|och) (?:tools|abilities|verktyg|egenskaper)"
    ),
    Section.OTHER: r"övrig(?:t|a (?:meriter|upplysningar|uppgifter))|other(?: information)?"
    r"|additional information|misc",
    Section.NOTHING: (
        r"(?:kort )?(?:om mig|profil|sammanfattning|personlig(?:a|t) (?:profil|brev|egenskaper)|mål"
        r"|målsättning)"
        r"|about(?: me)?|(?:personal |professional |career |executive )*(?:profile|summary|statement"
        r"|objective)"
        r"|objective|(?:mina )?(?:intressen|fritid(?:sintressen)?|hobby(?:er)?|hobbies|interests)"
        r"|(?:hobbies|fritid|interests) (?:and|och) (?:interests|intressen|hobbies)|referen\w+|details"
        r"|links|länkar|militärtjänst|military service|(?:förenings|förtroende)\w+"
        r"|bilagor|attachments|tillgänglighet|availability|personliga? \w+"
        r"|referees"
        r"|personuppgifter|personal (?:information|details|data|particulars)|kontakt(?:uppgifter"
        r"|information)?"
        r"|contact(?: (?:me|details|information))?|adress|address|data protection|dataskydd|gdpr"
        r"|(?:valda )?publikationer(?: i urval)?|(?:selected )?publications|undervisning och handledning"
        r"|presentationer|presentations|conferences|konferenser|awards?|utmärkelser|priser|honou?rs"
        r"|scholarships"
        r"|stipendier|familj|family|personligt|privat|meritförteckning|curriculum vitae|cv|resum[eé]"
        r"|egenskaper"
    ),
}
_WHOLE = {section: re.compile(pattern) for section, pattern in _HEADINGS.items()}
# These stand at the beginning of the line that they are about, too.
_BEFORE_CONTENT = {
    Section.LANGUAGES: re.compile(
        rf"(?:{_HEADINGS[Section.LANGUAGES]}|modersmål|other languages?|andra språk|mother tongues?)"
    ),
    Section.LICENCES: re.compile(
        r"körkort|driving licen[cs]es?|körkort ?/ ?driving licen[cs]es?|behörigheter"
    ),
    Section.SKILLS: _WHOLE[Section.SKILLS],
    Section.NOTHING: re.compile(
        rf"(?:{_HEADINGS[Section.NOTHING]}|nationalitet|nationality|medborgarskap|citizenship|född|födelse\w+"
        r"|date of birth|birth ?date|born|kön|sex|gender|civilstånd|marital status|religion|telefon|tel"
        r"|phone|telephone|mobil|mobile|e-?post|e-?mail|mejl|mail|hemsida|website|linkedin|github|förnamn.*"
        r"|efternamn|namn|name|first name|surname|personnummer|ålder|age|hobby)"
    ),
}
_FIELDS = {
    Field.PERIOD: r"datum|period|tid|tidsperiod|dates?(?: \(from.*\))?|from.*to|years?|när",
    Field.TITLE: (
        r"yrke(?: eller befattning)?|befattning|titel|tjänst|roll|yrkestitel|occupation(?: or position held)?"
        r"|position(?: held)?|job title|title|role|kvalifikation|examen|utbildning|program"
        r"|(?:title of )?qualifications?(?: awarded)?|degree|course"
    ),
    Field.PLACE: (
        r"arbetsgivare|arbetsgivarens namn.*|företag|arbetsplats|ort|employer|company"
        r"|name and address of employer"
        r"|workplace|location|skola|skolans namn|lärosäte|utbildningsanordnare|school|university|institution"
        r"|organisation providing.*|name and type of organisation.*"
    ),
    Field.TASKS: (
        r"(?:huvudsakliga )?arbetsuppgifter(?: och ansvarsområden)?|ansvar(?:sområden)?|uppgifter|beskrivning"
        r"|main activities.*|responsibilities|duties|tasks|description|principal subjects.*|nivå.*|level.*"
        r"|typ av verksamhet.*|type of business.*|bransch|sector"
    ),
}
_LABELS = {field: re.compile(pattern) for field, pattern in _FIELDS.items()}
_AROUND = " :.-–—#*•■►▪_=|/\t"
_LONGEST = 60
_SEVERAL = re.compile(r"\s*(?:[/|,&+–—]| - |\b(?:och|and|samt)\b)\s*")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_SPACED_OUT = re.compile(r"(?:[^\W\d_] +){3,}[^\W\d_]")
_MODIFIERS = frozenset(
    """
    min mina mitt tidigare nuvarande relevant relevanta övrig övriga övrigt annan annat andra i urval formell
    formella viktigaste senaste särskilda selected my previous current other key core main further additional
    formal recent special
    """.split()
)
_LABEL = re.compile(r"^(?P<label>[^\t:]{2,50}?)\s*(?:\t|:\s*)(?P<content>\S.*)$", re.DOTALL)
# Dictated: "språk dari pashto".
_LABEL_OF_A_LIST = re.compile(r"^(?P<label>språk|languages?) (?P<content>\S.*)$", re.IGNORECASE)


def heading_of(line: str) -> Section | None:
    """The section that a line is the heading of; None when it is none.

    A heading may name several things, or one in two languages: the first one decides.
    """
    folded = _IN_BRACKETS.sub(" ", fold(line)).strip(_AROUND)
    if _SPACED_OUT.fullmatch(folded):
        folded = folded.replace(" ", "")
    if not folded or len(folded) > _LONGEST:
        return None
    if (whole := _section_of(folded)) is not None:
        return whole
    sections = [_section_of(part) for part in _SEVERAL.split(folded)]
    return sections[0] if all(section is not None for section in sections) else None


def _section_of(named: str) -> Section | None:
    """The section of a name, as it is or without "my", "previous" and the like."""
    plain = " ".join(word for word in named.split() if word not in _MODIFIERS)
    fitting = (
        section for text in (named, plain) for section, pattern in _WHOLE.items() if pattern.fullmatch(text)
    )
    return next(fitting, None)


def labelled_section(line: str) -> tuple[Section, int] | None:
    """The section of a line that has its heading before its content, and where the content begins."""
    if found := _LABEL.match(line) or _LABEL_OF_A_LIST.match(line):
        label = fold(found["label"]).strip(_AROUND)
        for section, pattern in _BEFORE_CONTENT.items():
            if pattern.fullmatch(label):
                return section, found.start("content")
    return None


def labelled_field(line: str) -> tuple[Field, int] | None:
    """What the label of a line says that it holds, and where the content begins."""
    if found := _LABEL.match(line):
        label = fold(found["label"]).strip(_AROUND)
        for field, pattern in _LABELS.items():
            if pattern.fullmatch(label):
                return field, found.start("content")
    return None
