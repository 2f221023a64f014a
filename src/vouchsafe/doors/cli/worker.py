"""`vouchsafe worker`: send what is due, remind, release, anchor, take mail in; until it is told to stop."""

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
    from vouchsafe.doors.mail_in.rounds import MailIn
    from vouchsafe.doors.worker.drawing import draw_waiting
    from vouchsafe.doors.worker.engine import run_until_stopped, work_off
    from vouchsafe.ledger.versions import demand_own_database

    demand_own_database()
    with MailIn(listens=not args.once) as mail_in:
        if args.once:
            work_off("once", mail_in, draw_waiting)
        else:
            run_until_stopped(mail_in)
    return 0
