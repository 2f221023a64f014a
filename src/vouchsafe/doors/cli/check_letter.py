"""`vouchsafe check letter FILE [--clean-to OUT]`: inspect an upload, and keep its clean revision if wished."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vouchsafe.adapters.pdf.inspection import Inspection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the letter: PDF, Word, OpenDocument, or a photographed page")
    parser.add_argument(
        "--clean-to", metavar="OUT", help="write the clean revision (or the draft's words) here"
    )
    parser.add_argument(
        "--words-only", action="store_true", help="do not use LibreOffice even where it is installed"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    from vouchsafe.adapters.pdf.inspection import MAX_BYTES, inspect_upload
    from vouchsafe.adapters.words import WordReader

    try:
        with open(args.file, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as failure:
        print(f"{args.file}: cannot be read ({failure.strerror or failure}).", file=sys.stderr)
        return 1
    result = inspect_upload(data, Path(args.file).name, words=WordReader(convert=not args.words_only))
    told: dict[str, Any] = {
        "verdict": result.verdict.value,
        "kind": result.kind,
        "pages": result.pages,
        "reasons": [str(reason) for reason in result.reasons],
    }
    print(json.dumps(told, ensure_ascii=False) if args.json else _summary(told))
    refused = result.verdict.value == "refused"
    if refused:
        print(told["reasons"][0], file=sys.stderr)
        return 1
    return _keep(result, args.clean_to) if args.clean_to else 0


def _summary(told: dict[str, Any]) -> str:
    pages = told["pages"]
    counted = "" if pages is None else f", {pages} page" + ("" if pages == 1 else "s")
    lines = [f"{told['verdict'].capitalize()}: {told['kind']}{counted}."]
    if told["verdict"] != "refused":
        lines += [f"  {reason}" for reason in told["reasons"]]
    return "\n".join(lines)


def _keep(result: Inspection, where: str) -> int:
    from vouchsafe.core.sealing.marks import marks_from_blocks

    content = result.clean if result.clean is not None else marks_from_blocks(result.blocks).encode()
    try:
        Path(where).write_bytes(content)
    except OSError as failure:
        print(f"{where}: cannot be written ({failure.strerror or failure}).", file=sys.stderr)
        return 1
    return 0
