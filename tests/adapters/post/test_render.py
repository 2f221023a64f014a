"""Rendering: text and HTML that say the same, and headers nobody can add to."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.adapters.post.clean import AddressNotUsable, LinkNotUsable, MessageIdNotUsable
from vouchsafe.adapters.post.kinds.ask import ask
from vouchsafe.adapters.post.mail import Address, Attachment, House, Mail, Route
from vouchsafe.adapters.post.render import render

HOUSE = House(Address("post@vouchsafe.example", "Vouchsafe"), kept_by="Kestrel Careers")
ROUTE = Route(
    to=Address("tomasz@harbour.example", "Tomasz Nowak"),
    house=HOUSE,
    message_id="<ask.1.abc@vouchsafe.example>",
    at=datetime(2026, 10, 1, 9, 30, tzinfo=UTC),
    reply_to="r.0123456789abcdef@in.vouchsafe.example",
    stop_url="https://vouchsafe.example/stop/xyz?a=1&b=2",
)
WORDS = (
    "Dear Tomasz,\n\nThank you for saying in the yard on Monday that I could write. I learned more about"
    " stubborn numbers in your team than in any lecture.\n\nWould you write me a letter?\n\nMaya"
)
PAGE = "https://vouchsafe.example/r/" + "k" * 43


def _ask(**changes: Any) -> Mail:
    facts: dict[str, Any] = {
        "applicant": "Maya Okafor",
        "words": WORDS,
        "by": date(2026, 10, 30),
        "page_url": PAGE,
    }
    return ask(ROUTE, **(facts | changes))


def _parsed(mail: Mail) -> EmailMessage:
    message = email.message_from_bytes(render(mail).raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


class _Shown(HTMLParser):
    """The words and links a person sees in an HTML body."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.hidden = 0
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.tags.add(tag)
        if tag in ("style", "title") or "display:none" in (facts.get("style") or ""):
            self.hidden += 1
        if tag == "a":
            self.links.append(facts.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and tag in ("style", "title", "div"):
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words += data.split()


def shown(html: str) -> _Shown:
    parser = _Shown()
    parser.feed(html)
    return parser


def words_of(text: str) -> list[str]:
    """The words of a text body without the links that stand on their own lines."""
    return [
        w.removesuffix(":") for w in text.replace("\n-- \n", "\n").split() if not w.startswith("https://")
    ]


def test_ask_rendered_puts_the_applicants_words_first_then_the_link() -> None:
    text = render(_ask()).text
    assert text.startswith("== Reply above this line ==\n\nDear Tomasz,\n\nThank you for saying")
    assert f"See what it is for, and answer:\n  {PAGE}\n" in text
    assert text.index("Maya\n") < text.index("See what it is for")
    assert "\n-- \nSent for Maya Okafor by Vouchsafe, kept by Kestrel Careers.\n" in text


def test_ask_rendered_gives_text_and_html_the_same_words_and_links() -> None:
    rendered = render(_ask())
    html = shown(rendered.html)
    assert [w.removesuffix(":") for w in html.words] == words_of(rendered.text)
    assert html.links == re.findall(r"https://\S+", rendered.text) == [PAGE, ROUTE.stop_url]


def test_ask_rendered_loads_nothing_from_anywhere() -> None:
    html = render(_ask()).html
    assert not shown(html).tags & {"img", "link", "script", "iframe", "video", "object", "form", "svg"}
    assert "url(" not in html
    assert "@import" not in html


def test_headers_of_an_ask_say_who_and_how_to_stop() -> None:
    message = _parsed(_ask())
    assert message["From"] == "Maya Okafor via Vouchsafe <post@vouchsafe.example>"
    assert message["To"] == "Tomasz Nowak <tomasz@harbour.example>"
    assert message["Subject"] == "Maya Okafor asks you for a letter by Friday 30 October"
    assert message["Reply-To"] == ROUTE.reply_to
    assert message["Message-ID"] == ROUTE.message_id
    assert message["List-Unsubscribe"] == f"<{ROUTE.stop_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] is None
    assert message.get_content_type() == "multipart/alternative"
    assert not message.defects


def test_parts_of_a_mail_decode_to_what_was_rendered() -> None:
    rendered, message = render(_ask()), _parsed(_ask())
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert text.get_param("format") == "flowed"
    assert html.get_content().replace("\r\n", "\n").rstrip() == rendered.html.rstrip()


def test_mail_rendered_twice_is_the_same_bytes_with_network_line_ends() -> None:
    raw = render(_ask()).raw
    assert raw == render(_ask()).raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_attachment_arrives_whole_with_its_name() -> None:
    content = bytes(range(256)) * 20
    message = _parsed(_ask(attachments=(Attachment("Zusage für „Mäx“.ics", "text/calendar", content),)))
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Zusage für „Mäx“.ics"
    assert attached.get_payload(decode=True) == content


def test_mail_on_a_personal_instance_without_address_holds_no_link() -> None:
    route = replace(ROUTE, stop_url="", house=replace(HOUSE, personal=True, kept_by=""))
    rendered = render(ask(route, applicant="Maya Okafor", words=WORDS))
    assert "http" not in rendered.text
    assert not shown(rendered.html).links
    assert b"From: Maya Okafor <post@vouchsafe.example>\r\n" in rendered.raw


def test_words_of_the_applicant_are_never_markup() -> None:
    rendered = render(_ask(words="<script>alert(1)</script> {{ 7*7 }} {applicant} %s & more"))
    assert "<script>" not in rendered.html
    assert "{{ 7*7 }} {applicant} %s" in rendered.html
    assert "<script>alert(1)</script> {{ 7*7 }} {applicant} %s & more" in rendered.text


def test_language_other_than_english_dates_and_marks_in_it() -> None:
    text = render(_ask(), translate=str).text
    german = render(replace(_ask(), route=replace(ROUTE, language="de")))
    assert "Reply above" in text
    assert "== Bitte über dieser Zeile antworten ==" in german.text
    assert "30. Oktober" in german.subject
    assert '<html lang="de" dir="ltr">' in german.html
    assert 'dir="rtl"' in render(replace(_ask(), route=replace(ROUTE, language="ar"))).html


_NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\r\n\0\t ,;:<>@\"'\\=?()%{}\u202e\u2066\u2028\x85\x0b\ufeff\ud800 éß語א"),
        st.characters(),
    ),
    max_size=80,
)
_KNOWN = {
    "from", "to", "subject", "date", "message-id", "reply-to", "list-unsubscribe", "list-unsubscribe-post",
    "mime-version", "content-type",
}  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(applicant=_NASTY, name=_NASTY, keeper=_NASTY, words=_NASTY)
def test_names_and_words_of_any_kind_add_no_header(
    applicant: str, name: str, keeper: str, words: str
) -> None:
    _check_no_header_added(applicant, name, keeper, words)


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None)
@given(applicant=_NASTY, name=_NASTY, keeper=_NASTY, words=_NASTY)
def test_names_and_words_of_any_kind_add_no_header_long(
    applicant: str, name: str, keeper: str, words: str
) -> None:
    _check_no_header_added(applicant, name, keeper, words)


