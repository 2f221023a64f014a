import json
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from vouchsafe.adapters.pdf.inspection import Taken, inspect_upload
from vouchsafe.adapters.words import WordReader
from vouchsafe.adapters.words.archives import ArchiveUnusable, active_parts, read_parts
from vouchsafe.adapters.words.fake import FakeWordReader
from vouchsafe.adapters.words.libreoffice import find_libreoffice
from vouchsafe.core.sealing import ListBlock, Paragraph, Run

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="shared test data not present")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS_ONLY = WordReader(convert=False)


def archive(**parts: str | bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def a_docx(body: str, **more: str | bytes) -> bytes:
    return archive(
        **{
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            'Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **more,
        }
    )


def an_odt(body: str, **more: str | bytes) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible:"),
            ("draw", "drawing"),
        )
    ).replace("compatible::", "compatible:")
    styles = (
        '<office:automatic-styles><style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles>'
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">{styles}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def expectations() -> dict[str, dict]:
    found = {}
    if DATA.is_dir():
        for family in ("documents", "hostile-documents"):
            told = json.loads((DATA / family / "expected.json").read_text())
            found |= {f"{family}/{name}": what for name, what in told.items() if name.startswith("docx/")}
    return found


EXPECTED = expectations()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@needs_data
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_words_of_real_document_behave_as_its_class_says(name):
    expected = EXPECTED[name]
    result = inspect_upload((DATA / name).read_bytes(), name, words=WORDS_ONLY)
    if expected["class"] == "refuse":
        assert result.verdict is Taken.REFUSED
        return
    if expected["class"] == "accept":
        assert result.verdict is Taken.DRAFT
    if expected["class"] == "active" and result.verdict is Taken.DRAFT:
        assert len(result.reasons) >= 2  # says what was left out
    assert result.clean is None
    if expected.get("text"):
        for line in filter(None, map(squeezed, expected["text"].splitlines())):
            assert line in squeezed(result.text)
    if expected.get("comments"):
        assert squeezed(result.text) == squeezed(expected["text"])


def test_words_bold_italic_and_breaks_are_taken():
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>Ada is </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>very</w:t></w:r>"
        "<w:r><w:t xml:space='preserve'> </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>good</w:t></w:r><w:r><w:br/><w:t>here</w:t></w:r></w:p>"
    )
    result = inspect_upload(a_docx(body), "letter.docx", words=WORDS_ONLY)
    assert result.blocks == (
        Paragraph(
            (Run("Ada is "), Run("very", bold=True), Run(" "), Run("good", italic=True), Run("\nhere"))
        ),
    )


def test_words_of_open_document_are_taken_without_remarks_and_deletions():
    body = (
        "<text:tracked-changes><text:p>canary deleted</text:p></text:tracked-changes><text:h>Heading</text:h>"
        '<text:p>Ada is <text:span text:style-name="B">very</text:span><text:s text:c="2"/><text:span text:style-name="I">good'
        "</text:span><office:annotation><text:p>canary remark</text:p></office:annotation>.<text:line-break/>Here</text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"
    )
    result = inspect_upload(an_odt(body), "letter.odt", words=WORDS_ONLY)
    assert result.blocks == (
        Paragraph((Run("Heading", bold=True),)),
        Paragraph(
            (Run("Ada is "), Run("very", bold=True), Run("  "), Run("good", italic=True), Run(".\nHere"))
        ),
        ListBlock(((Run("one"),), (Run("two"),))),
    )
    assert "canary" not in result.text


def test_words_of_open_document_cannot_pull_files_in():
    content = '<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]><x>&leak;</x>'
    data = archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    result = inspect_upload(data, "letter.odt", words=WORDS_ONLY)
    assert "root:" not in result.text


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/embeddings/oleObject1.bin", b"x", "embedded"),
        (
            "word/_rels/document.xml.rels",
            '<Relationship Type="x/image" Target="file:///etc/passwd" TargetMode="External"/>',
            "outside",
        ),
        ("word/header1.xml", "<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\x</w:instrText>", "dde"),
        ("word/footer1.xml", '<w:fldSimple w:instr="INCLUDETEXT x"/>', "dde"),
        ("content.xml", '<draw:image xlink:href="http://example.org/x.png"/>', "outside"),
        ("content.xml", '<text:section-source xlink:href="/etc/passwd"/>', "outside"),
        ("Basic/script.xlb", b"x", "macros"),
    ],
)
def test_words_what_acts_or_reaches_outside_is_found(name, content, code):
    raw = content.encode() if isinstance(content, str) else content
    assert active_parts({name: raw}) == [code]


