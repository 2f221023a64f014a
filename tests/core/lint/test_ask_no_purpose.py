"""T05: the ask does not say what the letter is for."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T05"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter of recommendation?
I need a letter by 3 May. Would you write it?
I enjoyed your course. Could you write a strong letter for me?
Thank you for your help at the archive. Would you write me a letter?
Please write me a letter. I attach my résumé.
Would you be my reference?
I would be glad of a letter from you.
You know my work. Could you recommend me?
It would mean a lot to me.
Could you send me a letter by Friday?
I am asking three people for letters.
I am not applying for anything yet. Would you write me a letter?
Thank you for the job you gave me in 2019. Would you write me a letter?
My time at your school was good. Could you write a letter?
I remember the exam and the laughter. Could you write for me?
A few lines from you would help.
The letter should be about one page.
I learnt a lot in your class. A letter would be kind.
I would love to have a letter with your name.
“I am applying for the post,” said my friend. Would you write me a letter?
As you know, time flies. Please write.
        """,
        """
I am applying for the post of analyst. Would you write me a letter?
Would you write me a letter for the MSc at Leeds?
It is for a scholarship.
I am applying to three universities.
I would like a letter to keep for later.
I hope to become a nurse: the letter is for my training at Fernway.
The letter would go to the Halvorsen Foundation, for their grant.
I want to work as a librarian, and the county is hiring for that job.
Would you recommend me for the internship at the museum?
I am a candidate for promotion: the letter is for the board.
It is for my application to the choir.
I apply for a visa, and they ask for a letter.
They need a reference for the flat: the letter is for the tenancy.
Would you write a letter for the programme in soil science?
I am going to apply to the conservatoire in May.
The letter would support my application.
I would like to have a letter on file, for when something comes up.
It is for a fellowship at the observatory.
I am applying for a job as a cook.
I have my eye on a role at the trust. The letter is for that role.
The post is at a school; the letter is for that job.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_no_purpose_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_no_purpose_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
