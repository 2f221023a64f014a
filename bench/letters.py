"""A letter's way through the machinery, against the bare calls of the same libraries in the same run.

The floor is what typst, pikepdf, pypdfium2, RSA and AES cost when called once each with nothing around
them. Inspection is held against the same two steps in bare children, because a process of its own is the
point of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

import typst
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vouchsafe.adapters.keys import open_keys
from vouchsafe.adapters.pdf.faces import FONTS, fonts
from vouchsafe.adapters.pdf.inspection import inspect_upload
from vouchsafe.adapters.pdf.live_page import live_page
from vouchsafe.adapters.pdf.packets import CoverPage, PacketLetter, cover_packet
from vouchsafe.adapters.pdf.seals import seal_pdf
from vouchsafe.adapters.pdf.signing import sign_pdf
from vouchsafe.adapters.pdf.typesetting import TEMPLATES, foot_data, typeset
from vouchsafe.adapters.vault import FolderStorage, Role, Vault, Viewer
from vouchsafe.core.sealing import Foot, LetterPage, Signature, blocks_from_marks, seal_words

WHEN = datetime(2026, 10, 27, 12, tzinfo=UTC)
DIGEST = sha256(b"bench").digest()
FOOT = Foot(DIGEST, "K7QM-42TX", seal_words(DIGEST), "https://vouchsafe.example/v/K7QM-42TX")
BARE_CHILD = """
import sys, io
data = sys.stdin.buffer.read()
if sys.argv[1] == "clean":
    import pikepdf
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.new() as made:
        made.pages.extend(pdf.pages)
        made.save(sys.stdout.buffer)
else:
    import pypdfium2
    for page in pypdfium2.PdfDocument(data):
        out = io.BytesIO()
        page.render(scale=1.5).to_pil().save(out, "JPEG", quality=80)
        page.get_textpage().get_text_bounded()
        sys.stdout.buffer.write(out.getvalue())
"""


def rows() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        return _rows(Path(folder))


def _rows(folder: Path) -> list[tuple[str, float, str]]:
    keys = open_keys(folder / "keys")
    vault = Vault(FolderStorage(folder / "vault"), keys)
    identity = keys.pades()
    letter = LetterPage(
        blocks_from_marks("\n\n".join(["Ada made the whole floor of the laboratory calmer. " * 9] * 4)),
        Signature("Dr Ben Ortiz", ("Harbour College",), typed="Ben Ortiz"),
        ("Harbour College", "12 Quay Street"),
        dated="27 October 2026",
    )
    pdf = typeset(letter, foot=FOOT, title="Letter", when=WHEN).pdf
    sealed = seal_pdf(pdf, identity, when=WHEN)
    stored = vault.put(sealed)
    viewer = Viewer(Role.HOUSE, purpose="bench")
    packet = [PacketLetter(sealed, f"K7QM-42T{n}", DIGEST, "Dr Ben Ortiz", (), "v.example") for n in range(5)]

    bare_pages = _bare_typst(letter)
    ours_pages = seconds(lambda: typeset(letter, foot=FOOT, title="Letter", when=WHEN))
    floor_pages = seconds(bare_pages)
    ours_look = seconds(lambda: inspect_upload(pdf), times=7)
    floor_look = seconds(lambda: _bare_children(pdf), times=7)
    ours_seal = seconds(lambda: seal_pdf(pdf, identity, when=WHEN))
    floor_seal = seconds(lambda: _bare_sign(pdf, identity))
    ours_keep = seconds(lambda: vault.put(sealed))
    floor_keep = seconds(lambda: _bare_keep(sealed, folder / "floor"))
    ours_packet = seconds(lambda: cover_packet(CoverPage("Letters"), packet, when=WHEN), times=7)
    floor_packet = seconds(_bare_cover(packet, folder / "cover"), times=7)
    ours = ours_pages + ours_look + ours_seal + ours_keep
    floor = floor_pages + floor_look + floor_seal + floor_keep
    return [
        ("live page while writing", 1e3 * seconds(lambda: live_page(letter)), "ms (bar: 150)"),
        ("typeset with foot, PDF and page pictures", 1e3 * ours_pages, "ms"),
        ("  held against bare typst, the same outputs", ours_pages / floor_pages, "x"),
        ("inspect, clean, show every page", 1e3 * ours_look, "ms"),
        ("  held against bare children", ours_look / floor_look, "x"),
        ("seal (PAdES, RSA-3072)", 1e3 * ours_seal, "ms"),
        ("  held against pyHanko in this process", ours_seal / floor_seal, "x"),
        ("encrypt and sync", 1e3 * ours_keep, "ms"),
        ("  held against AES-GCM and two synced files", ours_keep / floor_keep, "x"),
        ("open from the vault", 1e3 * seconds(lambda: vault.open(stored.file_id, viewer)), "ms"),
        ("a letter, typeset to kept", 1e3 * ours, "ms"),
        ("  held against the sum of the floors", ours / floor, "x (bar: 1.5)"),
        ("a packet's cover with five letters", 1e3 * ours_packet, "ms"),
        ("  held against bare typst, files in place", ours_packet / floor_packet, "x (bar: 1.5)"),
    ]


def _bare_cover(packet: list[PacketLetter], folder: Path) -> Callable[[], object]:
    """The typesetter alone: the letters lie in its folder already."""
    from vouchsafe.adapters.pdf.packets import _cover_data

    folder.mkdir()
    shutil.copy(TEMPLATES / "cover.typ", folder)
    for place, letter in enumerate(packet):
        (folder / f"{place}.pdf").write_bytes(letter.pdf)
    data = {"data": json.dumps(_cover_data(CoverPage("Letters"), packet, attach=True))}

    def run() -> object:
        compiler = typst.Compiler(str(folder / "cover.typ"), root=str(folder), font_paths=fonts())
        return compiler.compile(
            format="pdf", sys_inputs=data, pdf_standards=["a-3a", "ua-1"], timestamp=int(WHEN.timestamp())
        )

    return run


def _bare_typst(letter: LetterPage) -> Callable[[], object]:
    from vouchsafe.adapters.pdf.typesetting import inputs_of

    compiler = typst.Compiler(str(TEMPLATES / "letter.typ"), root=str(TEMPLATES), font_paths=[str(FONTS)])
    data = {"data": json.dumps(inputs_of(letter, FOOT, "Letter") | {"foot": foot_data(FOOT)})}

    def run() -> object:
        compiler.compile(format="pdf", sys_inputs=data, pdf_standards=["a-2a", "ua-1"], timestamp=1)
        return compiler.compile(format="svg", sys_inputs=data)

    return run


def _bare_children(pdf: bytes) -> None:
    for job in ("clean", "render"):
        subprocess.run(
            [sys.executable, "-I", "-c", BARE_CHILD, job], input=pdf, capture_output=True, check=True
        )


def _bare_sign(pdf: bytes, identity: object) -> bytes:
    return sign_pdf(
        pdf,
        private_key=identity.private_key,
        certificate=identity.certificate,
        chain=identity.chain,
        when=WHEN,
        reason="",
        name="",
        location="",
        time_server=None,
    )


def _bare_keep(data: bytes, path: Path) -> None:
    encrypted = AESGCM(os.urandom(32)).encrypt(os.urandom(12), data, None)
    for content in (encrypted, encrypted[:64]):
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def seconds(work: Callable[[], object], times: int = 15) -> float:
    """The median of several runs, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken)
