"""T17: the same person was asked less than 48 hours ago."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T17"
CASES = [
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-05T09:00:00+00:00",
        },
        """
Would you write me a letter?
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-05T08:00:00+00:00",
        },
        """
I know it is late.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-05T07:00:00+00:00",
        },
        """
It is due soon.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-05T06:00:00+00:00",
        },
        """
Please, there is still time.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-05T04:00:00+00:00",
        },
        """
A page would do.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-05T01:00:00+00:00",
        },
        """
I ask you late, and I am sorry.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T22:00:00+00:00",
        },
        """
Would you write me a letter?
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T21:00:00+00:00",
        },
        """
I know it is late.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T18:00:00+00:00",
        },
        """
It is due soon.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T15:00:00+00:00",
        },
        """
Please, there is still time.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T13:00:00+00:00",
        },
        """
A page would do.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T10:00:00+00:00",
        },
        """
I ask you late, and I am sorry.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T09:00:00+00:00",
        },
        """
Would you write me a letter?
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T07:00:00+00:00",
        },
        """
I know it is late.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T03:00:00+00:00",
        },
        """
It is due soon.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-04T00:00:00+00:00",
        },
        """
Please, there is still time.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T21:00:00+00:00",
        },
        """
A page would do.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T17:00:00+00:00",
        },
        """
I ask you late, and I am sorry.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T13:00:00+00:00",
        },
        """
Would you write me a letter?
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T11:00:00+00:00",
        },
        """
I know it is late.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T10:00:00+00:00",
        },
        """
It is due soon.
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T09:00:00+00:00",
        },
        """

        """,
        """
Would you write me a letter?
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T08:00:00+00:00",
        },
        """

        """,
        """
I know it is late.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T07:00:00+00:00",
        },
        """

        """,
        """
It is due soon.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-03T02:00:00+00:00",
        },
        """

        """,
        """
Please, there is still time.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-02T21:00:00+00:00",
        },
        """

        """,
        """
A page would do.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-02T09:00:00+00:00",
        },
        """

        """,
        """
I ask you late, and I am sorry.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-10-01T09:00:00+00:00",
        },
        """

        """,
        """
Would you write me a letter?
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-30T09:00:00+00:00",
        },
        """

        """,
        """
I know it is late.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-28T09:00:00+00:00",
        },
        """

        """,
        """
It is due soon.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-27T01:00:00+00:00",
        },
        """

        """,
        """
Please, there is still time.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-25T09:00:00+00:00",
        },
        """

        """,
        """
A page would do.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-22T21:00:00+00:00",
        },
        """

        """,
        """
I ask you late, and I am sorry.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-21T09:00:00+00:00",
        },
        """

        """,
        """
Would you write me a letter?
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-18T17:00:00+00:00",
        },
        """

        """,
        """
I know it is late.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-14T13:00:00+00:00",
        },
        """

        """,
        """
It is due soon.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-09-05T09:00:00+00:00",
        },
        """

        """,
        """
Please, there is still time.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-08-24T17:00:00+00:00",
        },
        """

        """,
        """
A page would do.
        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "now": "2026-10-05T09:00:00+00:00",
            "last_asked_at": "2026-03-11T01:00:00+00:00",
        },
        """

        """,
        """
I ask you late, and I am sorry.
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "now": "2026-10-05T09:00:00+00:00"},
        """

        """,
        """
Would you write me a letter?
I know it is late.
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "last_asked_at": "2026-10-05T09:00:00+00:00"},
        """

        """,
        """
It is due soon.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_again_soon_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_again_soon_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
