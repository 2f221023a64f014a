"""Lists in pieces: `limit` rows after `cursor`, and the cursor of the next piece."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Query
from pydantic import Field

from vouchsafe.doors.api.problems import CursorUnknown
from vouchsafe.ledger import custody

if TYPE_CHECKING:
    from vouchsafe.desk.for_programs import Piece

CONTEXT = "cursor"
Limit = Annotated[int, Query(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[
    str, Query(max_length=400, description="`next_cursor` of the answer before; empty for the first piece.")
]
NextCursor = Annotated[
    str | None, Field(description="Send it as `cursor` for the next piece; null when this was the last.")
]


def place_after(cursor: str, of: str) -> int:
    """Where a piece begins. A cursor is encrypted, so that no number of a row leaves the house."""
    if not cursor:
        return 0
    try:
        return int(custody.decrypt(urlsafe_b64decode(cursor.encode()), context=f"{CONTEXT}:{of}"))
    except (ValueError, KeyError):
        raise CursorUnknown from None


def cursor_after(place: int | None, of: str) -> str | None:
    if place is None:
        return None
    return urlsafe_b64encode(custody.encrypt(str(place).encode(), context=f"{CONTEXT}:{of}")).decode("ascii")


def told(piece: Piece[Any], of: str) -> dict[str, Any]:
    return {"items": list(piece.items), "next_cursor": cursor_after(piece.after, of)}
