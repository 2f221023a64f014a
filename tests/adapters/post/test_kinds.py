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
from vouchsafe.adapters.post.kinds.doubt import yes_or_no
from vouchsafe.adapters.post.kinds.promise import promise
from vouchsafe.adapters.post.kinds.received import received
from vouchsafe.adapters.post.kinds.reminder import reminder
from vouchsafe.adapters.post.kinds.samples import sample_route, samples
from vouchsafe.adapters.post.mail import Mail
from vouchsafe.adapters.post.render import render
from vouchsafe.core.reading.mail.own_text import own_text

MAILS = [pytest.param(mail, id=f"{number}-{mail.kind}") for number, mail in enumerate(samples())]
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


@pytest.mark.parametrize("mail", MAILS)
def test_every_kind_says_who_sent_it_and_how_to_stop(mail: Mail) -> None:
    rendered = render(mail)
    message = email.message_from_bytes(rendered.raw, policy=email.policy.default)
    assert "kept by Kestrel Careers" in rendered.text
    assert mail.route.stop_url in rendered.text
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
