"""A mailed file that speaks of another place is looked at by its writer before anything is sealed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.mailroom import Mailroom, letter_pdf, mails_of

from vouchsafe.doors.worker import tasks
from vouchsafe.letters.models import PlannedSeal, Seal, Upload

ELSEWHERE = "I recommend Ada Marsh for admission to the University of Aldermouth."


def test_mailed_file_that_names_another_institution_is_never_sealed_by_itself(room: Mailroom) -> None:
    now = timezone.now()
    room.arrive(
        room.reply("Here it is.", files=(("letter.pdf", letter_pdf(ELSEWHERE), "application/pdf"),)), now=now
    )
    assert any("Aldermouth" in str(hint) for hint in Upload.objects.get().hints)
    assert not PlannedSeal.objects.exists()
    assert "Aldermouth" in str(mails_of("received")[0].facts["why"])
    tasks.seal_planned(now=now + timedelta(hours=2))
    assert not Seal.objects.exists()
