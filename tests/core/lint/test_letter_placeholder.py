"""S01: a place left to fill in the letter."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S01"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
I have known [Name] for three years.
Sincerely, / [Your Name]
Dear {recipient}, / Kelly is a fine nurse.
I recommend <<APPLICANT>> to you.
She worked at ________ from 2019 on.
Kelly joined us in XXXX and left in 2021.
I am writing on behalf of <student name> for your programme.
It is a pleasure to recommend NAME for the post.
She would fit well into the PROGRAM at your school.
Kelly led the project [describe the project here] with care.
To the Admissions Committee of [University],
She has worked here since TBD.
TODO: add an example of her teaching.
Her thesis was on (insert topic) and won a prize.
I have supervised him/her for two years.
He/she is a careful reader.
Kelly was promoted on [date] to head nurse.
Lorem ipsum dolor sit amet.
Firstname Lastname has been my student.
Kelly has a degree from XYZ University.
She ran the bar at ABC Restaurant.
I remember when she ??? and everyone laughed.
[INSERT PARAGRAPH ABOUT RESEARCH]
尊敬的[收件人姓名]：我推荐她。
I supervised «Name» at the clinic.
Please accept ${CANDIDATE} for the course.
I met Kelly when (candidate's position) opened.
Kelly wrote the paper “[Title]” with me.
        """,
        """
As the reviewer put it, “she [Kelly] is the one to watch”.
The paper says that “the results are robest [sic]”.
Her first paper [1] was cited within a month.
Two of her papers [2, 3] won prizes.
She tests code with X-ray precision.
Kelly works at NASA and speaks at IEEE meetings.
Write to me at <kelly.boss@example.org> at any time.
See <https://example.org/letters> for her work.
Her name is known to everyone in the ward.
She asked what the title of the talk should be.
She studied XX chromosomes in mice.
Malcolm X was the subject of her essay.
The company gave her a title and a position of trust.
Kelly (Kelly-Ann to her friends) sings.
Her GPA (3.9 of 4) is the best of the year.
It was... a long night.
Sincerely, / ______________________ / Ben Ashdown
He or she who cooks must also wash up, she used to say.
She wrote 100% of the report in LaTeX.
Her dissertation (submitted in May) runs to 300 pages.
The date was set, the university told, the students invited.
She scored A+ in C++ and B in {}.
I quote: “[the] committee thanks her.”
She read the whole of Part II [emphasis added] aloud.
Our unit is called ABC, and she leads it.
- [x] reliable / - [ ] late
She hopes to read hydrology (University of Turku) in the autumn.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_placeholder_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_placeholder_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
