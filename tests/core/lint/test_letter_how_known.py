"""S08: the letter does not say how the writer knows the applicant."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S08"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is a gifted nurse with great patience and skill.
I recommend Kelly for your programme. She is diligent and clever.
Kelly has a degree in law and speaks four languages.
Kelly would make a fine addition to your staff.
Everyone speaks well of Kelly. I am glad to add my voice.
I have read Kelly's papers and they are good.
I do not know Kelly personally, but her record is clear.
I never worked with Kelly, yet I have heard good things of her.
“I worked with Kelly for years,” a friend told me. She is said to be good.
Kelly asked me for a letter. Here it is.
Kelly is twenty years old and a dancer.
She has taught many people to swim. Kelly is kind.
Kelly Brandt: honest, punctual, loyal.
Please hire Kelly. You will not be sorry.
Kelly is well known in our town for her bread.
Her supervisors praise her. Her teachers love her. Kelly shines.
Kelly has all the makings of a leader.
It is an honour to write for Kelly, whose fame needs no letter.
Kelly's talent speaks for itself, and so does her work.
I strongly endorse Kelly as a candidate for your post.
Kelly has worked hard on every task and met every date.
        """,
        """
I have known Kelly since she joined my team in 2019.
I taught Kelly in two courses on statistics.
I was Kelly's supervisor at the archive.
As her manager, I saw Kelly every day.
Kelly has worked for me as a clerk.
Kelly was a student in my class on soil.
I have had the pleasure of working with Kelly on three films.
Kelly reported to me for two years.
We shared an office, and I watched Kelly grow.
Kelly wrote her thesis under my supervision.
I first met Kelly when she came to our school as a trainee.
I supervised Kelly during her internship.
Kelly and I worked together on the night shift.
I managed the ward where Kelly nursed. She was part of my team.
As the head chef at Fernway, where she cooked, I tasted her work daily. I hired Kelly myself.
Kelly has been my assistant for a year.
Kelly is my colleague in the map room.
I mentored Kelly through her first season.
I have coached Kelly for four years.
Kelly took my seminar on ethics and stayed for the next.
It was my privilege to have Kelly in our company for two seasons.
She collaborated with us on the survey; Kelly drew every map.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_how_known_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_how_known_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
