"""Promise 28: the whole life obeys a small model, over random steps with faults of the clock and of the mail.

Every step does the same to the product, by its own actions and its own worker, and to `life_model`; what the model
refuses the product must refuse in the same words, and after each step both must say the same of every page, letter
and reader. `life_post` holds the laws of the mail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from tests.house import life_model as life
from tests.house.life_house import CANARIES, Clock, House
from tests.house.life_post import Fate
from tests.soak import turns

from vouchsafe.asks.access import Visit, ask_mails
from vouchsafe.asks.actions.change_address import change_address
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.restore_request import restore_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.actions.want_mail import want_mail
from vouchsafe.asks.actions.withdraw_ask import withdraw_ask
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Answer, Purpose
from vouchsafe.core.uses import Uses
from vouchsafe.doors.worker import carrying
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.access import draft_in_hand
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.reopen_seal import reopen_seal
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.actions.set_scope import set_scope
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.confirm_reader import confirm_reader
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.make_packet import make_packet
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Reader

UNDO = timedelta(seconds=30)
PAGES = st.integers(0, 1)
PLACES = st.integers(0, 2)
ANY = st.integers(0, 7)  # one of however many there are
YES = st.booleans()
DEPTHS = st.sampled_from([0, 1, 3, 4, 5, 6, 6, 7, 8])  # how many steps of the way are behind a page
FATES = st.lists(st.sampled_from([Fate.SENT, *Fate]), max_size=4)
WAITS = st.sampled_from(
    [timedelta(minutes=1), timedelta(minutes=11), timedelta(minutes=50), timedelta(hours=1),
     timedelta(hours=26), timedelta(days=3), timedelta(days=9)]
)  # fmt: skip

STEPS = st.sampled_from(
    [timedelta(seconds=2), timedelta(minutes=30), timedelta(hours=3), timedelta(days=2), timedelta(days=40)]
)


class Life(House):
    """The steps. Each is tried whether or not it may be done."""

    @initialize(depths=st.tuples(DEPTHS, DEPTHS), is_waived=YES)
    def begin(self, depths: tuple[int, int], is_waived: bool) -> None:
        """Lives begin at different points, so that what comes late is tried as often as what comes first."""
        for page, depth in enumerate(depths):
            self.wish(page, page, is_waived and not page)
            way: list[Callable[[], None]] = [
                partial(self.ask, page, 0),
                partial(self.wait, timedelta(minutes=1)),
                partial(self.worker, []),
                partial(self.answer, page, "yes", True, None),
                partial(self.write, page, 0, False, False),
                partial(self.seal, page, 0, True),
                partial(self.say_now, page, 0),
                partial(self.hand_over, page, 0, page, 30),
            ]
            for step in way[:depth]:
                step()

    # --- The applicant. ---

    @rule(page=PAGES, place=PLACES, is_waived=YES)
    def wish(self, page: int, place: int, is_waived: bool) -> None:
        why_not = self.pages[page].why_not_wish(place)
        with self.held_to(why_not):
            purpose = open_request(
                by=self.ada, contact=self.contacts[page], opportunity=self.places[place],
                shown_on=(self.now + timedelta(days=28)).date(), confidentiality="waived" if is_waived else "open",
                subject="", note="Would you write?", today=self.now.date(), now=self.now,
            )  # fmt: skip
            self.requests[page] = purpose.request
        if not why_not:
            self.pages[page].wish(place, is_waived=is_waived)

    @rule(page=PAGES, which=ANY)
    def ask(self, page: int, which: int) -> None:
        standing = Purpose.objects.filter(request=self.requests[page], withdrawn_at__isnull=True)
        purpose = standing[which % len(standing)]
        known = {row.pk for row in ask_mails(purpose)}
        with self.held_to(self.pages[page].why_not_ask()):
            row = send_ask(by=self.ada, purpose=purpose, now=self.now, undo=UNDO)
            assert row.state not in ("withdrawn", "failed"), "nobody is asked"
            if row.pk not in known:
                self.pages[page].links.add(row.message_id)

    @rule(page=PAGES)
    def undo_ask(self, page: int) -> None:
        asks = Outgoing.objects.filter(about=self.request(page).key, kind="ask").exclude(state="withdrawn")
        mail = asks.order_by("-id").first()
        if mail is not None:
            why_not = "sent-already" if self.post.may_have_left(mail.message_id) else ""
            with self.held_to(why_not):
                withdraw_ask(by=self.ada, request=self.request(page), outgoing_key=mail.key, now=self.now)
            if not why_not:
                self.pages[page].links.discard(mail.message_id)

    @rule(page=PAGES)
    def give_up(self, page: int) -> None:
        model, waiting = self.pages[page], self.unhanded_asks(page)
        told = Outgoing.objects.filter(about=self.request(page).key, kind="cancelled")
        known = set(told.values_list("message_id", flat=True))
        why_not = model.why_not_give_up()
        with self.held_to(why_not):
            withdraw_request(by=self.ada, request=self.request(page), undo=UNDO, now=self.now)
        if not why_not and not model.is_withdrawn:
            model.is_withdrawn = True
            model.links -= {row.message_id for row in waiting}
            model.told = set(told.values_list("message_id", flat=True)) - known

    @precondition(lambda self: any(page.is_withdrawn for page in self.pages))
    @rule(page=PAGES)
    def restore(self, page: int) -> None:
        model = self.pages[page]
        why_not = "sent-already" if any(map(self.post.may_have_come, model.told)) else ""
        if model.is_withdrawn:
            with self.held_to(why_not):
                restore_request(by=self.ada, request=self.request(page), now=self.now)
            model.is_withdrawn = bool(why_not)

    @rule(page=PAGES, to=st.integers(0, 2))
    def change_mailbox(self, page: int, to: int) -> None:
        why_not = self.pages[page].why_not_move()
        address = f"{('ben', 'mina')[page]}{to or ''}@writers.example"
        with self.held_to(why_not):
            change_address(by=self.ada, request=self.request(page), address=address, now=self.now)
        if not why_not:
            self.pages[page].move(address)

    # --- The writer. ---

    @rule(page=PAGES, said=st.sampled_from(["yes", "yes", "yes", "no", "taken_back", "not_mine"]), comes_by_mail=st.sampled_from([True, True, False]),
          promised=st.sampled_from([None, 5, 20]))  # fmt: skip
    def answer(self, page: int, said: str, comes_by_mail: bool, promised: int | None) -> None:
        model, request = self.pages[page], self.request(page)
        day = (self.now + timedelta(days=promised)).date() if promised and said == "yes" else None
        visit = self.visit(page) if comes_by_mail else Visit(request)
        why_not, known = model.why_not_answer(said, day, is_proven=comes_by_mail), Answer.objects.count()
        with self.held_to(why_not):
            record_answer(visit=visit, said=said, promised_on=day, today=self.now.date(), now=self.now)
        if not why_not:
            is_new = model.say(said, day, is_proven=comes_by_mail)
            assert Answer.objects.count() == known + is_new
            self.noes += is_new and said in life.NOES

    @rule(page=PAGES, which=ANY, is_beside=YES, is_stale=st.sampled_from([False, False, False, True]))
    def write(self, page: int, which: int, is_beside: bool, is_stale: bool) -> None:
        model = self.pages[page]
        beside = [one for one in model.texts if one.is_beside and one.seal is None]
        text = beside[which % len(beside)] if is_beside and beside else model.in_hand()
        visit = self.visit(page, code=True, at=text.key if text and text.is_beside else "")
        _, revision = draft_in_hand(visit)
        is_stale = is_stale and revision > 0
        why_not = model.why_not_write(text) or ("draft-changed-elsewhere" if is_stale else "")
        self.said += 1
        body = DraftBody(text=f"I trust Ada. {CANARIES[page]}, {self.said}.", name="The writer")
        key = ""
        with self.held_to(why_not):
            key = save_draft(visit=visit, body=body, based_on=revision - is_stale, now=self.now).letter.key
        if not why_not:
            assert text is None or text.key == key
            model.write(text or life.Text(key, is_beside=False, is_waived=False))

    @precondition(House.has_draft)
    @rule(page=PAGES, which=ANY)
    def look_at_pages(self, page: int, which: int) -> None:
        """The pages are made; the writer has not pressed yet."""
        text = self.text_of(page, which, is_sealed=False)
        if text is None or not self.pages[page].is_proven:
            return
        visit = self.visit(page, code=True, at=text.key if text.is_beside else "")
        letter = Letter.objects.get(key=text.key)
        prepared = prepare_seal(visit=visit, letter=letter, writer_name="The writer", now=self.now)
        self.resting[page] = (text, prepared, self.pages[page].rests_on(text))

    @precondition(House.has_draft)
    @rule(page=PAGES, which=ANY, looks=st.sampled_from([True, True, False]))
    def seal(self, page: int, which: int, looks: bool) -> None:
        """Pressed, upon pages just looked at or on those of an earlier moment."""
        if looks:
            self.look_at_pages(page, which)
        if self.resting[page] is None:
            return
        text, prepared, rests_on = self.resting[page]
        model, was = self.pages[page], text.seal
        visit = self.visit(page, code=True, at=text.key if text.is_beside else "")
        why_not = model.why_not_seal(text, rests_on)
        if not custody.vault().exists(prepared.file) and not was and not why_not:
            why_not = "letter-changed"  # it was pressed before, and refused
        with self.held_to(why_not):
            row = seal_letter(visit=visit, prepared=prepared, now=self.now)
        if not why_not and was is None:
            assert row.number == prepared.sealed.number
            model.seal(text, prepared.sealed.sealed_at)

    @precondition(House.has_sealed)
    @rule(page=PAGES, which=ANY, has_code=st.sampled_from([True, True, False]))
    def reopen(self, page: int, which: int, has_code: bool) -> None:
        text = self.text_of(page, which, is_sealed=True)
        if text is not None:
            why_not = self.pages[page].why_not_reopen(
                text, has_code=has_code, now=self.now + timedelta(seconds=1)
            )
            with self.held_to(why_not):
                reopen_seal(visit=self.visit(page, code=has_code), seal=self.seal_row(text), now=self.now)
            if not why_not:
                self.pages[page].reopen(text)

    @precondition(House.has_sealed)
    @rule(page=PAGES, which=ANY)
    def say_now(self, page: int, which: int) -> None:
        """The writer does not wait for the hour."""
        text = self.text_of(page, which, is_sealed=True)
        if text is not None:
            with self.held_to(""):
                release_seal(seal=self.seal_row(text), by="writer", now=self.now)
            self.note_release(text)

    @precondition(House.has_sealed)
    @rule(page=PAGES, which=ANY, has_code=st.sampled_from([True, True, False]))
    def take_letter_back(self, page: int, which: int, has_code: bool) -> None:
        text = self.text_of(page, which, is_sealed=True)
        if text is not None and text.seal is not None:
            with self.held_to("" if has_code else "fresh-code-needed"):
                withdraw_seal(visit=self.visit(page, code=has_code), seal=self.seal_row(text), now=self.now)
            text.seal.is_withdrawn |= has_code

    @precondition(House.has_sealed)
    @rule(page=PAGES, which=ANY, openly=YES)
    def begin_newer(self, page: int, which: int, openly: bool) -> None:
        text = self.text_of(page, which, is_sealed=True)
        if text is None:
            return
        why_not, key = self.pages[page].why_not_succeed(text), ""
        with self.held_to(why_not):
            key = begin_successor(
                visit=self.visit(page, code=True), letter_key=text.key, openly=openly, first=DraftBody(), now=self.now
            ).key  # fmt: skip
        if not why_not:
            self.pages[page].succeed(text, key, openly=openly)

    @precondition(House.has_sealed)
    @rule(page=PAGES, which=ANY, places=st.sets(PLACES, min_size=1))
    def agree_to(self, page: int, which: int, places: set[int]) -> None:
        text = self.text_of(page, which, is_sealed=True)
        if text is None or text.seal is None:
            return
        asked = {wish.place for wish in self.pages[page].wishes} | text.seal.uses
        why_not = "" if places <= asked else "use-not-known"
        uses = Uses(opportunities=tuple(self.places[place].key for place in sorted(places)))
        with self.held_to(why_not):
            set_scope(visit=self.visit(page, code=True), seal=self.seal_row(text), uses=uses, now=self.now)
        if not why_not:
            text.seal.uses = frozenset(places)

    @rule(page=PAGES, wants=YES)
    def want_mails(self, page: int, wants: bool) -> None:
        model = self.pages[page]
        with self.held_to(""):
            (want_mail if wants else stop_mail)(visit=self.visit(page, code=True), now=self.now)
        if wants:
            model.stopped.discard(model.mailbox)
        else:
            model.stopped.add(model.mailbox)
            model.is_proven = True

    # --- Whoever reads. ---

    @precondition(House.has_sealed)
    @rule(page=PAGES, which=ANY, place=PLACES, days=st.sampled_from([1, 30]))
    def hand_over(self, page: int, which: int, place: int, days: int) -> None:
        text = self.text_of(page, which, is_sealed=True)
        if text is None or text.seal is None:
            return
        why_not = life.why_not_packet(self.pages[page], text, place)
        ends = self.now + timedelta(days=days)
        with self.held_to(why_not):
            packet = make_packet(
                by=self.ada, opportunity=self.places[place], destination=None, letter_keys=[text.key],
                title=f"Packet {len(self.readers)}", today=self.now.date(), now=self.now,
            )  # fmt: skip
        if why_not:
            return
        address = f"cleo{len(self.readers)}@readers.example"
        row = add_reader(
            by=self.ada, packet=packet, name="Cleo", address=address, expires_at=ends, now=self.now
        )
        self.readers.append((life.Reader(text.seal, place, ends), row))
        if row.held_why:
            confirm_reader(by=self.dana, reader=row, now=self.now)

    def one_reader(self, which: int) -> tuple[life.Reader, Reader]:
        return self.readers[which % len(self.readers)]

    @precondition(lambda self: self.readers)
    @rule(which=ANY)
    def mail_link(self, which: int) -> None:
        reader, row = self.one_reader(which)
        with self.held_to(reader.why_not_mail(self.now + timedelta(seconds=1))):
            mail_packet(by=self.ada, reader=row, now=self.now, undo=UNDO)

    @precondition(lambda self: self.readers)
    @rule(which=ANY)
    def read(self, which: int) -> None:
        reader, row = self.one_reader(which)
        seal = row.packet.enclosures.get().seal
        with self.held_to("" if reader.may_read(self.now + timedelta(seconds=1)) else "access-over"):
            data = read_letter(reader=row, seal=seal, what="read", now=self.now)
            assert sha256(data).hexdigest() == seal.pdf_digest

    @precondition(lambda self: self.readers)
    @rule(which=ANY)
    def end_access(self, which: int) -> None:
        reader, row = self.one_reader(which)
        with self.held_to(""):
            revoke_reader(by=self.ada, reader=row, now=self.now)
        reader.is_revoked = True

    # --- The worker, the mail and the clock. ---

    @rule(much=WAITS)
    def wait(self, much: timedelta) -> None:
        Clock.moment += much

    @rule(much=STEPS)
    def set_clock_back(self, much: timedelta) -> None:
        """It had run ahead. Nobody's word and no order of words changes by that."""
        self.furthest = max(self.furthest, self.now)
        Clock.moment -= much

    @rule(fates=FATES)
    def worker(self, fates: list[Fate]) -> None:
        self.work(fates)

    @invariant()
    def product_and_model_agree(self) -> None:
        if all(self.requests):
            self.compare()


@pytest.fixture
def one_clock(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "datetime", Clock)
    monkeypatch.setattr(carrying.timezone, "now", Clock.now)
    monkeypatch.setattr(carrying, "transport", carrying.transport)  # each life puts its own post here


def live(lives: int, steps: int, *, is_drawn_anew: bool = True) -> None:
    chosen = settings(
        max_examples=lives, stateful_step_count=steps, deadline=None, database=None, derandomize=not is_drawn_anew,
        print_blob=True, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Life, settings=chosen)


@pytest.mark.wide
def test_a_short_life_obeys_the_model(one_clock: None) -> None:
    """The same few lives each time: what is found anew is found by the long size."""
    live(3, 20, is_drawn_anew=False)


@pytest.mark.soak
def test_whole_life_obeys_the_model(one_clock: None) -> None:
    for _ in turns(2_000, each=5):
        live(5, 100)
