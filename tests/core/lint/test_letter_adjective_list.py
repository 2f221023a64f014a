"""S12: a list of adjectives in the place of an episode."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S12"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is hardworking, reliable, and honest.
She is a kind, patient and generous colleague.
Kelly is dedicated, talented, and professional in all she does.
I found her to be diligent, punctual and polite.
Kelly is smart, creative and driven.
Kelly has always been honest, loyal, and very kind.
She is intelligent, articulate, and highly motivated.
Kelly is a thoughtful, caring and responsible nurse.
Kelly proved curious, thorough, and persistent.
They know her as warm, witty and wise.
Kelly is well-organised, detail-oriented and calm.
Kelly is an energetic, enthusiastic and cheerful person.
Her manner is gentle, patient, and sincere.
Kelly is independent, resourceful and brave.
I would call her trustworthy, modest and fair.
Kelly is bright, eager, attentive.
Kelly is courteous, respectful, and considerate of all.
A passionate, committed and gifted teacher, Kelly is loved.
Kelly is disciplined, focused and strong.
She comes across as confident, friendly and capable. That is Kelly.
        """,
        """
Kelly is honest and kind.
Kelly is reliable.
Kelly was patient, calm and exact when the alarm went off.
Kelly is not loud, pushy or vain.
“She is kind, patient and generous,” a guest wrote of Kelly.
Kelly studied active, passive and adaptive systems.
Kelly translates legal, medical and technical texts.
Kelly is kind, patient and exact: she counted every vial twice.
Kelly bought apples, pears, and plums.
Kelly taught reading, writing, and sums.
Kelly worked in Leeds, York, and Bath.
Kelly is careful, because she once was careless.
Kelly writes, edits, and prints the paper.
Kelly is diligent. She was early on all 212 days.
She led the design, the build and the launch. Kelly did.
Kelly sorted public, private and charitable funds by hand.
Kelly dances, sings and acts.
Red, green, and blue are the colours Kelly mixes.
Kelly used qualitative, comparative and statistical methods.
Kelly is as calm as she is quick.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_adjective_list_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_adjective_list_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
