"""T18: a mail to someone met every week."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T18"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "meets_weekly": True},
        """
Would you write me a letter?
I will see you on Monday.
As you sit next to me, I ask by mail.
See you at the desk tomorrow.
I was too shy to ask at lunch.
Dear Ben, would you write for me?
It is due in May.
We meet on Tuesdays.
I did not talk to you yet.
I have not asked you in person.
“Ask in person,” they say.
If I ask you at work, you may feel pressed.
Please answer by mail.
I learnt a lot from you.
You saw my work.
A page is enough.
I attach the posting.
It is for the trust.
Thank you for the spring.
My plan is to move.
Yours, Ada
        """,
        """

        """,
    ),
    (
        {
            "applicant": "Ada Quill",
            "writer": "Ben Ashdown",
            "meets_weekly": True,
            "met": "in the yard on Monday",
        },
        """

        """,
        """
Would you write me a letter?
I will see you on Monday.
As you sit next to me, I ask by mail.
See you at the desk tomorrow.
I was too shy to ask at lunch.
Dear Ben, would you write for me?
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "meets_weekly": True, "said": "that you could"},
        """

        """,
        """
It is due in May.
We meet on Tuesdays.
I did not talk to you yet.
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "meets_weekly": False},
        """

        """,
        """
I have not asked you in person.
“Ask in person,” they say.
If I ask you at work, you may feel pressed.
Please answer by mail.
I learnt a lot from you.
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "meets_weekly": True, "channel": "in_person"},
        """

        """,
        """
You saw my work.
A page is enough.
I attach the posting.
It is for the trust.
        """,
    ),
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown", "meets_weekly": True, "channel": "phone"},
        """

        """,
        """
Thank you for the spring.
My plan is to move.
Yours, Ada
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_by_mail_though_near_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_by_mail_though_near_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
