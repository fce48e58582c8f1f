from assistant.domain.conversation import Phase
from assistant.domain.language import Language
from assistant.domain.profile import Education, Experience, ExperienceKind, Profile, SpokenLanguage
from assistant.prompts import load_texts
from assistant.ui import overview
from assistant.ui.cards import Labels
from tests.fakes import CARDS, PROFILE

TEXTS = load_texts(folder="ui")
SV = Labels(TEXTS, Language.SV)
EN = Labels(TEXTS, Language.EN)


def test_every_phase_kind_and_level_has_a_text():
    for labels in (SV, EN):
        props = overview.overview_props(Phase.WELCOME, PROFILE, labels)
        assert len(props["phases"]) == len(Phase)
        for card in CARDS:
            assert labels(f"paths.{card.path.kind}")


def test_the_overview_tells_where_we_are_in_words():
    props = overview.overview_props(Phase.SKILLS, PROFILE, SV)
    assert props["phase_line"] == "Steg 3 av 9: Det du kan"
    states = [phase["state"] for phase in props["phases"]]
    assert states == ["klart", "klart", "du är här", *["kommer sedan"] * 6]
    assert props["other_language"]["name"] == "English"


def test_the_profile_shows_what_is_known_and_nothing_else():
    profile = Profile(
        experiences=(
            Experience("Kock", "c", "5120", years=0.5, country="SY", kind=ExperienceKind.FAMILY),
            Experience("Bagare", "d", "7612", years=1),
            Experience("Städare", "e", "9111", years=2.5),
        ),
        education=(Education(None, "kemi", "IR"),),
        languages=(SpokenLanguage("arabiska"),),
        wishes=("new_work", "nära Umeå"),
    )
    groups = {group["title"]: group["rows"] for group in overview.profile_props(profile, SV)}
    assert list(groups) == ["Erfarenhet", "Utbildning", "Språk", "Det jag vill"]
    details = [row["detail"] for row in groups["Erfarenhet"]]
    assert details == ["6 månader, Syrien, arbete hemma eller i familjen", "1 år", "2,5 år"]
    assert groups["Utbildning"][0] == {"title": "Annan utbildning", "detail": "kemi, Iran", "skills": []}
    assert groups["Språk"][0]["detail"] == ""
    assert [row["title"] for row in groups["Det jag vill"]] == ["Arbeta med något nytt", "nära Umeå"]


def test_an_empty_profile_has_no_groups():
    assert overview.profile_props(Profile(), EN) == []
