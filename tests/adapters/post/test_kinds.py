"""Every kind of mail: equal content in both bodies, the house's voice, and nothing that tracks."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vouchsafe.adapters.post import kinds
from vouchsafe.adapters.post.kinds.ask import ask
from vouchsafe.adapters.post.kinds.call_back import call_back_answered
from vouchsafe.adapters.post.kinds.doubt import was_it_you, yes_or_no
from vouchsafe.adapters.post.kinds.packet import packet
from vouchsafe.adapters.post.kinds.promise import promise
from vouchsafe.adapters.post.kinds.received import received
from vouchsafe.adapters.post.kinds.reminder import reminder
from vouchsafe.adapters.post.kinds.said_no import said_no
from vouchsafe.adapters.post.kinds.samples import sample_route, samples
from vouchsafe.adapters.post.kinds.sealed import sealed
from vouchsafe.adapters.post.kinds.writer_wrote import writer_wrote
from vouchsafe.adapters.post.mail import Attachment, Mail
from vouchsafe.adapters.post.render import render
from vouchsafe.core.reading.mail.own_text import own_text

MAILS = [pytest.param(mail, id=f"{number}-{mail.kind}") for number, mail in enumerate(samples())]
PAGE = "https://v.example/r/x"
STOPPABLE = {"ask", "reminder", "promise", "promise-off", "thanks", "outcome", "cancelled", "writer-digest"}
BY_A_PERSON = {"ask", "thanks", "outcome", "packet", "call-back", "call-back-answered"}


def _visible(html: str) -> list[str]:
    html = re.sub(
        r"<style>.*?</style>|<title>.*?</title>|<div style=\"display:none.*?</div>",
        " ",
        html,
        flags=re.DOTALL,
    )
    text = re.sub(r"<[^>]+>", " ", html).replace("&amp;", "&").replace("&#39;", "'")
    return list(re.findall(r"[^\s:]+", text))


@pytest.mark.parametrize("mail", MAILS)
def test_text_and_html_of_every_kind_say_the_same(mail: Mail) -> None:
    rendered = render(mail)
    links = re.findall(r"https://\S+", rendered.text)
    without = re.sub(r"https://\S+", " ", rendered.text).replace("\n-- \n", "\n")
    assert re.findall(r"[^\s:]+", without) == _visible(rendered.html)
    assert links == [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]+)"', rendered.html)]


@pytest.mark.parametrize("mail", MAILS)
def test_every_kind_keeps_the_voice_of_the_house(mail: Mail) -> None:
    rendered = render(mail)
    words = f"{rendered.subject}\n{rendered.text}"
    assert not re.search(r"!|\bplease note\b|successfully|%|—|still waiting", words, re.IGNORECASE)
    assert "{" not in words
    assert len(rendered.subject) <= 90
    assert not rendered.subject.endswith((".", ":")) or ". " in rendered.subject
    assert not re.search(r"\b1 (?:letters|plans|days|pages|things|minutes)\b|\bOne \w+ (?:are|were)\b", words)
    assert not re.search(r"\d\d:\d\d(?! \()", rendered.text)  # an hour counts only where one knows whose


@pytest.mark.parametrize("mail", MAILS)
def test_every_kind_says_who_sent_it_and_how_to_stop(mail: Mail) -> None:
    rendered = render(mail)
    message = email.message_from_bytes(rendered.raw, policy=email.policy.default)
    assert "kept by Kestrel Careers" in rendered.text
    assert ("Stop emails like this" in rendered.text) is bool(mail.route.stop_url)
    assert mail.route.stop_url in rendered.text
    assert bool(mail.route.stop_url) is (mail.kind in STOPPABLE)
    assert message["List-Unsubscribe"] == (f"<{mail.route.stop_url}>" if mail.kind in STOPPABLE else None)
    assert (message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is (mail.kind in STOPPABLE)
    assert len(mail.foot) >= 2  # by whom, and how it stops: by a link, or by itself
    assert (message["Auto-Submitted"] is None) is (mail.kind in BY_A_PERSON)
    assert not message.defects


@pytest.mark.parametrize("mail", MAILS)
def test_every_kind_quoted_under_a_reply_leaves_only_the_reply(mail: Mail) -> None:
    if not mail.takes_reply:
        assert "Reply above" not in render(mail).text
        return
    quoted = "\n".join("> " + line for line in render(mail).text.splitlines())
    assert (
        own_text(f"Yes, gladly.\n\nÎn ziua 3 oct. 2026 la 10:31, Maya Okafor a scris:\n\n{quoted}\n")
        == "Yes, gladly."
    )
    assert own_text(f"Yes, gladly.\n\n{render(mail).text}") == "Yes, gladly."


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "nl", "pl", "ja", "ar"])
def test_every_kind_renders_in_any_language(language: str) -> None:
    for mail in samples(language):
        assert f'lang="{language}"' in render(mail).html


def test_reminders_grow_softer_and_the_last_offers_a_way_out() -> None:
    first, second, third = [render(m).text for m in samples() if m.kind == "reminder"][:3]
    assert "last reminder" not in first + second
    assert "If it no longer fits into your weeks, say so on the same page." in " ".join(third.split())


def test_fourth_reminder_does_not_exist() -> None:
    with pytest.raises(ValueError, match="first, second or third"):
        reminder(sample_route(), applicant="Maya", number=4, said_yes=True)


def test_code_stands_in_the_mail_and_not_in_its_subject() -> None:
    for mail in (m for m in samples() if m.code):
        rendered = render(mail)
        assert mail.code not in rendered.subject
        assert rendered.text.count(mail.code) == 1
        assert not [url for url in re.findall(r"https://\S+", rendered.text) if "/stop/" not in url]


def test_mail_in_another_year_says_which() -> None:
    mail = samples()[0]
    late = replace(mail, route=replace(mail.route, at=datetime(2025, 12, 1, tzinfo=UTC)))
    assert "2026" in render(late).subject


def test_samples_show_every_kind_there_is() -> None:
    folder = Path(kinds.__file__).parent
    made = {
        match for file in folder.glob("*.py") for match in re.findall(r'kind="([a-z-]+)"', file.read_text())
    }
    made |= set(re.findall(r'"([a-z]+(?:-[a-z]+)*-code)",', (folder / "codes.py").read_text()))
    assert {mail.kind for mail in samples()} == made


def _say_a_reply_is_enough(mail: Mail) -> bool:
    text = render(mail).text.lower()
    return "reply with" in text or "replying" in text or "reply above" in text


@pytest.mark.parametrize("page_url", ["", "https://v.example/r/x"])
@pytest.mark.parametrize("reply_to", ["", "r-1@in.v.example"])
@pytest.mark.parametrize("personal", [True, False])
def test_reply_is_asked_for_only_where_it_arrives(page_url: str, reply_to: str, personal: bool) -> None:
    if not page_url and not personal:
        return  # an institution can always be reached
    house = replace(sample_route().house, personal=personal)
    route = replace(sample_route(), reply_to=reply_to, house=house)
    day = date(2026, 10, 30)
    mails = [
        ask(route, applicant="Maya", words="Dear Tomasz", by=day, page_url=page_url),
        ask(route, applicant="Maya", words="Dear Tomasz", page_url=page_url),
        *(
            reminder(route, applicant="Maya", number=n, said_yes=y, by=day, page_url=page_url)
            for n in (1, 2, 3)
            for y in (True, False)
        ),
        promise(route, applicant="Maya", by=day, page_url=page_url),
        received(route, applicant="Maya", file_name="a.pdf", pages=1, page_url=page_url),
        yes_or_no(route, applicant="Maya", page_url=page_url),
    ]
    arrives = bool(reply_to) or not page_url
    for mail in mails:
        assert mail.takes_reply == arrives
        if not arrives:
            assert not _say_a_reply_is_enough(mail), mail.kind
    if arrives:
        assert all(_say_a_reply_is_enough(mail) for mail in mails)


@pytest.mark.parametrize("mail", MAILS)
def test_words_of_somebody_else_come_after_whose_they_are(mail: Mail) -> None:
    if mail.kind not in {"said-no", "writer-wrote", "call-back", "call-back-answered"}:
        assert not mail.lead
        return
    text = render(mail).text
    body = text.removeprefix("== Reply above this line ==\n\n")
    who = "Cleo Brandt" if mail.kind == "call-back" else "Tomasz Nowak"
    assert body.startswith(who)
    assert f"\n\n    {mail.words[:40]}" in body  # set apart, so that nobody takes them for ours


def test_nobodys_words_leave_no_colon_behind() -> None:
    for made in (
        said_no(sample_route(), writer="Tomasz Nowak", page_url="https://v.example/a"),
        writer_wrote(sample_route(), writer="Tomasz Nowak", page_url="https://v.example/a", words=" "),
        call_back_answered(sample_route(), writer="Tomasz Nowak", applicant="Maya", said="declined"),
    ):
        assert "writes:" not in render(made).text
        assert "mail:" not in render(made).text
        assert "Tomasz Nowak" in render(made).text.splitlines()[0]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Warsaw", "Thursday 1 October, 12:30 (Warsaw time)"),
        ("America/New_York", "Thursday 1 October, 06:30 (New York time)"),
        ("Pacific/Auckland", "Thursday 1 October, 23:30 (Auckland time)"),
        ("Asia/Kolkata", "Thursday 1 October, 16:00 (Kolkata time)"),
        ("UTC", "Thursday 1 October, 10:30 (UTC)"),
    ],
)
def test_hour_of_the_seal_is_said_by_the_writers_clock(zone: str, said: str) -> None:
    at = datetime(2026, 10, 1, 10, 30, tzinfo=UTC)
    route = sample_route()
    arrived = received(
        route, applicant="Maya", file_name="a.pdf", pages=1, page_url=PAGE, seals_at=at, zone=zone
    )
    receipt = sealed(
        route, applicant="Maya", number="7K2M", in_confidence=True, page_url=PAGE, opens_until=at, zone=zone
    )
    for mail in (arrived, receipt):
        assert said in " ".join(render(mail).text.split())


@pytest.mark.parametrize(("letters", "said"), [(1, "It is attached"), (3, "They are attached")])
def test_packet_of_one_letter_speaks_of_one(letters: int, said: str) -> None:
    mail = packet(
        sample_route(),
        applicant="Maya",
        purpose="MSc",
        letters=letters,
        page_url=PAGE,
        attachments=(Attachment("letter.pdf", "application/pdf", b"%PDF-1.7"),),
    )
    text = " ".join(render(mail).text.split())
    assert said in text
    assert ("Read the letters:" in text) is (letters > 1)
    assert ("Every letter" in text) is (letters > 1)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("said_yes", [True, False])
def test_mail_without_a_page_speaks_of_none(number: int, said_yes: bool) -> None:
    house = replace(sample_route().house, personal=True, kept_by="")
    route = replace(sample_route(), house=house, reply_to="", stop_url="")
    for mail in (
        reminder(route, applicant="Maya", number=number, said_yes=said_yes),
        received(route, applicant="Maya", file_name="a.pdf", pages=1),
        yes_or_no(route, applicant="Maya"),
        was_it_you(route, applicant="Maya", from_address="t@home.example"),
    ):
        said = f"{render(mail).text} {render(mail).html}"
        assert not re.search(r"\bpage\b(?!s)|\bclick\b", re.sub(r"<[^>]+>|one page", " ", said))
