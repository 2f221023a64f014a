"""S09: the letter does not say how long, or since when, the writer has known the applicant."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S09"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
I know Kelly well and recommend her.
I worked with Kelly at the archive.
Kelly was in my class and did very well.
As her manager I saw her work every day. Kelly is good.
Kelly is a 30-year-old writer. I supervise her.
I have been teaching for twenty years. Kelly is a fine student.
With over ten years of experience as an editor, I can say that Kelly writes well.
Kelly is twenty years old. She is my student.
I do not know for how long Kelly will stay.
My own career spans three decades. Kelly impressed me.
I taught Kelly statistics.
Kelly reported to me at Fernway.
I supervised her thesis. Kelly's work was sound.
Kelly is my colleague, and a good one.
I met Kelly at a fair and hired her.
“I have known her for ten years,” her landlord says. Kelly sings.
Kelly wants to study for four years at your school.
The course lasts two years. I think Kelly will finish it.
Kelly has been running a podcast for five years. I listen.
Kelly will need three months to finish.
I recommend Kelly. She is diligent.
        """,
        """
I have known Kelly for three years.
I taught Kelly for two semesters.
Kelly has worked with us since 2019.
From 2018 to 2021 I was Kelly's manager.
I have worked with Kelly for over a decade.
Kelly joined my team in March 2020 and stayed with us until June 2022.
I supervised Kelly during the summer of 2021.
For the past six months Kelly has been my assistant.
I have known Kelly since she was a child.
Over the last four years I watched her grow. Kelly is ready.
Kelly was my student for several years.
I coached Kelly for three seasons.
We worked together, Kelly and I, between 2015 and 2017.
I have known Kelly since her first year at school.
Kelly was a member of my lab (2016–2019).
I have had the pleasure of working with Kelly for the past two years.
Kelly interned with us for ten weeks.
I met Kelly five years ago when she joined our choir.
Kelly has been my colleague for many years.
In the eighteen months that she worked here, Kelly never missed a day with us.
I have taught Kelly for a year and a half.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_how_long_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_how_long_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
