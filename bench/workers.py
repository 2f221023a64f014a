"""Three workers against one on PostgreSQL, with either engine, to a server that answers each command after 50 ms.

Workers are processes of their own, ready before the clock starts. PostgreSQL is started for this alone by
`tests/with_postgres.sh`, which says what to install where it is missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from vouchsafe.adapters.post.sink import Sink

ROOT = Path(__file__).resolve().parents[1]
MAILS = 180  # nine batches: three for each of three workers
LATENCY = 0.05
ENGINES = ("embedded", "procrastinate")
WORKER = """
import sys, threading
import django
django.setup()
from vouchsafe.doors.worker.engine import run_until
from vouchsafe.ledger import custody
custody.keys()
print("ready", flush=True)
sys.stdin.readline()
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
run_until(over)
"""


def rows() -> list[tuple[str, float, str]]:
    words = ["sh", str(ROOT / "tests/with_postgres.sh"), sys.executable, "-m", "bench.workers"]
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    said = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PATH": paths}, capture_output=True, text=True, check=False
    )
    if said.returncode:
        raise SystemExit(said.stderr)
    found = []
    for line in said.stdout.splitlines():
        engine, one, three = line.split()
        alone, together = MAILS / float(one), MAILS / float(three)
        found += [
            (f"mails a second by one worker, 50 ms away, {engine}", alone, "a second"),
            (f"by three workers, {engine}", together, "a second"),
            (f"times as many, {engine}", together / alone, "at least 2"),
        ]
    return found


def main() -> None:
    """Inside: a database that `DATABASE_URL` names. Prints for each engine the seconds with one and three workers."""
    with tempfile.TemporaryDirectory(prefix="vouchsafe-bench-") as folder, Sink(latency=LATENCY) as sink:
        os.environ |= {
            "VOUCHSAFE_DATA": folder, "VOUCHSAFE_SMTP_HOST": sink.host, "VOUCHSAFE_SMTP_PORT": str(sink.port),
            "VOUCHSAFE_SMTP_TLS": "none", "DJANGO_SETTINGS_MODULE": "vouchsafe.config.settings",
            "VOUCHSAFE_ENGINE": "procrastinate", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        from vouchsafe.doors.cli.serving import prepare

        prepare()
        for engine in ENGINES:
            print(engine, *(_seconds(engine, count) for count in (1, 3)), flush=True)


def _seconds(engine: str, count: int) -> float:
    from django.conf import settings

    from vouchsafe.ledger.models import Outgoing

    settings.ENGINE = engine
    for number in range(MAILS):
        _queue(f"{engine}|{count}|{number}")
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER], env={**os.environ, "VOUCHSAFE_ENGINE": engine},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(count)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    began = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    while Outgoing.objects.exclude(state="sent").exists():
        time.sleep(0.02)
    took = time.perf_counter() - began
    for worker in workers:
        worker.communicate()  # closes its input, and it ends
    return took


def _queue(once: str) -> None:
    from vouchsafe.ledger import outbox

    outbox.queue(
        outbox.Parcel(
            kind="thanks", to_address="writer@example.org", to_name="Writer",
            facts={"applicant": "Maya Okafor", "words": "Thank you for the letter."},
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE, chain="bench", about="bench", once=once, now=datetime.now(UTC),
    )  # fmt: skip


if __name__ == "__main__":
    main()
