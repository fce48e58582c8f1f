"""What typesetting has done to a text, undone. Pure functions, no I/O."""

import re
import unicodedata

# Ligatures, and bullets where fonts for symbols and some writers of PDF have them.
_STANDING_FOR = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\x7f\uf0b7\uf0a7\uf076", "•")
)
# Columns made with the space bar.
_WIDE_GAP = re.compile(r"(?<=\S)[^\S\n\t]{3,}(?=\S)")
_SPACES = re.compile(r"[^\S\n\t]+")
_BREAKS = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n?[ \t]*")
# A hyphen at the end of a line is a break within a word, unless the word is one of two that share their end:
# "vård- och omsorg".
_BROKEN_WORD = re.compile(
    r"(?<=[^\W\d_]{2})[-\u2010]\n(?!(?:och|eller|samt|respektive|and|or)\b)(?=[^\W\d_A-ZÅÄÖ]{2})"
)
_MANY_BLANK = re.compile(r"\n{3,}")


def mended(text: str) -> str:
    """The text with whole words and single spaces, and without ligatures and control characters."""
    text = _BREAKS.sub("\n", text)
    text = _SOFT_HYPHEN.sub("", text.translate(_STANDING_FOR))
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    lines = (
        _SPACES.sub(" ", _WIDE_GAP.sub("\t", line)).strip()
        for line in unicodedata.normalize("NFC", text).split("\n")
    )
    return _MANY_BLANK.sub("\n\n", _BROKEN_WORD.sub("", "\n".join(lines))).strip()
