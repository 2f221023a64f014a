"""Which rows belong to an account, one line a model. Export and erasure read it; a test walks every model.

`OWNED` gives the lookup from a row to its account. `STAYS` gives the reason why a row outlives the account, or
why it has nothing to do with one.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

from vouchsafe.asks import models as asks
from vouchsafe.ledger import models as ledger
from vouchsafe.letters import models as letters
from vouchsafe.packets import models as packets
from vouchsafe.people import models as people
from vouchsafe.plans import models as plans

OWNED: dict[type[Model], str] = {
    people.Account: "pk",
    people.SignInLink: "account",
    people.SignOn: "account",
    people.CalendarFeed: "account",
    people.ProgramToken: "account",
    people.Invitation: "invited_by",
    people.Advising: "applicant",
    people.Farewell: "account",
    people.Contact: "owner",
    people.ContactAddress: "contact__owner",
    people.ContactImport: "owner",
    EmailAddress: "user",
    EmailConfirmation: "email_address__user",
    Authenticator: "user",
    plans.Opportunity: "owner",
    plans.Outcome: "opportunity__owner",
    plans.Step: "opportunity__owner",
    plans.Destination: "opportunity__owner",
    plans.Plan: "owner",
    plans.Drawing: "owner",
    plans.Slot: "plan__owner",
    plans.Choice: "slot__plan__owner",
    plans.Wish: "opportunity__owner",
    plans.OwnChance: "opportunity__owner",
    plans.PhoneReference: "opportunity__owner",
    plans.Application: "applicant",
    plans.Nomination: "application__applicant",
    plans.Shortlisting: "application__applicant",
    asks.Ask: "contact__owner",
    asks.Request: "contact__owner",
    asks.Prediction: "purpose__request__contact__owner",
    asks.Parting: "request__contact__owner",
    asks.Purpose: "request__contact__owner",
    asks.Waiver: "purpose__request__contact__owner",
    asks.Document: "request__contact__owner",
    asks.Link: "request__contact__owner",
    asks.Code: "request__contact__owner",
    asks.Opening: "request__contact__owner",
    asks.Answer: "request__contact__owner",
    asks.Start: "request__contact__owner",
    asks.Closing: "request__contact__owner",
    asks.Reminder: "request__contact__owner",
    asks.Mute: "request__contact__owner",
    asks.Offering: "request__contact__owner",
    asks.Silence: "request__contact__owner",
    asks.Suggestion: "request__contact__owner",
    letters.Letter: "applicant",
    letters.Draft: "letter__applicant",
    letters.Upload: "letter__applicant",
    letters.PlannedSeal: "upload__letter__applicant",
    letters.Confirmation: "letter__applicant",
    letters.Succession: "letter__applicant",
    letters.Version: "letter__applicant",
    letters.Borrowing: "letter__applicant",
    letters.Renewal: "letter__applicant",
    letters.Quote: "letter__applicant",
    letters.Showing: "letter__applicant",
    letters.Seal: "letter__applicant",
    letters.Reopening: "seal__letter__applicant",
    letters.Release: "seal__letter__applicant",
    letters.Scope: "seal__letter__applicant",
    letters.Withdrawal: "seal__letter__applicant",
    letters.Copy: "seal__letter__applicant",
    packets.Packet: "owner",
    packets.Enclosure: "packet__owner",
    packets.Rearrangement: "packet__owner",
    packets.Reader: "packet__owner",
    packets.ReaderLink: "reader__packet__owner",
    packets.Delivery: "reader__packet__owner",
    packets.Viewing: "reader__packet__owner",
    packets.Revocation: "reader__packet__owner",
    packets.Notice: "reader__packet__owner",
    packets.PortalUpload: "seal__letter__applicant",
    packets.CallBack: "reader__packet__owner",
    packets.CallBackAnswer: "call_back__reader__packet__owner",
}

STAYS: dict[type[Model], str] = {
    plans.RuleBook: "the office's own: what a portal takes, for everyone",
    plans.Call: "the office's own: what an institution asks for; who takes part has rows of their own",
    plans.Turn: "goes with its call",
    plans.CallInvitation: "has no key to an account: erasure deletes those of the account's address itself",
    packets.Seat: "the office's own: who reads on a call's committee",
    packets.SeatLink: "goes with its seat",
    ledger.Line: "the journal holds keys and codes, no names and no text, and outlives erased people",
    ledger.Root: "an anchor over the journal",
    ledger.Outgoing: "has no key to an account: erasure deletes the rows of the account's chain itself",
    ledger.Hook: "has no key to an account: erasure deletes the rows of the account's chain itself",
    ledger.Calling: "goes with its hook; erasure deletes what the office's hooks were told of the account",
    ledger.Received: "has no key to an account: erasure deletes the mails about the account's requests itself",
    ledger.ReplyAddress: "a hash and a request's key: erasure deletes those of the account's requests itself",
    ledger.ProgramAnswer: "has no key to an account and goes within a day: erasure deletes the rows of the account's chain itself",
    people.Instance: "who hosts; its owner hands it on before leaving",
    people.KeepingRule: "the office's own: how long what is over is kept",
    people.Sweep: "counts and keys of what was erased for its age, no names and no text",
    people.Correspondent: "the writer's own, over all applicants; erased with the last contact that points to it",
    letters.Template: "the writer's own, over all applicants; erased with their mailbox's row",
    asks.Assistant: "the writer's own: named by them; it goes with their mailbox's row, or with the one request",
    people.Away: "the writer's own, over all applicants; it goes with the mailbox it belongs to",
    people.LinkWish: "what a visitor typed, encrypted until the worker has looked; the row goes within the hour",
    people.WeeklyList: "the writer's own; it goes with the mailbox it belongs to",
    Session: "encrypted under a hashed name: erasure deletes the account's own",
    ContentType: "of the framework",
    Group: "of the framework, unused",
    Permission: "of the framework, unused",
}


def belongings(model: type[Model], account: people.Account) -> QuerySet[Model]:
    """The rows of one model that belong to an account."""
    return model._default_manager.filter(**{OWNED[model]: account.pk})
