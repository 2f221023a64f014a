"""A frozen `Mail` becomes the bytes that leave the house: text and HTML that say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING

from vouchsafe.adapters.post import mime
from vouchsafe.adapters.post.clean import clean_address, clean_line, clean_link, clean_message_id, clean_text
from vouchsafe.adapters.post.mail import Address, Link, Mail, Text
from vouchsafe.adapters.post.wording import RIGHT_TO_LEFT, Translate, Wording
from vouchsafe.adapters.post.writing import Way, Written, write_text
from vouchsafe.core.reading.mail.marker import marker

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail ready for a transport: the envelope, the bytes, and the two bodies for a preview."""

    message_id: str
    mail_from: str
    rcpt_to: str
    subject: str
    text: str
    html: str
    raw: bytes


def render(mail: Mail, translate: Translate = str) -> Rendered:
    """Render with texts said through `translate`. The same mail gives the same bytes.

    Refuses an address, link or message identifier that cannot stand in a mail.
    """
    wording = Wording(translate, mail.route.language, mail.route.at.year)
    written = _written(mail, wording)
    text, html = write_text(written), _template().render(mail=written)
    headers = _headers(mail, wording)
    route = mail.route
    raw = _assemble(mail, headers, text, html)
    return Rendered(
        message_id=route.message_id,
        mail_from=clean_address(route.house.bounces_to or route.house.address.email),
        rcpt_to=clean_address(route.to.email),
        subject=written.subject,
        text=text,
        html=html,
        raw=raw,
    )


def _written(mail: Mail, wording: Wording) -> Written:
    """The mail with every sentence said and every link checked."""

    def way(link: Link) -> Way:
        return Way(wording.say(link.label), clean_link(link.url))

    def said(item: Text | Link) -> str | Way:
        return way(item) if isinstance(item, Link) else wording.say(item)

    language = mail.route.language
    return Written(
        language=language,
        direction="rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        subject=clean_line(wording.say(mail.subject)),
        preheader=" ".join(wording.say(mail.preheader).split()),
        marker=marker(language) if mail.takes_reply else "",
        lead=tuple(wording.say(item) for item in mail.lead) if mail.words.strip() else (),
        words=_paragraphs(clean_text(mail.words)),
        paragraphs=tuple(said(item) for item in mail.paragraphs),
        code=wording.say(mail.code),
        button=way(mail.button) if mail.button else None,
        lines=tuple(said(item) for item in mail.lines),
        foot=tuple(said(item) for item in mail.foot),
    )


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(p.strip("\n") for p in re.split(r"\n[ \t]*\n+", words.strip()) if p.strip())


def _headers(mail: Mail, wording: Wording) -> list[mime.Header]:
    route, house = mail.route, mail.route.house
    shown = Address(house.address.email, wording.say(mail.from_name))
    headers = [
        ("From", mime.mailbox(shown)),
        ("To", mime.mailbox(route.to)),
        ("Subject", mime.phrase(wording.say(mail.subject))),
        ("Date", format_datetime(route.at)),
        ("Message-ID", clean_message_id(route.message_id)),
    ]
    if route.reply_to:
        headers.append(("Reply-To", clean_address(route.reply_to)))
    if route.in_reply_to:
        headers.append(("In-Reply-To", clean_message_id(route.in_reply_to)))
    if route.references:
        headers.append(("References", " ".join(clean_message_id(each) for each in route.references)))
    if route.stop_url:
        headers.append(("List-Unsubscribe", f"<{clean_link(route.stop_url)}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if mail.automatic:
        headers.append(("Auto-Submitted", "auto-generated"))
    headers.append(("MIME-Version", "1.0"))
    return headers


def _assemble(mail: Mail, headers: list[mime.Header], text: str, html: str) -> bytes:
    seed = mail.route.message_id
    bodies = [mime.text_part(text, "plain; format=flowed"), mime.text_part(html, "html")]
    if not mail.attachments:
        return mime.multipart("alternative", bodies, seed, headers)
    files = [mime.attachment_part(attachment) for attachment in mail.attachments]
    return mime.multipart("mixed", [mime.multipart("alternative", bodies, seed), *files], seed, headers)


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vouchsafe.adapters.post", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("mail.html")
