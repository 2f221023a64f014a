"""What kind of mail this is. Machines are told from people first: nothing a machine sends is an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.core.reading.mail.quoting import header_block_at, separator_at


class MailKind(StrEnum):
    """The kinds a received mail can be of."""

    REPLY = "reply"
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    DELAY = "delay"
    DELIVERY_REPORT = "delivery-report"
    COMPLAINT = "complaint"
    FORWARD = "forward"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind; for reports also whom they are about, the status code, and which message of ours."""

    kind: MailKind
    recipients: tuple[str, ...] = ()
    status: str = ""
    about: str = ""


_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]*\w")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_DAEMON = re.compile(
    r"^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|abuse|bounces?|noreply-?ndr)\b", re.IGNORECASE
)
_AUTO_SUBJECT = re.compile(
    r"^\W*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response|responder)|autoreply|out of (?:the )?office(?: auto\w*)?"
    r"|ooo\b|away from (?:the )?office|vacation (?:reply|response)|automatische antwort|abwesenheits\w*|abwesend\b"
    r"|réponse automatique|réponse d'absence|message d'absence|absence du bureau|absent(?:e)? du bureau|respuesta automática"
    r"|fuera de (?:la )?oficina|resposta automática|fora do escritório|ausência temporária|risposta automatica|fuori sede"
    r"|fuori ufficio|automatisch antwoord|automatische reactie|afwezig(?:heids\w*)?\b|odpowiedź automatyczna"
    r"|automatyczna odpowiedź|nieobecność|poza biurem|autosvar|automatiskt svar|automatisk svar|automaattinen vastaus"
    r"|automatická odpověď|自動応答|不在通知|自动答复|автоматический ответ|автоответ)\s*(?:[:：\-–(!]|$|re\b|de\b|\w)",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?(?:fwd?|wg|tr|rv|enc|i|doorst|vs|pd|res-fwd|vb|vl)\s*:", re.IGNORECASE
)
_FORWARDED = re.compile(r"^-{5,} ?Forwarded message ?-{5,}$|^Begin forwarded message:$", re.IGNORECASE)


def classify(mail: Incoming) -> Classified:
    """Say what a mail is, from its reports, headers and (last) its words."""
    return _reported(mail) or _bounced_by_words(mail) or Classified(_personal(mail))


def _reported(mail: Incoming) -> Classified | None:
    """RFC 5965 complaints, RFC 3464 delivery reports, RFC 8098 receipts: only if the whole mail is one."""
    if not mail.content_type.startswith("multipart/report") and not _from_daemon(mail):
        return None
    kinds = {report.kind for report in mail.reports}
    about = mail.enclosed_headers.get("message-id", ("",))[0]
    if "feedback-report" in kinds or mail.report_type == "feedback-report":
        return Classified(MailKind.COMPLAINT, tuple(_complained(mail)), about=about)
    if "delivery-status" in kinds:
        return _delivery(mail, about)
    if "disposition-notification" in kinds or mail.report_type == "disposition-notification":
        return Classified(MailKind.DELIVERY_REPORT, about=about)
    return None


def _complained(mail: Incoming) -> Iterator[str]:
    for report in mail.reports:
        for group in report.groups:
            address = _ADDRESS.search(group.get("original-rcpt-to", ""))
            if address:
                yield address[0]


def _delivery(mail: Incoming, about: str) -> Classified | None:
    rows = [g for r in mail.reports for g in r.groups if _recipient(g) or "action" in g]
    if not rows:
        return None
    by_kind: dict[MailKind, list[Mapping[str, str]]] = {}
    for row in rows:
        by_kind.setdefault(_action(row), []).append(row)
    kind = next(k for k in (MailKind.BOUNCE, MailKind.DELAY, MailKind.DELIVERY_REPORT) if k in by_kind)
    chosen = by_kind[kind]
    recipients = tuple(dict.fromkeys(filter(None, (_recipient(row) for row in chosen))))
    status = next((s[0] for s in (_STATUS.search(row.get("status", "")) for row in chosen) if s), "")
    if not recipients:
        from vouchsafe.core.reading.mail.returned import failed_in_text

        recipients = failed_in_text(mail)
    return Classified(kind, recipients, status, about)


