"""Promise 30: the clock of a real server and its worker is set ahead and back, by hours and days, while they run.

Debian's libfaketime stands before the system's clock; what it adds is read from a file that this test writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from tests.house.test_kill_nine import LOOK, SEED
from tests.house.test_mail_kills import Rows, environment_for
from tests.house.test_many_processes import until
from tests.house.test_stalled_database import Writer
from tests.serving import free_port, python, serving
from tests.soak import turns

from vouchsafe.adapters.post.sink import Sink

STEPS = [timedelta(days=1), timedelta(hours=-3), timedelta(days=-4)]
A_LITTLE = timedelta(minutes=30)
CHAINS = """
import json, sys
from vouchsafe.doors.cli.serving import settle
settle(sys.argv[1])
import django
django.setup()
from vouchsafe.ledger import journal
from vouchsafe.ledger.models import Line
chains = set(Line.objects.values_list("chain", flat=True))
print(json.dumps([str(journal.check_chain(Line.objects.filter(chain=chain))) for chain in sorted(chains)]))
"""


class Clock:
    """What the processes take for the time of day; a monotonic clock goes on as it does after a real step."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
        if not found:
            pytest.fail("libfaketime is needed for this: install it (Debian: apt-get install faketime).")
        self._file = folder / "clock"
        self.env = {
            "LD_PRELOAD": str(found[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.ahead = self.furthest = timedelta(0)
        self.step(timedelta(0))

    def step(self, much: timedelta) -> None:
        self.ahead += much
        self.furthest = max(self.furthest, self.ahead)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{self.ahead.total_seconds():+.0f}\n", encoding="ascii")
        fresh.replace(self._file)  # never read half written

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def go_through(folder: Path, steps: Sequence[timedelta]) -> Counter[str]:
    """Before each step a writer agrees, writes and seals; how many mails of each kind came."""
    data, port, writers = folder / "data", free_port(), len(steps) + 1
    data.mkdir()
    clock = Clock(folder)
    with Sink() as sink:
        env = {**environment_for(sink, "embedded", ""), **clock.env}
        rows = Rows(data, "")

        def worker_lives_by_it() -> bool:
            last = rows.ask("SELECT at FROM ledger_root ORDER BY id DESC LIMIT 1")
            found = [datetime.fromisoformat(str(at)).replace(tzinfo=UTC) for (at,) in last]
            return bool(found) and abs(found[0] - clock.now()) < A_LITTLE

        def every_letter_is_told_of() -> bool:
            return rows.ask("SELECT count(*) FROM letters_release") == [(writers,)]

        told = {}
        asked = python(SEED, data, port, 0, writers, env=env)
        with serving(data, port, env=env):
            for (key, token), step in zip(asked, [*steps, None], strict=True):
                ben = Writer(f"http://localhost:{port}", key, token)
                for _ in range(2):
                    assert ben.save().status_code == 200
                assert ben.seal().status_code == 302
                told[key] = [ben.revision, ben.text]
                until(lambda: not rows.open())  # whatever was due has left, at every hour that the clock told
                clock.step(step or clock.furthest - clock.ahead + timedelta(hours=2))
                until(worker_lives_by_it)
            until(every_letter_is_told_of)
            until(lambda: not rows.open())
        sent = rows.ask("SELECT kind, message_id FROM ledger_outgoing WHERE state = 'sent'")
        assert len(sent) == len(rows.all())
        came = Counter(
            str(message_from_bytes(kept.raw)["Message-ID"]).strip("<>") for kept in list(sink.kept)
        )
    assert came == Counter(name for _, name in sent)
    kept = python(LOOK, data)
    assert {key: tuple(kept["drafts"][key]) for key in told} == {
        key: tuple(said) for key, said in told.items()
    }
    assert len(kept["seals"]) == writers
    assert all(promised == opened for promised, opened in kept["seals"].values())
    assert set(python(CHAINS, data)) == {"None"}
    return Counter(kind for kind, _ in sent)


@pytest.mark.wide
def test_steps_of_the_clock_lose_no_word_and_send_no_mail_twice(tmp_path: Path) -> None:
    came = go_through(tmp_path, STEPS)
    assert came["ask"] == came["letter_safe"] == len(STEPS) + 1
    assert not came["reminder"]  # each had answered


@pytest.mark.soak
def test_steps_of_the_clock_lose_no_word_and_send_no_mail_twice_long(tmp_path: Path) -> None:
    for turn in turns(100, each=10):
        folder = tmp_path / str(turn)
        folder.mkdir()
        go_through(folder, [STEPS[n % len(STEPS)] for n in range(10)])
