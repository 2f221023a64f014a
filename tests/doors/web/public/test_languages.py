"""Which language a page is in, who says so, and that asking for one tells nothing and opens nothing."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose

from vouchsafe.asks.access import writers_mailbox
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Link
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.mail_language import language_of
from vouchsafe.people.models import Account, Contact, Correspondent

COOKIE = settings.LANGUAGE_COOKIE_NAME


def language_at(client: Client, path: str = "/", **headers: str) -> str:
    """What the page says it is in; the header must say the same."""
    answer = client.get(path, headers=headers)
    said = answer.content.decode().split('<html lang="')[1].split('"')[0]
    assert answer["Content-Language"] == said
    assert "Accept-Language" in answer["Vary"]
    return said


def test_german_french_and_spanish_are_offered() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["en-gb", "de", "fr", "es"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr-CA", "fr"), ("es-419,es;q=0.9", "es"), ("en-US,en;q=0.9", "en-gb"),
        ("pt-BR", "en-gb"), ("", "en-gb"), ("x" * 600, "en-gb"), ("pt, es;q=0.5, de;q=0.4", "es"),
    ],
)  # fmt: skip
def test_visitor_gets_the_language_their_browser_asks_for(cast: Cast, asked: str, given: str) -> None:
    assert language_at(Client(), **{"Accept-Language": asked}) == given


def test_page_of_languages_names_each_in_itself_and_looking_keeps_nothing(cast: Cast) -> None:
    client = Client()
    answer = client.get("/languages/?next=/help/", headers={"Accept-Language": "de"})
    page = answer.content.decode()
    for code, name in settings.LANGUAGES:
        assert f'value="{code}" lang="{code}">{name}<' in page
    assert 'value="/help/"' in page
    assert COOKIE not in answer.cookies
    assert client.get("/language").status_code == 405
    assert 'value="//evil.example"' not in client.get("/languages/?next=//evil.example").content.decode()


def test_choice_is_kept_in_this_browser_and_leads_back(cast: Cast) -> None:
    client = Client()
    answer = client.post("/language", {"language": "fr", "next": "/help/"})
    assert answer["Location"] == "/help/"
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("fr", "Lax", True)
    assert cookie["max-age"] > 60 * 60 * 24 * 300
    assert language_at(client, **{"Accept-Language": "de"}) == "fr"


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "https:evil.example"]
)
def test_choice_leads_to_no_other_host(cast: Cast, there: str) -> None:
    answer = Client().post("/language", {"language": "es", "next": there})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("unknown", ["", "xx", "../de", "de\r\nSet-Cookie: a=b", "pt"])
def test_language_nobody_offers_is_not_kept(cast: Cast, unknown: str) -> None:
    answer = Client().post("/language", {"language": unknown, "next": "/help/"})
    assert COOKIE not in answer.cookies


def test_forged_choice_is_refused(cast: Cast) -> None:
    assert Client(enforce_csrf_checks=True).post("/language", {"language": "de"}).status_code == 403


def test_account_chooses_for_every_browser_until_one_chooses_for_itself(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ada)
    client.cookies[COOKIE] = "fr"
    assert language_at(client, "/account/") == "fr"
    given = {"name": "Ada Marsh", "pronouns": "", "time_zone": "UTC", "language": "de"}
    assert client.post("/account/", given).status_code == 302
    assert Account.objects.get(pk=cast.ada.pk).language == "de"
    assert language_at(client, "/account/", **{"Accept-Language": "es"}) == "de"
    assert client.post("/account/", {**given, "language": "pt"}).status_code == 422


def test_language_does_not_leak_from_one_request_into_the_next(cast: Cast) -> None:
    Account.objects.filter(pk=cast.ada.pk).update(language="de")
    client = Client()
    client.force_login(cast.ada)
    assert language_at(client, "/account/") == "de"
    assert language_at(Client()) == "en-gb"
    assert translation.get_language() == "en-gb"


def test_writer_is_written_to_in_the_language_they_read_here(cast: Cast) -> None:
    """First in the language of who asks; after a press on the page, in that of the page."""
    Account.objects.filter(pk=cast.ada.pk).update(language="es")
    ben = Contact.objects.select_related("owner").get(pk=cast.ben.pk)
    assert language_of(ben) == "es"
    purpose = make_purpose(ben, make_opportunity(cast.ada))
    now = timezone.now()
    mailbox = writers_mailbox(purpose.request).mailbox
    link = make_link(request=purpose.request, kind=Link.Kind.MAILED, mailbox=mailbox, now=now)
    prove_correspondent(mailbox=mailbox, contact=ben, now=now)
    assert language_of(ben) == "es"
    page = Client()
    page.cookies[COOKIE] = "de"
    assert page.post(f"/r/{token_of(link)}", {"act": "open"}).status_code == 302
    assert Correspondent.objects.get(mailbox=mailbox).language == "de"
    assert page.post(f"/requests/{purpose.request.key}/code", {"use": "read"}).status_code == 200
    assert outbox.read(Outgoing.objects.get(kind="writer_code")).language == "de"


def test_sample_mails_are_shown_in_the_language_of_the_page(cast: Cast) -> None:
    """They are kept once made: one language must not be shown in place of another."""
    subjects = set()
    for language in ("en-gb", "de", "fr", "de"):
        client = Client()
        client.force_login(cast.dana)
        client.cookies[COOKIE] = language
        page = client.get("/office/mails/ask/").content.decode()
        subjects.add(page.split("<h1")[1].split("</h1>")[0])
    assert len(subjects) == 3
