"""The only way from a key to a row. Absence and refusal look the same: `NotHere`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hmac import compare_digest

from django.db.models import Q, QuerySet

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.timing import Place, Span, WorkingDays, working_days_of
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.prepared import Prepared
from vouchsafe.people.models import (
    Account,
    Advising,
    AdvisingQuerySet,
    Away,
    CalendarFeed,
    Contact,
    ContactImport,
    ContactQuerySet,
    Correspondent,
    Instance,
    Invitation,
    LinkWish,
    SignInLink,
    SignOn,
    WeeklyList,
)


class NotHere(LookupError):
    """There is no such row, or it is not this viewer's to see. Doors answer 404 to both."""


def instance() -> Instance | None:
    """Who hosts; None before set-up."""
    return Instance.objects.select_related("owner").first()


def set_up_token() -> str:
    """What the terminal prints for a fresh instance. Nothing is stored: the keys make it, and set-up ends it."""
    return custody.token("set-up", "instance", 1, custody.secret_generation())


def may_set_up(token: str) -> bool:
    """Whether this is the printed link, and nobody has set up the instance yet."""
    same = compare_digest(token.encode(), set_up_token().encode())
    return same and not Instance.objects.exists()


def keeps_instance(viewer: Account) -> bool:
    """Whether someone looks after the instance: the office, or the owner of a personal host."""
    row = instance()
    return viewer.runs_office or (row is not None and row.host == "personal" and row.owner_id == viewer.pk)


def hosts_personally() -> bool:
    row = Instance.objects.only("host").first()
    return row is not None and row.host == Instance.Host.PERSONAL


def account(key: str) -> Account:
    try:
        return Account.objects.get(key=key, is_active=True)
    except Account.DoesNotExist:
        raise NotHere(key) from None


def _numbered(pk: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)


_NUMBERED = Prepared(_numbered, lambda pk: (pk,), -(10**12) - 7)


def account_in_session(pk: int) -> Account | None:
    """Whose session it is: asked for every page, so by a prepared question."""
    return next(iter(_NUMBERED(pk)), None)


def account_of(email: str) -> Account | None:
    """Who signs in with an address. For whoever holds a mail that went there; nobody else may learn it."""
    return Account.objects.filter(email__iexact=email, is_active=True).first()


def account_by_email(email: str) -> Account | None:
    """For the office and the command line; a page that visitors reach never tells who has an account."""
    return Account.objects.filter(email__iexact=email, is_active=True).first()


def contacts(viewer: Account) -> ContactQuerySet:
    return Contact.objects.of(viewer).prefetch_related("addresses")


def contact(viewer: Account, key: str) -> Contact:
    found = contacts(viewer).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def removed_contact(viewer: Account, key: str) -> Contact:
    """A contact that was removed, for undo."""
    found = Contact.objects.filter(owner=viewer, key=key, removed_at__isnull=False).first()
    if found is None:
        raise NotHere(key)
    return found


def contact_import(viewer: Account, key: str) -> ContactImport:
    found = ContactImport.objects.filter(
        owner=viewer, key=key, kept_at__isnull=True, dropped_at__isnull=True
    ).first()
    if found is None:
        raise NotHere(key)
    return found


def correspondent_of(mailbox: str) -> Correspondent | None:
    return Correspondent.objects.filter(mailbox=mailbox).first()


def away_of(contacts: Iterable[Contact], today: date) -> dict[int, tuple[Span, ...]]:
    """When each of an applicant's contacts is away from today on, as far as the applicant may know: in one query.

    Of a writer whose mailbox acted for them they may; of a mailbox they only know the address of, where its holder
    said that everybody may.
    """
    rows = list(contacts)
    known = {row.correspondent_id for row in rows if row.correspondent_id}
    mailboxes = {
        row.pk: {one.mailbox for one in row.addresses.all()} for row in rows if not row.correspondent_id
    }
    every = set().union(*mailboxes.values())
    found = Away.objects.filter(
        Q(correspondent__in=known) | Q(for_all=True, correspondent__mailbox__in=every),
        taken_back_at__isnull=True,
        until_on__gte=today,
    ).values_list("correspondent_id", "correspondent__mailbox", "for_all", "from_on", "until_on")
    away: dict[int, tuple[Span, ...]] = {}
    spans = list(found)
    for row in rows:
        away[row.pk] = tuple(
            (first, last)
            for owner, mailbox, for_all, first, last in spans
            if owner == row.correspondent_id or (for_all and mailbox in mailboxes.get(row.pk, ()))
        )
    return away


def working_days_with(contact: Contact, today: date) -> WorkingDays:
    """The working days of a contact's place, less those on which they said they are away."""
    return working_days_of(Place(contact.country)).without(away_of([contact], today)[contact.pk])


