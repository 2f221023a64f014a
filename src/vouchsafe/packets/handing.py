"""One file for a whole packet, made before any transaction: the cover with the sealed originals, or a reading copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from vouchsafe.adapters.pdf.packets import CoverPage, PacketLetter, cover_packet, merge_reading_copy
from vouchsafe.adapters.vault import Viewer
from vouchsafe.core.addresses import verify_path
from vouchsafe.ledger import custody

if TYPE_CHECKING:
    from vouchsafe.letters.models import Seal
    from vouchsafe.packets.models import Packet


def packet_with_originals(packet: Packet, seals: Sequence[Seal], viewer: Viewer, *, now: datetime) -> bytes:
    """A cover whose attachments are the sealed letters, byte for byte, so that each can still be checked alone."""
    notes = (
        gettext("Each letter is attached as it was sealed. Save one and check it alone."),
        gettext(
            "A viewer may call the certificate unknown: this site made it itself. "
            "It still shows that the file is unchanged since it was signed."
        ),
    )
    return cover_packet(_cover(packet, seals, notes), _opened(seals, viewer), when=now)


def reading_copy(
    packet: Packet, seals: Sequence[Seal], viewer: Viewer, *, reader: str, now: datetime
) -> bytes:
    """One file to read on, with the reader's name on each page. It says that it is a reading copy."""
    notes = (
        gettext("This is a reading copy for {reader}. It cannot carry the seals of the letters.").format(
            reader=reader
        ),
    )
    return merge_reading_copy(
        _opened(seals, viewer),
        title=_title(packet, len(seals)),
        reader=reader,
        when=now,
        cover=_cover(packet, seals, notes),
        line=gettext(
            "Reading copy of letter {number} for {reader}. The sealed letter can be checked at {address}"
        ),
    )


def _opened(seals: Sequence[Seal], viewer: Viewer) -> list[PacketLetter]:
    return [
        PacketLetter(
            pdf=custody.vault().open(seal.file, viewer),
            number=seal.number,
            digest=bytes.fromhex(seal.digest),
            writer=seal.writer_name,
            lines=(gettext("Sealed on {day}").format(day=date_format(seal.sealed_at, "DATE_FORMAT")),),
            address=f"{settings.BASE_URL}{verify_path(seal.number)}",
        )
        for seal in seals
    ]


def _cover(packet: Packet, seals: Sequence[Seal], notes: tuple[str, ...]) -> CoverPage:
    facts = [gettext("For: {purpose}").format(purpose=packet.purpose)]
    facts += [line.strip() for line in packet.cover_words.splitlines() if line.strip()]
    return CoverPage(
        title=_title(packet, len(seals)),
        facts=tuple(facts),
        notes=notes,
        language=get_language() or "en",
        check=gettext("Letter {number}. Check it at {address}"),
        picture=gettext("The seal picture of letter {number}"),
    )


def _title(packet: Packet, count: int) -> str:
    said = ngettext("A letter of recommendation for {name}", "Letters of recommendation for {name}", count)
    return said.format(name=packet.owner.name)
