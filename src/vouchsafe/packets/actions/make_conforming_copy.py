from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from vouchsafe.adapters.pdf.conforming import conforming_copy
from vouchsafe.asks.access import Visit
from vouchsafe.core.addresses import verify_path
from vouchsafe.core.destination_rules import file_name
from vouchsafe.core.words import Refusal, msg
from vouchsafe.letters.actions.read_sealed import read_sealed
from vouchsafe.letters.actions.register_copy import register_copy
from vouchsafe.letters.models import Copy, Seal
from vouchsafe.plans.models import Destination


class LetterWithdrawn(Refusal):
    code = "letter-withdrawn"
    msgid = msg("You have withdrawn this letter, so no copy is made of it.")
    hint_msgid = msg("Seal a new one for this place.")


def make_conforming_copy(
    *, visit: Visit, seal: Seal, destination: Destination, now: datetime
) -> tuple[str, bytes]:
    """A copy of the writer's letter that a portal takes, with the name it must have.

    Made first, from the sealed file; then registered by its digest, so that the verify page calls it a copy and
    not a changed letter. Refuses a link alone (the text needs a fresh code), a withdrawn letter, and a size that
    no readable copy has.
    """
    if Seal.objects.filter(pk=seal.pk, withdrawal__isnull=False).exists():
        raise LetterWithdrawn
    rules = destination.all_rules
    address = f"{settings.BASE_URL}{verify_path(seal.number)}".partition("://")[2]
    made = conforming_copy(
        read_sealed(visit=visit, seal=seal),
        line=gettext("Copy of letter {number}. The sealed letter can be checked at {address}").format(
            number=seal.number, address=address
        ),
        title=gettext("Copy of letter {number}").format(number=seal.number),
        paper=rules.paper,
        most_bytes=rules.most_bytes,
        when=now,
    )
    with transaction.atomic():
        register_copy(
            seal=seal,
            kind=Copy.Kind.CONFORMING,
            digest=sha256(made).hexdigest(),
            made_for=destination.key,
            by=visit.by,
            now=now,
        )
    name = file_name(rules, applicant=seal.letter.applicant.name, writer=seal.writer_name, number=seal.number)
    return name, made
