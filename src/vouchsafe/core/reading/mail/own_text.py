"""The writer's own words: what stands in a mail without quoted history and without the signature.

Two passes, most certain first: our own marker line, then the ways mail programs introduce what they
quote, in their languages. What the person wrote is never shortened to make the result look tidy: a
letter pasted into a mail keeps its closing and its name.
"""

from __future__ import annotations

import re

from vouchsafe.core.reading.mail.marker import marker_at
from vouchsafe.core.reading.mail.quoting import (
    attribution_at,
    header_block_at,
    may_be_attribution,
    separator_at,
)

_QUOTED = re.compile(r"^[ \t]{0,3}(?:[A-Za-z]{0,12}>|\|)")
_PLAINLY_QUOTED = re.compile(r"^[ \t]{0,3}>")
_SIGNATURE = re.compile(r"^[ \t]*(?:-- ?|—|__+)[ \t]*$")
_DELIMITER = re.compile(r"^[ \t]*(?:[-_=~+#*]{2,}|ᐧ)?[ \t]*$")
_PHONE = re.compile(
    r"^(?:Sent from (?:my|Mail|Outlook|Yahoo|AOL|Proton)|Get Outlook for|Von meinem \S+ gesendet|Gesendet (?:von|mit)"
    r"|Envoyé (?:de|depuis)|Enviado (?:desde|do|a partir)|Inviato (?:da|dal) |Verzonden (?:vanaf|met|vanuit)"
    r"|Wysłane? z|Diese Nachricht wurde von meinem|Sent with Proton|Отправлено с)",
    re.IGNORECASE,
)


LONGEST = 300_000
"""Characters read: a letter of a hundred pages."""
MOST_TRIES = 80
"""Lines looked at closely for an introduction; more of them is a text made to take long."""


def own_text(body: str) -> str:
    """The own words of a plain-text body; "" when all of it is quoted.

    Lines quoted between the writer's words stay in place, marked, because the words answer them.
    """
    lines = _normal(body[:LONGEST]).split("\n")
    found = marker_at("\n".join(lines))
    if found is not None:
        lines = _before_marker("\n".join(lines)[:found].split("\n"))
    return "\n".join(_trimmed(_cut(lines))).strip("\n").rstrip()


def _normal(body: str) -> str:
    body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\u200b", "")
    return "\n".join(line.rstrip(" \t\xa0") if line != "-- " else line for line in body.split("\n"))


def _before_marker(lines: list[str]) -> list[str]:
    """Without the line that introduces the quoted mail, in whatever language it is."""
    while lines and _DELIMITER.match(lines[-1].lstrip("> ")):
        lines.pop()
    if lines and lines[-1].endswith(":") and re.search(r"[@\d]", lines[-1]):
        lines.pop()
    return lines


def _cut(lines: list[str]) -> list[str]:
    tries = MOST_TRIES
    for at in range(len(lines)):
        length = 0
        if tries and may_be_attribution(lines, at):
            tries -= 1
            length = attribution_at(lines, at)
        if length:
            return _around(lines[:at], lines[at + length :])
        if separator_at(lines, at) or header_block_at(lines, at):
            return lines[:at]
    return lines


def _around(above: list[str], below: list[str]) -> list[str]:
    """The own lines above an introduction, and those below when the answer stands between or under quotes."""
    below = _without_signature(below)
    first = next((line for line in below if line.strip()), "")
    if not _PLAINLY_QUOTED.match(first):
        return above
    own_below = [line for line in below if line.strip() and not _QUOTED.match(line)]
    if not own_below:
        return above
    if any(line.strip() for line in above):
        return above + below
    return [line for line in below if not _QUOTED.match(line)]


def _trimmed(lines: list[str]) -> list[str]:
    """Without signature, phone's advertisement, rules, and quotes that nothing follows."""
    lines = _without_signature(lines)
    had_words = any(line.strip() and not _QUOTED.match(line) for line in lines)
    end = len(lines)
    while end:
        last = lines[end - 1]
        droppable = _DELIMITER.match(last) or _PHONE.match(last.strip())
        if not droppable and not (had_words and _QUOTED.match(last)):
            break
        end -= 1
    return lines[:end]


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the line that mail programs put before a signature, if own words stand before it.

    "-- " is the standard and always counts; what people type instead counts if little follows it.
    """
    rest = sum(bool(line.strip()) for line in lines)
    had_words = False
    for at, line in enumerate(lines):
        rest -= bool(line.strip())
        if (
            had_words
            and _SIGNATURE.match(line)
            and (line == "-- " or rest <= (12 if line.strip() == "--" else 3))
        ):
            return lines[:at]
        had_words = had_words or bool(line.strip())
    return lines
