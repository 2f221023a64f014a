"""What `vouchsafe serve` prints when it starts: where it is, and one-time ways in."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from vouchsafe.core.addresses import sign_in_path
from vouchsafe.doors.cli.story_world import ADVISER, APPLICANT
from vouchsafe.people import access
from vouchsafe.people.actions.make_sign_in_link import make_sign_in_link


def welcome(folder: Path) -> str:
    """The lines to print. On a fresh data folder they lead to set-up; otherwise to the people of the instance."""
    lines = ["", f"Vouchsafe is at {settings.BASE_URL}", f"Its data lies in {folder}"]
    instance = access.instance()
    if instance is None:
        link = f"{settings.BASE_URL}/set-up/{access.set_up_token()}"
        return "\n".join(
            [*lines, "", "Set it up here (the link is yours alone until that is done):", f"  {link}"]
        )
    lines += ["", "One-time sign-in links, good for twelve hours:"]
    people = [("office" if instance.host == "institution" else "you", instance.owner)]
    of_the_story = (("applicant", APPLICANT[1]), ("adviser", ADVISER[1]))
    found = ((role, access.account_by_email(address)) for role, address in of_the_story)
    people += [(role, account) for role, account in found if account is not None]
    for role, account in people:
        token = make_sign_in_link(account=account, by="command", now=timezone.now())
        lines.append(f"  {role:<12} {account.name:<20} {settings.BASE_URL}{sign_in_path(token)}")
    links = folder / "story" / "links.json"
    if links.exists():
        told = json.loads(links.read_text(encoding="utf-8"))
        lines += ["", "From the story:"]
        lines += [f"  {name:<12} {settings.BASE_URL}{path}" for name, path in told.items() if path]
    if not (settings.SMTP_HOST or settings.MAIL_PROVIDER):
        lines += ["", f"Mail is caught, not sent. Read it at {settings.BASE_URL}/mailbox/ (as the office)"]
    return "\n".join([*lines, "", "Ctrl-C stops it; the same command goes on."])
