"""Putting a packet together: which letters and in which order, for whom, until when; then a look before it is made.

Nothing is kept until "Make the packet" is pressed: the choice travels in the form itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.packet_page import Place, can_be_shared, places, rules_broken
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.forms.safe import PacketForm
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.make_packet import make_packet
from vouchsafe.plans import access as plans

if TYPE_CHECKING:
    from vouchsafe.letters.access_open import Shelved
    from vouchsafe.packets.models import Packet
    from vouchsafe.people.models import Account

DAYS = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """Every letter that can be shared in the order of the page, and which of them are ticked."""

    letters: tuple[Shelved, ...]
    ticked: frozenset[str]

    @property
    def going(self) -> tuple[Shelved, ...]:
        return tuple(letter for letter in self.letters if letter.key in self.ticked)

    @property
    def is_confidential(self) -> bool:
        return any(not letter.is_open for letter in self.going)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_packet(request: HttpRequest) -> HttpResponse:
    account = applicant_of(request)
    where = places(account)
    choices = (
        [("", gettext("Choose where they go")), *((place.value, translate(place.label)) for place in where)]
        if where
        else []
    )
    if request.method != "POST":
        chosen = _chosen(account, request.GET.getlist("letter"), [])
        return _form(request, PacketForm(places=choices, initial=_first(request, where)), chosen)
    chosen = _chosen(account, request.POST.getlist("letter"), request.POST.getlist("order"))
    act = request.POST.get("act", "check")
    if act.startswith(("up:", "down:")):
        form = PacketForm(places=choices, initial=_as_typed(request))
        return _form(request, form, _moved(chosen, act))
    form = PacketForm(request.POST, places=choices)
    if act == "change":
        return _form(request, PacketForm(places=choices, initial=_as_typed(request)), chosen)
    if form.is_valid() and not chosen.going:
        form.add_error(None, gettext("Tick the letters that go to this reader."))
    if form.is_valid() and chosen.is_confidential and not form.cleaned_data["reader_address"]:
        form.add_error(
            "reader_address",
            gettext(
                "Enter the reader’s mail address: the link to a confidential letter is mailed to them alone."
            ),
        )
    if not form.is_valid():
        return _form(request, form, chosen, status=422)
    if act != "make":
        return _check(request, form, chosen, where)
    try:
        packet = _make(account, form, chosen, where)
    except Refusal as refusal:
        refuse(form, refusal)
        return _form(request, form, chosen, status=409)
    leave_note(request, say("The packet is ready. Nothing has been sent yet."))
    return redirect("applicant:packet", packet.key)


def _make(account: Account, form: PacketForm, chosen: Chosen, where: tuple[Place, ...]) -> Packet:
    """Packet and reader together, or neither."""
    said, now = form.cleaned_data, timezone.now()
    place = next(place for place in where if place.value == said["place"])
    destination = plans.destination(account, place.value[2:]) if place.value.startswith("d:") else None
    with transaction.atomic():
        packet = make_packet(
            by=account,
            opportunity=plans.opportunity(account, place.opportunity),
            destination=destination,
            letter_keys=[letter.key for letter in chosen.going],
            title=said["title"],
            cover_words=said["cover_words"],
            today=timezone.localdate(),
            now=now,
        )
        add_reader(
            by=account,
            packet=packet,
            name=said["reader_name"],
            address=said["reader_address"],
            expires_at=form.expires_at(),
            now=now,
        )
    return packet


def _chosen(account: Account, ticked: list[str], order: list[str]) -> Chosen:
    """The Safe's order, then the one that was made with the buttons; without a choice every letter is ticked off."""
    letters = can_be_shared(account)
    rank = {key: place for place, key in enumerate(order)}
    inside = sorted(letters, key=lambda letter: rank.get(letter.key, len(rank)))
    mine = {letter.key for letter in letters}
    return Chosen(tuple(inside), frozenset(mine.intersection(ticked)))


def _moved(chosen: Chosen, act: str) -> Chosen:
    way, _, key = act.partition(":")
    letters = list(chosen.letters)
    at = next((place for place, letter in enumerate(letters) if letter.key == key), None)
    if at is not None:
        to = at - 1 if way == "up" else at + 1
        if 0 <= to < len(letters):
            letters[at], letters[to] = letters[to], letters[at]
    return Chosen(tuple(letters), chosen.ticked)


def _first(request: HttpRequest, where: tuple[Place, ...]) -> dict[str, Any]:
    """What the page begins with: the place it was opened for, its reader, and two months."""
    asked = request.GET.get("to", "")
    wanted = request.GET.get("opportunity", "")
    place = next((p for p in where if p.value == asked or (wanted and p.opportunity == wanted)), None)
    return {
        "place": place.value if place else "",
        "reader_name": place.reader if place else "",
        "reader_address": place.address if place else "",
        "until": timezone.localdate() + timedelta(days=DAYS),
    }


def _as_typed(request: HttpRequest) -> dict[str, Any]:
    """The fields again as they came, unjudged, when only the order was changed."""
    names = ("place", "title", "cover_words", "reader_name", "reader_address")
    day = {part: request.POST.get(f"until_{part}", "") for part in ("day", "month", "year")}
    return {**{name: request.POST.get(name, "") for name in names}, "until": day}


def _form(request: HttpRequest, form: PacketForm, chosen: Chosen, *, status: int = 200) -> HttpResponse:
    facts = {
        "shell": applicant_shell(request, "safe"),
        "form": form,
        "chosen": chosen,
        "by_link": is_reachable(),
    }
    return render(request, "applicant/packets/new.html", facts, status=status)


def _check(request: HttpRequest, form: PacketForm, chosen: Chosen, where: tuple[Place, ...]) -> HttpResponse:
    said = form.cleaned_data
    place = next(place for place in where if place.value == said["place"])
    facts = {
        "shell": applicant_shell(request, "safe"),
        "form": form,
        "chosen": chosen,
        "said": said,
        "place": place.label,
        "warnings": rules_broken(place, chosen.going, timezone.localdate()),
        "kept": [(name, value) for name, value in request.POST.items() if name not in _NOT_KEPT],
    }
    return render(request, "applicant/packets/check.html", facts)


_NOT_KEPT = frozenset({"act", "letter", "order", "csrfmiddlewaretoken"})
