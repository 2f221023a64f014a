"""Every way a reply is handled: what is written, whom it is told, and what is never done without its writer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.mailroom import CANARY, Mailroom, letter_pdf, mails_of

from vouchsafe.adapters.post.mail import Address, House
from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.change_address import change_address
from vouchsafe.asks.models import Answer
from vouchsafe.doors.mail_in import handling
from vouchsafe.doors.mail_in.handling import handle_due
from vouchsafe.doors.mail_in.taking import take
from vouchsafe.doors.worker import carrying, tasks
from vouchsafe.ledger import inbox
from vouchsafe.ledger.models import Outgoing, Received
from vouchsafe.letters.models import Draft, PlannedSeal, Seal, Upload
from vouchsafe.people.models import Instance

PDF = ("letter.pdf", "application/pdf")
LONG = "I have known Ada Marsh for four years, and in that time she rebuilt our returns report. " * 12


def pdf_file(text: str = f"Ada Marsh worked with me. {CANARY}") -> tuple[str, bytes, str]:
    return (PDF[0], letter_pdf(text), PDF[1])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Yes, I will gladly write it.", "yes"),
        ("Ja, das mache ich gerne.", "yes"),
        ("I am sorry, I cannot do it.", "no"),
        ("Niestety nie mogę.", "no"),
    ],
)
def test_plain_answer_from_the_known_address_is_recorded(room: Mailroom, words: str, said: str) -> None:
    row = room.arrive(room.reply(words))
    answer = Answer.objects.get()
    assert (answer.said, answer.proven_by) == (said, "reply")
    assert (row.state, row.outcome, row.about) == ("handled", f"said-{said}", room.request.key)
    assert bytes(row.sealed_raw) == b""


def test_no_after_a_yes_takes_it_back(room: Mailroom) -> None:
    room.arrive(room.reply("Yes, gladly."))
    room.arrive(room.reply("I am sorry, I cannot do it."))
    assert stage(room.request) == "declined"
    assert mails_of("said_no")[0].facts["took_back"] is True


def test_answer_counts_from_the_known_address_without_a_check_too(room: Mailroom) -> None:
    room.arrive(room.reply("Yes, gladly.", dmarc=""))
    assert Answer.objects.get().said == "yes"


@pytest.mark.parametrize(
    ("sender", "dmarc"),
    [
        ("eve@example.org", "pass"),  # a pass proves a domain, not Ben
        ("ada@example.org", "pass"),  # the applicant is the first adversary
        ("ben@writers.example", "fail"),  # forged
        ("ben+x@writers.example", ""),
    ],
)
def test_doubtful_sender_waits_for_one_click_by_the_writer(room: Mailroom, sender: str, dmarc: str) -> None:
    row = room.arrive(room.reply(f"Yes, gladly. {CANARY}", sender=sender, dmarc=dmarc, files=(pdf_file(),)))
    assert (row.state, row.outcome) == ("held", "not-proven")
    assert not Answer.objects.exists()
    assert not Upload.objects.exists()
    (asked,) = mails_of("was_it_you")
    assert asked.to_address == "ben@writers.example"
    assert CANARY not in str(asked)


def test_address_the_applicant_named_before_the_writers_proves_nothing(room: Mailroom, cast: Cast) -> None:
    """A letter from a mailbox of the applicant's own must not be sealed as one from the writer's."""
    change_address(by=cast.ada, request=room.request, address="ben@new.example", now=timezone.now())
    row = room.arrive(room.reply("Here it is.", files=(pdf_file(),)))
    assert row.state == "held"
    assert not Answer.objects.exists()
    assert not PlannedSeal.objects.exists()


def test_forged_check_of_another_server_is_not_believed(room: Mailroom) -> None:
    forged = {"Authentication-Results": "mx.evil.example; dmarc=pass"}
    room.arrive(room.reply("See the file.", dmarc="", headers=forged, files=(pdf_file(),)))
    assert not PlannedSeal.objects.exists()


def test_held_mail_is_handled_once_its_writer_vouches(room: Mailroom) -> None:
    row = room.arrive(room.reply("Yes, gladly.", sender="ben@home.example"))
    assert not inbox.vouch(row.key, about="another", by="writer", now=timezone.now())
    assert inbox.vouch(row.key, about=room.request.key, by="writer", now=timezone.now())
    handle_due(worker="test", now=timezone.now())
    assert Answer.objects.get().said == "yes"
    row.refresh_from_db()
    assert row.state == "handled"


def test_file_from_a_proven_sender_is_sealed_after_the_hour(room: Mailroom) -> None:
    now = timezone.now()
    row = room.arrive(room.reply("Here it is.", files=(pdf_file(),)), now=now)
    assert row.outcome == "sealed-in-an-hour"
    assert Answer.objects.get().said == "yes"
    (told,) = mails_of("received")
    assert told.facts["pages"] == 1
    assert abs(told.facts["seals_at"] - now - timedelta(hours=1)) < timedelta(seconds=1)
    assert tasks.seal_planned(now=now + timedelta(minutes=59)) == 0
    assert tasks.seal_planned(now=now + timedelta(minutes=61)) == 1
    seal = Seal.objects.get()
    assert seal.proven_by == "reply"
    assert PlannedSeal.objects.get().outcome == "sealed"
    assert tasks.seal_planned(now=now + timedelta(hours=3)) == 0


def test_right_file_sent_later_replaces_the_wrong_one_and_its_hour(room: Mailroom) -> None:
    now = timezone.now()
    room.arrive(room.reply("Here it is.", files=(pdf_file(),)), now=now)
    later = now + timedelta(minutes=30)
    right = pdf_file("Ada Marsh, the right letter")
    room.arrive(room.reply("Sorry, this one.", files=(right,)), now=later)
    assert list(PlannedSeal.objects.order_by("id").values_list("outcome", flat=True)) == ["replaced", ""]
    assert tasks.seal_planned(now=now + timedelta(minutes=61)) == 0
    assert tasks.seal_planned(now=later + timedelta(minutes=61)) == 1


def test_file_from_an_unchecked_sender_is_never_sealed_by_itself(room: Mailroom) -> None:
    row = room.arrive(room.reply("Here it is.", dmarc="", files=(pdf_file(),)))
    assert row.outcome == "kept"
    assert Upload.objects.exists()
    assert not PlannedSeal.objects.exists()
    assert "seals_at" not in mails_of("received")[0].facts


def test_file_that_does_not_name_the_applicant_is_looked_at_first(room: Mailroom) -> None:
    room.arrive(room.reply("Here it is.", files=(pdf_file("Idris Bell worked with me"),)))
    assert not PlannedSeal.objects.exists()
    assert "Ada Marsh" in str(mails_of("received")[0].facts["why"])


def test_broken_file_is_explained_and_not_taken(room: Mailroom) -> None:
    row = room.arrive(room.reply("Here it is.", files=(("letter.pdf", b"MZ not a pdf", "application/pdf"),)))
    assert row.outcome == "not-taken-file-refused"
    assert not Upload.objects.exists()
    assert str(mails_of("not_taken")[0].facts["why"])


def test_two_files_are_not_guessed_between(room: Mailroom) -> None:
    row = room.arrive(
        room.reply("Both.", files=(pdf_file(), ("other.pdf", letter_pdf("Ada"), "application/pdf")))
    )
    assert row.outcome == "not-taken-several-files"
    assert not Upload.objects.exists()


def test_no_with_a_file_is_asked_about(room: Mailroom) -> None:
    row = room.arrive(room.reply("I am sorry, I cannot do it.", files=(pdf_file(),)))
    assert row.outcome == "asked-yes-or-no"
    assert not Answer.objects.exists()
    assert not Upload.objects.exists()


def test_long_text_becomes_a_draft_that_only_its_writer_sees(room: Mailroom) -> None:
    row = room.arrive(room.reply(f"{LONG}\n\n{CANARY} *stars*"))
    assert row.outcome == "draft"
    assert Draft.objects.exists()
    assert not Answer.objects.exists()
    for mail in Outgoing.objects.exclude(kind="ask"):
        assert CANARY not in str(carrying.outbox.read(mail))


def test_second_long_text_never_replaces_a_draft(room: Mailroom) -> None:
    room.arrive(room.reply(LONG))
    row = room.arrive(room.reply(LONG + " And more."))
    assert row.outcome == "not-taken-draft-changed-elsewhere"
    assert Draft.objects.get().revision == 1


def test_unclear_words_are_asked_about_and_told_to_the_applicant(room: Mailroom) -> None:
    row = room.arrive(room.reply("Perhaps, if you send me the posting. When do they decide?"))
    assert row.outcome == "asked-yes-or-no"
    assert not Answer.objects.exists()
    (told,) = mails_of("writer_wrote")
    assert told.to_address == "ada@example.org"
    assert "When do they decide?" in told.facts["words"]
    (asked,) = mails_of("yes_or_no")
    assert asked.to_address == "ben@writers.example"
    assert asked.facts["shown"] is True


def test_words_never_go_to_an_applicant_who_waived(ask_ben: Callable[..., Mailroom]) -> None:
    room = ask_ben(confidentiality="waived")
    room.arrive(room.reply(f"She is slow but thorough. {CANARY}"))
    assert CANARY not in str(mails_of("writer_wrote")[0])
    assert mails_of("yes_or_no")[0].facts["shown"] is False


def test_same_bytes_twice_are_one_mail(room: Mailroom) -> None:
    raw = room.reply("Yes, gladly.")
    take(raw, "smtp")
    take(raw, "imap")
    assert Received.objects.count() == 1


def test_same_mail_by_two_ways_is_handled_once(room: Mailroom) -> None:
    raw = room.reply("When do they decide?")
    room.arrive(raw)
    again = room.arrive(b"Received: from relay.example by mx; now\r\n" + raw)
    assert again.outcome == "duplicate"
    assert len(mails_of("yes_or_no")) == 1


def test_reply_is_matched_by_the_message_it_answers(room: Mailroom) -> None:
    room.arrive(room.reply("Yes, gladly.", to="letters@localhost"))
    assert Answer.objects.get().said == "yes"


def test_mail_for_nobody_is_kept_aside(room: Mailroom) -> None:
    raw = room.reply(
        "Buy now", to=f"r-{'0' * 32}@in.vouchsafe.test", headers={"In-Reply-To": "<x@y.example>"}
    )
    row = room.arrive(raw)
    assert (row.state, row.outcome) == ("aside", "nobodys")
    assert inbox.read(row) == raw


def test_raw_mail_is_not_readable_in_the_database(room: Mailroom) -> None:
    take(room.reply(CANARY, to="x@y.example", headers={"In-Reply-To": "<x@y.example>"}), "smtp")
    assert CANARY.encode() not in bytes(Received.objects.get().sealed_raw)


def test_our_own_mail_come_back_starts_nothing(room: Mailroom) -> None:
    row = room.arrive(room.reply("Yes, gladly.", headers={"Message-ID": f"<{room.ask.message_id}>"}))
    assert row.outcome == "own-mail"
    assert not Answer.objects.exists()


def test_two_machines_do_not_talk_for_long(room: Mailroom) -> None:
    for n in range(12):
        room.arrive(room.reply(f"What is this mail about, number {n}?"))
    assert len(mails_of("yes_or_no")) == 8
    assert Received.objects.filter(outcome="too-many-mails").count() == 4


def test_worker_killed_between_keeping_and_handling_loses_nothing(room: Mailroom) -> None:
    take(room.reply("Yes, gladly."), "smtp")
    now = timezone.now()
    assert len(inbox.claim("dead", now=now)) == 1
    assert handle_due(worker="other", now=now) == 0
    handle_due(worker="other", now=now + inbox.LEASE + timedelta(seconds=1))
    assert Answer.objects.get().said == "yes"


def test_mail_that_kills_the_worker_thrice_is_shown(room: Mailroom) -> None:
    take(room.reply("Yes, gladly."), "smtp")
    now = timezone.now()
    for n in range(inbox.MOST_ATTEMPTS):
        assert inbox.claim(f"dead{n}", now=now)
        now += inbox.LEASE + timedelta(seconds=1)
        inbox.recover(now=now)
    assert Received.objects.get().state == "failed"


def test_handling_again_after_a_kill_in_the_middle_repeats_nothing(
    room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(room.reply("Here it is.", files=(pdf_file(),)), "smtp")
    now = timezone.now()
    with monkeypatch.context() as dying:
        dying.setattr(handling.inbox, "finish", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            handle_due(worker="dies", now=now)
    handle_due(worker="next", now=now + inbox.LEASE + timedelta(seconds=1))
    assert Upload.objects.count() == PlannedSeal.objects.count() == Answer.objects.count() == 1
    assert len(mails_of("received")) == 1
    assert Received.objects.get().state == "handled"


def test_fault_of_ours_is_kept_logged_and_tried_again(
    room: Mailroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(handling, "understand", lambda mail: 1 / 0)
        row = room.arrive(room.reply("Yes, gladly."))
    assert (row.state, row.problem) == ("failed", "ZeroDivisionError")
    assert "could not be handled" in caplog.text
    assert inbox.retry(row.key, now=timezone.now())
    handle_due(worker="test", now=timezone.now())
    assert Answer.objects.get().said == "yes"


def test_eve_cannot_answer_for_ben_in_a_request_of_her_own(room: Mailroom, cast: Cast) -> None:
    """Eve's own request has an address, too; it never reaches Ada's."""
    row = room.arrive(room.reply("Yes, gladly.", sender="eve@example.org", to=room.address))
    assert row.state == "held"
    assert stage(room.request) == "asked"


def test_personal_host_without_an_address_seals_the_file_that_its_writer_replied_with(
    room: Mailroom, cast: Cast, settings: Any
) -> None:
    """There is no page to click on: the known address and an hour to send another file are what there is."""
    settings.PUBLIC_URL = None
    Instance.objects.update(host="personal", owner=cast.ada)
    room.arrive(room.reply("Here it is.", dmarc="", files=(pdf_file(),)))
    assert PlannedSeal.objects.get().outcome == ""
    (told,) = mails_of("received")
    assert not told.links
    row = Outgoing.objects.get(kind="received")
    mail = carrying.build(row, House(Address("ada@example.org"), personal=True))
    text = carrying.render(mail, carrying.translate("en-gb")).text
    assert "http" not in text
    assert "unless you send another file before" in " ".join(text.split())


def test_personal_host_still_doubts_a_failed_check(room: Mailroom, cast: Cast, settings: Any) -> None:
    settings.PUBLIC_URL = None
    Instance.objects.update(host="personal", owner=cast.ada)
    row = room.arrive(room.reply("Here it is.", dmarc="fail", files=(pdf_file(),)))
    assert row.state == "held"
    assert not Upload.objects.exists()
