"""Bounces of the old kind, told in prose: whether it failed or waits, for whom, with which status."""

from __future__ import annotations

import re

from vouchsafe.core.reading.mail.incoming import Incoming

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")

_FAILED = re.compile(
    r"could not be delivered|couldn.t be delivered|not able to be\s+delivered|undeliver(?:able|ed)|delivery (?:has )?failed"
    r"|failed permanently|permanent(?:ly)? (?:error|failure|fail)|unable to deliver|wasn.t able to deliver|was not delivered"
    r"|did not reach|delivery status notification \(failure\)|failure notice|mail(?: delivery)? fail(?:ed|ure)|returned mail"
    r"|address(?:es)? (?:that )?failed|user unknown|mailbox (?:is )?(?:full|unavailable)|no such user|recipient rejected"
    r"|konnte nicht (?:zugestellt|übermittelt)|unzustellbar|nicht zustellbar|n'a pas pu être (?:remis|distribué|livré)|non remis"
    r"|échec de la remise|no se (?:ha podido|pudo) entregar|no entregado|não (?:pôde|foi possível) (?:ser )?entreg"
    r"|mancata consegna|non (?:è stato possibile|può essere) consegn|niet (?:worden )?(?:bezorgd|afgeleverd)|onbestelbaar"
    r"|nie (?:może|mogła|można|została) (?:być )?dostarcz|niedostarcz|не может быть доставлен|не доставлен|недоставлен",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelay(?:ed)?\b|will (?:continue|keep) trying|still (?:being )?retr|will be retried|no need to resend|temporary problem"
    r"|verzögert|wird weiter versucht|retardée?|retrasad[oa]|atrasad[oa]|in ritardo|vertraagd|opóźnion",
    re.IGNORECASE,
)
_GAVE_UP = re.compile(
    r"permanent|given up|giving up|gave up|will not be retried|too long|failed permanently|endgültig|définitiv|definitiv",
    re.IGNORECASE,
)
_COPY_BEGINS = re.compile(
    r"^[^\w\n]{0,40}?(?:-{2,} ?(?:this is a copy of|below this line|original message|message header|returned message|unsent message"
    r"|this is an annotated|transcript of session follows -+\s*$\Z).*|original message (?:headers|follows).*"
    r"|the (?:header|body|text) of (?:the|your) (?:original )?message.*|diagnostic information for administrators.*"
    r"|received ?: ?from .*|return-path ?:.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_OUR_SIDE = re.compile(
    r"(?:MAIL )?FROM ?:|^\s*From:|postmaster@|abuse@|mailer-daemon@|mailto:|contact|assistance", re.IGNORECASE
)


def is_failure_text(subject: str, body: str) -> bool:
    """Do these words say that a mail was not delivered?"""
    return bool(_FAILED.search(subject) or _FAILED.search(_report_of(body)))


def is_delay_text(subject: str, body: str) -> bool:
    """Do they say that it is only late? A mail that was given up on is not late."""
    text = f"{subject}\n{_report_of(body)}"
    return bool(_DELAYED.search(text)) and not _GAVE_UP.search(text)


def status_in_text(body: str) -> str:
    """The first enhanced status code (RFC 3463) in the report, or ""."""
    found = _STATUS.search(_report_of(body))
    return found[0] if found else ""


def failed_in_text(mail: Incoming) -> tuple[str, ...]:
    """The addresses a report in prose is about: those it lists, never the sender's own or the postmaster's."""
    body = _report_of(mail.text or _text_of(mail.html))
    ours = {box.email.lower() for box in (*mail.to, *mail.from_)} | {
        each.lower() for each in mail.delivered_to
    }
    listed = [a for line in body.split("\n") for a in _leading_address(line)]
    anywhere = [a for line in body.split("\n") if not _OUR_SIDE.search(line) for a in _ADDRESS.findall(line)]
    for candidates in (listed, anywhere):
        found = tuple(dict.fromkeys(a for a in candidates if a.lower() not in ours))
        if found:
            return found
    return ()


def _leading_address(line: str) -> list[str]:
    """An address a line begins with, as the lists of failed recipients do."""
    found = re.match(rf"^[\s<*\-•·(\"']*({_ADDRESS.pattern})", line)
    return [found[1]] if found and not re.match(r"\s*(?:from|to|cc|sender)\s*:", line, re.IGNORECASE) else []


def _report_of(body: str) -> str:
    """The report without the copy of our own mail under it."""
    if "<html" in body[:2000].lower():
        body = _text_of(body)
    copy = _COPY_BEGINS.search(body)
    return body[: copy.start()] if copy and copy.start() > 40 else body


def _text_of(html: str) -> str:
    from vouchsafe.core.reading.mail.markup import html_to_text  # rarely needed, and not quick to load

    return html_to_text(html)
