"""Only a signed assertion, meant for us, sent to us, in time and asked for is believed; and of it only who it is."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from tests.saml_provider import ENTITY, MAIL, NAME, Assertion, asked, identity, metadata, packed

from vouchsafe.adapters.sign_on import saml
from vouchsafe.adapters.sign_on.refusals import (
    ClocksDisagree,
    NothingLasting,
    ProviderAway,
    ProviderNotBelieved,
    SignOnStopped,
)
from vouchsafe.adapters.sign_on.saml import ServiceProvider, begin, describe, read_answer
from vouchsafe.adapters.sign_on.wire import NoAnswer, Told

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WHERE = "https://here.example/accounts/sign-on/saml/answer"
US = "https://here.example/accounts/sign-on/saml/metadata"
SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"


@pytest.fixture
def us(tmp_path: Path) -> ServiceProvider:
    (tmp_path / "idp.xml").write_text(metadata(), encoding="utf-8")
    return ServiceProvider("Kestrel", US, WHERE, str(tmp_path / "idp.xml"))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    saml.forget()
    yield
    saml.forget()


RIGHT = Assertion("_q1", US, WHERE, attributes={MAIL: "ada@kestrel.example", NAME: "Ada Marsh", "phone": "1"})


def read(us: ServiceProvider, posted: str) -> saml.Answer:
    return read_answer(us, posted, now=NOW)


def test_right_answer_tells_who_came_and_what_it_answers(us: ServiceProvider) -> None:
    told = read(us, RIGHT.answer())
    assert told.request_id == "_q1"
    assert told.arrival == saml.Arrival("Kestrel", ENTITY, "p-1", "ada@kestrel.example", None, "Ada Marsh")


def test_request_asks_for_a_lasting_name_at_our_one_address(us: ServiceProvider) -> None:
    there, request_id = begin(us, now=NOW)
    request = asked(there)
    assert there.startswith("https://idp.example.edu/sso?")
    assert request.get("ID") == request_id
    assert request.get("AssertionConsumerServiceURL") == WHERE
    policy = request.find("{*}NameIDPolicy")
    assert policy is not None
    assert policy.get("Format") == Constants.NAMEID_PERSISTENT
    assert begin(us, now=NOW)[1] != request_id


def test_description_of_us_is_what_a_provider_reads(us: ServiceProvider) -> None:
    read_back = etree.fromstring(describe(us).encode())
    service = read_back.find("{*}SPSSODescriptor/{*}AssertionConsumerService")
    assert read_back.get("entityID") == US
    assert service is not None
    assert (service.get("Location"), service.get("Binding")) == (WHERE, Constants.BINDING_HTTP_POST)
    assert "&amp;" in describe(replace(us, entity_id="https://a.example/?b&c"))


HOSTILE: dict[str, dict[str, Any]] = {
    "unsigned": {"signer": None},
    "signed by somebody else": {"signer": "second"},
    "signed as nobody should any more": {"signature": Constants.RSA_SHA1, "digest": Constants.SHA1},
    "meant for another": {"audience": "https://other.example"},
    "meant for nobody in particular": {"audiences": False},
    "without an end": {"ends": False},
    "by another issuer": {"issuer": "https://evil.example"},
    "sent to another address": {"recipient": "https://other.example/answer"},
    "sent to an address that begins as ours": {"recipient": f"{WHERE}/more"},
    "in a frame for another address": {"destination": "https://other.example/answer"},
    "asked for by nobody": {"request_id": "", "confirms": ""},
    "asked for by nobody, in a frame that says otherwise": {"confirms": ""},
    "the answer to another request, in a frame that says otherwise": {"confirms": "_q2"},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_assertion_that_proves_nothing_is_refused(us: ServiceProvider, what: str) -> None:
    with pytest.raises(ProviderNotBelieved):
        read(us, replace(RIGHT, **HOSTILE[what]).answer())


@pytest.mark.parametrize(("bent", "fine"), [
    ({"seconds": -400}, False), ({"begins": 400}, False), ({"begins": 100}, True),
])  # fmt: skip
def test_clocks_may_differ_by_some_minutes_and_no_more(
    us: ServiceProvider, bent: dict[str, int], fine: bool
) -> None:
    posted = replace(RIGHT, **bent).answer()  # type: ignore[arg-type]  # numbers, all of them
    if fine:
        assert read(us, posted).request_id == "_q1"
    else:
        with pytest.raises(ClocksDisagree):
            read(us, posted)


def test_refusal_by_the_provider_is_said_calmly(us: ServiceProvider) -> None:
    with pytest.raises(SignOnStopped) as stopped:
        read(us, replace(RIGHT, status=Constants.STATUS_RESPONDER).answer())
    assert stopped.value.code == "sign-on-stopped"


def wrapped(kind: str) -> str:
    """Signature wrapping (XSW): a forged assertion beside, around or inside the one that was signed."""
    signed = RIGHT.assertion()
    forged = replace(RIGHT, subject="admin", signer=None).assertion("_evil")
    document = etree.fromstring(RIGHT.frame(signed).encode())
    good = document.find("{*}Assertion")
    assert good is not None
    bad = etree.fromstring(forged.encode())
    match kind:
        case "before":
            good.addprevious(bad)
        case "after":
            document.append(bad)
        case "around":
            document.replace(good, bad)
            bad.append(good)
        case "in the signature":
            document.replace(good, bad)
            signature = good.find("{*}Signature")
            assert signature is not None
            held = etree.SubElement(signature, "{http://www.w3.org/2000/09/xmldsig#}Object")
            bad.insert(1, signature)
            held.append(good)
        case "with the same name":
            bad.set("ID", "_a1")
            document.append(bad)
        case "in extensions":
            document.replace(good, bad)
            extensions = etree.Element(f"{{{Constants.NS_SAMLP}}}Extensions")
            extensions.append(good)
            document.insert(1, extensions)
    return packed(etree.tostring(document).decode())


@pytest.mark.parametrize(
    "kind", ["before", "after", "around", "in the signature", "with the same name", "in extensions"]
)
def test_forged_assertion_beside_a_signed_one_is_refused(us: ServiceProvider, kind: str) -> None:
    with pytest.raises(ProviderNotBelieved):
        read(us, wrapped(kind))


def test_signature_around_an_unsigned_assertion_is_not_enough(us: ServiceProvider) -> None:
    """As our metadata and `docs/running.md` ask for."""
    key, certificate = identity()
    framed = RIGHT.frame(replace(RIGHT, signer=None).assertion())
    signed = OneLogin_Saml2_Utils.add_sign(
        framed, key, certificate, sign_algorithm=Constants.RSA_SHA256, digest_algorithm=Constants.SHA256
    )
    with pytest.raises(ProviderNotBelieved):
        read(us, packed(signed.decode() if isinstance(signed, bytes) else signed))


def test_changed_word_breaks_the_signature(us: ServiceProvider) -> None:
    text = base64.b64decode(RIGHT.answer()).decode()
    with pytest.raises(ProviderNotBelieved):
        read(us, packed(text.replace("ada@kestrel.example", "eve@kestrel.example")))
    with pytest.raises(ProviderNotBelieved):
        read(us, packed(text.replace(">p-1<", ">admin<")))


def test_comment_in_a_name_does_not_cut_it_short(us: ServiceProvider) -> None:
    """admin<!---->.evil must not be read as admin, which canonical XML would let pass (CVE-2017-11427)."""
    text = base64.b64decode(replace(RIGHT, subject="admin.evil").answer()).decode()
    try:
        told = read(us, packed(text.replace("admin.evil", "admin<!---->.evil"))).arrival.subject
    except ProviderNotBelieved:
        return
    assert told == "admin.evil"


@pytest.mark.parametrize("head", [
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">',
])  # fmt: skip
def test_document_type_is_refused_unread(us: ServiceProvider, head: str) -> None:
    with pytest.raises(ProviderNotBelieved):
        read(us, packed(head + base64.b64decode(RIGHT.answer()).decode()))


@pytest.mark.parametrize("posted", ["", "x", "====", packed(""), packed("<a/>"), packed("\0"), "A" * 200_001])
def test_what_is_no_answer_is_refused_in_a_sentence(us: ServiceProvider, posted: str) -> None:
    with pytest.raises(SignOnStopped):
        read(us, posted)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> ServiceProvider:
    file = tmp_path_factory.mktemp("idp") / "idp.xml"
    file.write_text(metadata(), encoding="utf-8")
    return ServiceProvider("Kestrel", US, WHERE, str(file))


@settings(max_examples=60)
@given(data=st.data())
def test_no_mangled_answer_is_believed_or_breaks_us(lasting: ServiceProvider, data: st.DataObject) -> None:
    text = base64.b64decode(RIGHT.answer()).decode()
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 60))
    more = data.draw(st.sampled_from(["", "x", "<", ">", '"', "&", "\0", "</saml:Assertion>", "é", " "]))
    mangled = text[:at] + more + text[at + cut :]
    try:
        told = read(lasting, packed(mangled))
    except SignOnStopped:
        return
    assert told.arrival.subject == "p-1"
    assert told.arrival.address == "ada@kestrel.example"


def test_name_that_does_not_last_is_refused_unless_an_attribute_is_set(us: ServiceProvider) -> None:
    passing = replace(RIGHT, kind=Constants.NAMEID_TRANSIENT)
    mail = replace(RIGHT, kind=Constants.NAMEID_EMAIL_ADDRESS, subject="ada@kestrel.example")
    for one in (passing, mail):
        with pytest.raises(NothingLasting):
            read(us, one.answer())
    named = replace(us, subject=SUBJECT_ID)
    with pytest.raises(NothingLasting):
        read(named, RIGHT.answer())
    told = replace(passing, attributes={SUBJECT_ID: "s-9@kestrel.example"})
    assert read(named, told.answer()).arrival.subject == "s-9@kestrel.example"


def test_attributes_may_go_by_the_names_that_are_set(us: ServiceProvider) -> None:
    told = replace(RIGHT, attributes={"work": "a@b.example", "called": "Ada", MAIL: "c@d.example"})
    arrival = read(replace(us, address="work", person="called"), told.answer()).arrival
    assert (arrival.address, arrival.name) == ("a@b.example", "Ada")
    assert read(us, replace(RIGHT, attributes={}).answer()).arrival.address == ""


METADATA = {
    "no file": ("", ProviderAway), "no XML": ("x", ProviderNotBelieved), "nothing": ("<a/>", ProviderNotBelieved),
    "no certificate": (metadata().replace("X509Certificate", "X509Other"), ProviderNotBelieved),
    "no sign-in by redirect": (metadata().replace("HTTP-Redirect", "HTTP-POST"), ProviderNotBelieved),
    "a sign-in that others could listen to": (metadata().replace("https://idp.example.edu/sso", "http://x.example"), ProviderNotBelieved),
    "a sign-in that is a script": (metadata().replace("https://idp.example.edu/sso", "javascript:x"), ProviderNotBelieved),
    "a document type": ('<!DOCTYPE x [<!ENTITY e "x">]>' + metadata().split("?>")[1], ProviderNotBelieved),
}  # fmt: skip


@pytest.mark.parametrize("what", METADATA)
def test_metadata_that_is_no_use_is_said_so(us: ServiceProvider, what: str) -> None:
    text, refused = METADATA[what]
    if text:
        Path(us.metadata).write_text(text, encoding="utf-8")
    else:
        Path(us.metadata).unlink()
    with pytest.raises(refused):
        begin(us, now=NOW)


def test_one_provider_is_picked_out_of_a_federation(us: ServiceProvider) -> None:
    both = [metadata("https://a.example", name="second"), metadata()]
    inside = "".join(one.split("?>")[1] for one in both)
    Path(us.metadata).write_text(
        f'<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">{inside}</md:EntitiesDescriptor>',
        encoding="utf-8",
    )
    assert read(replace(us, idp=ENTITY), RIGHT.answer()).arrival.issuer == ENTITY
    with pytest.raises(ProviderNotBelieved):
        read(replace(us, idp="https://a.example"), RIGHT.answer())


def test_metadata_at_an_address_is_kept_for_ten_minutes_and_serves_on_while_it_cannot_be_had(
    us: ServiceProvider,
) -> None:
    asked_for: list[str] = []

    def wire(url: str, **_asked: Any) -> Told:
        asked_for.append(url)
        if len(asked_for) > 1:
            raise NoAnswer("ConnectionRefusedError")
        return Told(metadata().encode())

    far = replace(us, metadata="https://idp.example.edu/metadata")
    begin(far, now=NOW, wire=wire)
    begin(far, now=NOW + timedelta(minutes=9), wire=wire)
    assert asked_for == [far.metadata]
    begin(far, now=NOW + timedelta(hours=11), wire=wire)
    begin(far, now=NOW + timedelta(hours=11, seconds=19), wire=wire)
    assert asked_for == [far.metadata] * 2  # nobody waits again for what did not answer a moment ago
    for seconds in (0, 10):
        with pytest.raises(ProviderAway):
            begin(far, now=NOW + timedelta(hours=13, seconds=seconds), wire=wire)
    assert asked_for == [far.metadata] * 3
    with pytest.raises(ProviderAway):
        begin(far, now=NOW + timedelta(hours=13, seconds=20), wire=wire)
    assert asked_for == [far.metadata] * 4


def test_key_that_signed_need_not_be_the_only_one(us: ServiceProvider) -> None:
    """While a provider changes its certificate, metadata lists both."""
    first, second = metadata(), metadata(name="second")
    begins = second.index("<md:KeyDescriptor")
    more = second[begins : second.index("</md:KeyDescriptor>") + len("</md:KeyDescriptor>")]
    Path(us.metadata).write_text(
        first.replace("<md:KeyDescriptor", more + "<md:KeyDescriptor", 1), encoding="utf-8"
    )
    for signer in ("first", "second"):
        assert read(us, replace(RIGHT, signer=signer).answer()).request_id == "_q1"
    with pytest.raises(ProviderNotBelieved):
        read(us, replace(RIGHT, signer="third").answer())
    assert identity("third")[1] != identity("first")[1]
