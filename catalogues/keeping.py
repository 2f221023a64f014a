"""The files of a language: brought up to the source, written without noise, compiled."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from catalogues.compiled import mo_bytes
from catalogues.extracting import SOURCE, Key, Message

LOCALE = SOURCE / "locale"
LANGUAGES = {"de": "German", "fr": "French", "es": "Spanish"}
HEADER = """\
# {language} translation of Vouchsafe.
# The sentences come from the source by `make words`; docs/translating.md tells how to translate."""


def po_path(language: str, folder: Path = LOCALE) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def mo_path(language: str, folder: Path = LOCALE) -> Path:
    return po_path(language, folder).with_suffix(".mo")


def read(path: Path, language: str) -> Catalog:
    """The catalogue as it lies there; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def renewed(known: Catalog, found: Mapping[Key, Message], language: str) -> Catalog:
    """The source's sentences with what is translated of them. Nothing is guessed from sentences that are alike."""
    made = Catalog(locale=language, fuzzy=False)
    for message in found.values():
        before = known.get(message.msgid, message.context or None)
        made.add(
            (message.msgid, message.plural) if message.plural else message.msgid,
            _kept(before, message, made.num_plurals),
            locations=[(name, 0) for name in sorted(message.files)],
            flags=_flags(before),
            auto_comments=(),
            user_comments=before.user_comments if before else (),
            context=message.context or None,
        )
    return made


def _flags(before: Entry | None) -> set[str]:
    return {"fuzzy"} if before is not None and before.fuzzy else set()


def _kept(before: Entry | None, message: Message, forms: int) -> str | tuple[str, ...]:
    """A translation goes on while its sentence counts as it did."""
    nothing = ("",) * forms if message.plural else ""
    if before is None or not isinstance(before.string, type(nothing)):
        return nothing
    if message.plural and tuple(before.id)[1] != message.plural:
        return nothing
    return tuple(before.string) if message.plural else before.string


def po_text(catalogue: Catalog, language: str) -> bytes:
    """The .po, without dates and line numbers: it changes only where a sentence does."""
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, include_lineno=False)
    plural = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = "\n".join(
        (
            HEADER.format(language=language),
            'msgid ""',
            'msgstr ""',
            f'"Language: {catalogue.locale_identifier}\\n"',
            f'"Plural-Forms: {plural}\\n"',
            '"MIME-Version: 1.0\\n"',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"',
        )
    )
    return f"{head}\n\n".encode() + out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The .mo of a catalogue: what is translated and sure."""
    sure: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in catalogue:
        given = entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)
        if entry.id and not entry.fuzzy and all(given):
            ids = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id,)
            sure[entry.context or "", *ids] = tuple(str(form) for form in given)
    plural = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    return mo_bytes(sure, language=str(catalogue.locale_identifier), plural_forms=plural)