def _check_no_header_added(applicant: str, name: str, keeper: str, words: str) -> None:
    route = replace(ROUTE, to=Address("t@x.example", name), house=replace(HOUSE, kept_by=keeper))
    rendered = render(ask(route, applicant=applicant, words=words, page_url=PAGE))
    head = rendered.raw.split(b"\r\n\r\n", 1)[0].decode("ascii")
    assert {line.split(":")[0].lower() for line in head.split("\r\n") if line[0] != " "} <= _KNOWN
    message = email.message_from_bytes(rendered.raw, policy=email.policy.default)
    assert len(message.keys()) == len(set(map(str.lower, message.keys())))
    assert [a.addr_spec for a in message["To"].addresses] == ["t@x.example"]
    assert [a.addr_spec for a in message["From"].addresses] == ["post@vouchsafe.example"]
    assert len(list(message.walk())) == 3
    assert not set(str(message["Subject"]) + rendered.text + rendered.html) & set(
        "\r\0\u202e\u2066\u2028\x85"
    )
    assert shown(rendered.html).links == [PAGE, ROUTE.stop_url]


@settings(max_examples=200, deadline=None)
@given(_NASTY)
def test_address_of_any_kind_is_refused_or_stands_alone(address: str) -> None:
    try:
        rendered = render(ask(replace(ROUTE, to=Address(address)), applicant="M", words="w"))
    except AddressNotUsable:
        return
    message = email.message_from_bytes(rendered.raw, policy=email.policy.default)
    assert len(message["To"].addresses) == 1
    assert rendered.rcpt_to.isascii()


@pytest.mark.parametrize(
    "address", ["", "x", "a@b\r\nBcc: c@d.example", "a b@c.example", "a@", "@b.example", "a,b@c.example", "a@-b.example", "é@b.example", "a@b..example"]
)  # fmt: skip
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(AddressNotUsable):
        render(ask(replace(ROUTE, to=Address(address)), applicant="M", words="w"))


def test_address_at_an_international_domain_is_written_as_the_network_reads_it() -> None:
    rendered = render(ask(replace(ROUTE, to=Address("ada@bücher.example")), applicant="M", words="w"))
    assert rendered.rcpt_to == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/ b", "https://a.example/\r\nX: y", "//a.example", "https://a.example/<b>", 'https://a.example/"', "https://é.example/"]
)  # fmt: skip
def test_link_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(LinkNotUsable):
        render(_ask(page_url=url))


def test_message_id_with_a_line_break_is_refused() -> None:
    with pytest.raises(MessageIdNotUsable):
        render(ask(replace(ROUTE, in_reply_to="<a@b>\r\nX: y"), applicant="M", words="w"))


def test_name_that_poses_as_an_address_is_spelled_out() -> None:
    message = _parsed(_ask(applicant="dean@harvard.example"))
    assert message["From"].addresses[0].display_name == "dean at harvard.example via Vouchsafe"
