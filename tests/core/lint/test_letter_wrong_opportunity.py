"""S05: the letter names another post, programme or award than the one it is for."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S05"
CASES = [
    (
        {"about": "Kelly Brandt", "opportunity": "Lab manager", "institution": "Fernway Institute"},
        """
I recommend Kelly for the position of store clerk.
She is applying for the role of head chef.
I am writing to recommend Kelly for the post of translator at your firm.
Kelly is a strong candidate for the Rhodes Scholarship.
I support her application for the Summer Writing Fellowship.
Please consider her for the position of data analyst.
I recommend Kelly to the Nursing Programme at your school.
She is applying for your Marketing Internship.
I recommend her for the role of deputy librarian.
Kelly is well suited to the position of site engineer.
I support her for the job of coach.
I recommend Kelly for the teaching position you advertise.
She is my candidate for the Halvorsen Prize.
Kelly asks me to recommend her for the post of flight attendant.
I write to support Kelly for the vacancy of driver.
I recommend Kelly for the Creative Writing Program.
She is an ideal applicant for the role as barista.
I am glad to recommend her for the graphic design position.
I endorse Kelly for the position of a school nurse.
I recommend Kelly for the Fulbright Grant.
        """,
        """
I recommend Kelly for the position of lab manager.
I recommend Kelly for the Laboratory Manager position.
I recommend Kelly for any position.
I recommend Kelly for this position.
She held the position of store clerk for two years.
Kelly worked in the role of head chef at our place.
She won the Rhodes Scholarship in 2017.
Last year she was recommended for the Halvorsen Prize.
I recommend Kelly for the role.
I recommend her for the lab position.
She would do well in the position you describe.
I recommend Kelly for your open position.
She was promoted to the position of team lead.
“The post of translator is yours,” they told her.
I recommend Kelly for the manager role at Fernway.
She is a candidate for promotion.
Kelly came to us for the post of cleaner and rose fast; she left in 2020.
I recommend Kelly for a similar role.
For the position of the stars, she has an eye. Kelly sails.
I recommend Kelly to the Fernway Institute Programme.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_wrong_opportunity_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_wrong_opportunity_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
