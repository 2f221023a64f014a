"""T14: an empty superlative."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T14"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
You are the best teacher ever.
You are an amazing professor.
You are simply brilliant.
Your infinite wisdom guided us.
You are the greatest mind in the field.
I had the best boss in the world.
You are a legend.
Your incredible lectures are famous.
You have been an extraordinary mentor.
You are my hero.
A letter from someone as famous as you would help.
Words cannot express how great you are.
Everyone says you are a genius.
You are truly an inspiration.
I am in awe of you.
You are the most wonderful person I know.
Your esteemed reputation precedes you.
I am forever in your debt.
Such a fantastic teacher is rare.
You were the kindest manager I ever had.
Your brilliant mind amazes me.
        """,
        """
You taught me to read a balance sheet.
Your Friday reviews were the part of the week I looked forward to.
You were the best teacher for me because you made me write every page twice.
You are not easy to please, and I liked that.
“You are the best teacher ever,” the children wrote on the board.
I want to be a great teacher.
They are looking for an outstanding candidate.
It was a wonderful evening.
The best part was the walk home.
You were patient with my drafts.
Thank you for the hour in March.
I hope to become an inspiring teacher.
Your course on soil changed my plans.
You gave me a brilliant idea for the shelves.
The greatest lesson was to wait.
You were an exceptional mentor when you sat with me after the exam I failed.
Your advice on the second draft was right.
I do not think you are a legend.
The great hall was cold.
You know my work.
It is the finest library in the county.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_flattery_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_flattery_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
