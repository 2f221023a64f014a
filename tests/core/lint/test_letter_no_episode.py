"""S10: the letter tells no specific episode."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S10"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is diligent, honest and kind.
Kelly always works hard and never complains.
She has great skills in writing. I recommend Kelly.
Kelly is a natural leader with a strong work ethic.
I recommend Kelly highly. She would be an asset to any team.
Kelly possesses a keen eye for detail and a love of learning.
She communicates well, both in speech and in writing. Kelly is a joy.
Kelly has shown dedication and commitment throughout.
When deadlines are tight, Kelly is always calm.
Kelly often helps others whenever they ask.
Her attitude is positive and her manner warm. Kelly is loved.
Kelly will succeed in whatever she does.
I have no doubt that Kelly can lead a team.
Kelly is good with people and with numbers.
She never once rebuilt a thing, I think, but Kelly is nice.
Kelly is a quick study and a team player.
I have known Kelly for years as a reliable colleague.
Kelly has an excellent command of English.
Her peers respect her. Her tutors praise her. Kelly is bright.
Kelly consistently delivers work of high quality.
“One day she saved the ship,” they say. I only know that Kelly is kind.
        """,
        """
In 2021 Kelly rebuilt the catalogue in six weeks.
When the river rose, Kelly moved the whole archive upstairs in one night.
For example, she once drove to the coast to fetch a part. Kelly is like that.
I still remember the evening she stopped a fight with a joke. That is Kelly.
Kelly wrote the grant that paid for our new roof, and she presented it to the board.
Last spring Kelly took over the night shift when two nurses fell ill.
She found an error in the census that had stood for ten years, because she asked for the raw files. Kelly reads.
On one occasion Kelly stayed until dawn with a dying man.
During the audit Kelly discovered three missing invoices.
Kelly cut our waiting times by half.
After the fire, Kelly organised a market in the car park.
She taught forty children to swim in one summer. Kelly is a coach.
I will never forget how she answered the hardest question of the day. Kelly won.
Kelly launched a reading club at the prison; it now has sixty members.
Within a month she solved the bug that had cost us a client. Kelly codes.
A case in point: the press broke, and Kelly mended it with a belt.
Kelly proposed a new roster, wrote it over a weekend, and put it to the vote on Monday.
When our lead singer lost her voice, Kelly sang the part at an hour's notice.
In her second week Kelly noticed that the fridge alarm was off.
Kelly translated the whole manual for our new staff.
Before the inspection she repaired twelve benches. Kelly never told me.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_no_episode_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_no_episode_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
