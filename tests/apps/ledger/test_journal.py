from __future__ import annotations

import random
from copy import copy
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.factories import NOW

from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line, Root

pytestmark = pytest.mark.django_db


def write(chain: str, count: int) -> list[Line]:
    return [
        journal.note(chain=chain, verb="tried", about=f"row{n}", by="ada", now=NOW + timedelta(minutes=n))
        for n in range(count)
    ]


def test_chain_written_and_read_again_is_whole() -> None:
    write("ada", 5)
    write("eve", 3)
    assert journal.check_chain(Line.objects.filter(chain="ada")) is None


@pytest.mark.parametrize("field", ["verb", "about", "by", "detail", "digest", "before"])
def test_changed_line_is_seen(field: str) -> None:
    lines = write("ada", 4)
    setattr(lines[1], field, "other")
    found = journal.check_chain(lines)
    assert found is not None
    assert found.position in (2, 3)


def test_cut_tail_is_seen_against_a_kept_head() -> None:
    lines = write("ada", 4)
    kept = (4, lines[-1].digest)
    assert journal.check_chain(lines[:3]) is None
    found = journal.check_chain(lines[:3], kept_head=kept)
    assert found is not None
    assert found.why == "the end is missing"


def see_edits(edits: int) -> None:
    """A field changed, a line cut out, put in twice or moved, or the tail cut: none passes beside the kept head."""
    write("ada", 12)
    luck, whole = random.Random(18), list(Line.objects.filter(chain="ada").order_by("position"))
    kept = (whole[-1].position, whole[-1].digest)
    assert journal.check_chain(whole, kept_head=kept) is None
    for number in range(edits):
        lines = [copy(line) for line in whole]
        at = luck.randrange(len(lines))
        match luck.randrange(5):
            case 0:
                name = luck.choice(["verb", "about", "by", "detail", "digest", "before"])
                said = getattr(lines[at], name)
                setattr(
                    lines[at], name, said[:-1] + chr(luck.randrange(33, 33 + 90)) + luck.choice(["", "x"])
                )
                if getattr(lines[at], name) == said:
                    continue
            case 1:
                lines[at].at += timedelta(seconds=luck.choice([-1, 1]) * luck.randrange(1, 10**6))
            case 2:
                del lines[at]
            case 3:
                lines.insert(luck.randrange(len(lines)), copy(lines[at]))
            case 4:
                lines = lines[:at]
        assert journal.check_chain(lines, kept_head=kept) is not None, number


def test_random_edit_is_seen_beside_a_kept_head() -> None:
    see_edits(100)


@pytest.mark.soak
def test_random_edit_is_seen_beside_a_kept_head_long() -> None:
    see_edits(1_000)


def test_database_refuses_to_change_a_line() -> None:
    write("ada", 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.update(verb="other")
    assert Line.objects.get().verb == "tried"


def test_anchor_covers_every_chain_and_follows_the_one_before() -> None:
    write("ada", 2)
    write("eve", 1)
    first = journal.anchor(NOW)
    assert first.chains == 2
    write("eve", 1)
    second = journal.anchor(NOW + timedelta(hours=1))
    assert second.before == first.digest
    assert second.heads != first.heads
    assert journal.anchor_if_due(NOW + timedelta(hours=1, minutes=30)) is None
    assert Root.objects.count() == 2
