"""S14: a hedge weakens what is said."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S14"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly seems to be honest.
Kelly appears to know her trade.
Kelly might be a good fit for you.
Perhaps Kelly will do well.
Kelly is fairly competent with figures.
Kelly is somewhat organised in her work.
As far as I know, Kelly is punctual.
I think she may be ready for more. Kelly tries.
Kelly could become a good teacher.
I suppose Kelly will cope.
She is probably the right person. Kelly applied.
Kelly is reasonably skilled at the till.
Kelly should be able to manage the work.
I assume that Kelly has grown since.
Kelly tries to be on time.
She may have the makings of a cook. Kelly cooks.
I guess Kelly has talent.
To the best of my knowledge Kelly never stole.
Kelly seemed quite interested in the work.
Kelly might make a useful clerk.
She is more or less reliable. I mean Kelly.
Possibly Kelly is what you need.
        """,
        """
Kelly is honest.
Kelly knows her trade.
Kelly will do well.
Nobody seems to work as hard as Kelly.
“She might be the one,” her coach said of Kelly.
Kelly solved what seemed to be a hopeless case.
Kelly asks what might be wrong before it is.
Kelly is strong, quick and sure.
If a problem seems to be hard, Kelly starts earlier.
Kelly does not seem to tire.
The task appeared to be dull; Kelly made it sing.
I think highly of Kelly.
I believe in Kelly.
Kelly may call me at any time.
You may be sure of Kelly.
May Kelly find what she seeks.
I am certain that Kelly will thrive.
Kelly has a rather large family.
Kelly could read at three.
Kelly makes hard work seem effortless.
Kelly is never possibly late: she is always early.
I have no doubt at all about Kelly.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_hedge_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_hedge_near_miss_is_left_alone(near_miss: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert not fires(CODE, *near_miss)
