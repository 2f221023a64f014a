"""T04: the ask does not say why this person."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T04"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter of recommendation for a job?
I need three letters by May. Could you write one?
I am applying to Fernway. They want a letter.
Please write me a strong letter by 3 May.
Thank you for the coffee. Would you write for me?
I need someone to recommend me.
A letter from a professor would help me.
Could you be one of my references?
I was told to ask for a letter.
My résumé is attached. I hope to hear from you.
They ask for two letters. I have one.
I hope you know that I am grateful.
I am not sure whether you remember me. Could you write a letter?
I would like a letter for my file.
The school wants a letter by June.
It would be a great help to have one more letter.
Please send a letter to the trust.
I enjoy the town and the river. Could you write?
You are busy, I know. Still I ask.
“You know my work,” I thought. Could you write a letter?
I should be glad of a page from you.
        """,
        """
I am asking you because you saw me run the desk.
You know my work better than anyone.
You supervised my thesis. Would you write me a letter?
I worked for you for three years. Would you write me a letter?
I ask you since you watched me learn the trade.
We built the archive together. Would you write me a letter?
Nobody else saw what happened that night. Would you write me a letter?
You taught me in two courses. Would you write me a letter?
You could speak about how I handle a crisis.
I thought of you first, because it was in your team that I grew.
I studied with you from 2019 to 2021. Would you write me a letter?
Your view of my work would count most.
As you were there when the roof fell, I turn to you.
My project in your lab is what they want to hear about.
You read every draft of my book. Would you write me a letter?
You have known me since I was nineteen.
I am writing to you because your course made me choose law.
You managed me through the worst winter.
Few people know my teaching as you do.
I was on your team for the audit. Would you write me a letter?
You hired me, and you saw what came of it.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_why_you_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_why_you_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
