"""Caught mail: with no mail server set, mails are kept, encrypted, where their owner can look at them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from vouchsafe.adapters.post.transport import Closing, Outcome, Parcel, Sent

ENDING = ".eml.sealed"
STEP = "write"
"""What the outbox says of a mail that was kept here and went to nobody."""


class Caught(Closing):
    """Keeps every parcel as one file named by its message identifier, so the same mail is kept once."""

    def __init__(self, folder: Path, encrypt: Callable[[bytes], bytes]) -> None:
        self.folder, self.encrypt = folder, encrypt

    def send(self, parcel: Parcel) -> Sent:
        """Write, sync, rename: a mail is there whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = _path(self.folder, parcel.message_id)
        envelope = f"X-Envelope-From: <{parcel.mail_from}>\r\nX-Envelope-To: <{parcel.rcpt_to}>\r\n".encode()
        partial = path.with_suffix(".partial")
        try:
            with partial.open("wb") as file:
                file.write(self.encrypt(envelope + parcel.raw))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        except OSError as fault:
            return Sent(Outcome.LATER, None, str(fault), STEP)
        return Sent(Outcome.SENT, None, "kept, not sent", STEP)


def forget(folder: Path, message_id: str) -> None:
    """Delete one kept mail, if it was kept."""
    _path(folder, message_id).unlink(missing_ok=True)


def _path(folder: Path, message_id: str) -> Path:
    return folder / (hashlib.sha256(message_id.encode()).hexdigest()[:40] + ENDING)


def caught_names(folder: Path) -> list[str]:
    """The names of the kept mails, newest first."""
    files = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    newest = sorted(files, key=lambda each: each.stat().st_mtime_ns, reverse=True)
    return [path.name.removesuffix(ENDING) for path in newest]


def caught_mail(folder: Path, name: str, decrypt: Callable[[bytes], bytes]) -> bytes | None:
    """One kept mail by its name; None where there is none. A name comes from an address and may be anything."""
    if len(name) != 40 or not set(name) <= set("0123456789abcdef"):
        return None
    try:
        return decrypt((folder / (name + ENDING)).read_bytes())
    except FileNotFoundError:
        return None


def caught_mails(folder: Path, decrypt: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """The kept mails, newest first."""
    for name in caught_names(folder):
        kept = caught_mail(folder, name, decrypt)
        if kept is not None:
            yield kept