def away_said(mailbox: str, today: date) -> list[Away]:
    """For its own holder: what a mailbox said of the days to come."""
    return list(
        Away.objects.filter(correspondent__mailbox=mailbox, taken_back_at__isnull=True, until_on__gte=today)
    )


def invitation(token: str) -> Invitation:
    found = Invitation.objects.select_related("invited_by").filter(token_hash=token_hash(token)).first()
    if found is None:
        raise NotHere("invitation")
    return found


def open_invitation(viewer: Account, key: str) -> Invitation:
    """An invitation nobody has answered, for the office to withdraw."""
    found = Invitation.objects.filter(key=key, accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    if found is None or not viewer.runs_office:
        raise NotHere(key)
    return found


def sign_in_link(token: str) -> SignInLink:
    """A one-time way in, spent or not; doors say which."""
    found = SignInLink.objects.select_related("account").filter(token_hash=token_hash(token)).first()
    if found is None or not found.account.is_active:
        raise NotHere("sign-in link")
    return found


def sign_ons_of(account: Account) -> list[SignOn]:
    """The providers that an account is linked to."""
    return list(SignOn.objects.filter(account=account))


def sign_on_of(account: Account, key: str) -> SignOn:
    """One of them, to take it off."""
    found = SignOn.objects.filter(account=account, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def has_stopped(mailbox: str) -> bool:
    """Whether whoever reads this mailbox has asked not to be mailed from here."""
    return Correspondent.objects.filter(mailbox=mailbox, no_mail_at__isnull=False).exists()


def own_addresses(viewer: Account) -> tuple[str, ...]:
    """Every address an account has proved."""
    from allauth.account.models import EmailAddress

    proven = EmailAddress.objects.filter(user=viewer, verified=True).values_list("email", flat=True)
    return tuple(dict.fromkeys((viewer.email, *proven)))


def viewer_keys(viewer: Account) -> frozenset[str]:
    """Every opaque key that stands for an account: its own, and a keyed digest of each address it has proved.

    A letter is sealed from all of them, so a second account with the same address is still the same person.
    """
    mailboxes = {normalise(address) or address.lower() for address in own_addresses(viewer)}
    return frozenset({viewer.key, *(custody.digest("mailbox", mailbox) for mailbox in mailboxes)})


def due_weekly_lists(now: datetime, limit: int) -> list[WeeklyList]:
    """For the worker: writers whose week is over."""
    return list(WeeklyList.objects.filter(due_at__lte=now, stopped_at__isnull=True)[:limit])


def due_link_wishes(limit: int) -> list[LinkWish]:
    """For the worker: addresses that somebody typed and nobody has looked up yet."""
    return list(LinkWish.objects.filter(handled_at__isnull=True)[:limit])


FEED = "calendar"


def calendar_feed(token: str) -> CalendarFeed:
    """The feed behind a private address, unless it was revoked or its owner is gone."""
    found = (
        CalendarFeed.objects.select_related("account", "correspondent")
        .filter(token_hash=token_hash(token), revoked_at__isnull=True)
        .first()
    )
    if found is None or (found.account is not None and not found.account.is_active):
        raise NotHere("calendar")
    return found


def calendar_token(owner: Account | Correspondent) -> str:
    """The token of the owner's feed, made again from the keys; empty while there is none."""
    whose = {"account": owner} if isinstance(owner, Account) else {"correspondent": owner}
    row = CalendarFeed.objects.filter(revoked_at__isnull=True, **whose).first()
    return custody.token(FEED, row.key, 1, row.generation) if row is not None else ""


def advised_by(adviser: Account) -> AdvisingQuerySet:
    """Whose plans an adviser sees: those who agreed, and nobody's once the adviser has another role."""
    return Advising.objects.agreed().filter(adviser=adviser).select_related("applicant")


def advised(adviser: Account, key: str) -> Advising:
    """One applicant whom an adviser helps, by the key of their being named."""
    found = advised_by(adviser).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def advisers_of(applicant: Account) -> AdvisingQuerySet:
    """Who looks along with an applicant's plan, or would if they agreed."""
    return Advising.objects.in_force().filter(applicant=applicant).select_related("adviser")


def adviser_of(applicant: Account, key: str, *, ended: bool = False) -> Advising:
    """One of them; `ended` finds one that was ended, for undo."""
    rows = Advising.objects.filter(ended_at__isnull=False) if ended else Advising.objects.in_force()
    found = rows.select_related("adviser", "applicant").filter(applicant=applicant, key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def every_advising(viewer: Account) -> AdvisingQuerySet:
    """For the office: who was named for whom."""
    if not viewer.runs_office:
        return Advising.objects.none()
    return Advising.objects.in_force().select_related("adviser", "applicant")


def named_adviser(viewer: Account, key: str) -> Advising:
    """One of them, for the office to end."""
    found = every_advising(viewer).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found
