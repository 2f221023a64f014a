"""S03: a pronoun other than the applicant's stated one, where nobody else can be meant."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S03"
CASES = [
    (
        {"about": "Kelly Brandt", "pronouns": "she/her"},
        """
Kelly is a nurse. He is patient.
Kelly brought his own tools to work.
I have known Kelly for years and trust him.
Kelly taught himself to weave.
In my class, Kelly was quiet. His essays spoke for him.
He is the best student I have had.
Kelly leads; everyone follows him gladly.
I recommend Kelly to you. He will not let you down.
Whenever Kelly sings, his voice fills the hall.
Kelly wrote the paper. I asked him to present it.
She is kind, and his work is good.
Kelly is calm. She reads, and he writes.
As for Kelly, his record is clear.
Kelly Brandt finished his degree in 2019.
I would hire him again tomorrow.
Kelly and I met in May; he had just moved here.
Give Kelly a task and he does it.
Kelly came early. On most days he stayed late.
Please call if you have questions about him.
Ms. Brandt is careful. His notes are neat.
Kelly is diligent. To my mind, he has earned it.
        """,
        """
Kelly is a nurse. She is patient.
Kelly brought her own tools to work.
Kelly worked for my colleague Ben, and he praised her.
When the patient fell, Kelly caught him.
Kelly's father taught her to weave; he was a weaver.
Our director saw it. He was impressed by Kelly.
“He is the one,” they said, meaning Kelly's brother.
Kelly asked a student why he was late.
They all like Kelly.
Each child knew that Kelly would help him.
Dr. Moyo supervised the work. He thinks well of Kelly.
Kelly calmed the customer and found his bag.
Kelly trained Mateo, and he now leads a team.
The this and the hereby of law bore Kelly.
Kelly told the chef that his soup was cold.
Kelly is at home in Hisarlik and Shea Butte.
She reads Joyce. When the author lost his sight, she says, he heard more.
One boy said he owed Kelly everything.
Her teacher told me that he had never seen such patience.
Kelly looked after her neighbour until he was well.
A guest lost his ring; Kelly found it.
Kelly is a joy to know. She asks for no praise.
        """,
    ),
    (
        {"about": "Kelly Brandt", "pronouns": "they/them"},
        """
Kelly is a nurse. She is patient.
Kelly brought his own tools to work.
        """,
        """
Kelly is a nurse. They are patient, and their notes are neat.
        """,
    ),
    (
        {"about": "Kelly Brandt", "pronouns": "she/they"},
        """
Kelly is a nurse. He is patient.
        """,
        """
Kelly is a nurse. She is patient, and they are kind.
        """,
    ),
    (
        {"about": "Kelly Brandt", "pronouns": "xe/xem"},
        """
Kelly is a nurse. She is patient.
        """,
        """
Kelly is a nurse. Xe is patient.
        """,
    ),
    (
        {"about": "Kelly Brandt", "pronouns": ""},
        """

        """,
        """
Kelly is a nurse. He is patient, and she is kind.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_wrong_pronoun_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_wrong_pronoun_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
