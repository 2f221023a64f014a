"""What PDF/A-2a and PDF/UA-1 ask for, as far as it can be read out of the file with pikepdf.

This is no validator: veraPDF was never run on these files (docs/seal.md says so). Each test names the clause it
looks at; a file that fails one of them is certainly not conforming.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from vouchsafe.adapters.keys.fake import open_fake_keys
from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.adapters.pdf.seals import seal_pdf
from vouchsafe.adapters.pdf.typesetting import typeset
from vouchsafe.core.sealing import Foot, LetterPage, Signature, blocks_from_marks, seal_words

NOON = datetime(2026, 10, 27, 12, tzinfo=UTC)
DIGEST = bytes(range(32))
FOOT = Foot(DIGEST, "K7QM-42TX", seal_words(DIGEST), "https://v.example/v/K7QM-42TX")
TEXT = "Ada is *careful*, and **exact**.\n\n- one\n- two\n\nŁukasz, Αθήνα, Москва."
ALLOWED = {"P", "L", "LI", "LBody", "Lbl", "Span", "Figure", "Document", "Part", "Div", "H1", "Sect", "Link", "Em", "Strong",
           "NonStruct", "Artifact", "Table", "TR", "TD"}  # fmt: skip


@cache
def written() -> bytes:
    letter = LetterPage(
        blocks_from_marks(TEXT),
        Signature("Dr Ben Ortiz", ("Harbour College",)),
        ("Harbour College",),
        ("The Committee",),
        dated="27 October 2026",
    )
    return typeset(letter, foot=FOOT, title="Letter of recommendation for Ada Marsh", when=NOON).pdf


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(written())) as opened:
        yield opened


def dictionaries(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind]


def elements(node: Any, depth: int = 0) -> Iterator[Any]:
    """Every structure element below a node."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, depth)
    elif isinstance(node, pikepdf.Dictionary):
        assert depth < 50
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"], depth + 1)


def test_archive_file_is_plain_and_can_be_identified(pdf: pikepdf.Pdf) -> None:
    """ISO 19005-2, 6.1.3 and 6.1.2: an ID, no encryption, binary bytes after the header."""
    assert not pdf.is_encrypted
    assert len(pdf.trailer["/ID"]) == 2
    second = written().split(b"\n", 2)[1]
    assert second.startswith(b"%")
    assert sum(byte > 127 for byte in second[:5]) >= 4
    assert scan_active(written()) == []
    assert "/Encrypt" not in pdf.trailer


def test_archive_colours_have_a_profile(pdf: pikepdf.Pdf) -> None:
    """6.2.3: an output intent for PDF/A with an ICC profile of its own."""
    (intent,) = pdf.Root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"]
    assert int(profile["/N"]) == 3
    assert profile.read_bytes()[36:40] == b"acsp"  # the ICC signature


def test_archive_embeds_every_font_with_its_characters(pdf: pikepdf.Pdf) -> None:
    """6.2.11.4 and 6.2.11.7: each font is in the file, and each glyph leads back to its character."""
    described = dictionaries(pdf, "/FontDescriptor")
    assert len(described) >= 2
    assert all(any(f"/FontFile{n}" in one for n in ("", "2", "3")) for one in described)
    composite = [one for one in dictionaries(pdf, "/Font") if one["/Subtype"] == "/Type0"]
    assert composite
    assert all("/ToUnicode" in one for one in composite)


def test_archive_metadata_says_what_it_is_and_agrees_with_the_file(pdf: pikepdf.Pdf) -> None:
    """6.6.2 to 6.6.4, and ISO 14289-1, 5: the claims, the title, the language, in a plain XMP stream."""
    stream = pdf.Root["/Metadata"]
    assert "/Filter" not in stream
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        claims = (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"])
        assert claims == ("2", "A", "1")
        assert meta["dc:title"] == "Letter of recommendation for Ada Marsh"
    assert str(pdf.docinfo["/Title"]) == "Letter of recommendation for Ada Marsh"
    assert pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - a pikepdf value


def test_archive_is_tagged_in_reading_order(pdf: pikepdf.Pdf) -> None:
    """6.7 and ISO 14289-1, 7: marked, with a structure tree, a language, known roles, words for pictures."""
    assert pdf.Root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a pikepdf value
    assert str(pdf.Root["/Lang"]).startswith("en")
    tree = pdf.Root["/StructTreeRoot"]
    assert "/ParentTree" in tree
    roles = {str(key): str(value) for key, value in tree.get("/RoleMap", {}).items()}
    found = list(elements(tree["/K"]))
    names = [roles.get(str(one["/S"]), str(one["/S"])).removeprefix("/") for one in found]
    assert set(names) <= ALLOWED, set(names) - ALLOWED
    assert names.count("LI") == 2
    assert names.count("P") >= 3
    pictures = [one for one, name in zip(found, names, strict=True) if name == "Figure"]
    assert all(str(one.get("/Alt", "")) for one in pictures)


def test_archive_page_is_wholly_marked(pdf: pikepdf.Pdf) -> None:
    """ISO 14289-1, 7.1: whatever is drawn is either tagged or marked as an artifact."""
    for page in pdf.pages:
        depth, unmarked = 0, 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                depth += 1
            elif name == "EMC":
                depth -= 1
            elif name in {"Tj", "TJ", "f", "f*", "S", "B", "Do", "sh"} and depth == 0:
                unmarked += 1
            del operands
        assert depth == 0
        assert unmarked == 0
        assert page.obj["/Tabs"] == "/S" if "/Annots" in page.obj else True


def test_archive_file_stays_as_it_is_under_its_seal(tmp_path: Path) -> None:
    """The seal appends one invisible field: it prints nothing and covers no place, which 6.3 allows.

    PDF/UA wants every visible field tagged; an invisible one lies outside of what it speaks of (7.18.1).
    """
    sealed = seal_pdf(written(), open_fake_keys(tmp_path).pades(), when=NOON)
    assert sealed.startswith(written())
    with pikepdf.open(BytesIO(sealed)) as pdf:
        fields = [one for one in dictionaries(pdf, "/Annot") if one.get("/Subtype") == "/Widget"]
        (field,) = fields
        assert [float(value) for value in field["/Rect"]] == [0, 0, 0, 0]
        assert int(field["/F"]) & 4  # printed, so neither hidden nor left out
        assert not int(field["/F"]) & (1 | 2 | 32)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("2", "1")


def test_archive_check_sees_a_file_that_does_not_conform() -> None:
    """The nets above can catch something: an ordinary PDF falls through none of them."""
    plain = pikepdf.new()
    plain.add_blank_page()
    out = BytesIO()
    plain.save(out)
    with pikepdf.open(BytesIO(out.getvalue())) as other:
        for check in (
            test_archive_colours_have_a_profile,
            test_archive_embeds_every_font_with_its_characters,
            test_archive_metadata_says_what_it_is_and_agrees_with_the_file,
            test_archive_is_tagged_in_reading_order,
        ):
            with pytest.raises((AssertionError, KeyError, AttributeError)):
                check(other)
