from __future__ import annotations

import json
from datetime import datetime
from unicodedata import category

from allauth.account.models import EmailAddress
from django.db import transaction

from vouchsafe.core.sign_on import Arrival, Trust, address_of
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.people.actions.accept_invitation import accept_invitation
from vouchsafe.people.actions.prove_address import prove_address
from vouchsafe.people.models import Account, Instance, Invitation, SignOn


class SignOnUnknown(Refusal):
    code = "sign-on-unknown"
    msgid = msg("Nobody here signs in with {address}.")
    hint_msgid = msg("Ask whoever runs this site to invite you by that address.")


class SignOnLinkedOtherwise(Refusal):
    code = "sign-on-linked-otherwise"
    msgid = msg("{address} belongs to an account that {provider} knew as somebody else.")
    hint_msgid = msg("If it is yours, sign in with a code, take {provider} off your account and try again.")


class SignOnAccountClosed(Refusal):
    code = "sign-on-account-closed"
    msgid = msg("This account is closed.")
    hint_msgid = msg("Ask whoever runs this site if you think that is wrong.")


@transaction.atomic
def arrive_by_sign_on(*, arrival: Arrival, trust: Trust, now: datetime) -> Account:
    """Whose account somebody signs in to, whom a provider has vouched for. Nobody is signed in by this alone.

    Writes a line; at the first time the link to the subject, the address as proved and, for whoever was invited or
    may join, the account. Refuses who is not known, a closed account, an address that the provider has not checked
    or may not speak for, and an account that the same provider has known as another subject.
    """
    account = _known(arrival) or _linked(arrival, trust, now)
    if not account.is_active:
        raise SignOnAccountClosed
    journal.note(chain=account.key, verb="signed_in_elsewhere", about=account.key, by=account.key, now=now)
    return account


def _known(arrival: Arrival) -> Account | None:
    link = SignOn.objects.select_related("account").filter(subject_digest=_digest(arrival)).first()
    return link.account if link is not None else None


def _digest(arrival: Arrival) -> str:
    return custody.digest("sign-on", json.dumps([arrival.issuer, arrival.subject]))


def _linked(arrival: Arrival, trust: Trust, now: datetime) -> Account:
    """The first time: by an address that the provider proved, to whoever has it, was invited by it, or may join."""
    address = address_of(arrival, trust)
    Instance.objects.select_for_update().first()  # two first times at once would make two accounts
    known = _known(arrival)
    if known is not None:
        return known  # by another tab, while this one waited
    account = _holder(address)
    if account is None:
        account = _invited(address, arrival, now) or _joining(address, arrival, trust, now)
    elif not account.is_active:
        raise SignOnAccountClosed
    elif SignOn.objects.filter(account=account, issuer=arrival.issuer).exists():
        raise SignOnLinkedOtherwise(address=address, provider=arrival.provider)
    elif prove_address(account=account, address=address, now=now) and account.has_usable_password():
        account.set_unusable_password()  # set by somebody who had never shown that the address is theirs
        account.save(update_fields=["password"])
    SignOn.objects.create(
        account=account, issuer=arrival.issuer, subject_digest=_digest(arrival), linked_at=now
    )
    journal.note(chain=account.key, verb="sign_on_linked", about=account.key, by=account.key, now=now)
    return account


def _holder(address: str) -> Account | None:
    proven = EmailAddress.objects.select_related("user").filter(email__iexact=address, verified=True).first()
    return proven.user if proven is not None else Account.objects.filter(email__iexact=address).first()


def _invited(address: str, arrival: Arrival, now: datetime) -> Account | None:
    """The office invited this very address, with a role: that it is theirs is proved by the provider instead of a mail."""
    invitation = Invitation.objects.filter(
        email__iexact=address, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).first()
    if invitation is None:
        return None
    return accept_invitation(invitation=invitation, name=_name(arrival) or invitation.name, now=now)


def _joining(address: str, arrival: Arrival, trust: Trust, now: datetime) -> Account:
    """A new applicant, where the institution lets in whoever its provider knows. Never more than an applicant."""
    if not trust.joins or not Instance.objects.filter(host=Instance.Host.INSTITUTION).exists():
        raise SignOnUnknown(address=address)
    account = Account.objects.create_user(address, None, name=_name(arrival))
    prove_address(account=account, address=address, now=now)
    journal.note(
        chain=account.key, verb="joined", about=account.key, by=account.key, now=now, detail=account.role
    )
    return account


def _name(arrival: Arrival) -> str:
    """As a provider wrote it, without signs that no database or mail takes (a NUL, half a surrogate, a line's end)."""
    plain = "".join(" " if category(sign) in ("Cc", "Cs") else sign for sign in arrival.name)
    return " ".join(plain.split())[:200]
