from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit, demand_writers, stage
from vouchsafe.asks.actions.close_request import close_request
from vouchsafe.asks.actions.mail_promise import calling_off
from vouchsafe.asks.actions.make_link import make_link, token_link
from vouchsafe.asks.mailbox import writers_zone
from vouchsafe.asks.models import Closing, Link, Purpose, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal
from vouchsafe.ledger import custody, journal, outbox
from vouchsafe.letters.access import is_beside, seal_of
from vouchsafe.letters.actions.begin_letter import keep_waiver
from vouchsafe.letters.actions.reopen_seal import HOUR
from vouchsafe.letters.models import RECORD, Letter, Scope, Seal, Version
from vouchsafe.letters.preparing import LetterChanged, PreparedSeal, purposes_of, what_it_rests_on
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Correspondent


def seal_letter(*, visit: Visit, prepared: PreparedSeal, now: datetime) -> Seal:
    """Seal the letter in hand: what was prepared becomes the letter, for good.

    Writes the seal and its first scope (the purposes of the request, or a version's own), closes the request
    unless the letter was begun beside it, and queues the writer's receipt. Pressed twice it is one seal. Refuses if the letter, its confidentiality or its
    purposes changed since it was prepared, if that very seal was opened again, or its writer has not said yes; a
    file that was prepared and never became a letter is destroyed.
    """
    try:
        seal = _seal(visit, prepared, now)
    except Refusal:
        if not _was_sealed(prepared):
            custody.vault().erase(prepared.file)
        raise
    if seal.file != prepared.file and not _was_sealed(prepared):
        custody.vault().erase(prepared.file)
    return seal


def _was_sealed(prepared: PreparedSeal) -> bool:
    """Whether it became a seal, standing or opened again since: its number and its file are that seal's for good."""
    return Seal.objects.filter(number=prepared.sealed.number).exists()


@transaction.atomic
def _seal(visit: Visit, prepared: PreparedSeal, now: datetime) -> Seal:
    visit.demand_proof()
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    letter = Letter.objects.select_for_update(of=("self",)).get(key=prepared.letter_key, request=request)
    already = seal_of(letter)
    if already is not None:
        return already
    beside = is_beside(letter)
    REQUEST.demand("seal_beside" if beside else "seal", stage(request))
    # Given up in another window meanwhile: sealed now, no page would show it.
    given_up = letter.removed_at is not None
    if given_up or what_it_rests_on(letter) != prepared.rests_on or not custody.vault().exists(prepared.file):
        raise LetterChanged
    if _was_sealed(prepared):  # and opened again since: its number is never used twice
        raise LetterChanged
    correspondent = prove_correspondent(mailbox=visit.mailbox, contact=request.contact, now=now)
    keep_waiver(letter, request, by=correspondent.key, now=now)
    Request.objects.filter(pk=request.pk).update(correspondent=correspondent)
    sealed = prepared.sealed
    seal = Seal.objects.create(
        letter=letter,
        correspondent=correspondent,
        number=sealed.number,
        # It holds the words of a written letter, so the column holds it in secret.
        record=custody.encrypt(prepared.record, context=RECORD),
        digest=sealed.digest.hex(),
        pdf_digest=sealed.file_digest.hex(),
        manifest=sealed.manifest,
        signature=sealed.signature,
        key_id=sealed.key_id,
        file=prepared.file,
        pages=prepared.pages,
        writer_name=prepared.writer_name,
        proven_by=visit.proven_by,
        proven_mailbox_digest=custody.digest("mailbox", visit.mailbox),
        proven_domain=visit.mailbox.rpartition("@")[2],
        sealed_at=sealed.sealed_at,
        time_stamped_at=prepared.time_stamped_at,
    )
    _agree(seal, letter, beside=beside, by=correspondent.key, now=now)
    if prepared.remembered:
        Correspondent.objects.filter(pk=correspondent.pk).update(**prepared.remembered)
    # The day was kept: it leaves the writer's calendar, and its alarm with it.
    off = None if beside else calling_off(request=request, now=now)
    if not beside:
        close_request(request=request, why=Closing.Why.SEALED, by=correspondent.key, now=now)
    applicant = request.contact.owner
    outbox.queue(
        outbox.Parcel(
            kind="sealed",
            to_address=visit.mailbox,
            to_name=prepared.writer_name,
            facts={
                "applicant": applicant.name,
                "number": seal.number,
                "in_confidence": not letter.is_open,
                "opens_until": sealed.sealed_at + HOUR,
                "zone": correspondent.time_zone or writers_zone(request),
            },
            links=_ways(request, visit.mailbox, now),
            enclosed=(off,) if off else (),
            reply_key=request.key,
            thread=request.key,
            language=correspondent.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=seal.number,
        once=f"sealed|{seal.number}",
        now=now,
    )
    journal.note(
        chain=applicant.key,
        verb="sealed",
        about=letter.key,
        by=correspondent.key,
        now=now,
        detail=seal.pdf_digest,
    )
    return seal


def _ways(request: Request, mailbox: str, now: datetime) -> dict[str, outbox.TokenLink]:
    """A link of its own to the letter's page, which shows no text before a code was taken."""
    if not is_reachable():
        return {}
    link = make_link(request=request, kind=Link.Kind.MAILED, mailbox=mailbox, now=now)
    return {"page_url": token_link(link)}


def _agree(seal: Seal, letter: Letter, *, beside: bool, by: str, now: datetime) -> None:
    """The first scope: what the letter was asked for. A successor outside a new round keeps what its writer had set."""
    before = Scope.objects.filter(
        seal__letter=letter.predecessor_id, seal__letter__isnull=False, seal__reopening__isnull=True
    ).first()
    if beside and before is not None:
        uses = {one: getattr(before, one) for one in ("opportunities", "kinds", "last_on", "on_screen_only")}
        Scope.objects.create(seal=seal, set_at=now, set_by=by, **uses)
        return
    named = [purpose.opportunity for purpose in purposes_of(letter).select_related("opportunity")]
    if not named:  # its place was withdrawn meanwhile: no name at all would mean any use
        version = Version.objects.select_related("purpose__opportunity").filter(letter=letter).first()
        asked = Purpose.objects.filter(request=letter.request).select_related("opportunity")
        named = [version.purpose.opportunity] if version else [purpose.opportunity for purpose in asked]
    for_later = any(opportunity.kind == "pocket" for opportunity in named)
    Scope.objects.create(
        seal=seal,
        # A letter asked for the pocket is asked for uses not known yet; the writer may narrow it at any time.
        opportunities=[] if for_later else [opportunity.key for opportunity in named],
        set_at=now,
        set_by=by,
    )
