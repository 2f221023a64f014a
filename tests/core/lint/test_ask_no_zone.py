"""T08: the ask gives a date without time or zone."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T08"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter by 30 October?
It is due on Friday 30 October 2026.
I need it by May 3 at 17:00.
Please send it by 30 October at noon.
They want it by Friday, in good time.
I need it by 30 October. Take your time.
The deadline is 30/10/2026 at midnight.
Could I have it within two weeks?
Would you send it by the end of June? This time I am early.
I need it by 30 October for the first time.
Please write by 30 October on time.
It is due by 30 October, 5 pm.
I would be glad to have it by 1 May 2026.
I need it by 30 October. It was a good time to work with you.
Please send it by the 15th, 9:00.
It should arrive by Monday morning.
I need it by 30 October, some time in the day.
By 3 May, please. I spent a long time in your lab.
It is due by 2026-10-30.
Would you send it before 1 June? Any letter helps.
        """,
        """
It is due by 30 October, 17:00 London time.
I need it by 30 October at 17:00 UTC.
Please send it by 30 October, 12:00 (New York time).
The deadline is 30 October, 23:59 GMT.
I need it by 30 October, 17:00 Europe/London.
It is due by 30 October, 23:59 anywhere on earth.
Please send it by 30 October, any time that day.
By 30 October, end of the day.
By 30 October, close of business.
I need it by 30 October, 9:00 EST.
The deadline is 30 October at 17:00 CET.
By 30 October, noon local time.
By 30 October, at midnight Pacific time.
Would you write me a letter?
There is no fixed deadline.
Please send it by 30 October, 18:00 JST.
I need it by 30 October, 17:00 our time.
We met on 3 May. Would you write me a letter?
I need it by 30 October, 17:00 Warsaw time.
It is due by 30 October, 17:00 in the time zone of Leeds.
By 30 October, midnight here in Leeds.
        """,
    ),
    (
        {"channel": "in_person"},
        """

        """,
        """
Would you write me a letter by 30 October?
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_no_zone_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_no_zone_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
