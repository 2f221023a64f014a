from __future__ import annotations

from datetime import datetime

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.core.words import Refusal, msg
from vouchsafe.packets.access import enclosed, holds_confidential
from vouchsafe.packets.handing import packet_with_originals
from vouchsafe.packets.models import Packet
from vouchsafe.people.access import viewer_keys
from vouchsafe.people.models import Account


class PacketInConfidence(Refusal):
    code = "packet-in-confidence"
    msgid = msg("This packet holds a confidential letter, so you can’t download it.")
    hint_msgid = msg("Its readers can. A packet of open letters can be downloaded by you as well.")


class NothingLeft(Refusal):
    code = "nothing-left"
    msgid = msg("No letter of this packet can be read any more.")
    hint_msgid = msg("Its writers have withdrawn them, or agreed to other uses only.")


def download_packet(*, by: Account, packet: Packet, now: datetime) -> bytes:
    """The cover with the sealed originals attached, for the applicant themselves. Writes nothing.

    Refuses a packet with a letter its applicant may not read; the vault would refuse it as well.
    """
    if holds_confidential(packet):
        raise PacketInConfidence
    seals = [one.seal for one in enclosed(packet, now) if not one.gone]
    if not seals:
        raise NothingLeft
    return packet_with_originals(packet, seals, Viewer(Role.APPLICANT, viewer_keys(by)), now=now)
