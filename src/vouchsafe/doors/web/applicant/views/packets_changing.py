"""What may still be changed of a packet: its order and cover. And what was handed over by hand. Each can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.packet_page import LetterInside, letters_inside
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.forms.packets import CoverForm, HandedForm
from vouchsafe.doors.web.applicant.views.packets import packet_view
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets import access
from vouchsafe.packets.actions.hand_over_letters import hand_over_letters, undo_hand_over
from vouchsafe.packets.actions.rearrange_packet import rearrange_packet, undo_rearrangement

if TYPE_CHECKING:
    from vouchsafe.packets.models import Packet


@dataclass(frozen=True, slots=True)
class ArrangementPage:
    """The letters in the order of the page; nothing of it is kept before "Keep" is pressed."""

    key: str
    title: str
    was_opened: bool
    letters: tuple[LetterInside, ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_arrangement(request: HttpRequest, key: str) -> HttpResponse:
    account, now = applicant_of(request), timezone.now()
    packet = access.packet(account, key)
    if request.method != "POST":
        kept = {"title": packet.title, "cover_words": packet.cover_words}
        return _page(request, packet, CoverForm(initial=kept), [])
    order, act = request.POST.getlist("order"), request.POST.get("act", "keep")
    form = CoverForm(request.POST)
    if act.startswith(("up:", "down:")):
        return _page(request, packet, CoverForm(initial=request.POST.dict()), _moved(order, act))
    if not form.is_valid():
        return _page(request, packet, form, order, status=422)
    try:
        change = rearrange_packet(by=account, packet=packet, numbers=order, now=now, **form.cleaned_data)
    except Refusal as refusal:
        refuse(form, refusal)
        return _page(request, packet, form, [], status=409)
    if change is not None:
        leave_note(
            request,
            say("Readers see the new order and cover when they look next."),
            undo_href=f"/packets/{key}/arrangement/removal",
            fields={"change": str(change.pk)},
        )
    return redirect("applicant:packet", key)


@login_required
@require_POST
def remove_arrangement(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    packet = access.packet(account, key)
    change = request.POST.get("change", "")
    if change.isascii() and change.isdigit():
        undo_rearrangement(by=account, packet=packet, change=int(change[:18]), now=timezone.now())
    leave_note(request, say("The packet is as it was before."), tone="wait")
    return redirect("applicant:packet", key)


@login_required
@require_POST
def create_hand_over(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    form = HandedForm(request.POST)
    try:
        if form.is_valid():
            on = form.cleaned_data["on"]
            hand_over_letters(by=account, reader=reader, on=on, now=timezone.now())
            leave_note(
                request,
                say("Handed over to {reader} on {day}.", reader=reader.name, day=on),
                undo_href=f"/readers/{key}/by-hand/removal",
                fields={"on": on.isoformat()},
            )
            return redirect("applicant:packet", reader.packet.key)
    except Refusal as refusal:
        refuse(form, refusal)
    return packet_view(request, reader.packet.key, handed=form, handed_of=key, status=422)


@login_required
@require_POST
def remove_hand_over(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return redirect("applicant:packet", reader.packet.key)
    undo_hand_over(by=account, reader=reader, on=on, now=timezone.now())
    leave_note(request, say("It is not recorded any more."), tone="wait")
    return redirect("applicant:packet", reader.packet.key)


def _page(
    request: HttpRequest, packet: Packet, form: CoverForm, order: list[str], *, status: int = 200
) -> HttpResponse:
    rank = {number: place for place, number in enumerate(order)}
    letters = letters_inside(packet, timezone.now())
    page = ArrangementPage(
        key=packet.key,
        title=packet.title,
        was_opened=access.stage(packet) == "read",
        letters=tuple(sorted(letters, key=lambda letter: rank.get(letter.number, len(rank)))),
    )
    facts = {"shell": applicant_shell(request, "safe"), "page": page, "form": form}
    return render(request, "applicant/packets/arrangement.html", facts, status=status)


def _moved(order: list[str], act: str) -> list[str]:
    way, _, number = act.partition(":")
    if number in order:
        at = order.index(number)
        to = at - 1 if way == "up" else at + 1
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
    return order
