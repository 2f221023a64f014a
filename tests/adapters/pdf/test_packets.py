import re
import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.adapters.pdf.foot import FootPlace, add_foot
from vouchsafe.adapters.pdf.inspection import inspect_upload
from vouchsafe.adapters.pdf.packets import CoverPage, PacketLetter, cover_packet, merge_reading_copy
from vouchsafe.adapters.pdf.seals import seal_pdf
from vouchsafe.adapters.pdf.signature_reading import read_signatures
from vouchsafe.adapters.pdf.typesetting import CharacterMissing, typeset
from vouchsafe.core.sealing import Foot, LetterPage, Signature, blocks_from_marks, seal_words

NOON = datetime(2026, 10, 27, 12, tzinfo=UTC)


def foot_of(number: str, digest: bytes) -> Foot:
    return Foot(digest, number, seal_words(digest), f"https://v.example/v/{number}")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return open_fake_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def letters(keys):
    made = []
    for number, writer in (("K7QM-42TX", "Ben Ortiz"), ("0A1B-2C3D", "Prof. Ingrid Solheim")):
        digest = sha256(number.encode()).digest()
        page = LetterPage(blocks_from_marks(f"Ada is careful, writes {writer}."), Signature(writer))
        pdf = typeset(page, foot=foot_of(number, digest), title="Letter", when=NOON).pdf
        sealed = seal_pdf(pdf, keys.pades(), when=NOON)
        made.append(
            PacketLetter(
                sealed, number, digest, writer, ("Harbour College",), f"https://v.example/v/{number}"
            )
        )
    return made


COVER = CoverPage(
    "Letters for Ada Okafor", ("For the committee of Kestrel University",), ("Each letter is attached.",)
)


def text_of(pdf: bytes, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def test_cover_carries_the_sealed_letters_byte_for_byte(keys, letters):
    cover = cover_packet(COVER, letters, when=NOON)
    with pikepdf.open(BytesIO(cover)) as pdf:
        attached = pdf.attachments
        found = {name: attached[name].get_file().read_bytes() for name in attached}
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
    assert found == {letter.file_name: letter.pdf for letter in letters}
    for sealed in found.values():
        told = read_signatures(sealed, list(keys.pades_certificates()))
        assert told["ours"]
        assert told["sound"]
        assert told["whole"]
    text = text_of(cover)
    for letter in letters:
        assert letter.writer in text
        assert letter.number in text
        assert " ".join(seal_words(letter.digest)) in text


def test_cover_acts_in_no_way_but_by_holding_its_letters(letters):
    assert set(scan_active(cover_packet(COVER, letters, when=NOON))) == {
        "/AF",
        "/EF",
        "/EmbeddedFile",
        "/EmbeddedFiles",
    }
    assert scan_active(cover_packet(COVER, letters, when=NOON, attach=False)) == []


def test_cover_twice_gives_the_same_bytes(letters):
    assert cover_packet(COVER, letters, when=NOON) == cover_packet(COVER, letters, when=NOON)


def test_cover_with_a_name_no_font_has_is_refused(letters):
    with pytest.raises(CharacterMissing):
        cover_packet(CoverPage("Letters for \U000f1234"), letters, when=NOON)


def test_reading_copy_names_its_reader_on_every_page_and_bears_no_seal(letters):
    merged = merge_reading_copy(letters, title="Letters for Ada", reader="Cleo Banks", when=NOON, cover=COVER)
    assert scan_active(merged) == []
    told = read_signatures(merged, [])
    assert told["signatures"] == 0
    with pikepdf.open(BytesIO(merged)) as pdf:
        assert len(pdf.pages) == 3
        assert "/AcroForm" not in pdf.Root
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles == ["Ben Ortiz, letter K7QM-42TX", "Prof. Ingrid Solheim, letter 0A1B-2C3D"]
    for page, letter in enumerate(letters, 2):
        text = text_of(merged, "-f", str(page), "-l", str(page))
        assert f"Reading copy of letter {letter.number} for Cleo Banks" in text
        assert f"Ada is careful, writes {letter.writer}." in text


def test_reading_copy_for_a_name_no_font_has_is_refused_rather_than_unmarked(letters):
    with pytest.raises(CharacterMissing):
        merge_reading_copy(letters, title="Letters", reader="Cleo \U000f1234", when=NOON)


def test_sealed_letter_has_nothing_that_acts(letters):
    assert all(scan_active(letter.pdf) == [] for letter in letters)


def an_upload(pages: int = 2, size=(612, 792), rotate: int = 0) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=size)
            # A border all around: nothing of it may be cut off, and nothing of the foot may cover it.
            page.obj["/Contents"] = pdf.make_stream(b"4 w 2 2 %d %d re S" % (size[0] - 4, size[1] - 4))
            page.obj["/Rotate"] = rotate
        pdf.save(out)
    clean = inspect_upload(out.getvalue()).clean
    assert clean is not None
    return clean


@pytest.mark.parametrize(
    ("size", "rotate"), [((612, 792), 0), ((595, 842), 90), ((842, 595), 180), ((300, 1200), 270)]
)
def test_foot_on_an_upload_lies_in_its_own_margin(keys, size, rotate):
    clean = an_upload(size=size, rotate=rotate)
    footed = add_foot(clean, foot_of("K7QM-42TX", sha256(clean).digest()), title="Letter", when=NOON).pdf
    document = pypdfium2.PdfDocument(footed)
    shown = pypdfium2.PdfDocument(clean)[0].get_size()
    assert len(document) == 2
    for number, page in enumerate(document, 1):
        assert page.get_size() == pytest.approx(shown)
        picture = page.render(scale=1).to_pil().convert("L")
        width, height = picture.size
        middle = [picture.getpixel((width // 2, y)) for y in range(height)]
        dark = [y for y, shade in enumerate(middle) if shade < 90]
        assert min(dark) <= 5  # the border's upper edge
        assert any(0.93 * height - 6 <= y <= 0.945 * height for y in dark)  # its lower edge, above the foot
        text = text_of(footed, "-f", str(number), "-l", str(number))
        assert "K7QM-42TX" in text
        assert re.search(rf"Page {number} of 2", text)
    assert scan_active(footed) == []


def test_foot_on_a_page_of_its_own_leaves_the_others_untouched():
    clean = an_upload()
    footed = add_foot(
        clean,
        foot_of("K7QM-42TX", sha256(clean).digest()),
        title="Letter",
        when=NOON,
        place=FootPlace.OWN_PAGE,
    ).pdf
    before, after = pypdfium2.PdfDocument(clean), pypdfium2.PdfDocument(footed)
    assert len(after) == 3
    for page in range(2):
        assert before[page].render().to_numpy().tobytes() == after[page].render().to_numpy().tobytes()
    assert "K7QM-42TX" in text_of(footed, "-f", "3", "-l", "3")


def test_foot_then_seal_is_sound(keys):
    clean = an_upload(1)
    footed = add_foot(clean, foot_of("K7QM-42TX", sha256(clean).digest()), title="Letter", when=NOON).pdf
    told = read_signatures(seal_pdf(footed, keys.pades(), when=NOON), list(keys.pades_certificates()))
    assert told["sound"]
    assert told["whole"]
