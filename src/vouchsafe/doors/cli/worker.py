"""`vouchsafe worker`: send what is due, remind, release, anchor; until it is told to stop."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from vouchsafe.doors.cli.serving import add_data_argument, settle


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(args: Namespace) -> int:
    settle(args.data)
    import django

    django.setup()
    from vouchsafe.doors.worker.engine import run_until_stopped, work_off

    if args.once:
        work_off()
    else:
        run_until_stopped()
    return 0
