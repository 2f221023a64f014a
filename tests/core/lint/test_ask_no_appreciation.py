"""T03: the ask does not open with a true, specific appreciation."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T03"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Dear Ben, / Would you write me a letter of recommendation?
Dear Ben, / I hope this finds you well. I need a letter by May.
Dear Ben, / I am applying for a job and they want a letter from you.
Dear Ben, / Thank you in advance for your time.
Dear Ben, / Thank you for your consideration. I need a letter.
Dear Ben, / I need a reference. Please send it to the school.
Dear Ben, / As you may know, I am looking for work. Could you write for me?
Dear Ben, / I would enjoy working with you again. Could you write a letter?
Dear Ben, / I would appreciate a letter of recommendation.
Dear Ben, / I would be grateful for a letter by 3 May.
Dear Ben, / Attached is my résumé. Please write a letter.
Dear Ben, / You are busy, I know. I want a letter.
Dear Ben, / I did not enjoy the course. Could you write me a letter?
Dear Ben, / “Thank you for teaching me,” a friend wrote you. I need a letter.
Dear Ben, / My name is Ada. I need two letters by June.
Dear Ben, / I enjoyed everything. Would you write a letter?
Dear Ben, / Thank you for everything. Would you write me a letter?
Dear Ben, / The deadline is near. Could you help?
Dear Ben, / I admire you so much. Would you write a letter for me?
Dear Ben, / Please find the form below. It takes a page.
Dear Ben, / Could I list you as a reference?
        """,
        """
Dear Ben, / I enjoyed your Friday reviews. Would you write me a letter?
Dear Ben, / Thank you for teaching me to read a balance sheet. Would you write me a letter?
Dear Ben, / I learnt more on your night shift than in any course. Would you write for me?
Dear Ben, / Your seminar on soil changed how I walk in a field. Would you write me a letter?
Dear Ben, / Working under you was the best year of my training. Would you write me a letter?
Dear Ben, / I still think of the day you let me run the desk. Would you write me a letter?
Dear Ben, / You taught me to ask the second question. Would you write me a letter?
Dear Ben, / I am grateful for the hour you gave me in March. Would you write me a letter?
Dear Ben, / I have always valued your plain advice on drafts. Would you write me a letter?
Dear Ben, / Because of you I stayed in nursing. Would you write me a letter?
Dear Ben, / It was a pleasure to build the shelves with you. Would you write me a letter?
Dear Ben, / Thank you for talking with me in the yard on Monday. Would you write me a letter?
Dear Ben, / You showed me how to lose an argument well. Would you write me a letter?
Dear Ben, / My time in your group taught me patience. Would you write me a letter?
Dear Ben, / Your comments on my thesis made it what it is. Would you write me a letter?
Dear Ben, / I remember the evening the press broke. Would you write me a letter?
Dear Ben, / I loved the choir and your warm-ups. Would you write me a letter?
Dear Ben, / Thanks for the long walks through the yard. Would you write me a letter?
Dear Ben, / You were the first person to trust me with a key. Would you write me a letter?
Dear Ben, / I miss our Thursday maps. Would you write me a letter?
Dear Ben, / I often use what you said about silence. Would you write me a letter?
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_no_appreciation_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_no_appreciation_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
