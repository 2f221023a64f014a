"""What of a page or a mail is neither in the pseudo-language nor anyone's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from zoneinfo import available_timezones

from django.apps import apps
from django.db import models
from django.http import HttpResponse
from tests.house.world import CANARY
from tests.pseudo import CLOSE, texts, unmarked

from vouchsafe.core.sealing.seal_words import seal_words
from vouchsafe.core.words import Sentence
from vouchsafe.letters.models import Seal

# Names; what the world's people typed that is kept under lock; the foot of a sealed page; Django's own, which it translates.
NAMES = (
    "Vouchsafe", "English", "Deutsch", "Français", "Español", "Pseudo", "windows", "macintosh", "shift jis", "euc-kr", "iso", "gb", "As I wrote", "Again",
    "Did she do it alone", f"I trust Ada. {CANARY}", "A letter that Ada may read", CANARY, "Check it at localhost", "Letter",
    "This field is required", "Some dates for Ben",
)  # fmt: skip


def names() -> Iterator[str]:
    yield from NAMES
    yield from (part for zone in available_timezones() for part in zone.replace("_", " ").split("/"))


def typed() -> Iterator[str]:
    """Every text in every row, and what else is a name."""
    yield from names()
    yield from (" ".join(seal_words(bytes.fromhex(seal.digest))) for seal in Seal.objects.all())
    for model in apps.get_models():
        columns = [
            each.name
            for each in model._meta.fields
            if isinstance(each, (models.CharField, models.TextField, models.JSONField))
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            yield from (str(value) for value in row)


def plain(answer: HttpResponse, data: str) -> set[str]:
    """What on a page is not in the language."""
    if (
        "html" not in answer.headers.get("Content-Type", "")
        or not answer.content
        or answer.status_code == 405
    ):
        return set()
    said = list(texts(answer.content.decode()))
    assert any(CLOSE in each for each in said), f"not one sentence is in the language: {said[:9]}"
    return {run for each in said for run in unmarked(each, data)}


def own_words(thing: object) -> Iterator[str]:
    """Every text in a mail that is not ours to say: the facts of its sentences, names, a person's words."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Sentence):
        for fact in thing.facts.values():
            yield from own_words(fact)
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from own_words(value)
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from own_words(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from own_words(getattr(thing, each.name))
