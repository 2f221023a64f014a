"""S15: a remark that raises a doubt, often without meaning to."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S15"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Although Kelly was often late, she worked hard.
Despite her lack of experience, Kelly copes.
Kelly is sometimes careless with figures.
She needs little supervision these days. Kelly has grown.
While Kelly is not the quickest, she is thorough.
Kelly still has much to learn about sums.
Kelly has had no major problems with the staff.
My only concern is that Kelly is shy.
Kelly lacks confidence in front of a class.
Her work is adequate, and Kelly is nice.
Kelly did not always meet her dates.
There is room for improvement in her prose. Kelly knows it.
In the right environment Kelly can do well.
Kelly struggled with the exams.
She is not the strongest of writers, but Kelly tries.
Kelly can be a bit stubborn.
Kelly would benefit from more guidance.
Apart from some difficulties with spelling, Kelly writes well.
Kelly did what was asked, and did it on time.
With close supervision Kelly is fine.
She has responsibilities at home that Kelly bears well.
Kelly tries her best.
Even though she lacked experience, we took Kelly.
        """,
        """
Kelly works hard.
Kelly was never late.
I have no concerns about Kelly.
Although the task was hard, Kelly finished it.
Despite the rain, Kelly came on foot.
“She is sometimes careless,” one clerk said of Kelly; I never saw it.
Nobody could call Kelly careless.
Kelly needs no supervision.
Kelly leaves no room for improvement.
Her work is far from average. Kelly excels.
If Kelly struggled with something, I never saw it.
Kelly struggled with statistics at first and then overcame it: she now teaches the course.
While Kelly was on leave, the desk stood still.
Kelly had sufficient evidence and used it.
The average score was 60; Kelly had 95.
Kelly never lacked patience.
The school lacked funds. Kelly found them.
Kelly helps those who struggle with sums.
Although Kelly is young, we made her head nurse.
Kelly asked for more responsibility and got it.
Kelly wrote about weakness and strength in steel.
Without Kelly we would have failed.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_doubt_raiser_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_doubt_raiser_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
