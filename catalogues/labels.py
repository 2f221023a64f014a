"""What whoever writes the letter is called in English: the sentences that say *writer*, made to say it otherwise.

docs/why/writer-label.md tells why it is done here and not in the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from catalogues.checking import KEPT
from catalogues.compiled import mo_bytes
from catalogues.extracting import Key, Message
from catalogues.keeping import LOCALE

LABELS = ("recommender", "referee")
"""Beside the house's own word. Each begins with a consonant, as *writer* does, and takes an s: articles and plurals stay."""

PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
# *Letter writer* says at length what the label says by itself.
_WORD = re.compile(r"\b(?P<letter>[Ll]etter )?(?P<first>[Ww])riter(?P<many>s?)\b")

Entries = dict[tuple[str, ...], tuple[str, ...]]


def relabelled(sentence: str, label: str) -> str:
    """The sentence with its *writer*, *Writers* or *writer’s* said as the label; places and code stay as they are."""

    def said(found: re.Match[str]) -> str:
        is_capital = (found["letter"] or found["first"])[0].isupper()
        word = label.capitalize() if is_capital else label
        return word + found["many"]

    pieces, at = [], 0
    for kept in KEPT.finditer(sentence):
        pieces += [_WORD.sub(said, sentence[at : kept.start()]), kept.group()]
        at = kept.end()
    return "".join((*pieces, _WORD.sub(said, sentence[at:])))


def label_entries(found: Mapping[Key, Message], label: str) -> Entries:
    """Those sentences alone that come out otherwise."""
    made: Entries = {}
    for message in found.values():
        ids = (message.msgid, message.plural) if message.plural else (message.msgid,)
        forms = tuple(relabelled(each, label) for each in ids)
        if forms != ids:
            made[message.context, *ids] = forms
    return dict(sorted(made.items()))


def label_path(label: str, folder: Path = LOCALE) -> Path:
    return folder / "labels" / label / "en" / "LC_MESSAGES" / "django.po"


def label_po(entries: Entries, label: str) -> bytes:
    """To be read, not written: `make words` makes it anew."""
    catalogue = Catalog(locale="en", fuzzy=False)
    for (context, *ids), forms in entries.items():
        catalogue.add(
            tuple(ids) if len(ids) > 1 else ids[0],
            forms if len(ids) > 1 else forms[0],
            context=context or None,
        )
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True)
    head = (
        f"# English with {label!r} for 'writer'. Made from the source by `make words`; changes here are lost."
    )
    return f"{head}\n".encode() + out.getvalue()


def label_mo(entries: Entries) -> bytes:
    return mo_bytes(entries, language="en", plural_forms=PLURAL_FORMS)
