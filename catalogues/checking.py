"""What is wrong with a catalogue, in sentences for whoever mends it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from catalogues.extracting import Key, Message

# Places to fill, markup, and what is typed as it stands.
KEPT = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%%|%[sd]|</?\w[^>]*>|https?://[^\s<]+|VOUCHSAFE_\w+|`[^`]+`")
DASH = re.compile(r"—| – ")


def problems(catalogue: Catalog, found: Mapping[Key, Message]) -> list[str]:
    """Everything: sentences not there or not wanted, untranslated, unsure, and translations that would break."""
    there = {(entry.context or "", _first(entry)): entry for entry in catalogue if entry.id}
    wrong = [f"not in the catalogue: {msgid}" for context, msgid in found if (context, msgid) not in there]
    wrong += [
        f"no longer in the source: {msgid}" for context, msgid in there if (context, msgid) not in found
    ]
    for key, message in found.items():
        if key in there:
            wrong += [
                f"{trouble}: {message.msgid}"
                for trouble in _of_entry(there[key], message, catalogue.num_plurals)
            ]
    return wrong


def _first(entry: Entry) -> str:
    return str(entry.id[0] if isinstance(entry.id, (tuple, list)) else entry.id)


def _of_entry(entry: Entry, message: Message, forms: int) -> Iterator[str]:
    given = tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string,)
    if entry.fuzzy:
        yield "unsure (fuzzy)"
    if message.plural and (not isinstance(entry.id, (tuple, list)) or entry.id[1] != message.plural):
        yield "with another plural than the source’s"
    if len(given) != (forms if message.plural else 1):
        yield f"{len(given)} forms"
    elif not all(given):
        yield "untranslated"
    else:
        for place, said in enumerate(given):
            yield from _of_words(str(said), message, is_first=place == 0)


def _of_words(said: str, message: Message, *, is_first: bool) -> Iterator[str]:
    """The first form of what counts may leave out its number, as "One letter" does."""
    wanted = Counter(KEPT.findall(message.plural or message.msgid))
    kept = Counter(KEPT.findall(said))
    may_differ = message.plural and is_first and not (kept - wanted)
    if kept != wanted and not may_differ:
        yield f"places {sorted(kept.elements())} instead of {sorted(wanted.elements())}"
    if said.strip() != said and message.msgid.strip() == message.msgid:
        yield "space at an end"
    if said.count("\n") != (message.plural or message.msgid).count("\n"):
        yield "broken into other lines"
    if DASH.search(said) and not DASH.search(message.msgid):
        yield "a dash"
    if not _can_be_filled(said) and _can_be_filled(message.msgid):
        yield "braces that do not close"


def _can_be_filled(said: str) -> bool:
    try:
        list(Formatter().parse(said))
    except ValueError:
        return False
    return True
