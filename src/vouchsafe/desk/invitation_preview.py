"""The mail that invites, as each role gets it. Nothing is queued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from vouchsafe.adapters.post.kinds.invitation import invitation
from vouchsafe.adapters.post.mail import Address, House, Route
from vouchsafe.adapters.post.render import render
from vouchsafe.core.addresses import invitation_path
from vouchsafe.desk.mail_preview import PLACE, said


@dataclass(frozen=True, slots=True)
class InvitationPreview:
    role: str
    subject: str
    text: str


def invitation_preview(inviter: str, instance: str, role: str, now: datetime) -> InvitationPreview:
    """Made by the very code that sends it, with a link that leads nowhere yet."""
    route = Route(
        to=Address("name@example.org"),
        house=House(Address(settings.MAIL_FROM), kept_by=instance),
        message_id="<preview@vouchsafe.invalid>",
        at=now,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    page_url = settings.BASE_URL + invitation_path(PLACE)
    rendered = render(
        invitation(route, inviter=inviter, instance=instance, role=role, page_url=page_url), said
    )
    return InvitationPreview(role, rendered.subject, rendered.text)
