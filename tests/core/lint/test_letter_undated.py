"""S16: the letter bears no date."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S16"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
To Whom It May Concern, / Kelly is kind. / Yours, / Ben Ashdown
I have known Kelly since 3 May 2019.
Kelly joined us on 12 June 2020 and left on 1 July 2021.
Dear Committee, / On 4 March 2021 Kelly saved the ship. / Ben Ashdown
Kelly was born in May 1999.
Kelly is kind. / Sincerely, / Ben Ashdown / Head, 2019
Ben Ashdown / 12 Mill Road / Dear Committee, / Kelly is kind.
Kelly led the March 2020 audit with care.
[Date] / Kelly is kind.
Since the third of May, Kelly has worked here.
Kelly wrote it in 2020.
Please reply by 30 October 2026, as Kelly waits.
Kelly is kind. / Ben Ashdown / +44 20 7946 0018
In April Kelly left; in June she came back.
Date: / Kelly is kind.
From 2018-01-05 to 2019-03-04 Kelly worked here and did well.
Kelly came on Monday.
The room is 10/11/12 and Kelly cleans it.
Version 1.2.3 was the work of Kelly.
Kelly is kind. / Signed on a Tuesday
        """,
        """
3 May 2026 / To Whom It May Concern, / Kelly is kind.
London, 3 May 2026 / Kelly is kind.
May 3, 2026 / Kelly is kind.
2026-05-03 / Kelly is kind.
03/05/2026 / Kelly is kind.
Date: 3 May 2026 / Kelly is kind.
Kelly is kind. / Sincerely, / Ben Ashdown / 3 May 2026
Kelly is kind. / Ben Ashdown, 3 May 2026
May 2026 / Kelly is kind.
3rd of May 2026 / Kelly is kind.
Dated 3 May 2026 / Kelly is kind.
3.5.2026 / Kelly is kind.
Leeds, the 3 May 2026 / Kelly is kind.
Sept. 3, 2026 / Kelly is kind.
Ben Ashdown / 12 Mill Road / 3 May 2026 / Dear Committee, / Kelly is kind.
3 MAY 2026 / Kelly is kind.
December 2026 / Dear Committee, / Kelly is kind.
Fernway, 1 January 2026 / Re: Kelly / Kelly is kind.
Kelly is kind. / Yours, / Ben / 12-05-2026
2026年5月3日 / 我推荐她。
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_undated_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_undated_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
