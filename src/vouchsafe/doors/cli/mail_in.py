"""`vouchsafe mail-in --smtp PORT | --lmtp PORT`: listen for mail that comes in. The worker handles what is kept."""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace

from vouchsafe.doors.cli.serving import add_data_argument, demand_free, settle


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--smtp", type=int, metavar="PORT", help="the port to listen on for SMTP")
    way.add_argument("--lmtp", type=int, metavar="PORT", help="the same for LMTP, behind a mail server")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )


def run(args: Namespace) -> int:
    settle(args.data)
    port, lmtp = (args.lmtp, True) if args.smtp is None else (args.smtp, False)
    demand_free(port, args.host)
    import django

    django.setup()
    from vouchsafe.doors.mail_in.listening import listener

    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with listener(args.host, port, lmtp=lmtp) as listening:
        print(
            f"Listening on {args.host}:{listening.port}. Mail is kept; the worker handles it.",
            file=sys.stderr,
        )
        parent = os.getppid()
        while not over.wait(1.0) and os.getppid() == parent:
            continue
    return 0
