"""`vouchsafe doctor`: look over mail and machine, and say of each thing what is wrong and what to do."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from vouchsafe.core.checkup import Finding, State
from vouchsafe.doors.cli.serving import add_data_argument, settle

MARKS = {State.FINE: "ok", State.LOOK: "look", State.WRONG: "wrong", State.SKIPPED: "-"}


def add_arguments(parser: ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--send-test", action="store_true", help="send a test mail to the owner")


def run(args: Namespace) -> int:
    settle(args.data)
    import django

    django.setup()
    from django.utils import timezone

    from vouchsafe.doors.cli import doctor_machine, doctor_mail, doctor_sign_on

    now = timezone.now()
    findings = list(doctor_machine.findings(now))
    if not any(each.check == "database" and each.state is State.WRONG for each in findings):
        findings += doctor_sign_on.findings(now)
        findings += doctor_mail.findings()
        findings += [doctor_mail.send_test(now)] if args.send_test else []
    if args.json:
        print(json.dumps([_plain(each) for each in findings], indent=2, ensure_ascii=False))
    else:
        for each in findings:
            _print(each)
    wrong = sum(each.state is State.WRONG for each in findings)
    if wrong:
        print(f"{wrong} of {len(findings)} checks found something wrong.", file=sys.stderr)
    return 1 if wrong else 0


def _plain(finding: Finding) -> dict[str, str | None]:
    return {
        "check": finding.check,
        "state": finding.state.value,
        "what": str(finding.what),
        "fix": str(finding.fix) if finding.fix is not None else None,
    }


def _print(finding: Finding) -> None:
    print(f"{MARKS[finding.state]:<6} {finding.check:<10} {finding.what}")
    if finding.fix is not None:
        print(f"{'':<17} {finding.fix}")
