"""One of every kind, with invented people: for the preview pages and for the tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from vouchsafe.adapters.post.kinds.account_note import account_note
from vouchsafe.adapters.post.kinds.ask import ask
from vouchsafe.adapters.post.kinds.bounce import bounce
from vouchsafe.adapters.post.kinds.call_back import call_back, call_back_answered
from vouchsafe.adapters.post.kinds.codes import reader_code, sign_in_code, spoken_code, writer_code
from vouchsafe.adapters.post.kinds.digest import Due, adviser_digest, writer_digest
from vouchsafe.adapters.post.kinds.doubt import not_taken, was_it_you, yes_or_no
from vouchsafe.adapters.post.kinds.fresh_link import fresh_link
from vouchsafe.adapters.post.kinds.held import held_expired
from vouchsafe.adapters.post.kinds.invitation import invitation
from vouchsafe.adapters.post.kinds.letter_replaced import letter_replaced
from vouchsafe.adapters.post.kinds.letter_safe import letter_safe
from vouchsafe.adapters.post.kinds.office_alert import office_alert
from vouchsafe.adapters.post.kinds.outcome import cancelled, outcome
from vouchsafe.adapters.post.kinds.packet import packet
from vouchsafe.adapters.post.kinds.promise import promise, promise_off
from vouchsafe.adapters.post.kinds.received import received, words_kept
from vouchsafe.adapters.post.kinds.reminder import reminder
from vouchsafe.adapters.post.kinds.said_no import said_no
from vouchsafe.adapters.post.kinds.sealed import sealed
from vouchsafe.adapters.post.kinds.stand_by import propose_stand_by
from vouchsafe.adapters.post.kinds.thanks import thanks
from vouchsafe.adapters.post.kinds.trial import trial
from vouchsafe.adapters.post.kinds.uses_changed import uses_changed
from vouchsafe.adapters.post.kinds.writer_wrote import writer_wrote
from vouchsafe.adapters.post.mail import Address, Attachment, House, Mail, Route
from vouchsafe.core.words import say

_SITE = "https://vouchsafe.example"
_PAGE = f"{_SITE}/r/" + "k" * 43
_DAY = date(2026, 10, 30)
_ICS = Attachment(
    "letter.ics",
    "text/calendar; charset=utf-8; method=PUBLISH",
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Vouchsafe//EN\r\nEND:VCALENDAR\r\n",
)
_WORDS = """Dear Tomasz,

Thank you for saying in the yard on Monday that I could write. I learned more about stubborn numbers in your team than in any lecture.

Would you write me a strong letter of recommendation? It is for programme analyst at Harbour & Vale Trust, about one page, by Friday 30 October. Please say no if the month is full: I would understand completely.

