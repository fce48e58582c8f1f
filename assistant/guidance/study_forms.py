"""What holds for a form of education as a whole, where the record of one education does not say it."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.concept import EducationLevel, GuidePage
from assistant.guidance.sources import guide_source
from assistant.guidance.statement import Statement, Voice


@dataclass(frozen=True, slots=True)
class StudyForm:
    """A form of education and where its guide page says what.

    Attributes:
        key: Of its texts.
        eligibility: Guide page and section on who may apply.
        apply: On how one applies.
        cost: On what it costs.
        aid: On student aid or other money meanwhile.
    """

    key: str
    eligibility: tuple[str, int]
    apply: tuple[str, int]
    cost: tuple[str, int]
    aid: tuple[str, int]


_AID = ("study-aid", 2)
_KOMVUX = StudyForm("komvux", ("komvux", 1), ("komvux", 2), ("komvux", 2), _AID)
_YH = StudyForm("yh", ("yrkeshogskola", 1), ("yrkeshogskola", 3), ("yrkeshogskola", 2), ("yrkeshogskola", 2))
_HS = StudyForm("hs", ("higher-education", 0), ("higher-education", 1), ("higher-education", 2), _AID)
_FHS = StudyForm("fhs", ("folkhogskola", 0), ("folkhogskola", 2), ("folkhogskola", 2), ("folkhogskola", 2))
_AUB = StudyForm(
    "aub",
    ("labour-market-training", 1),
    ("labour-market-training", 1),
    ("labour-market-training", 2),
    ("labour-market-training", 2),
)
_SFI = StudyForm("sfi", ("sfi", 0), ("sfi", 0), ("sfi", 0), ("sfi", 3))
# By Susa-navet's codes; forms without a page of ours are not here.
_FORMS = {
    **dict.fromkeys(("VUXGR", "VUXGY", "VUXGRAN", "VUXGYAN"), _KOMVUX),
    **dict.fromkeys(("SFI", "VUXSFI"), _SFI),
    "YH": _YH,
    "HS": _HS,
    "FHS": _FHS,
    "AUB": _AUB,
}
_USUAL = {EducationLevel.VOCATIONAL_HIGHER: _YH, EducationLevel.BACHELOR: _HS, EducationLevel.MASTER: _HS}


def study_form(code: str) -> StudyForm | None:
    """The form of education by Susa-navet's code; None for one without a guide page."""
    return _FORMS.get(code)


def usual_form(level: EducationLevel) -> StudyForm:
    """The form in which an adult most often reaches a level."""
    return _USUAL.get(level, _KOMVUX)


def form_statement(form: StudyForm, about: str, voice: Voice, guides: Mapping[str, GuidePage]) -> Statement:
    """One thing that holds for a form of education.

    Args:
        form: The form.
        about: `eligibility`, `apply`, `cost` or `aid`.
        voice: The language to say it in.
        guides: The guide pages by id.
    """
    guide_id, section = getattr(form, about)
    source = guide_source(guides[guide_id], section, voice.language)
    return Statement(voice.say(f"study.form.{form.key}.{about}", source=source.token), source)
