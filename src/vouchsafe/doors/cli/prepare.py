"""`vouchsafe prepare`: bring tables, static files and keys up to date, then stop: once before many processes start."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from vouchsafe.doors.cli import serving


def add_arguments(parser: ArgumentParser) -> None:
    serving.add_data_argument(parser)


def run(args: Namespace) -> int:
    folder = serving.settle(args.data)
    serving.prepare()
    print(f"{folder} and its database are up to date.")
    return 0
