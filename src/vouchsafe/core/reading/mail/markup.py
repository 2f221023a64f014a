"""An HTML body as lines of text, with quoted history marked by ">" as mail programs mark it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote", "table"])
_SILENT = frozenset(["head", "script", "style", "title", "template", "noscript", "object"])
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_QUOTING_CLASS = re.compile(
    r"\b(gmail_quote(?!_container)|yahoo_quoted|moz-forward-container|protonmail_quote|zmail_extra|tutanota_quote)\b"
)
_QUOTING_ID = re.compile(r"^(divRplyFwdMsg|OLK_SRC_BODY_SECTION|appendonsend|replySplit|mailcontent_quote)$")
# Word draws a thin line above the header block of what it quotes.
_OUTLOOK_RULE = re.compile(r"border:none;\s*border-top:\s*solid\s+#?\w+\s+1\.0pt")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|font-size:\s*0(?:px|pt)?(?:;|$)")

BREAK = "_" * 32
"""The line put where a mail program starts its history without quoting it."""


LONGEST = 1_000_000
"""Characters read; nobody writes more by hand."""
_DEEPEST = 300


def html_to_text(html: str) -> str:
    """The words a person sees, one block a line; quoted blocks carry ">" per level."""
    reader = _Reader()
    reader.feed(_whole_tags(_without_comments(html[:LONGEST])))
    reader.close()
    return reader.text()


def _without_comments(html: str) -> str:
    """Comments go first, and one that never ends takes the rest: the parser would search it again and again."""
    kept: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        kept.append(html[at:start])
        end = html.find("-->", start)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join(kept) + html[at:]


def _whole_tags(html: str) -> str:
    """A "<" that opens no whole tag is a character, for the same reason."""
    return re.sub(r"<(?=[^<>]*(?:<|\Z))", "&lt;", html)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.depth = 0
        self.open: list[tuple[str, bool, bool]] = []  # tag, quoting, silent
        self.silent = 0
        self.pre = 0

    def text(self) -> str:
        self._end_line()
        while self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        style = facts.get("style", "").lower()
        if tag in _BLOCKS:
            self._end_line(paragraph=tag in _PARAGRAPHS)
        if _QUOTING_ID.match(facts.get("id", "")) or _OUTLOOK_RULE.search(style):
            self._break()
        if tag == "hr":
            self.lines.append(self._prefix() + BREAK)
        if tag == "li":
            self.line = "- "
        if tag in _VOID or len(self.open) >= _DEEPEST:
            return
        quoting = tag == "blockquote" or bool(_QUOTING_CLASS.search(facts.get("class", "")))
        silent = tag in _SILENT or bool(_HIDDEN.search(style))
        self.open.append((tag, quoting, silent))
        self.depth += quoting
        self.silent += silent
        self.pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line(paragraph=tag in _PARAGRAPHS)
        if tag not in [name for name, _, _ in self.open]:
            return
        while self.open:
            name, quoting, silent = self.open.pop()
            self.depth -= quoting
            self.silent -= silent
            self.pre -= name == "pre"
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.pre:
            first, *rest = data.split("\n")
            self.line += first
            for each in rest:
                self._end_line(keep_empty=True)
                self.line = each
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        self.line += words.lstrip(" ") if not self.line or self.line.endswith(" ") else words

    def _prefix(self) -> str:
        return "> " * min(self.depth, 8)

    def _break(self) -> None:
        self._end_line()
        self.lines.append(self._prefix() + BREAK)

    def _end_line(self, *, paragraph: bool = False, keep_empty: bool = False) -> None:
        line = self.line.replace("\xa0", " ").strip()
        self.line = ""
        if line or keep_empty:
            self.lines.append(self._prefix() + line)
        if paragraph and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())
