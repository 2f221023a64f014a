"""T01: a place left to fill in the ask."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T01"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Dear [Name], / Would you write me a letter?
I enjoyed your class on [topic].
Dear Ben, / [Write here one true thing you valued in working with Ben]
Dear <first name>, I hope you are well.
It is for XYZ at ________.
The deadline is TBD.
I am applying to {{company}} as a clerk.
Thank you for XXXX.
Dear Prof. X, / I write to ask for a letter.
I am applying to [University].
My name is <<NAME>>.
Dear Ben, / TODO thank him for the spring.
I learnt a lot when ??? happened.
Please send it by (insert date).
I am asking for the program at [SCHOOL NAME].
It is due on [date], [time].
Dear FirstName, / I hope all is well.
I worked for COMPANY until May.
The link is $LINK_HERE for you.
I loved your lecture about (insert topic here).
Yours, / [Your Name]
        """,
        """
Dear Ben, / Would you write me a letter?
You said: “she [Ada] should try for it”.
My paper [1] came out of your course.
I attach the posting <https://example.org/job>.
Write to me at <ada@example.org>.
I learnt C++ and X-ray work from you.
It is for NASA, by 30 October.
My title there would be analyst.
The name of the place is Fernway.
Please tell me the date that suits you.
I still have your note (the green one).
I hope to write... well, you know what.
I read Malcolm X in your class.
The points are: - [x] the audit / - [ ] the move
I cite [sic] as you taught me.
Is the company known to you?
You wrote “[the] best essay of the year” on it.
Thank you for the IEEE talk.
I got 100% in your test and A+ in the next.
I live at 12 Mill Road (first floor).
The students and the university miss you.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_placeholder_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_placeholder_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
