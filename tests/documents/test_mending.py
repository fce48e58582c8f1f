"""What typesetting does to words, and is undone."""

from dataclasses import dataclass

import pytest

from assistant.documents.mending import mended


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    meant: str


CASES = (
    Case(
        "ligatures", "of\ufb01ce, \ufb02ight, e\ufb00ort, a\ufb03liate", "office, flight, effort, affiliate"
    ),
    Case("soft hyphens", "under\u00adsköterska", "undersköterska"),
    Case("a soft hyphen at the end of a line", "under\u00ad\nsköterska", "undersköterska"),
    Case("a word broken at the end of a line", "undersköter-\nska", "undersköterska"),
    Case("two words that share their end", "vård-\noch omsorg", "vård-\noch omsorg"),
    Case("years at the end of a line", "2015-\n2019", "2015-\n2019"),
    Case("a hyphen before a name", "Al-\nNoor", "Al-\nNoor"),
    Case("spaces of every kind", "a\u00a0 b\u2003c\u200b", "a b c"),
    Case("columns made with spaces", "Cook      Grill House", "Cook\tGrill House"),
    Case("letters and their marks apart", "a\u030angermanland", "ångermanland"),
    Case("bullets of symbol fonts", "\uf0b7 Excel\n\x7f Word", "• Excel\n• Word"),
    Case("line ends of every kind", "a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    Case("many empty lines", "a\n\n\n\n\nb", "a\n\nb"),
    Case("control characters and half letters", "a\x00b\u202ec\ud800", "abc"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_text_is_mended(case: Case) -> None:
    assert mended(case.text) == case.meant
