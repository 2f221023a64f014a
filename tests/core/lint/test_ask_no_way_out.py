"""T09: the ask leaves no easy way out."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T09"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter?
Please write me a letter by 3 May.
I need a strong letter. Thank you.
I know that you will say yes.
Do not say no.
You cannot say no to me.
No one else can write it.
I look forward to your letter.
Say no more: I know you will help.
It is not fine to be late.
“Feel free to say no,” they tell us to write. Would you write me a letter?
I hope you have time for me.
Please answer by Friday.
Tell me when it is done.
I would be lost without you. Please write.
Feel free to write more than a page.
You are free to choose the words.
I understand that you knew my father.
Feel free to say no, but I would be hurt.
Please confirm that you will write.
You must not refuse.
        """,
        """
Please feel free to say no.
If you cannot, I would understand completely.
There is no pressure at all.
If you are too busy, just tell me so.
You may decline, of course.
I would understand if this does not suit you.
A quick no is quite all right.
No hard feelings if you would rather not.
Please do not feel obliged.
If the month is full, please say so.
I can ask someone else if you do not have the time.
You can say no without a reason.
If you feel you do not know my work well enough, please tell me.
Please say no if the month is full.
It is entirely up to you.
I will not mind if you turn me down.
Should you be unable to write, that is perfectly fine.
Your no would be just as welcome as your yes: a plain no is fine.
You are under no obligation.
If you'd rather not, I'll understand.
It changes nothing between us if you pass.
Feel free to decline.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_no_way_out_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_no_way_out_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
