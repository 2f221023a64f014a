"""T13: guilt or pressure."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T13"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
You owe me this one.
You are my last hope.
My whole future depends on you.
I would be devastated if you said no.
Please, please write it.
I need it as soon as possible.
This is urgent.
After all I have done for the team, I hope you will write.
It will only take five minutes.
I have not heard from you yet.
I am still waiting for your answer.
Surely you can find the time.
I am counting on you.
Everyone else has refused.
You promised to help me.
As I already said, I need the letter.
I have already told them that you will write.
It is just a letter.
You cannot say no.
Do not let me down.
You have to help me.
You haven't replied to my mail.
I know that you will not refuse.
        """,
        """
Please feel free to say no.
There is no hurry.
It is not urgent.
You do not owe me anything.
You helped me when a patient was urgent.
“You owe me this one,” he joked to a friend.
You taught me to answer urgent calls calmly.
If it is urgent for you to decline, tell me.
You need not answer at once.
I would be glad of a letter by 3 May.
My future plans are open.
I hope you are well.
I learnt to work in an urgent care ward.
Please tell me at once if the month is full.
You never let me down, and I am grateful.
I have heard from the school.
The last person I asked was kind.
My hope is to study soil.
I can send the posting.
It depends on the date.
Nobody should have to hurry: take the time you need.
I waited in the yard on Monday, and we talked.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_pressure_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_pressure_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
