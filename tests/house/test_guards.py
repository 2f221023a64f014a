"""What the database itself refuses: it must still refuse after every migration, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast
from tests.factories import NOW, make_contact, make_opportunity, make_purpose

from vouchsafe.asks.models import Purpose, Waiver
from vouchsafe.letters.models import Letter

TRIGGERS = {
    "line_is_frozen",
    "root_is_frozen",
    "waiver_is_frozen",
    "purpose_stays_waived",
    "waived_purpose_keeps_its_place",
    "letter_stays_confidential",
    "seal_is_frozen",
}


def test_every_guard_is_in_place(db: None) -> None:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    assert found >= TRIGGERS


def test_waiver_is_never_altered(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), confidentiality="waived")
    with pytest.raises(DatabaseError), transaction.atomic():
        Waiver.objects.filter(purpose=purpose).update(words="I did not.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Purpose.objects.filter(pk=purpose.pk).update(confidentiality="open")
    assert "give up" in Waiver.objects.get().words


def test_waiver_holds_for_the_purpose_and_the_moment_it_was_given_for(cast: Cast) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada), confidentiality="waived")
    elsewhere = make_purpose(cast.ben, make_opportunity(cast.ada, "Another place"))
    other = make_purpose(make_contact(cast.ada, "Gus Ferro"), make_opportunity(cast.ada, "A third"))
    mine = Purpose.objects.filter(pk=purpose.pk)
    changes = (
        {"opportunity": elsewhere.opportunity},
        {"request": other.request},
        {"added_at": NOW - timedelta(days=9)},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.update(**change)
    mine.update(note="Written anew.", shown_on=None)  # the rest of a purpose may change
    Purpose.objects.filter(pk=elsewhere.pk).update(opportunity=other.opportunity)  # and so may an open one


@pytest.mark.parametrize("kept", ["waived", "in_confidence"])
def test_confidential_letter_never_becomes_open(cast: Cast, kept: str) -> None:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    letter = Letter.objects.create(
        applicant=cast.ada,
        request=purpose.request,
        writer_name="Ben",
        origin="written",
        confidentiality=kept,
        begun_at=NOW,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(confidentiality="open")
    letter.refresh_from_db()
    assert letter.confidentiality == kept
