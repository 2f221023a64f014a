"""S11: the letter holds no figure and no date."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S11"
CASES = [
    (
        {"about": "Kelly Brandt"},
        """
Kelly is diligent and honest.
Kelly wrote several papers and gave many talks.
Kelly is one of the best students I know.
She helped a lot of people. Kelly is kind.
I have known Kelly for a long time.
Kelly raised sales by a good deal.
Kelly is a 30-year-old writer of great skill.
At 24 years of age Kelly writes like a master.
Kelly worked on some projects with a large team.
Kelly goes above and beyond.
Kelly is second to none in spirit and in care.
On the one hand Kelly is quick; on the other she is calm.
No one can match Kelly.
She finished early more often than not. Kelly shines.
Kelly is the one to watch.
She has won prizes. Kelly is modest about them.
Kelly served as captain and as mentor.
Kelly's work may be read in journals of note.
Kelly met her targets and grew her group.
She leads her choir with joy. Kelly is a gift to us all.
        """,
        """
Kelly wrote four papers in two years.
Kelly raised sales by 14%.
Kelly ranks third of ninety students.
She joined in May 2019. Kelly is kind.
Kelly led a team of twelve nurses.
Kelly saved us £20,000 a year.
In 2021 Kelly rebuilt the catalogue.
She halved our waiting times. Kelly planned it all.
Kelly taught forty children to swim.
Kelly speaks five languages.
Kelly scored 98 points.
Half the class asked Kelly for help.
Kelly came in the top quarter of her year.
She ran the desk for eighteen months. Kelly never missed a day.
Kelly won first prize at the fair.
Twice Kelly was named nurse of the month.
Dozens of guests wrote to thank Kelly.
She answered three hundred letters last winter. Kelly types fast.
Kelly's thesis runs to 300 pages.
Since 2018 Kelly has chaired the club.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_no_figures_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_no_figures_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
