"""T11: the ask does not say whether the applicant may read the letter."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T11"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter?
I attach my résumé.
I read your book. Would you write me a letter?
Please write by 3 May.
I hope to see you soon.
I can see the river from here.
It is for the MSc at Leeds.
You saw my work. Would you write me a letter?
I will read your notes again.
“I waive my right,” says the form. Would you write me a letter?
May I come and see you?
Let me read you the posting.
Thank you for reading my drafts.
I know the right people.
The committee reads every letter.
I will look at the posting again.
Please say no if it does not suit you.
I have seen the school. It is fine.
My pronouns are she/her.
I would like to read law.
Please keep my place in the choir.
        """,
        """
I have waived my right to read the letter.
I have not waived my right to read it.
The letter is confidential.
You can mark it as in confidence.
I may read the letter.
I will not see what you write.
Whether I may read it is for you to say.
I have signed the FERPA waiver.
It is an open letter, so I may see it.
Only its readers will see it.
I have chosen not to see the letter: it goes straight to the school.
I keep the right to see it.
The letter will be sealed.
I am allowed to read the letter.
You may send it directly to the committee.
I waive access.
The letter stays between you and the readers.
I do not expect to read it.
If you like, show it to me; if not, send it to them.
It will be sent to them without my seeing it.
I would not read your letter.
        """,
    ),
    (
        {"channel": "in_person"},
        """

        """,
        """
Would you write me a letter?
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_waiver_unsaid_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_waiver_unsaid_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
