"""Fetching from a mailbox by IMAP, for instances that no mail can be routed to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SECONDS = 30.0  # a server that says nothing for this long is tried again later


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where to fetch. Handled mails move to `done_folder`; without one they are only marked as seen."""

    host: str
    user: str
    password: str
    port: int = 993
    tls: bool = True
    folder: str = "INBOX"
    done_folder: str = ""


def fetch(
    mailbox: Mailbox,
    take: Callable[[bytes], object],
    *,
    wants: Callable[[bytes], bool] | None = None,
    passed_over: set[str] | None = None,
    at_most: int = 100,
) -> int:
    """Hand every unseen mail to `take`; each counts as fetched only after `take` has returned. Returns how many.

    Killed in between, the mail is fetched again: whoever takes it recognises it by its digest. In a mailbox that
    is not ours alone, `wants` looks at each mail first; one it does not want stays unseen, as if nobody had
    looked, and its identifier goes into `passed_over`, so that the next round does not load it again.
    """
    from imap_tools import AND, MailBox, MailBoxUnencrypted, MailMessageFlags

    kind = MailBox if mailbox.tls else MailBoxUnencrypted
    taken = 0
    with kind(mailbox.host, mailbox.port, timeout=SECONDS).login(
        mailbox.user, mailbox.password, mailbox.folder
    ) as box:
        if mailbox.done_folder and not box.folder.exists(mailbox.done_folder):
            box.folder.create(mailbox.done_folder)
        passed = passed_over if passed_over is not None else set()
        for uid in [each for each in box.uids(AND(seen=False)) if each not in passed][:at_most]:
            # The bytes as they came: taking the mail apart and putting it together again would change its digest.
            status, parts = box.client.uid("FETCH", uid, "(BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if status != "OK" or raw is None:
                continue  # deleted meanwhile by somebody else
            if wants is not None and not wants(raw):
                passed.add(uid)
                continue
            take(raw)
            taken += 1
            box.flag([uid], [MailMessageFlags.SEEN], True)
            if mailbox.done_folder:
                box.move([uid], mailbox.done_folder)
    return taken
