"""Packets: the list, one of them, its readers, and what is handed to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.addresses import reader_path
from vouchsafe.core.words import Refusal, say, say_n
from vouchsafe.desk.packet_page import packet_lines, packet_page
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.forms.packets import HandedForm
from vouchsafe.doors.web.applicant.forms.safe import ExpiryForm, ReaderForm
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets import access
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.download_packet import download_packet
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.move_expiry import move_expiry
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.actions.show_link import show_link
from vouchsafe.packets.actions.take_back_mail import take_back_mail

DAYS = 60


@login_required
@require_safe
def show_packets(request: HttpRequest) -> HttpResponse:
    lines = packet_lines(applicant_of(request))
    headline = (
        say_n("One packet holds your letters.", "{n} packets hold your letters.", len(lines))
        if lines
        else say("No packet has been made yet.")
    )
    facts = {
        "shell": applicant_shell(request, "safe"),
        "lines": lines,
        "headline": headline,
        "by_link": is_reachable(),
    }
    return render(request, "applicant/packets/list.html", facts)


@login_required
@require_safe
def show_packet(request: HttpRequest, key: str) -> HttpResponse:
    return packet_view(request, key)


@login_required
@require_safe
def show_file(request: HttpRequest, key: str) -> HttpResponse:
    """The cover with the sealed letters attached, where its applicant may read them all."""
    account = applicant_of(request)
    packet = access.packet(account, key)
    data = download_packet(by=account, packet=packet, now=timezone.now())
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letters.pdf"'
    return response


@login_required
@require_POST
def create_reader(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    packet = access.packet(account, key)
    form = ReaderForm(request.POST)
    if not form.is_valid():
        return packet_view(request, key, form=form, status=422)
    try:
        reader = add_reader(
            by=account,
            packet=packet,
            name=form.cleaned_data["reader_name"],
            address=form.cleaned_data["reader_address"],
            expires_at=form.expires_at(),
            now=timezone.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return packet_view(request, key, form=form, status=409)
    if reader.held_why:
        said = say(
            "{reader} waits: the office makes sure of the address, then we mail the link.", reader=reader.name
        )
    else:
        said = say("{reader} may read it. Nothing has been sent yet.", reader=reader.name)
    leave_note(request, said)
    return redirect("applicant:packet", key)


@login_required
@require_POST
def create_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Mail the reader a link, half a minute from now."""
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    delivery = mail_packet(
        by=account, reader=reader, now=timezone.now(), undo=timedelta(seconds=settings.UNDO_SECONDS)
    )
    leave_note(
        request,
        say("The link goes to {reader} by mail.", reader=reader.name),
        undo_href=f"/readers/{key}/mail/removal",
        fields={"mail": delivery.outgoing},
    )
    return redirect("applicant:packet", reader.packet.key)


@login_required
@require_POST
def remove_mail(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    delivery = access.delivery_of(reader, request.POST.get("mail", ""))
    take_back_mail(by=account, delivery=delivery, now=timezone.now())
    leave_note(request, say("The mail to {reader} was not sent.", reader=reader.name), tone="wait")
    return redirect("applicant:packet", reader.packet.key)


@login_required
@require_POST
def create_link(request: HttpRequest, key: str) -> HttpResponse:
    """A new link, shown once on this page; of the token only a hash is kept."""
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    token = show_link(by=account, reader=reader, now=timezone.now())
    return packet_view(
        request, reader.packet.key, link=f"{settings.BASE_URL}{reader_path(token)}", link_for=reader.name
    )


@login_required
@require_POST
def edit_expiry(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    form = ExpiryForm(request.POST)
    try:
        if form.is_valid():
            move_expiry(by=account, reader=reader, expires_at=form.expires_at(), now=timezone.now())
            said = say(
                "The link of {reader} works until {day}.", reader=reader.name, day=form.cleaned_data["until"]
            )
            leave_note(request, said)
            return redirect("applicant:packet", reader.packet.key)
    except Refusal as refusal:
        refuse(form, refusal)
    return packet_view(request, reader.packet.key, expiry=form, expiry_of=key, status=422)


@login_required
@require_POST
def create_revocation(request: HttpRequest, key: str) -> HttpResponse:
    """Now: the next request of this reader is refused."""
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    revoke_reader(by=account, reader=reader, now=timezone.now())
    leave_note(request, say("{reader} can no longer read it.", reader=reader.name), tone="wait")
    return redirect("applicant:packet", reader.packet.key)


def packet_view(
    request: HttpRequest,
    key: str,
    *,
    form: ReaderForm | None = None,
    expiry: ExpiryForm | None = None,
    expiry_of: str = "",
    handed: HandedForm | None = None,
    handed_of: str = "",
    link: str = "",
    link_for: str = "",
    code: str = "",
    status: int = 200,
) -> HttpResponse:
    page = packet_page(access.packet(applicant_of(request), key), timezone.now())
    later = {"until": timezone.localdate() + timedelta(days=DAYS)}
    facts: dict[str, Any] = {
        "shell": applicant_shell(request, "safe"),
        "page": page,
        "headline": _headline(page),
        "form": form or ReaderForm(initial=later),
        "expiry": expiry or ExpiryForm(initial=later),
        "expiry_of": expiry_of,
        "handed": handed or HandedForm(initial={"on": timezone.localdate()}),
        "handed_of": handed_of,
        "link": link,
        "link_for": link_for,
        "code": code,
        "may_download": not page.is_confidential and any(not letter.gone for letter in page.letters),
    }
    return render(request, "applicant/packets/packet.html", facts, status=status)


def _headline(page: Any) -> object:
    """A true sentence about where it stands."""
    active = [reader for reader in page.readers if reader.state == "active"]
    opened = [reader.name for reader in active if reader.opened_at]
    handed = [reader.name for reader in active if reader.handed]
    held = [reader.name for reader in page.readers if reader.state == "held"]
    if held and not active:
        return say("The office first makes sure whose address it is: {names}.", names=held)
    if not active:
        return say("Nobody can read this packet now.")
    if opened:
        return say("{names} opened your letters.", names=opened)
    if handed:
        return say("{names} can read your letters.", names=handed)
    return say("The packet is ready for {names}.", names=[reader.name for reader in active])
