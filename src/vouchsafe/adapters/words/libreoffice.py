"""Word and OpenDocument to PDF by LibreOffice, where it is installed.

Each job has a profile folder of its own, no network, sixty seconds, and a watch on its memory. LibreOffice
reserves far more address space than it uses, so its real memory is watched instead of limiting the former.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

SECONDS = 60.0
MOST_MEMORY = 512 * 1024 * 1024
_LOOK_EVERY = 0.1
# PDF/A-2b: fonts embedded, no scripts, no attachments. The file is cleaned afterwards all the same.
_FILTER = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"ExportNotes":{"type":"boolean","value":"false"}}'


@cache
def find_libreoffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _without_network() -> tuple[str, ...]:
    """The prefix that takes the network away, or nothing where the kernel keeps that for the administrator."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    tried = subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False)
    return (unshare, "-rn") if tried.returncode == 0 else ()


def convert_to_pdf(data: bytes, kind: str) -> bytes | None:
    """The document as PDF; None when there is no LibreOffice, it fails, or it takes too much."""
    program = find_libreoffice()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="vouchsafe-") as folder:
        home = Path(folder)
        source = home / f"letter.{kind}"
        source.write_bytes(data)
        command = [
            *_without_network(),
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--convert-to",
            _FILTER,
            "--outdir",
            str(home / "out"),
            str(source),
        ]
        if not _run_watched(command, home):
            return None
        made = home / "out" / "letter.pdf"
        return made.read_bytes() if made.is_file() else None


def _run_watched(command: list[str], home: Path) -> bool:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TMPDIR": str(home),
    }
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=home,
        start_new_session=True,
    )
    ends_at = time.monotonic() + SECONDS
    try:
        while child.poll() is None:
            if time.monotonic() > ends_at or _memory_of_session(child.pid) > MOST_MEMORY:
                return False
            time.sleep(_LOOK_EVERY)
        return child.returncode == 0
    finally:
        _end_session(child)


def _end_session(child: subprocess.Popen[bytes]) -> None:
    # The session is ours alone: soffice leaves helpers behind when only its head is ended.
    with suppress(ProcessLookupError):  # all of it has ended already
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _memory_of_session(leader: int) -> int:
    """Resident bytes of every process in the session, from /proc."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, UnicodeDecodeError):
            continue  # ended while we looked
        session, resident_pages = int(fields[3]), int(fields[21])
        if session == leader:
            total += resident_pages * os.sysconf("SC_PAGE_SIZE")
    return total
