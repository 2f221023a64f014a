from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.sealing import (
    Draft,
    LetterEmpty,
    LetterPage,
    LetterUnsigned,
    Paragraph,
    Run,
    Sealed,
    Signature,
    UploadedPages,
    canonical,
    is_sound,
    make_sealable,
    seal,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOON = datetime(2026, 10, 27, 12, 0, 3, tzinfo=UTC)


def sign(data: bytes) -> tuple[str, bytes]:
    return "one", KEY.sign(data)


def verify(key_id: str, data: bytes, signature: bytes) -> bool:
    if key_id != "one":
        return False
    try:
        KEY.public_key().verify(signature, data)
    except InvalidSignature:
        return False
    return True


def a_draft(**changes) -> Draft:
    page = LetterPage(body=(Paragraph((Run("Ada is careful."),)),), signature=Signature("Ben Ortiz"))
    return replace(
        Draft("K7QM-42TX", "Ada Okafor", "Ben Ortiz", ("Harbour College",), "a post", False, "", page),
        **changes,
    )


def a_sealed(**changes) -> Sealed:
    sealable = make_sealable(a_draft(**changes))
    return seal(
        sealable, file_digest=sha256(b"pdf").digest(), sealed_at=NOON, issuer="https://v.example", sign=sign
    )


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), values, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(value, luck):
    shuffled = list(value.items())
    luck.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(value)


def test_canonical_bytes_have_one_form():
    assert canonical({"b": "e\u0301", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"é"}'.encode()
    with pytest.raises(TypeError):
        canonical({"a": 1.5})  # type: ignore[dict-item]  # what is refused


def test_sealable_of_a_written_letter_is_drawn_from_its_record():
    sealable = make_sealable(a_draft())
    assert sealable.digest == sha256(sealable.record).digest()
    assert sealable.foot("https://v.example/v/K7QM-42TX").words == sealable.words
    # The record is a promise to every letter already sealed: if this changes, raise RECORD_VERSION.
    assert (
        sha256(sealable.record).hexdigest()
        == "c0943f3e41cd059f021ee345018c06f6cb76e04aa94d35cd53b0141f20ebb166"
    )


def test_sealable_of_an_upload_is_drawn_from_its_clean_revision():
    clean = sha256(b"clean").digest()
    sealable = make_sealable(a_draft(content=UploadedPages(clean, 5, 1)))
    assert sealable.digest == clean
    assert clean.hex().encode() in sealable.record


@pytest.mark.parametrize(
    "change",
    [
        {"number": "K7QM-42TY"},
        {"applicant": "Ada Okafor-Li"},
        {"writer": "Ben Ortis"},
        {"writer_lines": ("Harbour", "College")},
        {"purpose": "another post"},
        {"in_confidence": True},
        {"terms": "Ada has agreed not to read this letter."},
        {
            "content": LetterPage(
                (Paragraph((Run("Ada is careful."),)),), Signature("Ben Ortiz"), dated="1 May"
            )
        },
        {"content": LetterPage((Paragraph((Run("Ada is careful.", bold=True),)),), Signature("Ben Ortiz"))},
        {
            "content": LetterPage(
                (Paragraph((Run("Ada is careful."),)),), Signature("Ben Ortiz", picture=b"x")
            )
        },
    ],
)
def test_sealable_every_part_of_a_draft_counts(change):
    assert make_sealable(a_draft(**change)).record != make_sealable(a_draft()).record


@pytest.mark.parametrize("body", [(), (Paragraph((Run("  \n"),)),)])
def test_sealable_of_an_empty_letter_is_refused(body):
    with pytest.raises(LetterEmpty):
        make_sealable(a_draft(content=LetterPage(body, Signature("Ben Ortiz"))))


def test_sealable_without_a_name_is_refused():
    with pytest.raises(LetterUnsigned):
        make_sealable(a_draft(writer=" "))
    with pytest.raises(LetterUnsigned):
        make_sealable(a_draft(content=LetterPage(a_draft().content.body, Signature(""))))


def test_seal_keeps_the_moment_in_utc_and_is_sound():
    sealable = make_sealable(a_draft())
    there = NOON.astimezone(timezone(timedelta(hours=9))).replace(microsecond=999)
    sealed = seal(sealable, file_digest=bytes(32), sealed_at=there, issuer="https://v.example", sign=sign)
    assert sealed.sealed_at == NOON
    assert b'"sealed_at":"2026-10-27T12:00:03Z"' in sealed.manifest
    assert is_sound(sealed, verify=verify)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "K7QM-42TY"},
        {"digest": bytes(32)},
        {"record_digest": bytes(32)},
        {"file_digest": bytes(32)},
        {"sealed_at": NOON + timedelta(seconds=1)},
        {"key_id": "two"},
        {"manifest": b"{}"},
        {"manifest": b"not json"},
        {"manifest": b"[]"},
        {"signature": bytes(64)},
    ],
)
def test_seal_with_one_field_changed_is_not_sound(change):
    assert not is_sound(replace(a_sealed(), **change), verify=verify)


@given(st.data())
@settings(max_examples=200)
def test_seal_with_one_flipped_bit_is_not_sound(data):
    sealed = a_sealed()
    field = data.draw(st.sampled_from(["manifest", "signature"]))
    raw = bytearray(getattr(sealed, field))
    place = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[place // 8] ^= 1 << place % 8
    assert not is_sound(replace(sealed, **{field: bytes(raw)}), verify=verify)
