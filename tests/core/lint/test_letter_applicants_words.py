"""S21: text the applicant supplied stands unchanged."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S21"
CASES = [
    (
        {
            "about": "Kelly Brandt",
            "applicant_points": [
                "I led the move of the county archive during the flood of 2021 without losing a single box.",
                "Trained three new colleagues; wrote the handbook that the whole department still uses today.",
                "Bachelor of Science in Library Studies",
            ],
        },
        """
Kelly led the move of the county archive during the flood of 2021 without losing a single box.
She Led The Move Of The County Archive During The Flood in spring.
As for work, led the move of the county archive during the rain.
Kelly wrote the handbook that the whole department still uses today.
Kelly trained three new colleagues; wrote the handbook that the whole town loves.
It was during the flood of 2021 without losing a single box that Kelly shone.
I saw the move of the county archive during the flood.
Kelly has trained three new colleagues, wrote the handbook that the others praise.
Her handbook, wrote the handbook that the whole department still, is fine.
the county archive during the flood of 2021 without a scratch
Kelly: county archive during the flood of 2021, without losing one.
I recall the flood of 2021 without losing a single box being lost. Kelly smiled.
three new colleagues wrote the handbook that the firm has
The handbook that the whole department still uses today is hers. Kelly wrote it.
Kelly, who led the / move of the county archive during / the flood, is calm.
I led the move of the county archive during dinner, she said; so Kelly told me.
Trained three new colleagues wrote the handbook that helped Kelly.
led the move of the county archive during — Kelly
Kelly moved it: of the county archive during the flood of 2021.
All of 2021 without losing a single box, move of the county archive during the flood. Kelly.
        """,
        """
Kelly moved the county archive when the river rose.
Kelly lost not one box in the flood of 2021.
The handbook Kelly wrote is still in use here.
Kelly holds a Bachelor of Science in Library Studies.
“I led the move of the county archive during the flood of 2021,” Kelly told the press.
Kelly trained three new colleagues.
Kelly wrote the handbook that we use.
During the flood of 2021, Kelly stayed.
The county archive owes its boxes to Kelly.
Kelly led the move. The county archive was wet.
She lost no box. Kelly counts.
The whole department still uses it: Kelly's book.
Kelly is kind.
In 2021 the flood came and Kelly led.
Without losing a single box, Kelly moved house.
Three new colleagues learnt from Kelly.
Kelly studied Library Science.
The move of the archive was led by Kelly.
I led the move; Kelly carried.
The flood took a single box, and Kelly fetched it.
        """,
    ),
    (
        {"about": "Kelly Brandt", "applicant_points": []},
        """

        """,
        """
Kelly led the move of the county archive during the flood of 2021 without losing a single box.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_applicants_words_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_applicants_words_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
