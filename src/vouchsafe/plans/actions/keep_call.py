from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.models import Call

MOST_WRITERS = 10
TWICE = timedelta(minutes=1)


class OfficeKeepsCalls(Refusal):
    code = "office-keeps-calls"
    msgid = msg("Only the office keeps calls for letters.")
    hint_msgid = msg("Ask whoever runs this instance.")


class CallNeedsTitle(Refusal):
    code = "call-needs-title"
    msgid = msg("The call has no title yet.")
    hint_msgid = msg("Call it after what applicants apply for.")


class CallNumbersWrong(Refusal):
    code = "call-numbers-wrong"
    msgid = msg("The numbers of letters do not fit each other.")
    hint_msgid = msg("Ask for 1 letter at least, and let applicants name as many writers or more, up to 10.")


class CallDaysWrong(Refusal):
    code = "call-days-wrong"
    msgid = msg("The last day for letters comes before the last day for applicants.")
    hint_msgid = msg("Give letters the same day or a later one.")


class CallDayPassed(Refusal):
    code = "call-day-passed"
    msgid = msg("{day} has passed, so nobody could keep to it.")
    hint_msgid = msg("Choose a day from today on.")


class CallClosingPassed(Refusal):
    code = "call-closing-passed"
    msgid = msg("The last day on which applicants could begin, {day}, has passed.")
    hint_msgid = msg("Give applicants a last day from today on.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """All that an office says of a call; days belong to `zone`."""

    title: str
    organisation: str = ""
    kind: str = "programme"
    about: str = ""
    guidance: str = ""
    wanted: tuple[str, ...] = ()
    need: int = 2
    most: int = 3
    most_pages: int | None = None
    closes_on: date
    due_on: date
    zone: str = "UTC"
    confidentiality: str = "required"
    holds: bool = False
    may_replace: bool = True


@transaction.atomic
def keep_call(*, by: Account, facts: CallFacts, now: datetime, call: Call | None = None) -> Call:
    """Keep a call that is being drafted: a new one, or what is said of one.

    Writes the call; queues nothing. The same new call again within a minute is one. Refuses whoever does not run the
    office, numbers and days that do not fit, a day that has passed, and a call that was opened already: then only its
    days move.
    """
    demand_office(by)
    if not facts.title.strip():
        raise CallNeedsTitle
    if not 1 <= facts.need <= facts.most <= MOST_WRITERS:
        raise CallNumbersWrong
    check_draft_days(facts.closes_on, facts.due_on, facts.zone, now)
    said = asdict(facts)
    for name in ("title", "organisation", "about", "guidance"):
        said[name] = said[name].strip()
    said["wanted"] = sorted({one.strip().lower() for one in facts.wanted if one.strip()})
    if call is None:
        Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
        recent = Call.objects.draft().filter(**said, made_at__gt=now - TWICE).first()
        if recent is not None:
            return recent
        row = Call.objects.create(**said, made_at=now)
    else:
        row = locked_call(call, "edit")
        Call.objects.filter(pk=row.pk).update(**said)
        row.refresh_from_db()
    journal.note(chain=journal.OFFICE, verb="call_kept", about=row.key, by=by.key, now=now)
    return row


def demand_office(by: Account) -> None:
    if not by.runs_office:
        raise OfficeKeepsCalls


def check_draft_days(closes_on: date, due_on: date, zone: str, now: datetime) -> None:
    """What a call must keep to that is not open yet; once it was, its last day for applicants may lie behind."""
    check_days(closes_on, due_on, zone, now)
    if closes_on < now.astimezone(ZoneInfo(zone)).date():
        raise CallClosingPassed(day=closes_on)


def check_days(closes_on: date, due_on: date, zone: str, now: datetime) -> None:
    if due_on < closes_on:
        raise CallDaysWrong
    if due_on < now.astimezone(ZoneInfo(zone)).date():
        raise CallDayPassed(day=due_on)
