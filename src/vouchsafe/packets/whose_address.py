"""Whose address a reader's may be. The applicant is the first adversary: a confidential letter must not reach them."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from vouchsafe.core.reading.addresses import normalise, same_mailbox
from vouchsafe.packets.access import is_confirmed, is_confirmed_at
from vouchsafe.people.models import Account

REACHES_APPLICANT = "reaches-applicant"
"""An address of the applicant's in some disguise, claimed though unproven, or of a second account of theirs."""

APPLICANT_HERE = "applicant-here"
"""The address of another applicant's account: two accounts may be one person."""

FREE_MAIL = "free-mail"
"""A mailbox that anybody can open under any name, and nobody has said whose it is."""

NEW_DOMAIN = "new-domain"
"""Nobody has made sure of a reader at this domain yet: an applicant may have registered it themselves."""

FREE_MAIL_DOMAINS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.uk",
        "yahoo.fr",
        "yahoo.de",
        "ymail.com",
        "rocketmail.com",
        "aol.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "protonmail.ch",
        "pm.me",
        "gmx.de",
        "gmx.net",
        "gmx.com",
        "gmx.at",
        "gmx.ch",
        "web.de",
        "mail.com",
        "mail.ru",
        "inbox.ru",
        "list.ru",
        "bk.ru",
        "yandex.ru",
        "yandex.com",
        "zoho.com",
        "zohomail.eu",
        "fastmail.com",
        "fastmail.fm",
        "hey.com",
        "tutanota.com",
        "tutanota.de",
        "tuta.io",
        "tuta.com",
        "posteo.de",
        "posteo.net",
        "mailbox.org",
        "freenet.de",
        "t-online.de",
        "orange.fr",
        "free.fr",
        "laposte.net",
        "libero.it",
        "virgilio.it",
        "wp.pl",
        "onet.pl",
        "o2.pl",
        "interia.pl",
        "seznam.cz",
        "qq.com",
        "163.com",
        "126.com",
        "sina.com",
        "naver.com",
        "daum.net",
        "hanmail.net",
        "rediffmail.com",
        "uol.com.br",
        "bol.com.br",
        "terra.com.br",
        "btinternet.com",
        "sky.com",
        "comcast.net",
        "verizon.net",
        "att.net",
        "duck.com",
        "hushmail.com",
        "mailinator.com",
        "guerrillamail.com",
        "10minutemail.com",
        "yopmail.com",
    ]
)


def doubt_about(applicant: Account, address: str) -> str:
    """Why a confidential letter can't simply go to this address; empty where nothing speaks against it."""
    if _reaches(applicant, address):
        return REACHES_APPLICANT
    mailbox = normalise(address) or ""
    if is_confirmed(mailbox):
        return ""
    if any(account.role == Account.Role.APPLICANT for account in accounts_at(address)):
        return APPLICANT_HERE
    domain = mailbox.rpartition("@")[2]
    if domain in FREE_MAIL_DOMAINS:
        return FREE_MAIL
    return "" if _is_known(domain) else NEW_DOMAIN


def _is_known(domain: str) -> bool:
    """Has the office made sure of a reader at this domain? Where applicants have mailboxes too, each one is looked at."""
    if not is_confirmed_at(domain):
        return False
    at = f"@{domain}"
    applicants = Account.objects.filter(role=Account.Role.APPLICANT)
    return not (
        applicants.filter(email__iendswith=at).exists()
        or EmailAddress.objects.filter(user__in=applicants, email__iendswith=at).exists()
    )


def _reaches(applicant: Account, address: str) -> bool:
    """Also by an address they have claimed but not proved, and by a second account under the same name."""
    claimed = EmailAddress.objects.filter(user=applicant).values_list("email", flat=True)
    if any(same_mailbox(address, own) for own in {applicant.email, *claimed}):
        return True
    return any(
        _same_name(account, applicant) for account in accounts_at(address) if account.pk != applicant.pk
    )


def accounts_at(address: str) -> list[Account]:
    """Accounts that sign in with this mailbox, or have claimed it, in whatever disguise it is written here."""
    known = (*Account.objects.values_list("pk", "email"), *EmailAddress.objects.values_list("user", "email"))
    return list(Account.objects.filter(pk__in={pk for pk, own in known if same_mailbox(address, own)}))


def reached_by(address: str) -> set[int]:
    """The ids of every account that an address leads to, as `doubt_about` finds for one of them. Three queries."""
    there = accounts_at(address)
    names = {_folded(account) for account in there} - {""}
    same = (account.pk for account in Account.objects.only("pk", "name") if _folded(account) in names)
    return {account.pk for account in there} | set(same if names else ())


def _folded(account: Account) -> str:
    return " ".join(account.name.casefold().split())


def _same_name(one: Account, other: Account) -> bool:
    return _folded(one) == _folded(other) != ""
