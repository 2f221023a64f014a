"""Debian's IMAP server on a free port of this machine, with a configuration and mailboxes of its own in one folder.

Root hands the mailboxes to `nobody`, because Dovecot refuses to keep mail as root; anybody else runs all of it.
"""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.serving import free_port

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""
MISSING = "Dovecot is needed for this: install it (Debian: apt-get install dovecot-imapd)."


class Dovecot:
    """`with Dovecot() as server:` knows `host`, `port`, `user` and `password`; it can be stopped and started again."""

    host, user, password = "127.0.0.1", "letters", "secret"

    def __init__(self) -> None:
        program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
        assert program, MISSING
        self._program = program
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        owner = "nobody" if os.getuid() == 0 else getpass.getuser()
        account = pwd.getpwnam(owner)
        for name in ("mail", "home", "state", "run"):
            (self.folder / name).mkdir()
        if os.getuid() == 0:
            self.folder.chmod(0o755)
            for name in ("mail", "home"):
                os.chown(self.folder / name, account.pw_uid, account.pw_gid)
        self.port = free_port()
        self._configuration = self.folder / "dovecot.conf"
        self._configuration.write_text(
            CONFIGURATION.format(
                folder=self.folder, owner=owner, group=grp.getgrgid(account.pw_gid).gr_name,
                password=self.password, port=self.port,
            )
        )  # fmt: skip
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Returns once it answers."""
        self._server = subprocess.Popen([self._program, "-F", "-c", str(self._configuration)])
        end = time.monotonic() + 30
        while True:
            try:
                with imaplib.IMAP4(self.host, self.port, timeout=5) as client:
                    client.login(self.user, self.password)
                return self
            except (OSError, imaplib.IMAP4.error) as trouble:
                if self._server.poll() is not None or time.monotonic() > end:
                    self.stop()
                    log = self.folder / "log"
                    said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                    raise AssertionError(f"Dovecot does not answer: {trouble}\n{said}") from trouble
                time.sleep(0.05)

    def stop(self) -> None:
        if self._server is not None:
            self._server.send_signal(signal.SIGTERM)
            self._server.wait(30)
            self._server = None

    def deliver(self, raw: bytes) -> None:
        """Put a mail into the inbox, unseen, as a delivery agent does."""
        with imaplib.IMAP4(self.host, self.port, timeout=30) as client:
            client.login(self.user, self.password)
            status, said = client.append("INBOX", "", "", raw)
            assert status == "OK", said

    def unseen(self, folder: str = "INBOX") -> int:
        return self._count(folder, "UNSEEN")

    def count(self, folder: str = "INBOX") -> int:
        return self._count(folder, "ALL")

    def _count(self, folder: str, which: str) -> int:
        with imaplib.IMAP4(self.host, self.port, timeout=30) as client:
            client.login(self.user, self.password)
            client.select(folder, readonly=True)
            return len(client.search(None, which)[1][0].split())

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
