"""Plain text out of the HTML that some services put into their texts."""

import re

from selectolax.lexbor import LexborHTMLParser

_UNSEEN = ["script", "style", "template", "noscript", "iframe", "object", "head"]
_BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, tr, table, section, article, blockquote, br, hr"
_SPACES = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r" ?\n[ \n]*")


def plain_text(html: str) -> str:
    """The words of a text that may hold HTML, one line a block; what is not shown is left out."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    body.strip_tags(_UNSEEN)
    for block in body.css(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    return _NEWLINES.sub("\n", _SPACES.sub(" ", body.text(deep=True, separator=""))).strip()
