"""The child process: one job a call for a stranger's bytes, or a standing one that signs.

Started by path with `-I`, so that neither the environment nor the working folder can put modules in its way.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

Answer = tuple[dict[str, Any], list[bytes]]


def _limited(job: str) -> None:
    """Take one frame, answer one frame, with nothing but memory and time."""
    from vouchsafe.adapters.pdf.limits import refuse_events, take_away

    take_away()
    from vouchsafe.adapters.pdf.frames import read_frame, write_frame

    head, blobs = read_frame(sys.stdin.buffer)
    work = _job(job)
    refuse_events()
    told, made = work(head, blobs)
    write_frame(sys.stdout.buffer, told, made)


def _job(job: str) -> Any:
    if job == "clean":
        from vouchsafe.adapters.pdf.cleaning import clean_job

        return clean_job
    if job == "render":
        from vouchsafe.adapters.pdf.rendering import render_job

        return render_job
    if job == "photographs":
        from vouchsafe.adapters.pdf.photographs import photographs_job

        return photographs_job
    if job == "signature":
        from vouchsafe.adapters.pdf.handwriting import signature_job

        return signature_job
    if job == "read-signature":
        from vouchsafe.adapters.pdf.signature_reading import read_signatures

        return lambda head, blobs: (read_signatures(blobs[0], blobs[1:]), [])
    if job.startswith("vouchsafe.adapters."):
        module, _, function = job.partition(":")
        return getattr(import_module(module), function)
    raise ValueError(f"no such job: {job}")


def _standing() -> None:
    """Sign until the pipe ends. Trusted bytes only: our own pages."""
    from vouchsafe.adapters.pdf.frames import ChildSilent, read_frame, write_frame

    while True:
        try:
            head, blobs = read_frame(sys.stdin.buffer)
        except ChildSilent:
            return
        try:
            told, made = _sign(head, blobs)
        except Exception as fault:  # told to the parent, which raises it there
            told, made = {"fault": f"{type(fault).__name__}: {fault}"}, []
        write_frame(_out, told, made)


def _sign(head: dict[str, Any], blobs: list[bytes]) -> Answer:
    from datetime import datetime

    from vouchsafe.adapters.pdf.signing import sign_pdf

    pdf, private_key, certificate, *chain = blobs
    signed = sign_pdf(
        pdf,
        private_key=private_key,
        certificate=certificate,
        chain=tuple(chain),
        when=datetime.fromisoformat(head["when"]),
        reason=head["reason"],
        name=head["name"],
        location=head["location"],
        time_server=head["time_server"],
    )
    return {}, [signed, _stamped_at(signed, certificate) if head["time_server"] else b""]


def _stamped_at(signed: bytes, certificate: bytes) -> bytes:
    """The moment a time server's stamp says, if the stamp is intact and of this very signature; else nothing."""
    from vouchsafe.adapters.pdf.signature_reading import read_signatures

    return (read_signatures(signed, [certificate])["time_stamped_at"] or "").encode()


_out: BinaryIO = sys.stdout.buffer

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    if sys.argv[1] == "sign":
        _standing()
    else:
        _limited(sys.argv[1])
