"""A lost link: whatever is typed, the same answer; a fresh link goes to nobody but the known mailbox."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.calling import make_call, make_seat, turn
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.models import Purpose
from vouchsafe.doors.web.public.views import fresh_link
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.mail_seat import mail_seat
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.actions.revoke_seat import revoke_seat
from vouchsafe.packets.actions.take_back_mail import take_back_mail
from vouchsafe.packets.models import Seat, SeatLink
from vouchsafe.people.models import Contact, LinkWish

FORM = "/fresh-link/"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    call_command("createcachetable")
    cache.clear()


@pytest.fixture
def asked(cast: Cast) -> Purpose:
    return ask(cast.ben)


def ask(contact: Contact, *, has_left: bool = True) -> Purpose:
    purpose = make_purpose(contact, make_opportunity(contact.owner))
    mail = send_ask(by=contact.owner, purpose=purpose, now=NOW, undo=timedelta(0))
    if has_left:
        Outgoing.objects.filter(pk=mail.pk).update(state="sent", ended_at=NOW)
    return purpose


def wish(client: Client, address: str) -> str:
    """Type an address, have the worker look it up, and give the page that follows, without its form's secret."""
    answer = client.post(FORM, {"address": address})
    assert (answer.status_code, answer["Location"]) == (302, "/fresh-link/asked")
    page = client.get(answer["Location"]).content.decode()
    tasks.answer_link_wishes(now=timezone.now())
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def fresh() -> list[outbox.Parcel]:
    return [outbox.read(row) for row in Outgoing.objects.filter(kind__startswith="fresh_")]


def path_of(parcel: outbox.Parcel) -> str:
    link = parcel.links["page_url"]
    assert isinstance(link, outbox.TokenLink)
    return f"/r/{custody.token(link.purpose, link.key, link.n, link.generation)}"


def test_answer_is_the_same_for_known_unknown_and_no_address_at_all(asked: Purpose, client: Client) -> None:
    typed = ("ben@writers.example", "nobody@writers.example", "ada@example.org", "not an address")
    assert len({wish(client, each) for each in typed}) == 1
    assert [parcel.to_address for parcel in fresh()] == ["ben@writers.example"]


def test_fresh_link_opens_the_page_with_the_powers_of_a_mailed_one(asked: Purpose, client: Client) -> None:
    wish(client, "  Ben@Writers.Example ")
    (mail,) = fresh()
    page = Client().get(path_of(mail))
    assert page.status_code == 200
    assert "/stop/" in page.content.decode()  # which only a link of the writer's own mailbox shows
    assert Line.objects.filter(verb="fresh_link_mailed", about=asked.request.key).count() == 1


def test_one_address_gets_one_mail_in_a_quarter_of_an_hour(asked: Purpose, client: Client) -> None:
    for _ in range(3):
        wish(client, "ben@writers.example")
    assert len(fresh()) == 1
    LinkWish.objects.update(wished_at=timezone.now() - timedelta(minutes=15))
    wish(client, "ben@writers.example")
    assert len(fresh()) == 2


def test_what_strangers_typed_is_not_kept(asked: Purpose, client: Client) -> None:
    wish(client, "stranger@example.net")
    row = LinkWish.objects.get()
    assert bytes(row.sealed_mailbox) == b""
    assert "stranger" not in row.digest
    LinkWish.objects.update(wished_at=timezone.now() - timedelta(hours=1))
    wish(client, "ben@writers.example")
    assert LinkWish.objects.filter(pk=row.pk).count() == 0


def test_proven_mailbox_with_two_letters_gets_one_mail_to_its_list(cast: Cast, client: Client) -> None:
    first = ask(cast.ben)
    record_answer(visit=proven(first), said="yes", today=TODAY, now=NOW)
    ask(cast.ben_to_eve)
    wish(client, "ben@writers.example")
    (mail,) = fresh()
    assert mail.facts["letters"] == 2
    assert mail.links["page_url"].path == "queue_path"


@pytest.mark.parametrize("why", ["stopped", "withdrawn", "moved", "erased"])
def test_nothing_goes_where_no_page_is_open_to_that_mailbox(cast: Cast, client: Client, why: str) -> None:
    asked = ask(cast.ben)
    now = timezone.now()
    if why == "stopped":
        stop_mail(visit=proven(asked), now=now)
    elif why == "withdrawn":
        withdraw_request(by=cast.ada, request=asked.request, now=now)
    elif why == "moved":  # the applicant knows another address by now
        cast.ben.addresses.update(address="ben@new.example", mailbox="ben@new.example")
    else:
        type(cast.ada).objects.filter(pk=cast.ada.pk).update(is_active=False)
    wish(client, "ben@writers.example")
    assert fresh() == []


