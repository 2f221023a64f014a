"""Days of a call that have passed are refused where they can be changed; and who still stands is one truth."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone
from tests.calling import as_, call_facts, join, make_call, make_seat, said, turn
from tests.cast import Cast
from tests.pages import words_of

from vouchsafe.desk.call_page import call_lines
from vouchsafe.packets.actions.mail_seat import SeatOver
from vouchsafe.packets.actions.set_seat_code import set_seat_code
from vouchsafe.packets.models import Seat
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import call_of_office, stage
from vouchsafe.plans.actions.keep_call import CallClosingPassed, keep_call
from vouchsafe.plans.models import Call


def fields_blamed(answer: HttpResponse) -> set[str]:
    return set(re.findall(r'href="#id_(\w+)"', answer.content.decode()))


def test_call_whose_last_day_for_applicants_has_passed_is_neither_kept_nor_opened(cast: Cast) -> None:
    call = make_call(cast.dana, opened=False)
    late = timezone.now() + timedelta(days=22)
    with pytest.raises(CallClosingPassed):
        keep_call(by=cast.dana, facts=call_facts(), now=late)
    Call.objects.filter(pk=call.pk).update(closes_on=timezone.localdate() - timedelta(days=2))
    with pytest.raises(CallClosingPassed):
        turn(cast.dana, call, "open")


def test_opening_a_draft_too_late_shows_the_day_to_change_and_changing_it_opens(cast: Cast) -> None:
    call = make_call(cast.dana, opened=False, about="Typed before.")
    today = timezone.localdate()
    Call.objects.filter(pk=call.pk).update(closes_on=today - timedelta(days=2))
    dana, here = as_(cast.dana), f"/office/calls/{call.key}/"
    answer = dana.post(f"{here}stage", {"act": "open"})
    assert answer.status_code == 422
    assert fields_blamed(answer) == {"closes_on"}
    assert "applicants could begin" in words_of(answer)
    assert "Typed before." in words_of(answer)
    assert f'action="{here}edit"' in answer.content.decode()
    assert stage(call_of_office(cast.dana, call.key)) == "draft"
    assert dana.post(f"{here}edit", said(closes_on=today.isoformat())).status_code == 302
    assert dana.post(f"{here}stage", {"act": "open"}).status_code == 302
    assert stage(call_of_office(cast.dana, call.key)) == "open"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes_on": "-2"}, "closes_on"),
        ({"closes_on": "-3", "due_on": "-2"}, "due_on"),
        ({"due_on": "5"}, "due_on"),
        ({"need": "5"}, "most"),
    ],
)
def test_form_shows_what_is_wrong_at_its_field(cast: Cast, wrong: dict[str, str], field: str) -> None:
    today = timezone.localdate()
    days = {
        name: (today + timedelta(days=int(n))).isoformat()
        for name, n in wrong.items()
        if name.endswith("_on")
    }
    answer = as_(cast.dana).post("/office/calls/new", said(**{**wrong, **days}))
    assert answer.status_code == 422
    assert fields_blamed(answer) == {field}


def test_days_of_an_open_call_still_move_after_its_last_day_for_applicants(cast: Cast) -> None:
    call = make_call(cast.dana)
    closed = timezone.localdate() - timedelta(days=2)
    Call.objects.filter(pk=call.pk).update(closes_on=closed)
    due = (timezone.localdate() + timedelta(days=50)).isoformat()
    days = {"closes_on": closed.isoformat(), "due_on": due}
    assert as_(cast.dana).post(f"/office/calls/{call.key}/edit", days).status_code == 302


def test_code_is_set_for_no_seat_whose_last_day_has_passed(cast: Cast) -> None:
    seat = make_seat(cast.dana, make_call(cast.dana))
    with pytest.raises(SeatOver):
        set_seat_code(by=cast.dana, seat=seat, now=timezone.now() + timedelta(days=61))
    seat.refresh_from_db()
    assert not seat.code_hash
    page = as_(cast.dana).get(f"/office/calls/{seat.call.key}/").content.decode()
    assert page.count('name="act" value="code"') == 1
    Seat.objects.filter(pk=seat.pk).update(expires_at=timezone.now())
    page = as_(cast.dana).get(f"/office/calls/{seat.call.key}/").content.decode()
    assert page.count('name="act" value="code"') == 0, "nor offered"


def test_list_of_calls_counts_whom_the_table_shows(cast: Cast) -> None:
    call = make_call(cast.dana)
    join(cast.ada, call)
    join(cast.eve, call)

    def counted() -> int:
        return call_lines(cast.dana)[0].applicants

    assert counted() == 2
    Account.objects.filter(pk=cast.ada.pk).update(role="office")
    assert counted() == 1
    Account.objects.filter(pk=cast.eve.pk).update(is_active=False)
    assert counted() == 0
