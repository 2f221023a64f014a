"""A language that is none: every marked sentence in brackets, accented and 40 % longer; what is not so was never marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from catalogues.checking import KEPT
from catalogues.compiled import mo_bytes
from catalogues.extracting import Key, Message
from lxml import html

CODE = "en-xa"  # CLDR's code for English in accents; nobody else's catalogue has it
OPEN, CLOSE = "⟦", "⟧"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "àƀçďéƒĝĥíĵķļɱñöƥɋŕšţûṽŵẋýžÀƁÇĎÉƑĜĤÍĴĶĻṀÑÖƤɊŔŠŢÛṼŴẊÝŽ"
_TABLE = str.maketrans(_PLAIN, _ACCENTED)
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
SPOKEN = ("title", "aria-label", "placeholder", "alt", "aria-description", "aria-roledescription")
UNSEEN = {"script", "style", "template", "head"}
AS_IT_IS = {"textarea", "pre", "kbd", "code"}  # what was typed, drawn, pressed
MANY = 40  # options: countries, time zones and the like, named by CLDR or not by us


def pseudo(sentence: str) -> str:
    """ "Desk" becomes "⟦Ďéšķ··⟧"; places, markup and code stay."""
    pieces, at = [], 0
    for kept in KEPT.finditer(sentence):
        pieces += [sentence[at : kept.start()].translate(_TABLE), kept.group()]
        at = kept.end()
    pieces.append(sentence[at:].translate(_TABLE))
    # In words, so that lines may break in the longer text as they do in a real one.
    more = round(len(KEPT.sub("", sentence)) * 0.4)
    padding = " ".join("·" * min(6, more - done) for done in range(0, more, 6))
    return f"{OPEN}{''.join(pieces)}{' ' if more > 6 else ''}{padding}{CLOSE}"


def write_pseudo(found: Mapping[Key, Message], folder: Path) -> Path:
    """The catalogue, where Django will find it once `folder` is among LOCALE_PATHS."""
    path = folder / "en_XA" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    said = {
        (message.context, message.msgid, *((message.plural,) if message.plural else ())): tuple(
            pseudo(each) for each in (message.msgid, *((message.plural,) if message.plural else ()))
        )
        for message in found.values()
    }
    path.write_bytes(mo_bytes(said, language="en_XA", plural_forms=PLURAL_FORMS))
    return folder


def texts(page: str) -> Iterator[str]:
    """What is read or heard of a page: text, the names of controls, what scripts are given to say."""
    tree = html.document_fromstring(page)
    yield from (str(title) for title in tree.xpath("//title/text()"))
    yield from _below(tree.body)


def _below(node: html.HtmlElement) -> Iterator[str]:
    """A part with a language of its own, a letter or the name of a language, is left alone."""
    if not isinstance(node.tag, str) or node.tag in UNSEEN or (node.get("lang") and node.tag != "html"):
        return
    if node.tag == "select" and len(node.findall(".//option")) > MANY:
        return
    for name, value in node.attrib.items():
        if name in SPOKEN or (name.startswith("data-") and name.endswith("-text")):
            yield str(value)
    if node.tag in AS_IT_IS:
        return
    yield node.text or ""
    for each in node:
        yield from _below(each)
        yield each.tail or ""


_WORDS = re.compile(r"[A-Za-z][A-Za-z’'.\-]*(?:[ \u00a0\u202f]+[A-Za-z][A-Za-z’'.\-]*)*")
_DATE = re.compile(
    r"\b(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?"
    r"|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|[AP]M)\b"
)
_NAMES = re.compile(
    r"\{\w+\}|VOUCHSAFE_\w+|localhost\S*|https?://\S+|\S+@\S+|\b\S+\.\w{2,4}\b|\b[A-Za-z]*\d\w*\b|\b[A-Z]{2,}\b"
)


def unmarked(said: str, data: str) -> list[str]:
    """The runs of plain words in a text that stand in no datum: they were never given to be translated."""
    left = _DATE.sub(" ", _NAMES.sub(" ", said))
    runs = (" ".join(run.strip(" .’'-").split()) for run in _WORDS.findall(left))
    return [run for run in runs if len(run) > 1 and run.lower() not in data]


def as_data(values: Iterable[str]) -> str:
    """Everything anyone typed, to look for runs of words in."""
    return "\n".join(" ".join(_DATE.sub(" ", value).split()).lower() for value in values)
