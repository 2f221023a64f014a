"""T06: the ask does not ask for a strong letter."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T06"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter of recommendation?
I need a letter by May.
Could you write a few lines about me?
Please send a reference to the school.
May I name you as a reference?
Would you write for me? It is for a job.
I would like a letter. I have strong hands.
It is a strong programme. Would you write me a letter?
The letter need not be strong.
I do not ask for a strong letter.
“A strong letter helps,” they say. Would you write one?
The competition is strong. Please write me a letter.
I had a good year. Would you write me a letter?
A short letter would do.
Any letter will help.
I want a letter on paper.
Could you fill in the form for me?
Would you be able to write a letter by Friday?
I am glad that you will write.
It is a good school, and they ask for a letter.
I feel good about this. Would you write?
        """,
        """
Would you write me a strong letter of recommendation?
Could you write a strong letter for me?
Would you feel able to write a positive letter?
Could you give me a strong reference?
Do you know my work well enough to write for me?
Would you feel comfortable recommending me?
Could you recommend me strongly?
Would you be willing to write a supportive letter?
I hope for a letter that is strong.
Would you be able to recommend me without hesitation?
Could you speak well of my work?
Would you write a detailed, positive letter?
Do you feel you saw enough of my work to recommend me?
Could you in good faith support me with a strong recommendation?
Would you be happy to recommend me?
Could you warmly recommend me?
I need a strong letter of support.
Would you write me a good letter?
Could you vouch for me with confidence?
Would you feel at ease endorsing me?
Is a favourable letter something you could write?
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_not_strong_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_not_strong_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
