"""One of every kind, with invented people: for the preview pages and for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from vouchsafe.adapters.post.kinds.account_note import account_note
from vouchsafe.adapters.post.kinds.adviser_named import adviser_named
from vouchsafe.adapters.post.kinds.ask import ask
from vouchsafe.adapters.post.kinds.assistant import assistant
from vouchsafe.adapters.post.kinds.bounce import bounce
from vouchsafe.adapters.post.kinds.call_back import call_back, call_back_answered, call_back_returned
from vouchsafe.adapters.post.kinds.calling import call_changed, call_invited, committee
from vouchsafe.adapters.post.kinds.codes import sign_in_code, writer_code
from vouchsafe.adapters.post.kinds.digest import writer_digest
from vouchsafe.adapters.post.kinds.doubt import not_taken, was_it_you, yes_or_no
from vouchsafe.adapters.post.kinds.farewell import farewell
from vouchsafe.adapters.post.kinds.fresh_link import fresh_link, fresh_reader_link
from vouchsafe.adapters.post.kinds.held import held_expired
from vouchsafe.adapters.post.kinds.hook_paused import hook_paused
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
from vouchsafe.adapters.post.kinds.stand_by import propose_stand_by, stand_by_asked
from vouchsafe.adapters.post.kinds.thanks import thanks
from vouchsafe.adapters.post.kinds.trial import trial
from vouchsafe.adapters.post.kinds.uses_changed import uses_changed
from vouchsafe.adapters.post.kinds.writer_wrote import writer_wrote
from vouchsafe.adapters.post.mail import Address, Attachment, House, Mail, Route
from vouchsafe.core.words import say, say_n

_SITE = "https://vouchsafe.example"
_PAGE = f"{_SITE}/r/" + "k" * 43
_DAY = date(2026, 10, 30)
_CALL = "the Kestrel fellowship"
_FILE = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Vouchsafe//EN\r\nEND:VCALENDAR\r\n"
_ICS = Attachment("letter.ics", "text/calendar; charset=utf-8; method=PUBLISH", _FILE)
_OFF = Attachment("letter.ics", "text/calendar; charset=utf-8; method=CANCEL", _FILE)
_WORDS = """Dear Tomasz,

Thank you for saying in the yard on Monday that I could write. I learned more about stubborn numbers in your team than in any lecture.

Would you write me a strong letter of recommendation? It is for programme analyst at Harbour & Vale Trust, about one page, by Friday 30 October. Please say no if the month is full: I would understand completely.

Maya"""

_THANKS = """Dear Tomasz,

Thank you for the letter, and for writing it in the week of the audit. I know what that week is like.

Maya"""
_OUTCOME = """Dear Tomasz,

I start at Harbour & Vale on 11 January. They said that the letters told them what my marks could not. Thank you.

