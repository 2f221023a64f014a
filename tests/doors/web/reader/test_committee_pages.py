"""A committee reader comes in by their own link, sees one table, and reads what is shown to them, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests.calling import NO_WAIT, join, letter_for, make_call, make_seat, turn
from tests.cast import Cast
from tests.sealing import CANARY

from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Line
from vouchsafe.packets.actions.mail_seat import PURPOSE, mail_seat
from vouchsafe.packets.actions.revoke_seat import revoke_seat
from vouchsafe.packets.actions.set_seat_code import set_seat_code
from vouchsafe.packets.actions.shortlist_applicants import shortlist_applicants
from vouchsafe.packets.models import Reader, Seat, SeatLink, Viewing
from vouchsafe.plans.models import Shortlisting


def link_of(cast: Cast, seat: Seat) -> str:
    mail_seat(by=cast.dana, seat=seat, undo=NO_WAIT, now=timezone.now())
    link = SeatLink.objects.filter(seat=seat).latest("n")
    return f"/c/{custody.token(PURPOSE, seat.key, link.n, link.generation)}"


def browser_of(cast: Cast, seat: Seat) -> Client:
    client = Client()
    assert client.post(link_of(cast, seat))["Location"] == f"/committee/{seat.key}/"
    return client


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_reader_comes_in_sees_the_table_and_reads_by_ordinary_pages(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    seal = letter_for(part, cast.ben)
    join(cast.eve, call, cast.ben_to_eve)
    seat = make_seat(cast.dana, call)
    address = link_of(cast, seat)
    client = Client()
    lines = Line.objects.count()
    assert "Kestrel fellowship" in words(client, address)
    assert Line.objects.count() == lines, "a look records nothing"
    assert client.post(address)["Location"] == f"/committee/{seat.key}/"
    page = words(client, f"/committee/{seat.key}/")
    assert "Ada Marsh" in page
    assert "The letter is here" in page
    assert "Nominated" in page
    assert CANARY not in page
    assert page.count('form="open"') == 1, "only where something can be read"
    assert not Viewing.objects.exists()
    answer = client.post(f"/committee/{seat.key}/open", {"who": part.key})
    reader = Reader.objects.get()
    assert answer["Location"] == f"/reading/{reader.key}/"
    read = words(client, f"/reading/{reader.key}/")
    assert f"/committee/{seat.key}/" in read
    assert "colleague" not in read
    assert CANARY in words(client, f"/reading/{reader.key}/{seal.number}/")
    assert client.post(f"/reading/{reader.key}/{seal.number}/file").content.startswith(b"%PDF")
    assert set(Viewing.objects.values_list("what", flat=True)) == {"opened", "read", "downloaded"}


def test_strangers_find_only_the_way_in(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    letter_for(part, cast.ben)
    seat = make_seat(cast.dana, call)
    browser_of(cast, seat).post(f"/committee/{seat.key}/open", {"who": part.key})
    reader = Reader.objects.get()
    strangers = [
        Client(),
        Client(),
        Client(),
        browser_of(cast, make_seat(cast.dana, make_call(cast.dana, title="B"), "Kim V")),
    ]
    for client, account in zip(strangers, (cast.eve, cast.ada, cast.dana), strict=False):
        client.force_login(account)
    for client in strangers:
        for key in (seat.key, "0" * 24):
            assert client.get(f"/committee/{key}/").status_code == 404
            assert client.post(f"/committee/{key}/open", {"who": part.key}).status_code == 404
            assert client.post(f"/committee/{key}/shortlist", {"who": [part.key]}).status_code == 404
        assert client.get(f"/reading/{reader.key}/").status_code == 404
        assert client.get(f"/c/{seat.key}").status_code == 404
    assert Reader.objects.count() == 1


def test_held_letters_open_for_the_shortlisted_and_close_with_the_list(cast: Cast) -> None:
    call = make_call(cast.dana, holds=True)
    part = join(cast.ada, call, cast.ben)
    seal = letter_for(part, cast.ben)
    client = browser_of(cast, seat := make_seat(cast.dana, call))
    here = f"/committee/{seat.key}/"
    assert "Here, and held" in words(client, here)
    assert client.post(f"{here}open", {"who": part.key}).status_code == 409
    assert client.post(f"{here}shortlist", {"act": "list", "who": [part.key]}).status_code == 409
    assert not Shortlisting.objects.exists(), "not without the right"
    Seat.objects.update(may_shortlist=True)
    client.post(f"{here}shortlist", {"act": "list", "who": [part.key]})
    client.post(f"{here}open", {"who": part.key})
    reader = Reader.objects.get()
    letter = f"/reading/{reader.key}/{seal.number}/"
    assert CANARY in words(client, letter)
    shortlist_applicants(
        by=cast.dana, call=call, keys=[part.key], listed=False, undo=NO_WAIT, now=timezone.now()
    )
    assert client.get(letter).status_code == 410
    assert client.get(f"/reading/{reader.key}/").status_code == 410
    assert client.post(f"{letter}file").status_code == 410
    assert client.get(f"{letter}pages/1").status_code == 404


def test_code_set_later_is_asked_of_a_browser_that_is_in_already(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    letter_for(part, cast.ben)
    client = browser_of(cast, seat := make_seat(cast.dana, call))
    client.post(f"/committee/{seat.key}/open", {"who": part.key})
    reader = Reader.objects.get()
    assert client.get(f"/reading/{reader.key}/").status_code == 200
    code = set_seat_code(by=cast.dana, seat=seat, now=timezone.now() + timedelta(seconds=2))
    assert client.get(f"/committee/{seat.key}/").status_code == 404
    assert client.get(f"/reading/{reader.key}/").status_code == 404
    address = link_of(cast, seat)
    wrong = "000000" if code != "000000" else "111111"
    assert client.post(address, {"code": wrong}).status_code == 422
    Seat.objects.update(code_set_at=timezone.now() - timedelta(seconds=2))
    assert client.post(address, {"code": code}).status_code == 302
    assert client.get(f"/reading/{reader.key}/").status_code == 200


def test_revoked_reader_and_withdrawn_call_are_gone(cast: Cast) -> None:
    call = make_call(cast.dana)
    seat, other = make_seat(cast.dana, call), make_seat(cast.dana, call, "Kim Vale")
    client, kim = browser_of(cast, seat), browser_of(cast, other)
    address = link_of(cast, seat)
    revoke_seat(by=cast.dana, seat=seat, now=timezone.now())
    assert client.get(f"/committee/{seat.key}/").status_code == 410
    assert Client().get(address).status_code == 410
    assert kim.get(f"/committee/{other.key}/").status_code == 200
    turn(cast.dana, call, "withdraw")
    assert kim.get(f"/committee/{other.key}/").status_code == 410
    turn(cast.dana, call, "restore")
    assert kim.get(f"/committee/{other.key}/").status_code == 200


def test_office_and_applicant_signed_in_are_refused_with_the_readers_own_link(cast: Cast) -> None:
    call = make_call(cast.dana)
    part = join(cast.ada, call, cast.ben)
    seal = letter_for(part, cast.ben)
    seat = make_seat(cast.dana, call)
    client = browser_of(cast, seat)
    client.post(f"/committee/{seat.key}/open", {"who": part.key})
    reader = Reader.objects.get()
    letter = f"/reading/{reader.key}/{seal.number}/"
    seen = Viewing.objects.count()
    for account in (cast.dana, cast.ada):
        client.force_login(account)
        assert client.get(letter).status_code == 409
        assert client.post(f"{letter}file").status_code == 409
        assert client.post(f"/committee/{seat.key}/open", {"who": part.key}).status_code == 409
    assert Viewing.objects.count() == seen, "what is refused is not recorded as read"
    client.force_login(cast.dana)
    assert client.get(f"/committee/{seat.key}/").status_code == 409
    fresh = Client()
    fresh.force_login(cast.dana)
    assert fresh.post(link_of(cast, seat)).status_code == 409


def test_empty_call_and_pages_without_scripts(cast: Cast) -> None:
    client = browser_of(cast, seat := make_seat(cast.dana, make_call(cast.dana), may_shortlist=True))
    page = words(client, f"/committee/{seat.key}/")
    assert "No applicant is in this call yet." in page
    assert not re.search(r"\son\w+=", page)
