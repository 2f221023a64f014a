"""S06: the applicant's name with a slip of the pen."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S06"
CASES = [
    (
        {"about": "Joseph Whitlock"},
        """
Throughout his tenure, Jospeh has worked hard.
I recommend Josehp without hesitation.
Joesph is a careful nurse. I have known Joseph for years.
I am writing on behalf of Joseph Whitlok.
I recommend Joseph Withlock for the post.
Jozeph has been a joy to teach. I recommend Jozeph.
In short, Josepf is ready for more.
I have known Josseph for two years.
Mr. Whitlocke is the best of his year, and I recommend him.
I am confident that Jospeh will thrive.
I support Josepg's application.
It is a pleasure to recommend Joseph Whitlcok.
Joeph is a gifted writer. Joeph is also kind.
I had the pleasure of teaching Josoph.
I cannot recommend Jospeh highly enough.
What sets Joseqh apart is patience.
Jsoeph has grown. I recommend Jsoeph.
Joseph is kind. I have no doubt that Jospeph will do well.
I recommend Joseph Whitloch for promotion.
In conclusion, Joeseph would be an asset to any team.
        """,
        """
I recommend Joseph without hesitation.
I recommend Joe Whitlock without hesitation.
I recommend J. Whitlock without hesitation.
I recommend Joseph P. Whitlock without hesitation.
Joseph's work is a delight.
JOSEPH WHITLOCK has my support.
I recommend Joséph to you.
Joseph and Josephine wrote it together.
Joseph worked with my colleague Josef.
I recommend Maria without hesitation.
Mr Whitlock is a fine nurse.
Joseph's sister, Josepha, also works here.
Joseph read all of Joyce and taught Jo.
His professor, Dr. Whitelock, told me so.
Joseph, who joined in June, leaves in July.
Whitlock and Joseph are one and the same.
Joseph worked at Josephs & Sons.
I know Joey well; Joey is how we call him. Joseph laughs.
The Whitlow Prize went to Joseph.
When Jasper left, Joseph took over.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_misspelt_name_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_misspelt_name_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
