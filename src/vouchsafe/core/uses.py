"""The uses a writer has agreed to: for what, until when, and whether a reader may keep a file. Pure.

`covers` is the one rule that every place asks: making a packet, making a link, reading, saving.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vouchsafe.core.words import Sentence, msg, say

KINDS: Mapping[str, str] = {
    "job": msg("Any job"),
    "academic": msg("Any academic post"),
    "programme": msg("Any degree or programme"),
    "scholarship": msg("Any scholarship"),
}
"""Kinds of opportunity that a writer can agree to as a whole. The pocket is none: nobody reads there."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What the newest word of the writer allows. Empty means any; `last_on` is the last day it may be read."""

    opportunities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    last_on: date | None = None
    on_screen_only: bool = False

    def covers(self, *, opportunity: str, kind: str, today: date) -> bool:
        """May it be read for this opportunity (its key and kind) today?"""
        if self.last_on is not None and today > self.last_on:
            return False
        named = not self.opportunities or opportunity in self.opportunities
        return named and (not self.kinds or kind in self.kinds)

    def covers_file(self, *, opportunity: str, kind: str, today: date) -> bool:
        """May its reader save it there as a file as well?"""
        return not self.on_screen_only and self.covers(opportunity=opportunity, kind=kind, today=today)


def agreed_words(uses: Uses, named: Sequence[str]) -> tuple[Sentence, ...]:
    """The uses as short lines for whoever may know the purposes: their writer and their applicant.

    `named` are the titles behind `uses.opportunities`.
    """
    return (*_for_what(uses, tuple(say("{purpose}", purpose=title) for title in named)), *_how(uses))


def readers_words(uses: Uses) -> tuple[Sentence, ...]:
    """The same for a reader, who must not learn where else the applicant applies."""
    return (*_for_what(uses, (say("Purposes the writer named, this one among them"),)), *_how(uses))


def _for_what(uses: Uses, named: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    if uses.opportunities:
        return named or (say("Purposes that are no longer there"),)
    kinds = tuple(say(KINDS[kind]) for kind in uses.kinds if kind in KINDS)
    return kinds or (say("Any use"),)


def _how(uses: Uses) -> tuple[Sentence, ...]:
    told = []
    if uses.last_on is not None:
        told.append(say("Until {day}", day=uses.last_on))
    if uses.on_screen_only:
        told.append(say("To be read here, not saved as a file"))
    return tuple(told)
