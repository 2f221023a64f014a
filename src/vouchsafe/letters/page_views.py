"""The pages of a PDF as pictures and words, drawn in the limited child and kept in memory for a short while.

A page asks for its pictures one by one; without a short memory each would open and draw the whole file again.
The memory is asked by the digest of bytes the caller has already been allowed to open, so it never widens
access, and nothing of it touches a disk.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

from vouchsafe.adapters.pdf.processes import run_limited

KEPT_SECONDS = 120.0
KEPT_LETTERS = 12


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: a JPEG, and the words on it for whoever can't see it."""

    picture: bytes
    text: str


_kept: OrderedDict[bytes, tuple[float, tuple[PageView, ...]]] = OrderedDict()
_lock = threading.Lock()


def page_views(pdf: bytes) -> tuple[PageView, ...]:
    """Every page of a file."""
    digest = sha256(pdf).digest()
    with _lock:
        _forget()
        if digest in _kept:
            _kept.move_to_end(digest)
            return _kept[digest][1]
    told, pictures = run_limited("render", {}, [pdf])
    views = tuple(PageView(picture, text) for picture, text in zip(pictures, told["texts"], strict=True))
    with _lock:
        _kept[digest] = (time.monotonic(), views)
        _forget()
    return views


def _forget() -> None:
    """Drop what is older than the time above, and the oldest of too many."""
    oldest = time.monotonic() - KEPT_SECONDS
    for digest in [digest for digest, (since, _) in _kept.items() if since < oldest]:
        del _kept[digest]
    while len(_kept) > KEPT_LETTERS:
        _kept.popitem(last=False)
