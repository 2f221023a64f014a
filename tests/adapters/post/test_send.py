"""Sending: the moment of a failure decides between later and unknown, and nothing arrives twice."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from vouchsafe.adapters.post.caught import Caught, caught_mails
from vouchsafe.adapters.post.fake import FakeTransport
from vouchsafe.adapters.post.send import Smtp
from vouchsafe.adapters.post.sink import Behaviour, Sink
from vouchsafe.adapters.post.transport import Outcome, Parcel

LONG = 60.0
"""Seconds that no conversation here takes: only where the server stalls does the clock end one."""
EXPECTED = {
    Behaviour.ACCEPT: (Outcome.SENT, 1),
    Behaviour.REFUSE: (Outcome.REFUSED, 0),
    Behaviour.LATER: (Outcome.LATER, 0),
    Behaviour.DROP_BEFORE_DATA: (Outcome.LATER, 0),
    Behaviour.DROP_AFTER_DOT: (Outcome.UNKNOWN, 1),
    Behaviour.LOSE_AFTER_DOT: (Outcome.UNKNOWN, 0),
    Behaviour.DROP_AFTER_250: (Outcome.SENT, 1),
    Behaviour.STALL: (Outcome.UNKNOWN, 1),
    Behaviour.STALL_BEFORE_DATA: (Outcome.LATER, 0),
}


def _parcel(rcpt: str, body: bytes = b"Subject: x\r\n\r\nHello\r\n") -> Parcel:
    return Parcel(f"<{rcpt}>", "post@v.example", rcpt, body)


def _smtp(sink: Sink, timeout: float = LONG) -> Smtp:
    return Smtp(sink.host, sink.port, tls="none", timeout=timeout, helo="test.invalid")


def _told(rcpt: str) -> Behaviour:
    return Behaviour(rcpt.split("@")[0].split("+")[0])


@pytest.mark.parametrize("behaviour", list(Behaviour))
def test_server_that_fails_gives_the_outcome_its_moment_allows(behaviour: Behaviour) -> None:
    outcome, arrived = EXPECTED[behaviour]
    seconds = 1 if behaviour.startswith("stall") else LONG
    with Sink(behaviour=_told) as sink, _smtp(sink, seconds) as smtp:
        assert smtp.send(_parcel(f"{behaviour}+1@x.example")).outcome is outcome
        assert len(sink.kept) == arrived
        smtp.timeout = LONG
        assert smtp.send(_parcel("accept+2@x.example")).outcome is Outcome.SENT


def test_several_mails_share_one_connection() -> None:
    with Sink() as sink, _smtp(sink) as smtp:
        smtp.send(_parcel("a@x.example"))
        opened = sink.connections
        assert [smtp.send(_parcel(f"{n}@x.example")).outcome for n in range(5)] == [Outcome.SENT] * 5
        assert sink.connections == opened


def test_lines_that_begin_with_dots_arrive_as_they_were() -> None:
    body = b"Subject: dots\r\n\r\n.\r\n..two\r\n.end"
    with Sink() as sink, _smtp(sink) as smtp:
        smtp.send(_parcel("a@x.example", body))
        assert sink.kept[0].raw == body + b"\r\n"


def test_server_that_is_not_there_means_later() -> None:
    sent = Smtp("127.0.0.1", 1, tls="none", timeout=LONG).send(_parcel("a@x.example"))
    assert (sent.outcome, sent.step) == (Outcome.LATER, "connect")


def test_server_without_the_tls_we_demand_gets_nothing() -> None:
    with Sink() as sink, Smtp(sink.host, sink.port, tls="starttls", timeout=LONG) as smtp:
        assert smtp.send(_parcel("a@x.example")).outcome is Outcome.LATER
        assert not sink.kept


def _drive(count: int, seed: int) -> None:
    """Send `count` mails to a failing server, again whenever the outcome says later."""
    chosen = random.Random(seed)
    ways = [b for b in Behaviour if not b.startswith("stall")]
    fails_first = {f"{n}@x.example": chosen.choice(ways) for n in range(count)}
    asked: Counter[str] = Counter()

    def behaviour(rcpt: str) -> Behaviour:
        wanted = fails_first[rcpt]
        passing = wanted in (Behaviour.LATER, Behaviour.DROP_BEFORE_DATA)
        return Behaviour.ACCEPT if passing and asked[rcpt] > 1 else wanted

    final: dict[str, Outcome] = {}
    with Sink(behaviour=behaviour) as sink, _smtp(sink) as smtp:
        for rcpt in fails_first:
            for _ in range(3):
                asked[rcpt] += 1
                final[rcpt] = smtp.send(_parcel(rcpt)).outcome
                if final[rcpt] is not Outcome.LATER:
                    break
        arrived = Counter(kept.rcpt_to[0] for kept in sink.kept)
    assert max(arrived.values()) == 1
    for rcpt, outcome in final.items():
        assert outcome is not Outcome.LATER
        if outcome is Outcome.SENT:
            assert arrived[rcpt] == 1
        if outcome is Outcome.REFUSED:
            assert arrived[rcpt] == 0


def test_mails_of_known_outcome_arrive_once_or_never_as_they_say() -> None:
    _drive(200, seed=1)


@pytest.mark.soak
def test_mails_of_known_outcome_arrive_once_or_never_as_they_say_long() -> None:
    _drive(30_000, seed=2)


def test_sink_writes_each_mail_to_its_folder(tmp_path: Path) -> None:
    with Sink(tmp_path / "mails") as sink, _smtp(sink) as smtp:
        smtp.send(_parcel("a@x.example"))
        smtp.send(_parcel("b@x.example"))
    assert [f.name for f in sorted((tmp_path / "mails").iterdir())] == ["000001.eml", "000002.eml"]


def _turned(data: bytes) -> bytes:
    return bytes(b ^ 0x5A for b in data)


def test_caught_mail_is_kept_once_encrypted_and_can_be_read(tmp_path: Path) -> None:
    transport = Caught(tmp_path / "caught", encrypt=_turned)
    assert transport.send(_parcel("a@x.example")).outcome is Outcome.SENT
    transport.send(_parcel("a@x.example"))
    (kept,) = caught_mails(tmp_path / "caught", decrypt=_turned)
    assert kept.startswith(b"X-Envelope-From: <post@v.example>\r\nX-Envelope-To: <a@x.example>\r\nSubject: x")
    (file,) = (tmp_path / "caught").iterdir()
    assert b"Hello" not in file.read_bytes()


def test_caught_mail_that_cannot_be_written_is_for_later(tmp_path: Path) -> None:
    (tmp_path / "caught").mkdir()

    def full(data: bytes) -> bytes:
        raise OSError(28, "No space left on device")

    assert Caught(tmp_path / "caught", encrypt=full).send(_parcel("a@x.example")).outcome is Outcome.LATER


def test_fake_transport_answers_as_told() -> None:
    fake = FakeTransport(lambda parcel: Outcome.UNKNOWN, unknown_arrives=False)
    assert fake.send(_parcel("a@x.example")).outcome is Outcome.UNKNOWN
    assert (len(fake.parcels), len(fake.arrived)) == (1, 0)