Maya"""


def sample_route(language: str = "en", kept_by: str = "Kestrel Careers") -> Route:
    """Where the samples to a writer go: to nobody, at a domain that does not exist."""
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
    """Every kind once; the reminder in its three steps. What cannot be stopped has no link to stop it."""
    maya, tomasz, purpose = "Maya Okafor", "Tomasz Nowak", "programme analyst at Harbour & Vale Trust"
    route = sample_route(language, kept_by)
    answer = replace(route, stop_url="")  # to a mail of the writer's own
    home = replace(answer, to=Address("maya@okafor.example", maya), reply_to="")
    office = replace(home, to=Address("dana@kestrel.example", "Dana Reed"))
    reader = replace(home, to=Address("c.brandt@harbour-vale.example", "Cleo Brandt"))
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
            )
            for n in (1, 2, 3)
        ),
        reminder(route, applicant=maya, number=3, said_yes=False, by=_DAY, page_url=_PAGE),
        promise(route, applicant=maya, by=_DAY, attachments=(_ICS,), page_url=_PAGE),
        promise_off(route, applicant=maya, attachments=(_OFF,), page_url=_PAGE),
        received(
            answer,
            applicant=maya,
            file_name="letter.pdf",
            pages=2,
            page_url=_PAGE,
            seals_at=datetime(2026, 10, 1, 10, 30, tzinfo=UTC),
            zone="Europe/Warsaw",
        ),
        sealed(
            answer,
            applicant=maya,
            number="7K2M-4QXD",
            in_confidence=True,
            page_url=_PAGE,
            opens_until=datetime(2026, 10, 1, 10, 30, tzinfo=UTC),
            zone="Europe/Warsaw",
            attachments=(_OFF,),
        ),
        said_no(
            home,
            writer=tomasz,
            page_url=_PAGE,
            words="I am sorry, Maya. I am on site in Gdynia all of October and would not do it justice.",
            stand_by="Ann Reed",
        ),
        letter_safe(home, writer=tomasz, in_confidence=True, still_missing=1, page_url=_PAGE),
        letter_replaced(
            reader, applicant=maya, writer=tomasz, number="9FQ3-7XKD", replaces="7K2M-4QXD", page_url=_PAGE
        ),
        uses_changed(
            home,
            writer=tomasz,
            named=["Programme analyst, Harbour & Vale Trust"],
            kinds=[],
            last_on=date(2026, 12, 31),
            on_screen_only=True,
            page_url=_PAGE,
        ),
        thanks(route, applicant=maya, words=_THANKS),
        outcome(route, applicant=maya, words=_OUTCOME, purpose=purpose),
        cancelled(route, applicant=maya, purpose=purpose),
        packet(reader, applicant=maya, purpose=purpose, letters=3, page_url=_PAGE, until=date(2026, 12, 1)),
        writer_digest(
            route,
            rows=((maya, purpose, _DAY), ("Idris Bell", "MSc Statistics", None)),
            page_url_0=_PAGE,
            page_url_1=f"{_SITE}/r/{'m' * 43}",
        ),
        fresh_link(answer, applicant=maya, page_url=_PAGE),
        assistant(
            replace(answer, to=Address("h.lange@harbour.example", "Hal Lange"), reply_to=""),
            writer=tomasz,
            applicant=maya,
            page_url=f"{_SITE}/assist/sample",
        ),
        fresh_reader_link(reader, applicant=maya, page_url=f"{_SITE}/p/sample"),
        bounce(home, writer=tomasz, address="tomasz@harbour.example", page_url=_PAGE),
        office_alert(
            office,
            things=(
                say("Two readers wait for you to say that they are not the applicant."),
                say_n(
                    "Of one mail nobody knows whether it arrived. It is not sent again by itself.",
                    "Of {n} mails nobody knows whether they arrived. They are not sent again by themselves.",
                    1,
                ),
                say("The disk is nearly full. Make room, or letters cannot be taken in."),
            ),
            page_url=f"{_SITE}/office",
        ),
        invitation(
            office,
            inviter="Dana Reed",
            instance=kept_by or "Kestrel Careers",
            role="adviser",
            page_url=f"{_SITE}/join/sample",
        ),
        adviser_named(home, adviser="Dr Finn Orme", page_url=f"{_SITE}/advisers/"),
        call_invited(
            home,
            inviter="Dana Reed",
            call=_CALL,
            closes_on=_DAY,
            has_account=True,
            page_url=f"{_SITE}/calls/sample/",
        ),
        call_changed(
            home,
            call=_CALL,
            what="days",
            closes_on=_DAY,
            due_on=date(2026, 12, 1),
            page_url=f"{_SITE}/calls/sample/",
        ),
        call_changed(
            home,
            call=_CALL,
            what="withdrawn",
            closes_on=_DAY,
            due_on=date(2026, 12, 1),
            page_url=f"{_SITE}/calls/sample/",
        ),
        committee(
            reader, call=_CALL, ready=0, until=date(2027, 2, 1), has_code=True, page_url=f"{_SITE}/c/sample"
        ),
        committee(
            reader, call=_CALL, ready=3, until=date(2027, 2, 1), has_code=False, page_url=f"{_SITE}/c/sample"
        ),
        trial(office),
        account_note(home, what="webauthn_added", page_url=f"{_SITE}/accounts/login/"),
        sign_in_code(home, code="482 915", minutes=10),
        writer_code(answer, code="482 915", minutes=10, applicant=maya),
        yes_or_no(answer, applicant=maya, page_url=_PAGE),
        was_it_you(answer, applicant=maya, from_address="t.nowak@home.example", page_url=_PAGE),
        words_kept(answer, applicant=maya, page_url=_PAGE),
        writer_wrote(
            home,
            writer=tomasz,
            page_url=_PAGE,
            words="Happy to hear from you. When do they decide, and may I write it in Polish?",
        ),
        hook_paused(office, host="hooks.kestrel.example", gone=False, page_url=_PAGE),
        held_expired(home, writer=tomasz, days=14, page_url=_PAGE),
        farewell(home, requests=0, letters=2, on=_DAY, again=False, page_url=f"{_SITE}/keep/sample"),
        farewell(home, requests=0, letters=1, on=_DAY, again=True, page_url=f"{_SITE}/keep/sample"),
        farewell(home, requests=3, letters=0, on=_DAY, again=False, page_url=f"{_SITE}/keep/sample"),
        not_taken(
            answer,
            why=say("The file is protected by a password."),
            hint=say("Save it without one and send it again."),
            page_url=_PAGE,
        ),
        propose_stand_by(home, writer=tomasz, silent_days=14, stand_by="Ann Reed", page_url=_PAGE),
        stand_by_asked(
            home,
            writer=tomasz,
            silent_days=14,
            name="Ann Reed",
            goes_at=datetime(2026, 10, 15, 8, 0, tzinfo=UTC),
            zone="Europe/London",
            page_url=_PAGE,
        ),
        call_back(
            answer,
            reader="Cleo Brandt",
            applicant=maya,
            purpose=purpose,
            words="You write that Maya rebuilt the returns report. Did she do that alone, and how long did it take?",
            for_a_call=False,
            is_open=False,
            page_url=f"{_SITE}/call-back/sample",
        ),
        call_back_answered(
            reader,
            writer=tomasz,
            applicant=maya,
            said="answered",
            words="Alone, and in three weeks. The yard still uses it every Monday.",
        ),
        call_back_returned(reader, writer=tomasz, applicant=maya, number="K7QM-42TX"),
    )
