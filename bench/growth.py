"""The same pages with a thousand, a hundred thousand and a million requests in PostgreSQL, turn by turn in one run.

Three databases of one server are filled (`bench._filling`); a process on each makes the same people by the product's own
actions (`bench._scene`). Then the processes take turns, one page at a time, so that what else the machine does meets all
sizes alike. `GROWTH_SIZES=1000,100000` and `GROWTH_TURNS=40` make it shorter. PostgreSQL is started for this alone by
`tests/with_postgres.sh`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
SIZES = [int(size) for size in os.environ.get("GROWTH_SIZES", "1000,100000,1000000").split(",")]
TURNS = int(os.environ.get("GROWTH_TURNS", "100"))
WARM = 5
MOST = 1.5
"""Times the smallest size's p95 that any larger one may take."""


def rows() -> list[tuple[str, float, str]]:
    from bench._servers import with_postgres

    said = with_postgres("bench.growth", "measure")
    found: list[tuple[str, float, str]] = []
    for line in said.splitlines():
        page, queries, times = json.loads(line)
        base = times[0]
        found.append((f"{page}: queries", queries[0], f"each {queries}" if len(set(queries)) > 1 else "each"))
        for size, p95 in zip(SIZES, times, strict=True):
            against = f"{p95 / base:.2f} x the smallest, at most {MOST}" if size != SIZES[0] else "p95"
            found.append((f"{page}, {size:,} requests, ms", p95 * 1000, against))
    return found


def measure() -> None:
    """Inside: databases on the server that `DATABASE_URL` names. One line of JSON to a page: queries, p95 by size."""
    import psycopg

    given = os.environ["DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="vouchsafe-bench-") as folder:
        children = []
        for size in SIZES:
            name = f"growth_{size}"
            with psycopg.connect(given, autocommit=True) as keeper:
                keeper.execute(f"CREATE DATABASE {name}")
            env = {
                **os.environ, "DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}")),
                "VOUCHSAFE_DATA": str(Path(folder) / name), "VOUCHSAFE_METRICS": "true",
            }  # fmt: skip
            children.append(
                subprocess.Popen(
                    [sys.executable, "-m", "bench.growth", "serve", str(size)], env=env, cwd=ROOT, stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, text=True,
                )
            )  # fmt: skip
            pages = json.loads(_said(children[-1]))  # filled one after the other
        for page in pages:
            told: list[list[Any]] = [[] for _ in children]
            for _ in range(WARM + TURNS):
                for child, seen in zip(children, told, strict=True):
                    seen.append(_ask(child, page))
            queries = [seen[-1][0] for seen in told]
            times = [sorted(one[1] for one in seen[WARM:])[int(TURNS * 0.95) - 1] for seen in told]
            print(json.dumps([page, queries, times]), flush=True)
        for child in children:
            child.communicate()


def _ask(child: subprocess.Popen[str], page: str) -> Any:
    assert child.stdin is not None
    child.stdin.write(page + "\n")
    child.stdin.flush()
    return json.loads(_said(child))


def _said(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise SystemExit(f"a process of the bench ended with {child.wait()}")
    return line


def serve(size: int) -> None:
    """One size: fill, make the people, then a page at a time as it is asked for on standard input."""
    Path(os.environ["VOUCHSAFE_DATA"]).mkdir()
    os.environ["DJANGO_SETTINGS_MODULE"] = "vouchsafe.config.settings"
    from vouchsafe.doors.cli.serving import prepare

    prepare()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench._filling import fill
    from bench._scene import make_scene
    from vouchsafe.doors.worker import tasks

    began = time.perf_counter()
    fill(connection, size)
    filled = time.perf_counter() - began
    scene = make_scene()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tasks.run_due(
        worker="bench", now=_now()
    )  # a first look, and the hourly anchor, are not what a round costs
    print(f"{size:,} filled in {filled:.0f} s", file=sys.stderr, flush=True)
    print(json.dumps([*scene.pages, "an idle worker's round"]), flush=True)
    for line in sys.stdin:
        page = line.strip()
        with CaptureQueriesContext(connection) as seen:
            began = time.perf_counter()
            if page in scene.pages:
                browser, path = scene.pages[page]
                answer = scene.browsers[browser].get(path)
                assert answer.status_code == 200, (page, answer.status_code)
            else:
                tasks.run_due(worker="bench", now=_now(), thorough=False)
            took = time.perf_counter() - began
        print(json.dumps([len(seen), took]), flush=True)


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


if __name__ == "__main__":
    if sys.argv[1] == "measure":
        measure()
    else:
        serve(int(sys.argv[2]))