def test_words_harmless_parts_are_not_accused():
    link = b'<Relationship Type="http://x/relationships/hyperlink" Target="https://example.org" TargetMode="External"/>'
    picture = b'<draw:image xlink:href="Pictures/1.png"/>'
    field = b"<w:instrText> PAGE </w:instrText>"
    assert (
        active_parts(
            {"word/_rels/document.xml.rels": link, "content.xml": picture, "word/document.xml": field}
        )
        == []
    )


def test_words_document_that_reaches_outside_is_never_converted():
    reader = FakeWordReader(pdf=b"%PDF-")
    body = "<w:p><w:r><w:t>Hello</w:t></w:r></w:p>"
    outside = '<Relationships xmlns="x"><Relationship Id="b" Type="x/image" Target="http://x/y" TargetMode="External"/></Relationships>'
    inspect_upload(a_docx(body, **{"word/_rels/other.xml.rels": outside}), words=reader)
    assert reader.asked == []
    inspect_upload(a_docx(body), words=reader)
    assert reader.asked == ["docx"]


def test_words_archive_that_unpacks_too_large_is_refused():
    big = a_docx("", **{"word/media/a.bin": bytes(70 * 1024 * 1024)})
    assert len(big) < 200_000
    with pytest.raises(ArchiveUnusable):
        read_parts(big)
    assert inspect_upload(big, "letter.docx", words=WORDS_ONLY).verdict is Taken.REFUSED


def test_words_damaged_archive_is_refused():
    good = a_docx("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>")
    place = good.index(b"word/document.xml") + 40
    damaged = good[:place] + bytes(20) + good[place + 20 :]
    result = inspect_upload(damaged, "letter.docx", words=WORDS_ONLY)
    assert result.verdict is Taken.REFUSED


@pytest.mark.wide
@needs_data
@pytest.mark.parametrize(
    "name", ["clean.docx", "comments.docx", "picture.docx", "tables.docx", "text-box.docx"]
)
def test_libreoffice_makes_pages_of_a_real_document_without_its_comments(name):
    assert find_libreoffice(), "LibreOffice is missing: install libreoffice-writer, as .ci/run does."
    path = DATA / "documents/docx" / name
    result = inspect_upload(path.read_bytes(), name, words=WordReader())
    assert (result.verdict, result.pages) == (Taken.ACCEPTED, 1)
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=result.clean, capture_output=True, check=True
    ).stdout.decode()
    for word in (EXPECTED[f"documents/docx/{name}"]["text"] or "").split():
        assert word in text
    if name == "comments.docx":
        assert squeezed(text) == "Ouch."


@pytest.mark.wide
def test_libreoffice_takes_an_open_document():
    assert find_libreoffice(), "LibreOffice is missing: install libreoffice-writer, as .ci/run does."
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    data = an_odt("<text:p>Ada is careful.</text:p>", **{"META-INF/manifest.xml": manifest})
    result = inspect_upload(data, "letter.odt", words=WordReader())
    assert (result.verdict, result.kind, result.pages) == (Taken.ACCEPTED, "odt", 1)
    assert "Ada is careful." in result.text


def test_words_archive_whose_kind_is_damaged_is_refused():
    with BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            bundle.writestr("content.xml", "<x/>")
        damaged = bytearray(out.getvalue())
    damaged[damaged.index(b"mimetype") + len(b"mimetype")] = 0xFF
    result = inspect_upload(bytes(damaged), "letter.odt", words=WORDS_ONLY)
    assert result.verdict is Taken.REFUSED
