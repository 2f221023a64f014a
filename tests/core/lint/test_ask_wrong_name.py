"""T02: the ask greets, or is signed by, somebody else."""

from __future__ import annotations

from collections.abc import Callable

CODE = "T02"
CASES = [
    (
        {"applicant": "Ada Quill", "writer": "Amara Nwosu", "salutation": "Dr Nwosu"},
        """
Dear Ben, / Would you write me a letter? / Ada
Dear Prof. Solheim, / Would you write me a letter?
Hello Tomasz, / Would you write me a letter?
Hi Priya! Would you write me a letter?
Dear Dr Lund, / Would you write me a letter? / Ada Quill
Dear Ms Rivera, / Would you write me a letter?
Good morning Ingrid, / Would you write me a letter?
Dear Dr Nwosu, / Would you write me a letter? / Yours, / Maya Okafor
Dear Dr Nwosu, / Would you write me a letter? / Kind regards, / Joseph
Dear Nkechi, / Would you write me a letter?
Dear Professor Adeyemi, / Would you write me a letter?
Dear Amara Okafor, / Would you write me a letter?
Hey Sam, / Would you write me a letter?
Dear Mr. Whitlock, / Would you write me a letter?
Dear Dr. Zhang: / Would you write me a letter?
Dear Dr Nwosu, / Would you write me a letter? / Best wishes, / Kelly Brandt
Dear Benedikt, / Would you write me a letter?
Dear Professor de la Cruz, / Would you write me a letter?
Dear Callum – / Would you write me a letter?
Dear Dr Nwosu, / Would you write me a letter? / Yours sincerely, / Mei Tanaka
Dear Frau Krämer, / Would you write me a letter?
        """,
        """
Dear Dr Nwosu, / Would you write me a letter? / Ada
Dear Amara, / Would you write me a letter?
Dear Professor Nwosu, / Would you write me a letter?
Dear Amara Nwosu, / Would you write me a letter?
Dear Dr. A. Nwosu, / Would you write me a letter?
Hello Dr Nwosu, / Would you write me a letter?
Hi Amara, / Would you write me a letter?
Dear Ms Nwosu, / Would you write me a letter?
Dear DR NWOSU, / Would you write me a letter?
Dear Professor, / Would you write me a letter?
Dear colleague, / Would you write me a letter?
Would you write me a letter?
Dear Dr Nwosu, / Ben said you would write. / Yours, / Ada Quill
Dear Dr Nwosu, / Would you write me a letter? / Yours, / A. Quill
Dear Dr Nwosu, / Would you write me a letter? / Kind regards, / Ada / +44 20 7946 0018
Dear Sir or Madam, / Would you write me a letter?
Good evening Dr Nwosu, / Would you write me a letter?
Dear Dr Nwosu, / Priya Rao and Ben Lund wrote for me too. / Ada
Dear Dr Nwosu, / Would you write me a letter? / Best, / Ada Marie Quill
Dear Dr Nwosu, / “Dear Ben,” I wrote to him, and he wrote back. / Ada
Dear mentor, / Would you write me a letter?
        """,
    ),
]

Fires = Callable[[str, str, dict[str, object]], bool]


def test_ask_wrong_name_said_so_is_found(hit: tuple[str, dict[str, object]], fires: Fires) -> None:
    assert fires(CODE, *hit)


def test_ask_wrong_name_near_miss_is_left_alone(
    near_miss: tuple[str, dict[str, object]], fires: Fires
) -> None:
    assert not fires(CODE, *near_miss)
