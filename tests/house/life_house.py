"""The house that lives the whole life: Ada, two writers, three places and readers, a clock, a post, and the model beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine
from tests.factories import make_account, make_contact, make_instance, make_opportunity
from tests.house import life_model as life
from tests.house.life_post import STOPPABLE, Fate, Handed, Killed, Post

from vouchsafe.asks.access import Visit, stage, visit_by_proof
from vouchsafe.asks.models import Request
from vouchsafe.core.words import Refusal
from vouchsafe.doors.worker import carrying, sweeping, tasks
from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.access import seal_of, stage_of
from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.letters.preparing import PreparedSeal
from vouchsafe.packets.access import readable, reader_by_key
from vouchsafe.packets.models import Reader
from vouchsafe.people.access import NotHere

START = datetime(2026, 10, 5, 9, tzinfo=UTC)
CANARIES = ["kestrel-lantern-marigold", "tinderbox-quillwort-sextant"]
Resting = tuple[life.Text, PreparedSeal, tuple[object, ...]]


class Clock(datetime):
    """The one clock of a life; the worker reads it where it would read the machine's."""

    moment = START

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return Clock.moment


class House(RuleBasedStateMachine):
    """What the steps in `test_whole_life.py` stand on."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.furthest = Clock.moment = START  # the furthest that the clock was ahead before it was set back
        sweeping._last.clear()
        self.post = Post(lambda: Clock.moment, self.check_mail, CANARIES)
        carrying.transport = lambda: self.post  # type: ignore[assignment, return-value]  # the test puts it back
        self.ada, self.dana = make_account("Ada Marsh"), make_account("Dana Whitlock", role="office")
        make_instance(self.dana)
        self.places = [make_opportunity(self.ada, f"Place {n}", deadline_on=None) for n in range(3)]
        self.contacts = [make_contact(self.ada, name) for name in ("Ben Okafor", "Mina Holt")]
        stopped: set[str] = set()
        self.pages = [life.Page(one.addresses.get().mailbox, stopped) for one in self.contacts]
        self.requests: list[Request | None] = [None, None]
        self.resting: list[Resting | None] = [None, None]  # prepared, and not pressed yet
        self.readers: list[tuple[life.Reader, Reader]] = []
        self.said = 0  # a different word each time
        self.noes = 0  # of each Ada must be told in the end

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.live_to_the_end()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return Clock.moment

    @contextmanager
    def held_to(self, why_not: str) -> Iterator[None]:
        """The product must refuse for this reason, or do it where there is none."""
        Clock.moment += timedelta(seconds=1)
        try:
            with transaction.atomic():
                yield
        except Refusal as refusal:
            found = refusal.code
        else:
            found = ""
        assert found == why_not, f"the product says {found or 'done'}; the model {why_not or 'do it'}"

    def request(self, page: int) -> Request:
        one = self.requests[page]
        assert one is not None
        return Request.objects.select_related("contact__owner", "correspondent").get(pk=one.pk)

    def visit(self, page: int, *, code: bool = False, at: str = "") -> Visit:
        """Ben, by the address he is written to now."""
        visit = visit_by_proof(self.request(page).key, self.pages[page].mailbox, "mailed_link")
        assert visit.is_proven
        return replace(visit, has_code=code, took_code=code, works_here=code, at=at)

    def has_sealed(self) -> bool:
        return any(text.seal for page in self.pages for text in page.texts)

    def has_draft(self) -> bool:
        return any(text.seal is None for page in self.pages for text in page.texts)

    def text_of(self, page: int, which: int, *, is_sealed: bool) -> life.Text | None:
        found = [one for one in self.pages[page].texts if (one.seal is not None) == is_sealed]
        return found[which % len(found)] if found else None

    def seal_row(self, text: life.Text) -> Seal:
        row = seal_of(Letter.objects.get(key=text.key))
        assert row is not None
        return row

    def unhanded_asks(self, page: int) -> list[Outgoing]:
        """Asks that can still be taken back."""
        key = getattr(self.requests[page], "key", "")
        rows = Outgoing.objects.filter(about=key, kind="ask", state__in=("waiting", "begun")).order_by("id")
        return [row for row in rows if not self.post.may_have_left(row.message_id)]

    # --- The worker and the clock. ---

    def work(self, fates: list[Fate]) -> int:
        """One round of a worker, which may be killed in it; how much it did."""
        self.post.fates, done = list(fates), 1
        with suppress(Killed):
            done = tasks.run_due(worker="life", now=self.now)
        self.post.fates = []
        for page in (0, 1):
            for row in Outgoing.objects.filter(
                about=getattr(self.requests[page], "key", "-"), kind="reminder"
            ):
                if row.message_id not in self.post.reminders:
                    self.post.reminders.add(row.message_id)
                    self.pages[page].links.add(row.message_id)
        self.release_by_the_hour()
        return done

    def release_by_the_hour(self) -> None:
        """The worker was here: every seal whose hour is over is told of."""
        for page in self.pages:
            for text in page.texts:
                if text.seal and not text.seal.is_withdrawn and self.now >= text.seal.at + life.HOUR:
                    self.note_release(text)

    def note_release(self, text: life.Text) -> None:
        assert text.seal is not None
        if not text.seal.is_released and not text.seal.is_withdrawn:
            text.seal.is_released = True

    # --- What must hold. ---

    def check_mail(self, mail: Handed) -> None:
        """Of every mail at the moment it is handed over."""
        for page, request in zip(self.pages, self.requests, strict=True):
            if request is not None and mail.about == request.key and mail.kind in STOPPABLE:
                assert mail.to not in page.stopped, f"{mail.kind} to somebody who stopped mails"
                assert mail.kind == "cancelled" or not page.is_paused, f"{mail.kind} while mail is paused"
                if mail.kind in ("ask", "reminder"):
                    assert mail.to == page.mailbox, (
                        f"{mail.kind} to an address that is not the writer's any more"
                    )
                    assert not page.is_over, f"{mail.kind} about a page that is {page.stage}"
                if mail.kind == "reminder":
                    assert page.stage in ("asked", "agreed", "writing"), f"reminded, and it is {page.stage}"
                if mail.fate is Fate.REFUSED and mail.to == page.mailbox:
                    page.is_paused = True
        if mail.kind == "letter_safe":
            seal = self.model_of(mail.about)
            assert seal.is_released or self.now >= seal.at + life.HOUR, "told of within the hour"
            assert not seal.is_withdrawn, "told that a withdrawn letter is safe"
        for reader, row in self.readers:
            if mail.kind == "packet" and mail.about == row.key:
                assert not reader.is_revoked, "mailed to a reader whose access was ended"

    def model_of(self, number: str) -> life.Seal:
        key = Seal.objects.values_list("letter__key", flat=True).get(number=number, reopening__isnull=True)
        (text,) = [one for page in self.pages for one in page.texts if one.key == key]
        assert text.seal is not None
        return text.seal

    def compare(self) -> None:
        """The product and the model say the same of every page, letter and reader."""
        for page, row in zip(self.pages, self.requests, strict=True):
            if row is not None:
                assert stage(Request.objects.get(pk=row.pk)) == page.stage
            letters = (
                {one.key: one for one in Letter.objects.filter(request=row, removed_at__isnull=True)}
                if row
                else {}
            )
            assert set(letters) == {text.key for text in page.texts}
            for text in page.texts:
                letter = letters[text.key]
                assert stage_of(letter) == text.stage(page.texts)
                assert letter.is_open == (not text.is_waived)
                assert self.is_read_by_ada(text.key) == text.is_read_by_applicant()
        for reader, row_of_reader in self.readers:
            visit = reader_by_key(row_of_reader.key, self.now)
            may = not visit.is_over and bool(readable(visit.reader, self.now))
            assert may == reader.may_read(self.now)

    def is_read_by_ada(self, key: str) -> bool:
        try:
            return bool(read_open(by=self.ada, letter_key=key))
        except NotHere:
            return False

    def live_to_the_end(self) -> None:
        """Everything heals and time passes: then no mail is open, none was forgotten, and the journal is whole."""
        Clock.moment = max(self.now, self.furthest)
        for _ in range(4):
            Clock.moment += timedelta(hours=5)
            while self.work([]):
                pass
        self.compare()
        self.post.hold_against_the_outbox(is_over=True)
        self.post.reminds_with_distance()
        assert self.post.count("said_no") == self.noes
        seals = [
            text.seal for page in self.pages for text in page.texts if text.seal and text.seal.is_released
        ]
        standing = [seal for seal in seals if not seal.is_withdrawn]
        assert len(standing) <= self.post.count("letter_safe") <= len(seals)
        assert journal.check_chain(Line.objects.filter(chain=self.ada.key)) is None
