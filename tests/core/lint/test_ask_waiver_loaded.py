"""T12: the waiver choice is pressed on the writer or commented."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T12"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Please let me read it before you send it.
I have not waived my right, so please be kind.
Could you send me the draft first?
I would like to see the letter before it goes.
Unfortunately I had to waive my right to read it.
They made me sign the waiver.
I kept my right to read because I am curious.
I want to check what you write before you send it.
Please show me the letter first.
I will read it, so be careful what you write.
I have waived my right as a sign of my trust.
I waived it because I trust you.
Sadly, I waived my right to see the letter.
I have not waived it, so that I can review the letter.
I am sure that you will only say nice things.
Could you please let me look over it?
I need to read the letter beforehand.
I was forced to waive my rights.
Remember that I can read it.
I insist on seeing it first: make sure to show it to me.
I hope you will write only good things.
        """,
        """
I have waived my right to read the letter.
I have not waived my right to read it.
I may read the letter.
Whether I may read the letter is for you to say; you can mark it as in confidence.
Please do not show me the letter.
I do not need to see it first.
You need not send me a draft.
“I would like to see the letter before it goes,” a friend once told his teacher.
Please let me know if the date does not suit you.
Please send it by 3 May.
I would like to see you before the term ends.
Could you send me a line when it is done?
I want to read law at Leeds.
I waived my right in writing on 3 May.
The letter is sealed.
The school offers a waiver, and I took it.
I kept my right to read it.
I will not read it.
Could you let me use your name?
I hope you are well.
Please review the posting I attach.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_waiver_loaded_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_waiver_loaded_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
