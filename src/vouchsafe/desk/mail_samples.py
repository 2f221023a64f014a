"""Every kind of mail this instance sends, with invented people: what its receivers will see. Nothing is sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from vouchsafe.adapters.post.kinds.samples import samples
from vouchsafe.adapters.post.mail import Mail
from vouchsafe.adapters.post.render import Rendered, render
from vouchsafe.desk.mail_preview import said
from vouchsafe.people.access import NotHere, instance

LOOKS = ("wide", "phone", "dark", "phone-dark")
PHONE = "body{max-width:390px!important;margin:0 auto!important}"


@dataclass(frozen=True, slots=True)
class MailSample:
    """One kind as text and as HTML. `slug` is its kind, numbered where a kind comes in several steps."""

    slug: str
    subject: str
    to_applicant: bool
    text: str
    html: str
    attachments: tuple[str, ...]
    automatic: bool
    takes_reply: bool

    def as_it_looks(self, look: str) -> str:
        """The HTML as a phone or a dark screen shows it, whatever screen it is looked at on."""
        if look not in LOOKS:
            raise NotHere(look)
        html = self.html
        if "phone" in look:
            html = html.replace("@media (max-width:600px)", "@media all")
            html = html.replace("</style>", f"{PHONE}</style>", 1)
        if "dark" in look:
            html = html.replace("@media (prefers-color-scheme:dark)", "@media all")
        return html


# Kinds that go to whoever asks for letters, or looks after them; all others go to writers and readers.
TO_THE_HOUSE = frozenset(
    {"said-no", "letter-safe", "bounce", "propose-stand-by", "stand-by-asked", "writer-wrote", "uses-changed", "sign-in-code",
     "account-note", "invitation", "office-alert", "held-expired", "trial", "hook-paused", "adviser-named", "farewell",
     "call-invited", "call-changed"}
)  # fmt: skip


def mail_samples() -> tuple[MailSample, ...]:
    """One of every kind, as this instance would sign it. One query."""
    host = instance()
    kept_by = host.name if host is not None and host.host == "institution" else ""
    return _made(kept_by, get_language() or "en-gb")


def mail_sample(slug: str) -> MailSample:
    found = next((each for each in mail_samples() if each.slug == slug), None)
    if found is None:
        raise NotHere(slug)
    return found


@lru_cache(maxsize=8)
def _made(kept_by: str, language: str) -> tuple[MailSample, ...]:
    seen: Counter[str] = Counter()
    made = []
    for mail in samples(language, kept_by):
        seen[mail.kind] += 1
        slug = mail.kind if seen[mail.kind] == 1 else f"{mail.kind}-{seen[mail.kind]}"
        made.append(_sample(slug, mail, render(mail, said)))
    return tuple(made)


def _sample(slug: str, mail: Mail, rendered: Rendered) -> MailSample:
    return MailSample(
        slug=slug,
        subject=rendered.subject,
        to_applicant=mail.kind in TO_THE_HOUSE,
        text=rendered.text,
        html=rendered.html,
        attachments=tuple(each.name for each in mail.attachments),
        automatic=mail.automatic,
        takes_reply=mail.takes_reply,
    )
