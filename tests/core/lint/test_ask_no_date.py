"""T07: the ask gives no date."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T07"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter?
I need it soon.
Please write me a letter when you can.
We met on 3 May. Would you write me a letter?
I worked for you until June 2021. Would you write me a letter?
Since 12 March 2020 I have been a nurse. Would you write me a letter?
Thank you for talking with me on Monday. Would you write me a letter?
The deadline is near.
There is a deadline. Would you write me a letter?
The sooner the better.
I would be glad of it in time.
“It is due by 3 May,” they wrote to a friend. Would you write for me?
I was born on 3 May 1999. Would you write me a letter?
I left in 2021. Would you write me a letter?
My room is 12.4 and my door is open.
They will tell me the date.
I learnt on 4 June that I was second. Would you write me a letter?
It takes a page or two.
I may apply. I might not.
I got 98% in your test. Would you write me a letter?
We talked last Friday. Would you write me a letter?
        """,
        """
Would you write me a letter by 30 October?
It is due on Friday 30 October 2026.
I need it by May 3.
Please send it before 2026-10-30.
They want it by Friday.
Would you send it by the end of June?
I would be glad to have it by 30 October 2026, 17:00 (London time).
The deadline is 30/10/2026.
Could I have it within two weeks?
I need it by mid-October.
It should arrive no later than Monday.
Would you write it by the 15th?
There is no fixed deadline.
Whenever it suits you: there is no rush.
The date is 1 November.
It would be lovely to have it until next Friday.
Please send it by the end of the month.
They close on Oct. 30.
Could you let me have it before Christmas, by 20 December?
I need it in three weeks.
My wish would be Friday, 30 October.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_no_date_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_no_date_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
