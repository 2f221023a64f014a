"""The line our own mails begin with, so that a reply can be cut at it in any mail program.

Quoting marks, attribution lines and separators differ by program and language. This line is ours and
survives them all, so it is looked for before anything cleverer is tried.
"""

from __future__ import annotations

import re

MARKERS: dict[str, str] = {
    "en": "Reply above this line",
    "de": "Bitte über dieser Zeile antworten",
    "fr": "Répondez au-dessus de cette ligne",
    "es": "Responda por encima de esta línea",
    "pt": "Responda acima desta linha",
    "it": "Risponda sopra questa riga",
    "nl": "Antwoord boven deze regel",
    "pl": "Odpowiedz nad tą linią",
}

_FRAME = "=="
_MARKED = re.compile(
    r"^[ \t>|*_]*={1,2}[ \t]*(?:" + "|".join(re.escape(text) for text in MARKERS.values()) + r")[ \t]*={1,2}",
    re.MULTILINE | re.IGNORECASE,
)


def marker(language: str) -> str:
    """The marker line in the given language, in English where we have none."""
    words = MARKERS.get(language.split("-")[0].lower(), MARKERS["en"])
    return f"{_FRAME} {words} {_FRAME}"


def marker_at(text: str) -> int | None:
    """Where our marker's line begins in a text, or None."""
    found = _MARKED.search(text)
    return None if found is None else found.start()
