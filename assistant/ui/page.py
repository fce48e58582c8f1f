"""The page itself: Chainlit's `index.html` without a single foreign address, and the apology."""

import base64
import hashlib
import re
from html import escape

from assistant.domain.language import Language
from assistant.errors import GuidanceError, IndexMissing, IndexStale
from assistant.prompts import Texts
from assistant.ui.cards import Labels
from assistant.ui.own_files import elements_path, files_version

BUILD_COMMAND = "python -m ingest build --source starter"

_FOREIGN_TAG = re.compile(r"<(?:link|meta)\b[^>]*\"https?://[^>]*>\s*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HTML_TAG = re.compile(r"<html\b[^>]*>")
_FIRST_SCRIPT = re.compile(r"<script\b")
_BODY_TAG = re.compile(r"<body\b[^>]*>")
_OWN_FILE = re.compile(r'(?<=")/public/[\w./-]+(?=")')
# Before the page's own script, which takes messages of the window from the time it runs.
_OWN_SCRIPTS = (
    '<script src="/public/early.js" data-elements="{elements}"></script>'
    '<script src="/public/conversation.js"></script><script src="/public/access.js"></script>'
)
_APOLOGY_STYLE = (
    "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem;"
    "color:#1c2733;background:#fff}code{background:#eef2f6;padding:.15rem .4rem;border-radius:.3rem;"
    "overflow-wrap:anywhere}section+section{border-top:1px solid #c5d0da;margin-top:2rem;padding-top:1rem}"
    "h1{font-size:1.6rem;line-height:1.25}@media(prefers-color-scheme:dark){body{color:#e8eef4;background:#12181f}code{background:#26313d}}"
)


def own_page(chainlit_html: str, labels: Labels) -> str:
    """Chainlit's page in one language with a beginning of ours, and without what points to another host."""
    html = _COMMENT.sub("", _FOREIGN_TAG.sub("", chainlit_html))
    scripts = _OWN_SCRIPTS.format(elements=elements_path())
    html = _FIRST_SCRIPT.sub(f"{scripts}<script", html, count=1)
    html = _OWN_FILE.sub(lambda path: f"{path.group()}?v={files_version()}", html)
    html = _HTML_TAG.sub(f'<html lang="{labels.language}">', html, count=1)
    return _BODY_TAG.sub(lambda body: body.group() + _beginning(labels), html, count=1)


def _beginning(labels: Labels) -> str:
    """What Chainlit's page lacks: a way past the bar, a heading, and a region whose text is announced."""
    return (
        f'<header><a class="vv-skip" href="#chat-input">{escape(labels("access.skip"))}</a>'
        '<h1 class="vv-hidden">Vägvisare</h1>'
        '<p id="vv-status" class="vv-hidden" role="status" aria-live="polite"></p></header>'
    )


def script_hashes(html: str) -> tuple[str, ...]:
    """The inline scripts of a page, as sources for its Content-Security-Policy."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(html))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def apology_page(error: GuidanceError, texts: Texts) -> str:
    """What people see in place of the chat when it cannot start: both languages, and what to run."""
    sections = "".join(_apology(error, Labels(texts, language)) for language in Language)
    title = escape(texts.say("apology.title", Language.SV))
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_APOLOGY_STYLE}</style></head><body><main>{sections}</main></body></html>"
    )


def _apology(error: GuidanceError, labels: Labels) -> str:
    about_index = isinstance(error, IndexMissing | IndexStale)
    body = labels("apology.body" if about_index else "apology.body_other")
    hint = (
        f"{escape(labels('apology.command'))}:<br><code>{escape(BUILD_COMMAND)}</code>"
        if about_index
        else f"{escape(labels('apology.reason'))}: <code>{escape(str(error))}</code>"
    )
    title = escape(labels("apology.title"))
    return f'<section lang="{labels.language}"><h1>{title}</h1><p>{escape(body)}</p><p>{hint}</p></section>'
