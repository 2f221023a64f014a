"""A reader's question to a writer, and what the writer said to it."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, reads_replies, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, msg, say


def call_back(
    route: Route,
    *,
    reader: str,
    applicant: str,
    purpose: str,
    words: str,
    for_a_call: bool,
    is_open: bool,
    page_url: str = "",
) -> Mail:
    """To the writer. Their address stays unknown to the reader until they say otherwise."""
    told = (
        say("{applicant} can see that {reader} asked, never what.", applicant=applicant, reader=reader)
        if is_open
        else say("{applicant} is not told that {reader} asked.", applicant=applicant, reader=reader)
    )
    return Mail(
        kind="call-back",
        route=route,
        from_name=from_house(route.house),
        subject=say(
            "{reader} would like to speak with you about {applicant}", reader=reader, applicant=applicant
        )
        if for_a_call
        else say("{reader} has a question about {applicant}", reader=reader, applicant=applicant),
        preheader=say("You need not answer. Your address stays private unless you say otherwise."),
        lead=(
            say(
                "{reader} has read your letter for {applicant} ({purpose}) and writes:",
                reader=reader,
                applicant=applicant,
                purpose=purpose,
            ),
        ),
        words=words,
        paragraphs=(
            say(
                "You can answer, let {reader} get in touch with you, or say no kindly in one click.",
                reader=reader,
            ),
            told,
        ),
        button=Link(say("Answer, or say no"), page_url) if page_url else None,
        lines=(say("Or reply with your answer: we pass on your words, not your address."),)
        if reads_replies(route, page_url)
        else (),
        foot=sent_because(
            route,
            say("You get this because you wrote a letter for {applicant}.", applicant=applicant),
            say("Say no on the page, or leave it unanswered: nobody reminds you."),
        ),
        takes_reply=reads_replies(route, page_url),
    )


def call_back_answered(route: Route, *, writer: str, applicant: str, said: str, words: str = "") -> Mail:
    """To the reader: an answer, an address to write to, or a kind no."""
    head, body = _SAID[said]
    facts = {"writer": writer, "applicant": applicant}
    return Mail(
        kind="call-back-answered",
        route=route,
        from_name=from_house(route.house),
        subject=say(head, **facts),
        preheader=say(body, **facts),
        lead=(say(body, **facts), *(() if said == "answered" else (say("{writer} writes:", writer=writer),))),
        words=words,
        paragraphs=() if words.strip() else (say(body, **facts),),
        foot=sent_because(route, _reason(applicant), say("No other mail follows it.")),
    )


def call_back_returned(route: Route, *, writer: str, applicant: str, number: str) -> Mail:
    """To the reader: the question never reached the writer. Neither the address nor a reason is told."""
    return Mail(
        kind="call-back-returned",
        route=route,
        from_name=from_house(route.house),
        subject=say(
            "Your question about {applicant} did not reach {writer}", applicant=applicant, writer=writer
        ),
        preheader=say("Our mail could not be delivered. This says nothing about the letter."),
        paragraphs=(
            say("Our mail to {writer} with your question could not be delivered.", writer=writer),
            say("This says nothing about letter {number}: it stands as it was sealed.", number=number),
            say("If it matters, reach {writer} by an address or a number you find yourself.", writer=writer),
        ),
        foot=sent_because(route, _reason(applicant), say("No other mail follows it.")),
        automatic=True,
    )


def _reason(applicant: str) -> Sentence:
    return say("You get this because you asked about a letter for {applicant}.", applicant=applicant)


_SAID = {
    "answered": (
        msg("{writer} has answered your question about {applicant}"),
        msg("{writer} answers what you asked about the letter for {applicant}."),
    ),
    "contact": (
        msg("You may get in touch with {writer} about {applicant}"),
        msg("{writer} agrees that you get in touch about {applicant}. Keep the address to yourself."),
    ),
    "declined": (
        msg("{writer} leaves it at the letter for {applicant}"),
        msg("{writer} would rather not add to the letter. It stands as it was sealed."),
    ),
}