Maya"""


def sample_route(language: str = "en", kept_by: str = "Kestrel Careers") -> Route:
    """Where the samples go: to nobody, at a domain that does not exist."""
    return Route(
        to=Address("tomasz@harbour.example", "Tomasz Nowak"),
        house=House(Address("post@vouchsafe.example"), kept_by=kept_by),
        message_id="<sample@vouchsafe.example>",
        at=datetime(2026, 10, 1, 9, 30, tzinfo=UTC),
        reply_to="reply.sample@vouchsafe.example",
        stop_url=f"{_SITE}/stop/sample",
        language=language,
    )


def samples(language: str = "en", kept_by: str = "Kestrel Careers") -> tuple[Mail, ...]:
    """Every kind once; the reminder in its three steps."""
    route, maya, tomasz, purpose = (
        sample_route(language, kept_by),
        "Maya Okafor",
        "Tomasz Nowak",
        "programme analyst at Harbour & Vale Trust",
    )
    due = (Due(maya, purpose, _DAY, _PAGE), Due("Idris Bell", "MSc Statistics", None))
    return (
        ask(route, applicant=maya, words=_WORDS, by=_DAY, page_url=_PAGE),
        *(
            reminder(
                route,
                applicant=maya,
                number=n,
                said_yes=True,
                by=_DAY,
                page_url=_PAGE,
                moves_url=f"{_PAGE}/dates",
            )
            for n in (1, 2, 3)
        ),
        reminder(route, applicant=maya, number=3, said_yes=False, by=_DAY, page_url=_PAGE),
        promise(route, applicant=maya, by=_DAY, attachments=(_ICS,), page_url=_PAGE),
        promise_off(route, applicant=maya, attachments=(_ICS,), page_url=_PAGE),
        received(
            route,
            applicant=maya,
            file_name="letter.pdf",
            pages=2,
            page_url=_PAGE,
            seals_at=datetime(2026, 10, 1, 10, 30, tzinfo=UTC),
        ),
        sealed(route, applicant=maya, number="7K2M-4QXD", in_confidence=True, page_url=_PAGE),
        said_no(
            route,
            writer=tomasz,
            page_url=_PAGE,
            words="I am away all month, I am sorry.",
            stand_by="Ann Reed",
        ),
        letter_safe(route, writer=tomasz, in_confidence=True, still_missing=1, page_url=_PAGE),
        letter_replaced(
            route, applicant=maya, writer=tomasz, number="9FQ3-7XKD", replaces="7K2M-4QXD", page_url=_PAGE
        ),
        uses_changed(
            route,
            writer=tomasz,
            named=["Programme analyst, Harbour"],
            kinds=[],
            last_on=date(2026, 12, 31),
            on_screen_only=True,
            page_url=_PAGE,
        ),
        thanks(route, applicant=maya, words="Dear Tomasz,\n\nThank you for the letter.\n\nMaya"),
        outcome(route, applicant=maya, words="Dear Tomasz,\n\nI got it. Thank you.\n\nMaya", purpose=purpose),
        cancelled(route, applicant=maya, purpose=purpose),
        packet(route, applicant=maya, purpose=purpose, letters=3, page_url=_PAGE, until=date(2026, 12, 1)),
        writer_digest(
            route,
            rows=((maya, purpose, _DAY), ("Idris Bell", "MSc Statistics", None)),
            page_url_0=_PAGE,
            page_url_1=f"{_SITE}/r/{'m' * 43}",
        ),
        adviser_digest(route, on_track=12, at_risk=due[:1], page_url=f"{_SITE}/office"),
        fresh_link(route, applicant=maya, page_url=_PAGE),
        bounce(route, writer=tomasz, address="tomasz@harbour.example", page_url=_PAGE),
        office_alert(
            route,
            things=(
                say("2 readers wait for you to say that they are not the applicant."),
                say("Of one mail nobody knows whether it arrived. It is not sent again by itself."),
                say("The disk is nearly full. Make room, or letters cannot be taken in."),
            ),
            page_url=f"{_SITE}/office",
        ),
        invitation(
            route,
            inviter="Dana Reed",
            instance="Kestrel Careers",
            role="adviser",
            page_url=f"{_SITE}/join/sample",
        ),
        trial(route),
        account_note(route, what="webauthn_added", page_url=f"{_SITE}/accounts/login/"),
        sign_in_code(route, code="482 915", minutes=10),
        writer_code(route, code="482 915", minutes=10, applicant=maya),
        reader_code(route, code="482 915", minutes=10, applicant=maya),
        spoken_code(route, code="482 915", minutes=10, applicant=maya),
        yes_or_no(route, applicant=maya, page_url=_PAGE),
        was_it_you(route, applicant=maya, from_address="t.nowak@home.example", page_url=_PAGE),
        words_kept(route, applicant=maya, page_url=_PAGE),
        writer_wrote(route, writer=tomasz, page_url=_PAGE, words="When do they decide?"),
        held_expired(route, writer=tomasz, days=14, page_url=_PAGE),
        not_taken(
            route,
            why=say("The file is protected by a password."),
            hint=say("Save it without one and send it again."),
            page_url=_PAGE,
        ),
        propose_stand_by(route, writer=tomasz, silent_days=14, stand_by="Ann Reed", page_url=_PAGE),
        call_back(
            route,
            reader="Cleo Brandt",
            applicant=maya,
            purpose=purpose,
            words="You write that Maya rebuilt the returns report. Did she do that alone?",
            for_a_call=False,
            is_open=False,
            page_url=f"{_SITE}/call-back/sample",
        ),
        call_back_answered(
            route, writer=tomasz, applicant=maya, said="answered", words="Alone, in three weeks."
        ),
    )
