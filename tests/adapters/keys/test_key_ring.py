import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import load_der_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.adapters.keys import KeysUnreadable, Kind, open_keys
from vouchsafe.adapters.keys.fake import open_fake_keys

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path):
    return open_fake_keys(tmp_path / "keys")


def test_ring_on_first_run_makes_every_kind_for_its_owner_alone(keys):
    assert all(keys.generations(kind) == (1,) for kind in Kind)
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    for path in keys.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_ring_opened_again_is_the_same(keys):
    key_id, signature = keys.sign(b"seal")
    again = open_keys(keys.folder)
    assert again.verify(key_id, b"seal", signature)
    assert again.unwrap(keys.wrap(b"k" * 32, b"file"), b"file") == b"k" * 32
    assert again.pades() == keys.pades()


def test_ring_opened_by_many_at_once_is_one_ring(tmp_path):
    open_fake_keys(tmp_path)
    (tmp_path / "seal-0001.key").unlink()
    (tmp_path / "master-0001.key").unlink()
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: open_keys(tmp_path), range(8)))
    assert len({tuple(ring.public_keys().items()) for ring in rings}) == 1
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]


@pytest.mark.parametrize("kind", [Kind.SEAL, Kind.MASTER, Kind.LINKS])
def test_ring_rotated_keeps_what_the_old_generation_did(keys, kind):
    key_id, signature = keys.sign(b"seal")
    wrapped = keys.wrap(b"k" * 32, b"file")
    digest = keys.keyed_digest("token", b"x")
    assert keys.rotate(kind, now=NOW) == 2
    assert keys.generation(kind) == 2
    assert keys.verify(key_id, b"seal", signature)
    assert keys.unwrap(wrapped, b"file") == b"k" * 32
    assert keys.keyed_digest("token", b"x", generation=1) == digest
    if kind is Kind.SEAL:
        assert keys.sign(b"seal")[0] != key_id
    if kind is Kind.LINKS:
        assert keys.keyed_digest("token", b"x") != digest


def test_ring_rotation_elsewhere_is_seen_after_reload(keys):
    other = open_keys(keys.folder)
    other.rotate(Kind.SEAL, now=NOW)
    key_id, signature = other.sign(b"seal")
    assert not keys.verify(key_id, b"seal", signature)
    keys.reload()
    assert keys.verify(key_id, b"seal", signature)


def test_ring_signature_of_another_ring_is_not_ours(keys, tmp_path):
    key_id, signature = open_fake_keys(tmp_path / "other").sign(b"seal")
    assert not keys.verify(key_id, b"seal", signature)
    ours, _ = keys.sign(b"seal")
    assert not keys.verify(ours, b"seal", signature)
    assert not keys.verify("seal-9999-00000000", b"seal", signature)


@settings(max_examples=100)
@given(st.data())
def test_ring_wrapped_key_with_any_bit_changed_does_not_open(tmp_path_factory, data):
    keys = open_fake_keys(tmp_path_factory.getbasetemp() / "wrap")
    wrapped = bytearray(keys.wrap(b"k" * 32, b"file"))
    place = data.draw(st.integers(0, len(wrapped) * 8 - 1))
    wrapped[place // 8] ^= 1 << place % 8
    with pytest.raises((ValueError, KeyError)):
        keys.unwrap(bytes(wrapped), b"file")


def test_ring_wrapped_key_does_not_open_another_file(keys):
    with pytest.raises(ValueError, match="another file"):
        keys.unwrap(keys.wrap(b"k" * 32, b"one"), b"other")


def test_ring_keyed_digests_are_kept_apart_by_purpose(keys):
    assert keys.keyed_digest("token", b"x") != keys.keyed_digest("address", b"x")
    assert len(keys.keyed_digest("token", b"x")) == 32


def test_ring_certificate_is_rsa_3072_issued_by_its_authority(keys):
    identity = keys.pades()
    private = load_der_private_key(identity.private_key, None)
    signer = x509.load_der_x509_certificate(identity.certificate)
    authority = x509.load_der_x509_certificate(identity.chain[0])
    assert private.key_size == 3072
    assert signer.public_key() == private.public_key()
    signer.verify_directly_issued_by(authority)
    authority.public_key().verify(
        authority.signature, authority.tbs_certificate_bytes, PKCS1v15(), authority.signature_hash_algorithm
    )
    assert authority.public_key() != signer.public_key()
    assert keys.pades_certificates() == (identity.certificate,)


def test_ring_with_a_truncated_key_is_refused_by_name(keys):
    (keys.folder / "master-0001.key").write_bytes(b"short")
    with pytest.raises(KeysUnreadable, match=r"master-0001\.key"):
        open_keys(keys.folder)


def test_ring_with_an_unreadable_key_is_refused_by_name(keys):
    (keys.folder / "seal-0001.key").unlink()
    (keys.folder / "seal-0001.key").mkdir()  # unreadable as a file even to root
    with pytest.raises(KeysUnreadable, match=r"seal-0001\.key"):
        open_keys(keys.folder)
