"""How a line of the log is written: without the secret of any link, or anybody's address."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

# Every token is 256 bits in URL-safe characters, whichever library wrote it into a path, a query or a traceback.
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_ADDRESS = re.compile(r"[^\s<>\"'(),:;=@]+@[^\s<>\"'(),:;@]+\.[^\s<>\"'(),:;@]+")


class LineFormatter(logging.Formatter):
    """Django logs the path of every answer above 399, and a path may be a link that still opens."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for what collects logs.

    A fault is told by its kind and where it arose. Its text is left out: a database quotes the row it refuses,
    a mail server the person it does not know.
    """

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": without_secrets(record.getMessage()),
        }
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            told["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, where = record.exc_info
            told["fault"] = f"{kind.__module__}.{kind.__qualname__}"
            told["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)
            ]
        return json.dumps(told, ensure_ascii=True)


def without_secrets(text: str) -> str:
    return _ADDRESS.sub("(address)", _TOKEN.sub("(token)", text))
