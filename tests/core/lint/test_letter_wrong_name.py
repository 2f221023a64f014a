"""S02: somebody else stands where the applicant should: a letter left over from another person."""

from __future__ import annotations

from collections.abc import Callable

CODE = "S02"
CASES = [
    (
        {"about": "Kelly Brandt", "writer": "Ben Ashdown"},
        """
I recommend Priya without hesitation.
It is a pleasure to write this letter for Thandiwe Moyo.
I am writing on behalf of Søren Lund, my student for two years.
I have known Xiaoming for six years.
Oluwaseun would be an asset to any team.
I am confident that Dmitri will do well.
Kelly is diligent. In short, I recommend Aoife to you.
Kelly is a fine cook. Mateo's dedication shows in every dish. Kelly stays late.
What sets Ingrid apart is her patience.
RE: Recommendation for Fatima Zahra / Dear Committee, / She is a fine nurse.
I had the pleasure of teaching Rafael in two courses.
Please do not hesitate to contact me with questions about Lindiwe.
Kelly Ashworth has been in my class since May.
Ms. Delacroix is a careful engineer, and I recommend her.
In conclusion, I wholeheartedly endorse Bronwyn for this role.
Linh has shown remarkable patience. Linh also sings.
During her time with us, Zanele has led four projects.
I cannot recommend Haruto highly enough.
I support Wren's application to your school.
I first met Callum when he was nineteen. Callum has grown since.
As her teacher, I can say that Noor is gifted.
Kelly is kind. I have no doubt that Jean-Luc will thrive.
I would hire Marisol again at once. Marisol is a gift to any ward.
        """,
        """
I recommend Kelly without hesitation.
I recommend Ms. Brandt for the post.
I recommend Kelly Ann Brandt for the post.
K. Brandt is the best of her year.
Kelly's manager, Priya Rao, asked me to write. I recommend Kelly.
Kelly worked closely with my colleague Dr. Moyo.
When Thandiwe left, Kelly took over her desk.
Kelly and Søren wrote the report together.
Our director, Dmitri Volkov, praised Kelly in public.
Professor Lund told me the same about Kelly.
Kelly grew up in Las Vegas and studied in Rhode Island.
Kelly speaks English, German and Finnish.
Kelly joined us in April and left in October.
Kelly staged The Crucible with Year Nine.
Kelly won the Halvorsen Prize in 2020.
Due to her patience, Kelly is loved. Teaching is her craft.
Excellence is what she seeks. Creativity has always been her gift. Kelly smiles.
Kelly shared an office with Mei Tanaka.
As Ingrid once said, “Aoife is the future of this firm”. Kelly laughed.
Kelly taught Mateo and Rafael to swim.
Kelly is fluent in Python and Excel.
Kelly is kind. / Sincerely, / Ben Ashdown / Head of School
Dear Professor Whitlock, / Kelly is a fine student.
I asked Noor, who agreed that Kelly is ready.
KELLY BRANDT has my full support.
Kellie-free since 2019, our office misses Kelly Brandt.
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_letter_wrong_name_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_letter_wrong_name_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
