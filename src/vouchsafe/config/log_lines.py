"""How a line of the log is written: without the secret of any link."""

from __future__ import annotations

import logging
import re

# Every token is 256 bits in URL-safe characters, whichever library wrote it into a path, a query or a traceback.
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")


class LineFormatter(logging.Formatter):
    """Django logs the path of every answer above 399, and a path may be a link that still opens."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))


def without_tokens(text: str) -> str:
    return _TOKEN.sub("(token)", text)
