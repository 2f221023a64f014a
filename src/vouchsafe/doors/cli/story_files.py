"""The files that a story is given; without Django, so that what can't be read is said at once."""

from __future__ import annotations

from pathlib import Path

from vouchsafe.core.words import Refusal, msg


class StoryStuck(Refusal):
    code = "story-stuck"
    msgid = msg("The story can’t go on: {why}.")
    hint_msgid = msg("Try it with our own samples: vouchsafe story.")

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


def read_given(path: Path) -> bytes:
    """All of a file. Raises `StoryStuck` when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise StoryStuck(f"{path} can’t be read: {trouble.strerror}") from None
