"""Promise 14: any change to a sealed letter is seen, and an unchanged one is never accused."""

import random
import re
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from shutil import which
from tempfile import NamedTemporaryFile

import pikepdf
import pytest
from tests.sealing import plain_pdf

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.pdf.foot import add_foot
from vouchsafe.adapters.pdf.processes import StandingChild
from vouchsafe.adapters.pdf.seals import read_signature, seal_pdf
from vouchsafe.adapters.pdf.signature_reading import read_signatures
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.sealing import (
    Addition,
    Evidence,
    Foot,
    Known,
    LetterPage,
    Outcome,
    SenderProof,
    Signature,
    SignatureState,
    Standing,
    blocks_from_marks,
    judge,
    seal_words,
)

NOON = datetime(2026, 10, 27, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return open_fake_keys(tmp_path_factory.mktemp("keys"))


@cache
def a_pdf(luck: int = 0) -> bytes:
    digest = sha256(bytes([luck])).digest()
    foot = Foot(digest, "K7QM-42TX", seal_words(digest), "https://v.example/v/K7QM-42TX")
    letter = LetterPage(blocks_from_marks(f"Ada is careful, {luck} times over."), Signature("Ben Ortiz"))
    return typeset(letter, foot=foot, title="Letter", when=NOON).pdf


@pytest.fixture(scope="module")
def sealed(keys):
    return seal_pdf(a_pdf(), keys.pades(), when=NOON, reason="Sealed letter K7QM-42TX", name="Ben Ortiz")


def verdict_on(pdf: bytes, original: bytes, ours: list[bytes]):
    """The verdict a door would reach, with the signature read in this process to save time."""
    try:
        told = read_signatures(pdf, ours)
    except Exception:  # the limited child would die here, which counts as an unsound signature
        told = {"signatures": 1, "sound": False, "ours": False, "whole": False}
    state = SignatureState.NONE
    if told["signatures"]:
        state = SignatureState.NOT_OURS if told["sound"] else SignatureState.BROKEN
        if told["sound"] and told["ours"]:
            state = SignatureState.SOUND_AND_OURS
    known = Known.SEALED_FILE if sha256(pdf).digest() == sha256(original).digest() else Known.NOTHING
    evidence = Evidence(
        known=known,
        signature=state,
        addition=Addition.NOTHING if told["whole"] else Addition.SOMETHING,
        manifest_sound=True,
        standing=Standing.CURRENT,
        sender=SenderProof.MAILED_CODE,
        carries_our_mark=b"K7QM-42TX" in pdf or bool(told["ours"]),
    )
    return judge(evidence), told


def gap_of(pdf: bytes) -> range:
    found = re.search(rb"/ByteRange\s*\[\s*0 (\d+) (\d+) \d+", pdf)
    return range(int(found[1]), int(found[2]))


def changed(pdf: bytes, luck: random.Random) -> bytes:
    """One random change: a bit, a byte, a hole, an insertion, a cut, a swap, an addition."""
    raw = bytearray(pdf)
    at = luck.randrange(len(raw))
    kind = luck.randrange(8)
    if kind == 0:
        raw[at] ^= 1 << luck.randrange(8)
    elif kind == 1:
        raw[at] = (raw[at] + luck.randrange(1, 256)) % 256
    elif kind == 2:
        del raw[at : at + luck.randrange(1, 50)]
    elif kind == 3:
        raw[at:at] = luck.randbytes(luck.randrange(1, 50))
    elif kind == 4:
        del raw[max(1, at) :]
    elif kind == 5:
        other = luck.randrange(len(raw) - 30)
        at = luck.randrange(len(raw) - 30)
        raw[at : at + 30], raw[other : other + 30] = raw[other : other + 30], raw[at : at + 30]
    elif kind == 6:
        raw += luck.choice([b"\n", b"%%EOF\n", b"\0", luck.randbytes(40), b"1 0 obj\n<<>>\nendobj\n"])
    else:
        size = luck.randrange(1, 40)
        raw[at : at + size] = bytes(len(raw[at : at + size]))
    return bytes(raw)


def see_all_changes(keys, sealed: bytes, count: int) -> None:
    ours, luck, gap = list(keys.pades_certificates()), random.Random(14), gap_of(sealed)
    tried = 0
    while tried < count:
        other = changed(sealed, luck)
        if other == sealed:  # a swap with itself, noughts over noughts
            continue
        tried += 1
        verdict, told = verdict_on(other, sealed, ours)
        assert verdict.outcome in (Outcome.CHANGED, Outcome.NOT_FOUND), tried
        # Without our records, by the signature alone: all but the signature's own value is covered by it.
        outside = other[: gap.start] != sealed[: gap.start] or other[gap.stop :] != sealed[gap.stop :]
        if outside:
            assert not (told["signatures"] and told["ours"] and told["sound"] and told["whole"]), tried


def accuse_no_clean_letter(keys, count: int) -> None:
    ours = list(keys.pades_certificates())
    for number in range(count):
        when = NOON + timedelta(minutes=number)
        pdf = seal_pdf(
            a_pdf(number % 10), keys.pades(), when=when, reason=f"Letter {number}", name="Bén Ørtiz"
        )
        verdict, _ = verdict_on(pdf, pdf, ours)
        assert verdict.outcome is Outcome.GENUINE, number
        assert verdict.signature.good
        assert verdict.addition.good
        assert "Signature Validation: Signature is Valid." in pdfsig(pdf), number


def test_seal_500_random_changes_are_all_seen(keys, sealed):
    see_all_changes(keys, sealed, 500)


def test_seal_100_clean_letters_are_none_accused(keys):
    accuse_no_clean_letter(keys, 100)


@pytest.mark.soak
def test_seal_ten_thousand_random_changes_are_all_seen(keys, sealed):
    see_all_changes(keys, sealed, 10_000)


@pytest.mark.soak
def test_seal_a_thousand_clean_letters_are_none_accused(keys):
    accuse_no_clean_letter(keys, 1_000)


def test_seal_leaves_the_letter_as_it_was_and_appends_to_it(sealed):
    assert sealed.startswith(a_pdf())
    assert len(sealed) - len(a_pdf()) < 20_000
    with pikepdf.open(BytesIO(sealed)) as after:
        assert after.pdf_version == "1.7"
        assert str(after.docinfo["/ModDate"]).startswith("D:20261027120000")


def test_seal_is_read_in_the_child_with_its_moment(keys, sealed):
    reading = read_signature(sealed, keys.pades_certificates())
    assert (reading.state, reading.addition) == (SignatureState.SOUND_AND_OURS, Addition.NOTHING)
    assert (reading.signatures, reading.signed_at, reading.time_stamped_at) == (1, NOON, None)


def test_seal_of_another_instance_is_not_ours(keys, sealed, tmp_path):
    from vouchsafe.adapters.keys.certificates import make_identity, read_identity

    theirs = read_identity(make_identity("Another instance", NOON))
    forged = seal_pdf(a_pdf(), theirs, when=NOON)
    reading = read_signature(forged, keys.pades_certificates())
    assert reading.state is SignatureState.NOT_OURS
    assert verdict_on(forged, sealed, list(keys.pades_certificates()))[0].outcome is Outcome.NOT_FOUND


def test_seal_followed_by_a_revision_counts_as_added_to(keys, sealed):
    added = seal_like_update(sealed)
    told = read_signatures(added, list(keys.pades_certificates()))
    assert told["sound"]
    assert not told["whole"]


def seal_like_update(sealed: bytes) -> bytes:
    """An incremental update that only adds an object, as a careful forger would make it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Extra"] = writer.add_object(generic.pdf_string("added"))
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_seal_saved_again_by_another_program_is_not_sound(keys, sealed):
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as pdf:
        pdf.save(out)
    told = read_signatures(out.getvalue(), list(keys.pades_certificates()))
    assert not (told["sound"] and told["whole"])


def test_seal_whose_padding_was_used_is_not_whole(keys, sealed):
    raw = bytearray(sealed)
    raw[gap_of(sealed).stop - 8] = ord("1")
    told = read_signatures(bytes(raw), list(keys.pades_certificates()))
    assert not told["whole"]


def test_seal_that_was_broken_is_still_told_to_be_ours(keys, sealed):
    reading = read_signature(broken(sealed), keys.pades_certificates())
    assert (reading.state, reading.ours) == (SignatureState.BROKEN, True)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"no pdf at all", bytes(1000), b"%PDF-1.7 /ByteRange [0 1 2 3]"]
)
def test_seal_read_from_nonsense_is_never_sound(keys, data):
    assert read_signature(data, keys.pades_certificates()).state in (
        SignatureState.NONE,
        SignatureState.BROKEN,
    )


def pdfsig(pdf: bytes) -> str:
    """What readers' own programs say; poppler stands for them."""
    assert which("pdfsig"), "pdfsig is missing: install poppler-utils, as .ci/run does."
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        run = subprocess.run(["pdfsig", "-nocert", file.name], capture_output=True, text=True, check=False)
    return run.stdout


def test_pdfsig_agrees_on_a_seal(sealed):
    for pdf, said in ((sealed, "Signature is Valid."), (broken(sealed), "Digest Mismatch.")):
        told = pdfsig(pdf)
        assert f"Signature Validation: {said}" in told
        assert "Total document signed" in told


def test_pdfsig_agrees_on_the_seal_of_an_uploaded_letter(keys):
    digest = sha256(b"uploaded").digest()
    foot = Foot(digest, "K7QM-42TX", seal_words(digest), "https://v.example/v/K7QM-42TX")
    footed = add_foot(plain_pdf("An upload."), foot, title="Letter", when=NOON).pdf
    told = pdfsig(seal_pdf(footed, keys.pades(), when=NOON, reason="R", name="Ben"))
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told


def broken(sealed: bytes) -> bytes:
    at = sealed.index(b"Sealed letter") + 2  # inside the reason: still a readable file
    return sealed[:at] + b"E" + sealed[at + 1 :]


def test_signing_child_that_was_killed_is_started_again(keys):
    child = StandingChild("sign")
    identity = keys.pades()
    head = {"when": NOON.isoformat(), "reason": "", "name": "", "location": "", "time_server": None}
    blobs = [a_pdf(), identity.private_key, identity.certificate, *identity.chain]
    try:
        assert child.ask(head, blobs)[0].startswith(a_pdf())
        child._child.kill()
        child._child.wait()
        assert child.ask(head, blobs)[0].startswith(a_pdf())
        with pytest.raises(RuntimeError, match="signing child failed"):
            child.ask(head, [b"no pdf", *blobs[1:]])
    finally:
        child.close()
