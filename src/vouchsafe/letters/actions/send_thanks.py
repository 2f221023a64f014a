from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.actions.make_link import stop_link
from vouchsafe.asks.mailbox import demand_mailable
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Letter, Release
from vouchsafe.people.access import NotHere
from vouchsafe.people.mail_language import language_of
from vouchsafe.people.models import Account


class ThanksEmpty(Refusal):
    code = "thanks-empty"
    msgid = msg("There are no words of thanks yet.")
    hint_msgid = msg("Two lines are enough.")


class NothingToThankFor(Refusal):
    code = "nothing-to-thank-for"
    msgid = msg("There is no safe letter here to give thanks for.")
    hint_msgid = msg("Thanks can be sent once the letter is safe.")


@transaction.atomic
def send_thanks(*, by: Account, letter_key: str, words: str, now: datetime, undo: timedelta) -> Outgoing:
    """Thank a writer for a letter that is safe, in the applicant's words. Queues one mail, at most once.

    A second press finds the first mail; after an undo it may be written anew. Refuses empty words, a letter that
    is not safe yet or was brought, and a writer who can't or does not want to be mailed.
    """
    letter = (
        Letter.objects.of(by)
        .select_for_update(of=("self",))
        .select_related("request__contact__owner", "request__correspondent")
        .filter(key=letter_key)
        .first()
    )
    if letter is None:
        raise NotHere(letter_key)
    if letter.request is None or not Release.objects.filter(seal__letter=letter).exists():
        raise NothingToThankFor
    if not words.strip():
        raise ThanksEmpty
    earlier = thanks_mails(letter.key)
    standing = [mail for mail in earlier if mail.state != Outgoing.State.WITHDRAWN]
    if standing:
        return standing[-1]
    to = demand_mailable(letter.request)
    row = outbox.queue(
        outbox.Parcel(
            kind="thanks",
            to_address=to.address,
            to_name=letter.request.contact.name,
            facts={"applicant": by.name, "words": words.strip()},
            links=stop_link(request=letter.request, mailbox=to.mailbox),
            reply_key=letter.request.key,
            thread=letter.request.key,
            language=language_of(letter.request.contact),
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=by.key,
        about=letter.request.key,
        once=f"thanks|{letter.key}|{len(earlier)}",
        now=now,
        wait=undo,
    )
    journal.note(chain=by.key, verb="thanks_queued", about=letter.key, by=by.key, now=now, detail=row.key)
    return row


def thanks_mails(letter_key: str) -> list[Outgoing]:
    """Every mail of thanks for a letter, oldest first."""
    return list(Outgoing.objects.filter(once__startswith=f"thanks|{letter_key}|").order_by("id"))
