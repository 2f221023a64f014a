"""S18: the letter gives no way to reach the writer."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S18"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is kind. / Yours, / Ben Ashdown
Please contact me with any questions about Kelly.
Do not hesitate to call me about Kelly.
Kelly worked here from 2018 to 2021.
Kelly won 12 prizes and ran 300 miles.
Kelly is kind. / Ben Ashdown / Head of School
I can be reached at any time. Kelly knows how.
Kelly is kind. / 3 May 2026
Kelly raised £20,000 in 2020.
Write to me. Kelly has my address.
My phone is always on, for Kelly.
Kelly is kind. / [Phone Number] / [Email]
Kelly is kind. / 2026-05-03 / Ben
Kelly scored 98.5 of 100.
Kelly is kind. / 03/05/2026 / Ben
Feel free to mail me. Kelly will not mind.
Kelly: 2018–2021, head nurse.
I would be happy to talk about Kelly.
Kelly lives at 12 Mill Road. I am glad to help.
Kelly is kind. / Ben Ashdown, 1st Floor
        """,
        """
Kelly is kind. / ben@example.org
Call me on 020 7946 0018 about Kelly.
Kelly is kind. / +44 20 7946 0018
Kelly is kind. / (555) 010-0199
Kelly is kind. / Tel. 555-0199-22
Write to ben.ashdown@mail.example.co.uk about Kelly.
Kelly is kind. / https://example.org/ben
Kelly is kind. / www.example.org
Kelly is kind. / 0049 30 1234567
Kelly is kind. / ben (at) example.org
Kelly is kind. / ext. 4411
Kelly is kind. / Phone: 07700 900123
Kelly is kind. / Ben Ashdown, b+work@example.org
Reach me at ben_a@example.com; Kelly agrees.
Kelly is kind. / T: 01632 960 001
Kelly is kind. / +1 202 555 0143
Kelly is kind. / Ben Ashdown / Box 225
Kelly is kind. / Tel: (0)20 7946 0018
Kelly is kind. / http://ben.example.org/contact
Kelly is kind. / ben@münchen.example
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_no_contact_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_no_contact_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
