import pytest

from assistant.agent.language import DetectedLanguage, LanguageDetector
from assistant.domain.language import Language


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector()


SWEDISH = (
    "hej", "ja", "nej", "tack", "kock", "städare", "stadare", "lastbilsförare", "undersköterska", "komvux",
    "7 år", "C-körkort", "vad är SFI?", "hoppa över", "jag jobade som lastbil chafför",
    "jag jobba som meckaniker", "jag kunna prata arabiska kurdiska turkiska", "i Syrien i 7 år",
    "arabiska, lite svenska", "tyska och polska", "Jag heter Mohammed Ali och kommer från Syrien",
    "Jag heter Wojciech Kowalski", "lagade mat hemma", "inte", "svetsare MIG TIG",
    "bonde, vi hade får och kor", "städning på hotell, disk, servering", "vill bli läkare",
)  # fmt: skip
ENGLISH = (
    "hello", "yes", "no", "thanks", "nurse", "cook", "7 years", "driving licence", "what is SFI?",
    "don't know", "i was driwing truk", "i worked as mechanik in garag", "My name is Wojciech Kowalski",
    "I come from Somalia", "Arabic, a little Swedish", "cleaning, cooking, childcare",
    "hospital nurse in Tehran", "want to be doctor", "software developer java python",
    "I drove a truck for 7 years in Syria", "What does an undersköterska earn?",
)  # fmt: skip


@pytest.mark.parametrize("text", SWEDISH)
def test_swedish_down_to_one_misspelt_word(text: str, detector: LanguageDetector) -> None:
    assert detector.detect(text) == DetectedLanguage(Language.SV)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_down_to_one_misspelt_word(text: str, detector: LanguageDetector) -> None:
    assert detector.detect(text) == DetectedLanguage(Language.EN)


@pytest.mark.parametrize("text", ["skip", "next", "cv", "pdf", "sorry"])
def test_words_that_people_say_in_both_languages_change_none(text: str, detector: LanguageDetector) -> None:
    assert not detector.detect(text).is_sure


MIXED = {
    "jag har jobbat som truck driver i Damaskus": Language.SV,
    "I have worked som kock in a restaurant": Language.EN,
    "Jag var project manager på ett företag": Language.SV,
    "I want to study at komvux and SFI": Language.EN,
}


@pytest.mark.parametrize(("text", "language"), MIXED.items())
def test_a_mixed_message_has_the_language_of_most_of_it(
    text: str, language: Language, detector: LanguageDetector
) -> None:
    assert detector.detect(text) == DetectedLanguage(language)


FOREIGN = (
    "أنا سائق شاحنة من سوريا", "انا ممرضة", "مرحبا", "من معلم هستم", "من راننده کامیون بودم",
    "زه ښوونکی یم", "Waxaan ahay darawal baabuur", "Waxaan ka shaqeeyay makhaayad",
    "Anigu macalin ayaan ahaa", "Soomaali ma ku hadashaa", "Я працював водієм вантажівки",
    "Я медсестра з України", "Шукаю роботу", "Работал поваром", "Ich habe als Koch gearbeitet",
    "Was kann ich hier machen", "Ich war in Syrien Lehrer und möchte hier arbeiten",
    "In Deutschland war ich Bäcker", "Pracowałem jako kierowca", "Nazywam się Anna i jestem z Polski",
    "Jestem pielęgniarką i szukam pracy", "Dzień dobry", "Nie mówię po szwedzku", "ትግርኛ", "ስራ እፈልጋለሁ",
    "Ben şoför olarak çalıştım", "He trabajado de cocinero en Madrid", "Min li Sûriyê kar kir",
    "Je cherche un travail en Suède", "我是厨师",
)  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_are_foreign(text: str, detector: LanguageDetector) -> None:
    assert detector.detect(text) == DetectedLanguage(None, foreign=True)


NAMES = (
    "Syrien", "Syria", "Sverige", "Sweden", "Iran", "Ukraina", "Somalia", "Afghanistan", "i Syrien",
    "Ahmed", "Fatima", "Fatima Hassan", "Mohammed Ali Hassan", "Ahmed Hussein Abdi", "Damaskus, Aleppo",
    "Kabul, Herat", "Addis Abeba", "Łódź", "Wałęsa", "Çelik", "ok", "B", "CE", "taxi", "chef", "bank",
    "massage",
)  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_names_and_what_is_the_same_in_both_do_not_turn_the_language(
    text: str, detector: LanguageDetector
) -> None:
    found = detector.detect(text)
    assert not found.foreign
    assert not found.is_sure


@pytest.mark.parametrize("text", ["", " ", "7", "1, 2, 3", "😀😀 🔥", "...", "?!", "+46 70 123 45 67"])
def test_what_has_no_letters_does_not_tell(text: str, detector: LanguageDetector) -> None:
    assert detector.detect(text) == DetectedLanguage(None)


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "å " * 5_000, "jag har kört lastbil " * 500, "\u200b\u202e jag"]
)
def test_odd_texts_are_no_trouble(text: str, detector: LanguageDetector) -> None:
    assert not detector.detect(text).foreign
