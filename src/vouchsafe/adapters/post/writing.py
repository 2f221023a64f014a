"""The text of a mail, written and not stripped from the HTML.

Lines of 72 columns with links alone on theirs, in `format=flowed` (RFC 3676): a program that knows it
fits the lines to the window, one that does not shows them as they are.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

COLUMNS = 72


@dataclass(frozen=True, slots=True)
class Way:
    """A link whose words have been said and whose address has been checked."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail whose every sentence has been said in the reader's language, links checked."""

    language: str
    direction: str
    subject: str
    preheader: str
    marker: str
    lead: tuple[str, ...]
    words: tuple[str, ...]
    paragraphs: tuple[str | Way, ...]
    code: str
    button: Way | None
    lines: tuple[str | Way, ...]
    foot: tuple[str | Way, ...]


def write_text(mail: Written) -> str:
    """The text part: blocks with an empty line between, the foot after the sign that clients fold away."""
    blocks = [mail.marker] if mail.marker else []
    blocks += [_flowed(paragraph) for paragraph in mail.lead]
    indent = "    " if mail.lead else ""
    blocks += [_flowed(paragraph, indent) for paragraph in mail.words]
    blocks += [_item(item) for item in mail.paragraphs]
    if mail.code:
        blocks.append(f"    {mail.code}")
    if mail.button is not None:
        blocks.append(_item(mail.button))
    if mail.lines:
        blocks.append("\n".join(_item(item) for item in mail.lines))
    body = "\n\n".join(blocks)
    if mail.foot:
        body += "\n\n-- \n" + "\n".join(_item(item) for item in mail.foot)
    return body + "\n"


def _item(item: str | Way) -> str:
    if isinstance(item, str):
        return _flowed(item)
    return f"{_flowed(item.label + ':')}\n  {item.url}"


def _flowed(paragraph: str, indent: str = "") -> str:
    """Wrapped lines with the soft-break space; lines the person broke stay broken. What is quoted is indented."""
    return "\n".join(_flowed_line(line, indent) for line in paragraph.split("\n"))


def _flowed_line(line: str, indent: str) -> str:
    pieces = textwrap.wrap(
        line.strip(),
        COLUMNS - 2 - len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )
    if indent:  # not to be joined: a program that joins them would leave the spaces amid the words
        return "\n".join(indent + piece for piece in pieces)
    return " \n".join(_stuffed(piece) for piece in pieces)


def _stuffed(line: str) -> str:
    """A space before what would read as a quote or a separator. Our own indents give theirs up instead."""
    return f" {line}" if line.startswith((">", "From ")) or line == "--" else line
