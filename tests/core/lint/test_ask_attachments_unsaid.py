"""T10: the ask does not say what is attached."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T10"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Ben Ashdown"},
        """
Would you write me a letter?
I can send you my résumé if you like.
I will attach my résumé later.
I have not attached anything.
There is no attachment.
I am very attached to this place. Would you write me a letter?
“Attached is my résumé,” they all write. Would you write me a letter?
My résumé is long. Would you write me a letter?
I could share more if needed.
Would you like me to send the posting?
The job is at Fernway.
I included you in my thanks to the team? No, I forgot.
Happy to send anything you need.
You have my CV from years ago, I think.
Please send it by Friday.
The form is on their site.
I wrote about soil in my thesis.
Let me know what you need.
I am attached to the map room.
Nothing is enclosed.
I would send you notes.
        """,
        """
I attach my résumé.
Attached are my résumé and the posting.
I have attached my CV.
Please find my résumé below.
Enclosed is the form.
I am sending my transcript along.
The posting is attached to this mail.
You will find my résumé and three points below.
Here is the posting: https://example.org/job
My résumé and the posting are enclosed.
I include my best essay and the job description.
Everything is on one page: https://example.org/r/1
I attach what may help: my résumé, the posting.
Below are the posting and my notes.
I am enclosing my statement.
See my CV, which I attach.
I put the posting and the CV together for you here.
Attachments: résumé, posting.
With this mail comes the résumé you asked for.
I have included a draft of my statement.
My résumé is attached; nothing else is needed.
        """,
    ),
    (
        {"channel": "phone"},
        """

        """,
        """
Would you write me a letter?
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_attachments_unsaid_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_attachments_unsaid_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