def _recipient(row: Mapping[str, str]) -> str:
    """The address we wrote to (Original-Recipient) or, failing that, the one it ended at."""
    for name in ("final-recipient", "original-recipient", "x-actual-recipient"):
        address = _ADDRESS.search(row.get(name, "").partition(";")[2] or row.get(name, ""))
        if address:
            return address[0]
    return ""


def _action(row: Mapping[str, str]) -> MailKind:
    action = row.get("action", "").lower()
    status = row.get("status", "").strip()[:1]
    if action.startswith("fail") or (not action and status == "5"):
        return MailKind.BOUNCE
    if action.startswith("delay") or (not action and status == "4"):
        return MailKind.DELAY
    return MailKind.DELIVERY_REPORT if action or status == "2" else MailKind.BOUNCE


def _from_daemon(mail: Incoming) -> bool:
    return any(_DAEMON.match(box.email) for box in mail.from_)


def _bounced_by_words(mail: Incoming) -> Classified | None:
    """Bounces without a machine-readable report. The words alone never suffice: people quote bounces."""
    from_machine = (
        _from_daemon(mail)
        or mail.null_sender
        or "x-failed-recipients" in mail.headers
        or mail.report_type == "delivery-status"
    )
    if not from_machine:
        return None
    from vouchsafe.core.reading.mail.returned import (
        failed_in_text,
        is_delay_text,
        is_failure_text,
        status_in_text,
    )

    failed = tuple(_ADDRESS.findall(mail.header("x-failed-recipients")))
    body = mail.text or mail.html
    if not failed and not is_failure_text(mail.subject, body) and not is_delay_text(mail.subject, body):
        return None
    kind = MailKind.DELAY if is_delay_text(mail.subject, body) else MailKind.BOUNCE
    about = mail.enclosed_headers.get("message-id", ("",))[0]
    return Classified(kind, failed or failed_in_text(mail), status_in_text(body), about)


def _personal(mail: Incoming) -> MailKind:
    if _contradicts_itself(mail):
        return MailKind.OTHER
    if is_automatic(mail):
        return MailKind.AUTO_REPLY
    if _from_daemon(mail) or "list-id" in mail.headers or mail.content_type.startswith("multipart/report"):
        return MailKind.OTHER
    return MailKind.FORWARD if _forwards(mail) else MailKind.REPLY


def _contradicts_itself(mail: Incoming) -> bool:
    """No sender, several, or two structures: whose answer it is, and what it says, cannot be known."""
    single = ("from", "content-type", "subject", "message-id", "date", "in-reply-to")
    return len(mail.from_) != 1 or any(len(mail.headers.get(name, ())) > 1 for name in single)


def is_automatic(mail: Incoming) -> bool:
    """RFC 3834, and what absence notes of the vendors carry instead."""
    submitted = mail.header("auto-submitted").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if mail.header("x-apple-action").upper().startswith("VACATION"):
        return True
    told = (
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-autogenerated",
        "x-auto-reply-from",
        "x-mail-autoreply",
    )
    if any(mail.header(name) and mail.header(name).lower() != "no" for name in told):
        return True
    if mail.header("precedence").lower() in ("auto_reply", "auto-reply", "bulk", "junk", "list"):
        return True
    if (
        mail.header("x-precedence").lower() == "auto_reply"
        or "x-ms-exchange-inbox-rules-loop" in mail.headers
    ):
        return True
    return bool(_AUTO_SUBJECT.match(mail.subject)) or mail.null_sender


def _forwards(mail: Incoming) -> bool:
    if mail.headers and not _FORWARD_SUBJECT.match(mail.subject):
        return False
    lines = mail.text.split("\n")
    quoted = any(separator_at(lines, at) or header_block_at(lines, at) for at in range(len(lines)))
    if not mail.headers:  # a bare body: only its own words can say so
        return any(_FORWARDED.match(line) for line in lines)
    return mail.encloses_message or quoted or not mail.in_reply_to
