"""S04: the letter addresses another institution than the one it is for."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S04"
CASES = [
    (
        {"about": "Kelly Brandt", "institution": "University of Leeds", "opportunity": "MSc in Statistics"},
        """
I recommend Kelly for admission to the University of York.
Kelly would be an asset to Harbour & Vale Trust.
I am confident that she will thrive at Stanford.
Dear Harvard Admissions Committee, / Kelly is bright.
Dear Members of the Selection Committee at Kestrel College, / Kelly is bright.
I support her application to ETH Zürich.
Imperial College would be fortunate to have her.
Kelly hopes to join Acumen in the autumn.
Please accept this letter in support of Kelly's candidacy at Northwind Traders.
She will make a fine addition to the team at BrightPath.
I believe that she will represent St. Olaf College well.
I understand that Kelly is applying to Yale.
She is eager to study at Oxford.
I would urge Google to hire her.
I recommend Kelly for the MSc at the University of Bath.
Kelly is an ideal candidate for McKinsey.
I have no doubt that she would contribute to the community at UCL.
It is a pleasure to recommend her for a position with Fernway Ltd.
Her skills make her a perfect fit for the Royal Opera House.
She is exactly the kind of person Princeton is looking for.
I write in support of Kelly's admission to Leeds Beckett and to Juilliard. I recommend her to Juilliard.
She will bring much to the Institute of Cancer Research.
        """,
        """
I recommend Kelly for admission to the University of Leeds.
Kelly would be an asset to Leeds.
Kelly worked at Harbour & Vale Trust before she came to us.
I am a professor at Stanford and have taught for ten years.
She graduated from Harvard in 2019.
Kelly joined Acumen in 2016 as an assistant.
As head of design at BrightPath, I see many applications.
During her time at Yale, Kelly led two projects.
Kelly interned at Google and was asked to return.
She turned down an offer from Oxford last year.
Our partners at McKinsey still ask for her.
She would be an asset to your university.
She presented her work at the Royal Society in March.
Dear Admissions Committee, / Kelly is bright.
To Whom It May Concern, / Kelly is bright.
Dear Professor Whitlock, / Kelly is bright.
I recommend Kelly for the MSc in Statistics.
My own degree is from Princeton, and I know the standard.
“She would be an asset to Yale,” wrote her teacher years ago. I agree.
Kelly will do well in London or in Paris.
The University would be fortunate to have her.
I have been at Northwind Traders for twenty years.
She volunteered with Kestrel Careers every summer.
UoL would gain a fine student in Kelly.
Kelly will not apply to Siemens.
Kelly does not want to go to Brightside College this year.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_wrong_institution_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_wrong_institution_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
