from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from vouchsafe.adapters.post.caught import forget
from vouchsafe.asks.models import Assistant, Document, Offering, Request
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import answers, custody, hooks, inbox, journal
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Seal, Upload
from vouchsafe.packets.actions.belongings import belongings
from vouchsafe.packets.models import CallBack
from vouchsafe.people.access import own_addresses
from vouchsafe.people.models import Account, Contact, Correspondent, Instance, Invitation
from vouchsafe.plans.models import CallInvitation


class AddressNotTyped(Refusal):
    code = "address-not-typed"
    msgid = msg("That is not the address of your account.")
    hint_msgid = msg("Type the address you sign in with, to show that you mean it.")


class KeepsInstance(Refusal):
    code = "keeps-instance"
    msgid = msg("You are the only one who keeps this instance.")
    hint_msgid = msg(
        "Give someone else the office first. If it is yours alone, stop it and delete its data folder."
    )


@transaction.atomic
def erase_account(*, account: Account, typed_address: str, now: datetime, by: str = "") -> None:
    """Erase someone for good: their account and everything that belongs to it.

    Deletes the rows, the mails of their chain, their sessions, and writers nobody else knows; once that is
    certain, destroys their files in the vault and caught mails. The journal stays and gains a line, in the name of
    `by` where it was not they themselves. Refuses a wrong address, and whoever alone keeps the instance.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if typed_address.strip().lower() != account.email.lower():
        raise AddressNotTyped
    _hand_on(account)
    files = _files(account)
    mails = _mails(account)
    message_ids = list(mails.values_list("message_id", flat=True))
    writers = set(
        Contact.objects.filter(owner=account, correspondent__isnull=False).values_list(
            "correspondent", flat=True
        )
    )
    mails.delete()
    inbox.forget(list(Request.objects.filter(contact__owner=account).values_list("key", flat=True)))
    inbox.forget(_call_backs(account))
    Invitation.objects.filter(email__iexact=account.email).delete()
    _called(account).delete()
    _end_sessions(account)
    hooks.forget(account.key)
    answers.forget(account.key)
    key = account.key
    account.delete()
    unknown = _unknown(writers)
    files += unknown.exclude(signature_file="").values_list("signature_file", flat=True)
    theirs = _mails_of(unknown)
    message_ids += theirs.values_list("message_id", flat=True)
    theirs.delete()
    unknown.delete()
    journal.note(chain=journal.OFFICE, verb="erased", about=key, by=by or key, now=now)
    transaction.on_commit(lambda: destroy(files, message_ids))


def _hand_on(account: Account) -> None:
    """The instance needs a keeper: another of the office, or nobody leaves."""
    others = Account.objects.filter(role=Account.Role.OFFICE, is_active=True).exclude(pk=account.pk)
    owned = Instance.objects.filter(owner=account)
    if (owned.exists() or account.runs_office) and not others.exists():
        raise KeepsInstance
    owned.update(owner=others.order_by("joined_at").first())


def _files(account: Account) -> list[str]:
    """Every file in the vault that speaks of the account, replaced ones too."""
    return [
        file
        for model in (Upload, Seal, Document, Offering)
        for file in belongings(model, account).values_list("file", flat=True)
        if file
    ]


def _mails(account: Account) -> QuerySet[Outgoing]:
    invitations = Invitation.objects.filter(email__iexact=account.email).values_list("key", flat=True)
    # A writer's weekly list names every applicant who waits for them.
    writers = Request.objects.filter(contact__owner=account, correspondent__isnull=False)
    lists = list(writers.values_list("correspondent__key", flat=True))
    return Outgoing.objects.filter(
        Q(kind__in=("writer_digest", "fresh_link"), about__in=lists)
        | Q(chain=account.key)
        | Q(about=account.key)
        | Q(about__in=list(invitations))
        | Q(about__in=list(_called(account).values_list("key", flat=True)))
        | Q(about__in=_call_backs(account))
    )


def _called(account: Account) -> QuerySet[CallInvitation]:
    """What an office's file said of them, for a call."""
    mailboxes = {found for address in own_addresses(account) if (found := normalise(address))}
    return CallInvitation.objects.filter(mailbox__in=mailboxes)


def _call_backs(account: Account) -> list[str]:
    """Questions of readers to writers: their mails stand in no chain of the account's, which it could export."""
    return list(belongings(CallBack, account).values_list("key", flat=True))


def _end_sessions(account: Account) -> None:
    """Sessions are encrypted, so whose they are is told by opening each."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    for row in Session.objects.iterator():
        if str(store.decode(row.session_data).get("_auth_user_id")) == str(account.pk):
            row.delete()


def _unknown(writers: set[int]) -> QuerySet[Correspondent]:
    """Those to be forgotten: a writer's mailbox is theirs while anyone else knows it, or a letter of theirs is kept."""
    known = Contact.objects.filter(correspondent__in=writers).values("correspondent")
    asked = Request.objects.filter(correspondent__in=writers).values("correspondent")
    sealed = Seal.objects.filter(correspondent__in=writers).values("correspondent")
    return (
        Correspondent.objects.filter(pk__in=writers)
        .exclude(pk__in=known)
        .exclude(pk__in=asked)
        .exclude(pk__in=sealed)
    )


def _mails_of(writers: QuerySet[Correspondent]) -> QuerySet[Outgoing]:
    """What went to these writers, or to whom they let help with everything: no applicant's chain holds it."""
    keys = list(writers.values_list("key", flat=True))
    helpers = Assistant.objects.filter(correspondent__in=writers).values_list("key", flat=True)
    return Outgoing.objects.filter(Q(chain__in=keys) | Q(about__in=[*keys, *helpers]))


def destroy(files: list[str], message_ids: list[str]) -> None:
    """Their keys, then their bytes, and the caught mails: once the rows are surely gone."""
    for file in files:
        custody.vault().erase(file)
    for message_id in message_ids:
        forget(settings.DATA_FOLDER / "mail", f"<{message_id}>")
