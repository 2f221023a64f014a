"""S17: nobody signs the letter."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S17"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is kind.
To Whom It May Concern, / Kelly is kind and I recommend her.
Kelly is kind. / Sincerely,
Kelly is kind. / Yours faithfully, / ,
Kelly is kind. / Sincerely, / [Your Name]
Kelly is kind. / Best regards,
Dear Committee, / Kelly is kind. / Please call me with questions.
Kelly is kind. / Sincerely, / ____________
Kelly is kind. / Sincerely, / Date: 3 May 2026
Kelly is kind. / Yours truly, / Signature:
Kelly is kind. / Kind regards, / 020 7946 0018
Kelly is kind. / Regards, / ben@example.org
Kelly is kind. / Many thanks,
Kelly is kind, and so I end.
Kelly is kind. / With best wishes,
Kelly is kind. / Yours, / [Name] / [Title]
Ben Ashdown / 12 Mill Road / Dear Committee, / Kelly is kind. I recommend her.
Kelly is kind. / Thank you,
Kelly is kind. / Sincerely yours, / https://example.org
Kelly is kind. / Respectfully, / Enclosures: two
        """,
        """
Kelly is kind. / Sincerely, / Ben Ashdown
Kelly is kind. / Yours, / Ben
Kelly is kind. / Sincerely, / Dr Ben Ashdown / Head of School
Kelly is kind. / Best regards, /  / Ben Ashdown, PhD
Kelly is kind. / Ben Ashdown
Kelly is kind. / Yours faithfully, / ____________ / Ben Ashdown
Kelly is kind. / Kind regards, / B. Ashdown
Kelly is kind. / Sincerely, / Ben Ashdown / ben@example.org
Kelly is kind. / Regards, / O’Neill
Kelly is kind. / Yours, / Søren
Kelly is kind. / Sincerely yours, / Professor Mei Tanaka
Kelly is kind. / With warm regards, / Ana de la Cruz
Kelly is kind. / Respectfully, / The Rev. Ben Ashdown
Kelly is kind. / Cheers, / Ben
Kelly is kind. / Sincerely, / BEN ASHDOWN
Kelly is kind. / Yours sincerely, / 田中
Kelly is kind. / Best, / Ben
Kelly is kind. / Love, / Aunt May
Kelly is kind. / Very truly yours, / Ben Ashdown, Esq.
Kelly is kind. / Ben Ashdown / Head of School
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_unsigned_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_unsigned_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
