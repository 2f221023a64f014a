"""`vouchsafe serve`: the web server, with the worker as a supervised child. SQLite and one command."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path

from vouchsafe.doors.cli.serving import (
    EmbeddedWorker,
    add_data_argument,
    counting,
    demand_free,
    prepare,
    settle,
)


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--workers", type=int, default=1, help="web processes")
    parser.add_argument(
        "--no-worker", action="store_true", help="leave the mail to a separate `vouchsafe worker`"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing when it starts")
    parser.add_argument("--story", action="store_true", help="load a small world to look around in, once")


def run(args: Namespace) -> int:
    folder = settle(args.data, args.port)
    demand_free(args.port, args.host)
    prepare()
    if args.story and not (folder / "story" / "told").exists():
        _tell_story(folder, args.port)
    from vouchsafe.doors.cli.welcome import welcome

    worker = nullcontext() if args.no_worker else EmbeddedWorker()
    with counting(), worker:
        if not args.quiet:
            print(welcome(folder), flush=True)
        _serve(args)
    if args.quiet:
        return 0
    print("\nStopped. Everything is kept; the same command goes on.", file=sys.stderr)
    return 0


def _tell_story(folder: Path, port: int) -> None:
    """Walk the story once, in a process of its own, into this data folder."""
    print("Loading a small world to look around in…", file=sys.stderr, flush=True)
    told = subprocess.run(
        [sys.executable, "-m", "vouchsafe", "story", "--data", str(folder), "--port", str(port)],
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        print(f"The world could not be loaded: {told.stderr.strip()}", file=sys.stderr)
        return
    (folder / "story").mkdir(exist_ok=True)
    (folder / "story" / "told").write_text(told.stdout, encoding="utf-8")


def _serve(args: Namespace) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "vouchsafe.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=4,
        # A thread that ends leaves its connection to the database open until garbage is looked for.
        blocking_threads_idle_timeout=600,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
