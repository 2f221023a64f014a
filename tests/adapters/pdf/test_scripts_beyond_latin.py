"""Letters in eight writings, really set with the system's Noto fonts, sealed, and read back by another program."""

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.pdf.faces import faces
from vouchsafe.adapters.pdf.live_page import live_page
from vouchsafe.adapters.pdf.seals import seal_pdf
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.sealing import Foot, LetterPage, Signature, blocks_from_marks, seal_words
from vouchsafe.core.sealing.scripts import language_of

WHEN = datetime(2026, 10, 27, 9, tzinfo=UTC)
DIGEST = bytes(range(32))
FOOT = Foot(DIGEST, "K7QM-42TX", seal_words(DIGEST), "https://vouchsafe.example/v/K7QM-42TX")


@dataclass(frozen=True)
class Writing:
    language: str
    face: str
    opening: str
    text: str
    name: str
    right_to_left: bool = False


WRITINGS = [
    Writing("el", "SourceSerifPro", "Αγαπητή επιτροπή,", "Γνωρίζω την Άντα Μαρς εδώ και δύο χρόνια. Τον Μάρτιο ξαναέγραψε την αναφορά.", "Βασίλης Όρτης"),
    Writing("ru", "SourceSerifPro", "Уважаемая комиссия,", "Я знаю Аду Марш два года. В марте она переписала отчёт о возвратах.", "Вениамин Ортис"),
    Writing("ar", "NotoNaskhArabic", "السادة أعضاء اللجنة،", "عرفت آدا مارش مدة عامين. في شهر مارس أعادت كتابة تقرير المرتجعات.", "بنيامين أورتيز", True),
    Writing("he", "NotoSerifHebrew", "לכבוד הוועדה,", "אני מכיר את עדה מארש שנתיים. במרץ היא כתבה מחדש את דוח ההחזרות.", "בנימין אורטיז", True),
    Writing("hi", "NotoSerifDevanagari", "आदरणीय समिति,", "मैं आदा मार्श को दो वर्षों से जानता हूँ। मार्च में उन्होंने रिपोर्ट फिर से लिखी।", "बेन ऑर्टिज़"),
    Writing("zh", "NotoSerifCJKsc", "尊敬的委员会：", "我认识艾达已有两年。三月，她重写了退货报告，原来需要四天的工作只用了四个小时。", "本·奥尔蒂斯"),
    Writing("ja", "NotoSerifCJKjp", "選考委員会御中", "私はエイダさんを二年間指導してきました。三月に返品報告書を書き直しました。", "ベン・オルティス"),
    Writing("ko", "NotoSerifCJKkr", "위원회 귀중", "저는 에이다를 2년 동안 알고 지냈습니다. 3월에 반품 보고서를 다시 작성했습니다.", "벤 오르티스"),
]  # fmt: skip
every_writing = pytest.mark.parametrize("writing", WRITINGS, ids=[one.language for one in WRITINGS])


def a_letter(writing: Writing) -> LetterPage:
    text = f"{writing.text}\n\n- **{writing.text.split()[0]}**\n\nAda wrote it in Python."
    return LetterPage(
        blocks_from_marks(text),
        Signature(writing.name, typed=writing.name),
        ("Harbour College",),
        opening=writing.opening,
        language=language_of(text),
    )


def clauses(text: str) -> list[str]:
    """The words between two punctuation marks, without spaces, or the marks that turn a line round.

    A program that reads a page of two directions guesses on which side a full stop belongs; the words it must get.
    """
    bare = "".join("." if unicodedata.category(letter).startswith("P") else letter for letter in text)
    return [
        clause
        for clause in re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", bare).split(".")
        if clause
    ]


def once(text: str) -> str:
    """A conjunct drawn as two glyphs is copied twice (docs/known-limits.md): both times count as one."""
    return re.sub(r"([\u0900-\u097f]{1,4})\1", r"\1", text)


@pytest.fixture(scope="module", autouse=True)
def noto():
    missing = {"Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Devanagari", "Noto Serif CJK SC"} - {
        *faces("zh")
    }
    assert not missing, (
        f"install fonts-noto-core and fonts-noto-cjk: the system has no {', '.join(sorted(missing))}"
    )


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return open_fake_keys(tmp_path_factory.mktemp("keys"))


@pytest.mark.wide
@every_writing
def test_letter_is_set_in_its_own_face_and_reads_back_word_for_word(writing, tmp_path, keys):
    letter = a_letter(writing)
    assert letter.language == writing.language
    made = typeset(letter, foot=FOOT, title="Letter", when=WHEN)
    sealed = seal_pdf(made.pdf, keys.pades(), when=WHEN, reason="Sealed", name="Ben Ortiz")
    path = tmp_path / "letter.pdf"
    path.write_bytes(sealed)

    # In its reading order; that one leaves out turning lines round, so a right-to-left page is read by its layout.
    order = [] if writing.right_to_left else ["-raw"]
    read = subprocess.run(["pdftotext", *order, path, "-"], capture_output=True, check=True).stdout.decode()
    text = once("".join(clauses(read)))
    for clause in clauses(f"{writing.opening}.{writing.name}.{writing.text}.Ada wrote it in Python."):
        assert once(clause) in text, clause

    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout
    rows = [row.split() for row in fonts.splitlines()[2:]]
    assert any(writing.face in row[0] for row in rows), fonts
    # Embedded, cut down to what is used, and each with its way back to text.
    assert all(row[-5:-2] == ["yes", "yes", "yes"] and re.match(r"[A-Z]{6}\+", row[0]) for row in rows), fonts

    with pikepdf.open(BytesIO(sealed)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith(writing.language)
        assert "/StructTreeRoot" in pdf.Root
    signatures = subprocess.run(
        ["pdfsig", "-nocert", path], capture_output=True, check=False, text=True
    ).stdout
    assert "Signature is Valid" in signatures
    assert "Total document signed" in signatures


@pytest.mark.wide
@every_writing
def test_letter_stands_on_the_side_its_writing_begins(writing, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset(a_letter(writing), foot=FOOT, title="Letter", when=WHEN).pdf)
    boxes = subprocess.run(
        ["pdftotext", "-bbox-layout", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    lines = re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"', boxes)
    body = sorted((float(top), float(left), float(right)) for left, top, right in lines)
    opening = next(line for line in body if line[0] > 115)  # the first below the letterhead
    left_edge, right_edge = 72.0, 595.28 - 72.0
    if writing.right_to_left:
        assert opening[2] == pytest.approx(right_edge, abs=2)
        assert opening[1] > left_edge + 100
    else:
        assert opening[1] == pytest.approx(left_edge, abs=2)


@pytest.mark.wide
@every_writing
def test_live_page_of_a_writing_has_the_lines_of_its_sealed_page(writing):
    letter = a_letter(writing)

    def places(svg: str) -> list[str]:
        return re.findall(
            r'transform="matrix\(1 0 0 -1 [-\d.]+ ([-\d.]+)\)"', svg.partition("translate(72 748")[0]
        )

    sealed = typeset(letter, foot=FOOT, title="Letter", when=WHEN)
    assert places(live_page(letter).svg_pages[0]) == places(sealed.svg_pages[0])
