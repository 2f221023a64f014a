from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language, gettext

from vouchsafe.asks.models import Purpose, Waiver
from vouchsafe.core.words import Sentence, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import application_of
from vouchsafe.plans.models import Call

WAIVER_WORDS = msg(
    "I, {applicant}, give up my right to read the letter that {writer} writes for “{purpose}”. "
    "I do so freely; I was not required to. It holds for this purpose alone."
)

ASKED_FOR_WORDS = msg(
    "I, {applicant}, give up my right to read the letter that {writer} writes for “{purpose}”. "
    "This call for letters asks it of everyone who takes part. It holds for this purpose alone."
)


def give_waiver(*, by: Account, purpose: Purpose, now: datetime) -> Waiver:
    """Record the applicant's promise not to read a letter, in the caller's transaction: words, name, time.

    The words say so where a call for letters demands it. The row never changes afterwards; the database sees to that.
    """
    application = application_of(purpose.opportunity)
    asked_for = application is not None and application.call.confidentiality == Call.Confidentiality.REQUIRED
    words = Sentence(
        ASKED_FOR_WORDS if asked_for else WAIVER_WORDS,
        {
            "applicant": by.name,
            "writer": purpose.request.contact.name,
            "purpose": purpose.opportunity.title,
        },
    )
    waiver = Waiver.objects.create(
        purpose=purpose,
        words=gettext(words.msgid).format_map(words.facts),
        language=get_language() or by.language,
        name=by.name,
        given_at=now,
    )
    journal.note(chain=by.key, verb="waived", about=purpose.key, by=by.key, now=now)
    return waiver
