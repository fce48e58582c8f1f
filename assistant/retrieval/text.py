"""How text becomes the units that the lexical index counts. Pure functions, no I/O."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from assistant.domain.language import Language

_WORD = re.compile(r"[^\W_]+(?:[+#]+)?", re.UNICODE)
_NGRAM_SIZES = (3, 4, 5)
_SAME_STEM = 4
_STEMMERS = {
    Language.SV: snowballstemmer.stemmer("swedish"),
    Language.EN: snowballstemmer.stemmer("english"),
}
_STEMMING = threading.Lock()

# Words that say that somebody worked, not as what. Kept apart from a general stop list, which
# would throw away words that matter here ("hand", "home").
FUNCTION_WORDS = frozenset(
    """
    jag har hade var är vara varit ha min mitt mina mig vi de det den dom en ett och o å eller men som på i
    av med till för från hos åt om att inte också även när där då så här ja nej jo hej tack
    jobba jobbar jobbade jobbat jobb jobbet arbeta arbetar arbetade arbetat arbete arbetet yrke
    år månader månad många lite mycket mest sedan förut tidigare innan efter nu bara mer
    i've i'm i am was were is are be been being have has had my me we they it the a an and or but as at in on
    of with to for from by about that this not also when where then there so yes no hi hello thanks
    work worked works working job jobs did do done does doing used
    year years month months many some lot mostly before after since now just only more than s m ve
    heter heta namn kommer bor född gammal mitt hemland hemlandet ursprungligen
    name names from live lives born old homeland country back originally
    experience erfarenhet erfarenheter person people
    typ kanske ungefär cirka nog ju liksom alltså oxå maybe around roughly
    """.split()
)


def fold(text: str) -> str:
    """Lower-case text with composed letters, plain apostrophes and single spaces."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return " ".join(folded.split())


def words(text: str) -> list[str]:
    """The words of a text, folded; `c++` and `c#` stay whole."""
    return _WORD.findall(fold(text))


def content_words(text: str) -> list[str]:
    """The words that can name an occupation or a skill; all words when none is left."""
    found = words(text)
    return [word for word in found if word not in FUNCTION_WORDS] or found


@lru_cache(maxsize=65536)
def _stem(word: str, language: Language) -> str:
    # A stemmer keeps the word that it is at in itself, and tools of one turn stem in several threads.
    with _STEMMING:
        return str(_STEMMERS[language].stemWord(word))


def word_units(text: str) -> list[str]:
    """Stems in both languages, since a message may mix them; each word counts once if they agree."""
    units: list[str] = []
    for word in content_words(text):
        units += sorted({_stem(word, Language.SV), _stem(word, Language.EN)})
    return units


def unaccented(text: str) -> str:
    """Text without diacritics, as written on a foreign keyboard (`städare` as `stadare`)."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def alike(word: str, other: str) -> bool:
    """Whether two words share a stem: "lastade" and "Lastning" do, "lasta" and "laga" do not."""
    if min(len(word), len(other)) < _SAME_STEM:
        return word == other
    return word[:_SAME_STEM] == other[:_SAME_STEM]


def character_units(text: str) -> list[str]:
    """Character n-grams of 3 to 5 within words, with word edges; diacritics are dropped.

    Dropping them costs little (`kar`/`kär`) and finds what is typed without å, ä and ö.
    """
    units: list[str] = []
    for word in content_words(text):
        padded = f"^{unaccented(word)}$"
        for size in _NGRAM_SIZES:
            units += [padded[i : i + size] for i in range(len(padded) - size + 1)]
    return units
