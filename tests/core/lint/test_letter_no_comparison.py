"""S13: the letter compares the applicant with nobody; noted, not demanded."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S13"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is diligent and honest.
Kelly did her best every day.
Kelly is a good nurse. I recommend her.
In the interest of truth, Kelly is late at times.
Kelly wrote the latest report.
She has a great deal of patience. Kelly is kind.
Kelly honestly likes the work.
Kelly loves the forest and the west.
I find it hard to compare her with others. Kelly is Kelly.
I cannot compare Kelly to anyone.
“She is the best student in the class,” said a boy about Kelly.
Kelly made a request and got the rest.
Kelly worked with others on the guest list.
At least Kelly tried.
Kelly took the first test in June.
I have known Kelly for four years.
Kelly helped other students to read.
I would rather not rank Kelly.
Kelly is very good at sums.
She joined a group of students and sang. Kelly hums.
        """,
        """
Kelly is the best student I have taught.
Kelly is one of the finest nurses in our ward.
Kelly ranks in the top five of her year.
Of the forty interns I have had, Kelly reads most.
Kelly stands out among her peers.
Kelly is better than most of her colleagues at sums.
Compared with other trainees, Kelly is quick.
Kelly outperformed everyone in the group.
I have rarely met a mind so clear as Kelly's.
What sets Kelly apart is patience.
Few students ask as Kelly asks.
Kelly is among the three ablest people I know.
I have never had a student so ready as Kelly.
Kelly is in the top 10 per cent of her class.
Kelly writes more clearly than anyone in the office.
Unlike most clerks, Kelly asks why.
Kelly is the most careful reader in my seminar.
Kelly came first out of the ninety applicants we saw.
No other trainee of ours went so far as Kelly.
In all my years of teaching, Kelly is the one I remember.
Kelly's patience is second to none.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_no_comparison_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_no_comparison_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
