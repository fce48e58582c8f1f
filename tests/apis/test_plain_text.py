from dataclasses import dataclass

import pytest

from assistant.apis.plain_text import plain_text


@dataclass(frozen=True)
class Case:
    id: str
    html: str
    text: str


CASES = (
    Case("nothing", "", ""),
    Case("no HTML", "Bara text", "Bara text"),
    Case("blocks are lines", "<h1>Kock</h1>\n\n<p>Du lagar <b>mat</b>.</p>", "Kock\nDu lagar mat."),
    Case("list", "<ul><li>ett</li><li>två<br>tre</li></ul>", "ett\ntvå\ntre"),
    Case("spaces", "<p>ett&nbsp; \t två&nbsp;</p>", "ett två"),
    Case("entities", "R&amp;D &lt;b&gt; &aring;&auml;&ouml;", "R&D <b> åäö"),
    Case("a lone sign", "mindre än 3 < 4", "mindre än 3 < 4"),
    Case("unclosed", "<p>ett<p>två<div>tre", "ett\ntvå\ntre"),
    Case("script and style", "<style>p{}</style>Läs<script>alert(1)</script> mer", "Läs mer"),
    Case("attributes", '<a href="javascript:alert(1)" onclick="x()">länk</a>', "länk"),
    Case("nested without end", "<b>" * 5000 + "djupt", "djupt"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_only_the_words_are_left(case: Case) -> None:
    assert plain_text(case.html) == case.text
