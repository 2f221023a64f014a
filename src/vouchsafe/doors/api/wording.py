"""Refusals and facts in the language a program asks for (Accept-Language)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from vouchsafe.core.words import Sentence


def said(sentence: Sentence | str | None) -> str:
    """A sentence with its facts. Days are written as programs read them: 2027-01-31."""
    if not isinstance(sentence, Sentence):
        return sentence or ""
    if sentence.plural is None or sentence.n is None:
        pattern = gettext(sentence.msgid) if sentence.msgid else ""
    else:
        pattern = ngettext(sentence.msgid, sentence.plural, sentence.n)
    return pattern.format_map({name: _fact(value) for name, value in sentence.facts.items()})


def _fact(value: object) -> object:
    if isinstance(value, Sentence):
        return said(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_fact(one)) for one in value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value
