"""Calling a program's address: looked up once, connected to exactly what was found, never inside (promise 15)."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from http.client import HTTPException

from vouchsafe.adapters.fetch.page import WEB, Web, head_of_answer, reached, seconds_left
from vouchsafe.adapters.fetch.policy import accept
from vouchsafe.adapters.fetch.refusals import PageNotFetched

USER_AGENT = "Vouchsafe (calls an address that its owner gave)"


def call(url: str, body: bytes, headers: Mapping[str, str], *, web: Web = WEB) -> tuple[int, str]:
    """POST `body` there. Gives the status (0: no answer) and a code for what went wrong. What is answered is not read."""
    try:
        target = accept(url)
        until = time.monotonic() + web.seconds
        with reached(target, web, until) as connection:
            head = {
                "Host": target.host,
                "User-Agent": USER_AGENT,
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                "Connection": "close",
                **headers,
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            connection.settimeout(seconds_left(until))
            connection.sendall(f"POST {target.path} HTTP/1.1\r\n{lines}\r\n".encode("ascii") + body)
            status = head_of_answer(connection, until, "POST").status
            return status, f"answered {status}"
    except PageNotFetched as refusal:
        return 0, refusal.code
    except TimeoutError:
        return 0, "too slow"
    except ssl.SSLCertVerificationError:
        return 0, "certificate not valid"
    except (OSError, HTTPException):
        return 0, "broke off"
