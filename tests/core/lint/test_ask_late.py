"""T16: the ask comes later than is kind."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T16"
CASES = [
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-01",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-02",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-03",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-04",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-06",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-08",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-09",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-11",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-13",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-14",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-15",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-16",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-17",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-18",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-19",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-20",
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
            "purpose": "programme",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-21",
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
            "purpose": "job",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-01",
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
            "purpose": "job",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-03",
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
            "purpose": "job",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-05",
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
            "purpose": "job",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-07",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-22",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-23",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-26",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-29",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-10-31",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-11-05",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-11-12",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-11-30",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2026-12-30",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2027-01-29",
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
            "purpose": "scholarship",
            "now": "2026-10-01T09:00+01:00",
            "due": "2027-10-01",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-08",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-09",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-10",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-11",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-15",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-21",
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
            "purpose": "job",
            "now": "2026-10-01T23:30+01:00",
            "due": "2026-10-22",
        },
        """

        """,
        """
Would you write me a letter?
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "due": "2026-10-02"},
        """

        """,
        """
Would you write me a letter?
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "now": "2026-10-01T09:00+01:00"},
        """

        """,
        """
I know it is late.
It is due soon.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_late_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_late_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
