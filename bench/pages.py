"""How fast a page is beside a bare view of the same rows and bytes, in turn on one server; and what a second process adds.

Desk of twenty letters and a writer's page come signed in through all middleware; the bare views (`bench._bare`) have
neither. One request at a time over one connection, page after page, so that what else the machine does meets all of
them alike. `PAGES_TURNS=100` makes it shorter.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from bench._scene import Scene

ROOT = Path(__file__).resolve().parents[1]
TURNS = int(os.environ.get("PAGES_TURNS", "300"))
WARM = 20
FACTS = {
    "": "four facts a row",
    " plain": "all its facts",
    " same": "all its facts, by our prepared question",
}
OF = {"desk": ("", " plain", " same"), "writer": ("", " plain")}
"""How a bare page asks for its rows (`bench._bare`)."""
LEAST = {"django": 1.0, "jinja": 0.6}
PORTS = (8158, 8159)
CLIENTS = 4
WINDOWS, WINDOW_SECONDS = 6, 4.0


def rows() -> list[tuple[str, float, str]]:
    from bench._servers import with_postgres

    with tempfile.TemporaryDirectory(prefix="vouchsafe-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bench.pages", "side-by-side", folder], cwd=ROOT, env=_environment(folder),
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    said = done.stdout + with_postgres("bench.pages", "two")
    return [
        (what, figure, unit)
        for what, figure, unit in map(json.loads, filter(lambda line: line[:1] == "[", said.splitlines()))
    ]


def _environment(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VOUCHSAFE_")}
    return {
        **kept, "VOUCHSAFE_DATA": folder, "VOUCHSAFE_PORT": str(PORTS[0]), "DJANGO_SETTINGS_MODULE": "vouchsafe.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip


def side_by_side(folder: Path) -> None:
    """Inside, on SQLite: one server process, and each page beside its bare ones."""
    scene = _prepared()
    wanted = {"desk": _real(scene, "desk"), "writer": _real(scene, "writer's page")}
    with _server(PORTS[0], 1):
        line = http.client.HTTPConnection("localhost", PORTS[0], timeout=60)
        paths: dict[str, tuple[str, str]] = {}
        for page, (path, cookies) in wanted.items():
            paths[page] = path, cookies
            size = len(_get(line, path, cookies))
            of = path.split("/")[2] if page == "writer" else _owner()
            for kind, facts in product(LEAST, OF[page]):
                bare = f"{page}{facts}"
                paths[f"{page}, bare {kind}{facts}"] = f"/bare/{kind}/{quote(bare)}?of={of}", ""
                _write(folder, bare, kind, size, line, paths[f"{page}, bare {kind}{facts}"][0])
    with _server(PORTS[0], 1):  # again, with the templates as they are now
        line = http.client.HTTPConnection("localhost", PORTS[0], timeout=60)
        took: dict[str, list[float]] = {name: [] for name in paths}
        sizes = {}
        for _ in range(WARM + TURNS):
            for name, (path, cookies) in paths.items():
                began = time.perf_counter()
                sizes[name] = len(_get(line, path, cookies))
                took[name].append(time.perf_counter() - began)
    middle = {name: statistics.median(times[WARM:]) for name, times in took.items()}
    for name, seconds in middle.items():
        print(json.dumps([f"{name} ({sizes[name]:,} bytes), ms", seconds * 1000, "median"]))
    for page in wanted:
        for kind, facts in product(LEAST, OF[page]):
            what = f"{page}: times as fast as a bare {kind} view of {FACTS[facts]}"
            told = middle[f"{page}, bare {kind}{facts}"] / middle[page]
            print(json.dumps([what, told, f"at least {LEAST[kind]}"]))


def two() -> None:
    """Inside, on PostgreSQL: one and two web processes in turn, under the same four readers of the desk."""
    with tempfile.TemporaryDirectory(prefix="vouchsafe-bench-") as folder:
        os.environ.update(_environment(folder))
        path, cookies = _real(_prepared(), "desk")
        done, busy = {1: 0, 2: 0}, {1: 0.0, 2: 0.0}
        with _server(PORTS[0], 1) as one, _server(PORTS[1], 2) as both:
            for window in range(WINDOWS):
                for count, port, server in ((1, PORTS[0], one), (2, PORTS[1], both)):
                    before = _processor_seconds(server)
                    pages = _load(port, path, cookies)
                    if window:  # the first warms
                        done[count] += pages
                        busy[count] += _processor_seconds(server) - before
    for count, pages in done.items():
        a_second = pages / (WINDOWS - 1) / WINDOW_SECONDS
        print(json.dumps([f"desks a second by {count} web process(es), PostgreSQL", a_second, "a second"]))
    for count, seconds in busy.items():
        print(
            json.dumps(
                [
                    f"processor time of a desk by {count}, ms",
                    seconds / done[count] * 1000,
                    "without PostgreSQL's",
                ]
            )
        )
    cores = f"at least 1.7 where cores allow; here {os.cpu_count()}, shared with PostgreSQL and the readers"
    print(json.dumps(["times as many by two", done[2] / done[1], cores]))


def _processor_seconds(server: int) -> float:
    """What a server and the processes it started have used so far, on Linux."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # one that has ended meanwhile
            facts = stat.read_text().rpartition(")")[2].split()
            if server in (int(stat.parent.name), int(facts[1])):
                ticks += int(facts[11]) + int(facts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _prepared() -> Scene:
    from vouchsafe.doors.cli.serving import prepare

    prepare()
    from bench._scene import make_scene

    return make_scene()


def _real(scene: Scene, page: str) -> tuple[str, str]:
    """A page's path, and what its browser brings along."""
    browser, path = scene.pages[page]
    return path, "; ".join(f"{name}={one.value}" for name, one in scene.browsers[browser].cookies.items())


def _owner() -> str:
    from vouchsafe.people.models import Account

    return Account.objects.get(email="ada@applicants.example").key


def _write(
    folder: Path, page: str, kind: str, size: int, line: http.client.HTTPConnection, path: str
) -> None:
    """A template that comes out at as many bytes as the real page, half of what is missing inside the rows."""
    from bench._bare import source
    from vouchsafe.asks.models import Purpose

    whose = {"desk": "request__contact__owner__key", "writer": "request__key"}[page.partition(" ")[0]]
    count = Purpose.objects.filter(**{whose: path.partition("=")[2]}).count()
    file = folder / f"bare-{page}.{kind}"
    file.write_text(source(kind, page, "", ""))
    missing = size - len(_get(line, path, ""))
    fill = missing // 2 // count
    file.write_text(source(kind, page, "." * fill, "." * (missing - fill * count)))


def _get(line: http.client.HTTPConnection, path: str, cookies: str) -> bytes:
    line.request("GET", path, headers={"Cookie": cookies} if cookies else {})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status, body[:300])
    return body


def _load(port: int, path: str, cookies: str) -> int:
    """How many pages four readers at once are given within a window."""
    end = time.perf_counter() + WINDOW_SECONDS
    counts = []

    def read() -> None:
        line, count = http.client.HTTPConnection("localhost", port, timeout=60), 0
        while time.perf_counter() < end:
            _get(line, path, cookies)
            count += 1
        counts.append(count)

    readers = [threading.Thread(target=read) for _ in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts)


@contextmanager
def _server(port: int, workers: int) -> Iterator[int]:
    """As `vouchsafe serve` starts it, with the bare views beside the product; gives its process id."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.pages", "serve", str(port), str(workers)], cwd=ROOT
    )
    try:
        for _ in range(600):
            try:
                _get(http.client.HTTPConnection("localhost", port, timeout=5), "/healthz", "")
                break
            except OSError:
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def serve(port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "bench._bare:application", address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=workers, blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["side-by-side", folder]:
            side_by_side(Path(folder))
        case ["two"]:
            two()
        case ["serve", port, workers]:
            serve(int(port), int(workers))
