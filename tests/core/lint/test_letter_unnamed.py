"""S07: the letter never names the applicant."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S07"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
She is a fine nurse and I recommend her.
The applicant is diligent and honest.
I recommend my former student for your programme.
This young woman has a bright future.
I can only speak well of this colleague.
To Whom It May Concern, / He works hard. / Yours, / Ben
They have been with us since May.
The candidate led four projects.
My assistant deserves the post.
She sings, she cooks, she writes.
The bearer of this letter worked for us.
It is a pleasure to recommend the undersigned’s student.
Our intern was punctual.
Few people work so hard.
I have seldom met a more careful mind.
Please give her the job.
The nurse I write about is patient.
He rebuilt the archive in a month.
She will do well wherever she goes.
I write in support of an excellent cook.
        """,
        """
Kelly is a fine nurse and I recommend her.
Ms Brandt is diligent.
I recommend KELLY BRANDT.
K. Brandt led four projects.
Brandt, Kelly: a reference / She is kind.
Re: Kelly Brandt / Dear Committee, / She is kind.
I know Kelly’s work well.
Kelly-Ann has been with us since May.
Of all my students, Kelly reads most.
This letter is for Kelly.
I write about Miss Brandt.
Kelly.
Kelly Marie Brandt has a bright future.
Everyone here likes Kelly.
I recommend Priya without hesitation.
To whom it may concern: Kelly Brandt worked here.
KB (Kelly Brandt) is my student.
It was Kelly who called.
Her name is kelly brandt, and she writes it small.
Mx Brandt is a careful reader.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_unnamed_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_unnamed_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
