"""The listener answers for a mail only once it is kept."""

from __future__ import annotations

import smtplib
from collections.abc import Callable

import pytest

from vouchsafe.adapters.post.listen import Listener

RAW = b"Subject: x\r\n\r\nHello\r\n"


def _known(address: str) -> bool:
    return address.endswith("@in.v.example")


@pytest.mark.parametrize(("lmtp", "client"), [(False, smtplib.SMTP), (True, smtplib.LMTP)])
def test_mail_taken_is_answered_after_it_is_kept(lmtp: bool, client: Callable[..., smtplib.SMTP]) -> None:
    kept: list[tuple[bytes, tuple[str, ...], str]] = []
    with (
        Listener(lambda *mail: kept.append(mail), _known, lmtp=lmtp) as listener,
        client(listener.host, listener.port, "test.invalid") as server,
    ):
        server.sendmail("t@h.example", ["r.1@in.v.example"], RAW)
        assert kept == [(RAW, ("r.1@in.v.example",), "t@h.example")]


def test_mail_that_cannot_be_kept_stays_with_its_sender() -> None:
    def fail(*mail: object) -> None:
        raise OSError("disk full")

    with (
        Listener(fail, _known) as listener,
        smtplib.SMTP(listener.host, listener.port, "test.invalid") as server,
    ):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            server.sendmail("t@h.example", ["r.1@in.v.example"], RAW)
        assert refused.value.smtp_code == 451


def test_mail_for_nobody_is_refused_at_once() -> None:
    with (
        Listener(lambda *mail: None, _known) as listener,
        smtplib.SMTP(listener.host, listener.port, "test.invalid") as server,
        pytest.raises(smtplib.SMTPRecipientsRefused),
    ):
        server.sendmail("t@h.example", ["eve@other.example"], RAW)


@pytest.mark.parametrize(("lmtp", "client"), [(False, smtplib.SMTP), (True, smtplib.LMTP)])
def test_letter_written_as_one_long_line_is_taken(lmtp: bool, client: Callable[..., smtplib.SMTP]) -> None:
    kept: list[tuple[bytes, tuple[str, ...], str]] = []
    raw = b"Subject: x\r\n\r\n" + b"words " * 5000 + b"\r\n"
    with (
        Listener(lambda *mail: kept.append(mail), _known, lmtp=lmtp) as listener,
        client(listener.host, listener.port, "test.invalid") as server,
    ):
        server.sendmail("t@h.example", ["r.1@in.v.example"], raw)
    assert kept[0][0] == raw