def test_reader_who_was_mailed_gets_a_fresh_link_until_their_access_is_ended(
    cast: Cast, client: Client
) -> None:
    opportunity = make_opportunity(cast.ada, deadline_on=None)
    packet = make_packet_of(make_sealed(cast.ben, opportunity), opportunity=opportunity)
    cleo, kim = make_reader(packet), make_reader(packet, "Kim Sand", "kim@readers.example")
    for _ in range(2):  # named, and nothing mailed yet
        wish(client, "cleo@readers.example")
    assert fresh() == []
    for reader in (cleo, kim):
        mail_packet(by=cast.ada, reader=reader, now=timezone.now(), undo=timedelta(0))
    Outgoing.objects.filter(kind="packet").update(state="sent", ended_at=NOW)
    revoke_reader(by=cast.ada, reader=kim, now=timezone.now())
    LinkWish.objects.all().delete()
    wish(client, "kim@readers.example")
    wish(client, "Cleo@readers.example")
    (mail,) = fresh()
    assert (mail.kind, mail.to_address) == ("fresh_reader_link", "cleo@readers.example")
    link = mail.links["page_url"]
    assert isinstance(link, outbox.TokenLink)
    page = Client().get(f"/p/{custody.token(link.purpose, link.key, link.n, link.generation)}")
    assert page.status_code == 200


@pytest.mark.parametrize("state", ["waiting", "withdrawn"])
def test_nothing_goes_to_a_reader_whose_mail_has_not_left(cast: Cast, client: Client, state: str) -> None:
    opportunity = make_opportunity(cast.ada, deadline_on=None)
    packet = make_packet_of(make_sealed(cast.ben, opportunity), opportunity=opportunity)
    delivery = mail_packet(
        by=cast.ada, reader=make_reader(packet), now=timezone.now(), undo=timedelta(minutes=1)
    )
    if state == "withdrawn":
        take_back_mail(by=cast.ada, delivery=delivery, now=timezone.now())
    wish(client, "cleo@readers.example")
    assert fresh() == []


def test_nothing_goes_to_a_writer_before_the_ask_itself(cast: Cast, client: Client) -> None:
    ask(cast.ben, has_left=False)
    wish(client, "ben@writers.example")
    assert fresh() == []


def test_applicant_who_types_a_writers_name_learns_and_gets_nothing(asked: Purpose, client: Client) -> None:
    make_contact(asked.request.contact.owner, "Ann Reed")  # known, never written to
    client.force_login(asked.request.contact.owner)
    wish(client, "ann@writers.example")
    wish(client, asked.request.contact.owner.email)
    assert fresh() == []


def test_too_many_addresses_in_a_minute_are_refused_whoever_they_are(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh_link, "timezone", SimpleNamespace(now=lambda: NOW))  # one minute, however slow
    typed = [
        client.post(FORM, {"address": f"{n}@example.net"}).status_code for n in range(fresh_link.PRESSES)
    ]
    assert set(typed) == {302}
    assert client.post(FORM, {"address": "ben@writers.example"}).status_code == 409
    assert client.post(FORM, {"address": "ben@writers.example"}, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_dead_link_and_foot_lead_to_the_form_and_an_empty_one_says_so(cast: Cast, client: Client) -> None:
    for dead in ("/r/" + "x" * 43, "/p/" + "x" * 43, "/requests/none/"):
        page = client.get(dead)
        assert page.status_code == 404
        assert page.content.decode().count('href="/fresh-link/"') == 2, dead
    assert client.post(FORM, {"address": ""}).status_code == 422
    assert LinkWish.objects.count() == 0


def test_committee_reader_who_was_mailed_gets_a_fresh_link_while_their_seat_stands(
    cast: Cast, client: Client
) -> None:
    call = make_call(cast.dana)
    cleo, kim, lee = (make_seat(cast.dana, call, name) for name in ("Cleo Brandt", "Kim Sand", "Lee Ost"))
    typed = tuple(seat.address for seat in (cleo, kim, lee))

    def links() -> list[str]:
        LinkWish.objects.all().delete()
        cache.clear()
        before = set(SeatLink.objects.values_list("pk", flat=True))
        assert len({wish(client, each) for each in (*typed, "nobody@committee.example")}) == 1
        fresh = SeatLink.objects.exclude(pk__in=before).select_related("seat")
        return sorted(link.seat.name for link in fresh)

    assert links() == [], "named, and nothing mailed yet"
    for seat in (cleo, kim, lee):
        mail_seat(by=cast.dana, seat=seat, undo=timedelta(0), now=timezone.now())
    Outgoing.objects.filter(kind="committee").update(state="sent", ended_at=NOW)
    revoke_seat(by=cast.dana, seat=kim, now=timezone.now())
    Seat.objects.filter(pk=lee.pk).update(expires_at=timezone.now())
    assert links() == ["Cleo Brandt"]
    mail = outbox.read(Outgoing.objects.filter(kind="committee").latest("pk"))
    assert (mail.to_address, mail.facts["asked"]) == (cleo.address, True)
    link = mail.links["page_url"]
    assert isinstance(link, outbox.TokenLink)
    token = custody.token(link.purpose, link.key, link.n, link.generation)
    assert Client().get(f"/c/{token}").status_code == 200
    assert Line.objects.filter(verb="fresh_link_mailed", about=cleo.key).count() == 1
    turn(cast.dana, call, "withdraw")
    assert links() == [], "nobody reads in a call that is withdrawn"
