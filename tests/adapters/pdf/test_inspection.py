"""Promise 12: hostile files are refused or made harmless; ordinary ones are taken."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from vouchsafe.adapters.pdf.active import scan_active
from vouchsafe.adapters.pdf.inspection import (
    MAX_BYTES,
    Inspection,
    Taken,
    inspect_photographs,
    inspect_upload,
)
from vouchsafe.adapters.pdf.processes import ChildFailed, run_limited

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
FAMILIES = ("documents", "hostile-documents")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="shared test data not present")


def expectations() -> dict[str, dict]:
    if not DATA.is_dir():
        return {}
    found = {}
    for family in FAMILIES:
        told = json.loads((DATA / family / "expected.json").read_text())
        found |= {f"{family}/{name}": what for name, what in told.items() if name.startswith("pdf/")}
    return found


EXPECTED = expectations()


@cache
def inspected() -> dict[str, Inspection]:
    """Every file once, two at a time: each starts two children."""
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda name: inspect_upload((DATA / name).read_bytes(), name), EXPECTED)
        return dict(zip(EXPECTED, results, strict=True))


@needs_data
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_inspection_of_real_file_behaves_as_its_class_says(name):
    result, expected = inspected()[name], EXPECTED[name]
    taken = result.verdict in (Taken.ACCEPTED, Taken.CLEANED)
    match expected["class"]:
        case "accept":
            assert taken, result.reasons
        case "restricted":
            assert result.verdict is Taken.REFUSED
            assert "restricted" in str(result.reasons[0])
        case "active":
            assert result.verdict is Taken.CLEANED
            assert result.reasons
        case "refuse":
            assert result.verdict is Taken.REFUSED
        case "signed-changed":
            assert result.verdict is Taken.CLEANED
            assert "signature" in str(result.reasons[0])
        case _:  # doubtful, repairable, heavy: taken repaired, or refused with a reason
            assert taken or result.reasons
    if taken:
        if expected["pages"] is not None:
            assert result.pages == expected["pages"]
        assert len(result.pictures) == result.pages
        assert all(picture.startswith(b"\xff\xd8\xff") for picture in result.pictures)
    else:
        assert result.clean is None
        assert all(str(reason).strip() for reason in result.reasons)


@needs_data
def test_inspection_leaves_nothing_that_acts_in_what_it_hands_on():
    for name, result in inspected().items():
        if result.clean is not None:
            assert scan_active(result.clean) == [], name
            with pikepdf.open(BytesIO(result.clean)) as clean:
                assert not clean.attachments, name
                assert "/AcroForm" not in clean.Root, name


@needs_data
def test_inspection_twice_gives_the_same_clean_revision():
    for name in ("documents/pdf/word-365.pdf", "hostile-documents/pdf/javascript-eval.pdf"):
        assert inspect_upload((DATA / name).read_bytes(), name).clean == inspected()[name].clean


@needs_data
def test_inspection_of_a_clean_revision_takes_it_as_it_is():
    clean = inspected()["hostile-documents/pdf/attached-file.pdf"].clean
    again = inspect_upload(clean, "again.pdf")
    assert again.verdict is Taken.ACCEPTED


@needs_data
def test_inspection_keeps_how_every_page_looks():
    """The clean revision of an ordinary letter draws the same picture as the upload, save for remarks."""
    for name in ("latex-one-page", "word-365", "google-docs", "word-hebrew", "weasyprint-arabic"):
        path = DATA / f"documents/pdf/{name}.pdf"
        before = pypdfium2.PdfDocument(path.read_bytes())
        after = pypdfium2.PdfDocument(inspected()[f"documents/pdf/{name}.pdf"].clean)
        for one, other in zip(before, after, strict=True):
            assert one.render().to_numpy().tobytes() == other.render().to_numpy().tobytes(), name


def a_pdf(*contents: bytes, **root) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for content in contents or (b"",):
            pdf.add_blank_page()
            pdf.pages[-1].obj["/Contents"] = pdf.make_stream(content)
        for key, value in root.items():
            pdf.Root[f"/{key}"] = value
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_inspection_of_twenty_pages_takes_them_and_of_one_more_refuses():
    assert inspect_upload(a_pdf(*[b""] * 20)).pages == 20
    refused = inspect_upload(a_pdf(*[b""] * 21))
    assert refused.verdict is Taken.REFUSED
    assert "21 pages" in str(refused.reasons[0])


def test_inspection_of_too_large_a_file_is_refused_before_it_is_read():
    refused = inspect_upload(b"%PDF-1.7" + bytes(MAX_BYTES))
    assert "20 MB" in str(refused.reasons[0])


def bomb(filters: int) -> bytes:
    data = bytes(80 * 1024 * 1024)
    for _ in range(filters):
        data = zlib.compress(data, 9)
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"")
        stream.write(
            data,
            filter=pikepdf.Array([pikepdf.Name.FlateDecode] * filters),
            decode_parms=pikepdf.Array([None] * filters),
        )
        pdf.pages[0].obj["/Contents"] = stream
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize("filters", [1, 2, 4])
def test_inspection_of_a_stream_that_unpacks_too_large_is_refused(filters):
    small = bomb(filters)
    assert len(small) < 200_000
    refused = inspect_upload(small)
    assert refused.verdict is Taken.REFUSED
    assert "far too large" in str(refused.reasons[0]) or "damaged" in str(refused.reasons[0])


def test_inspection_of_forms_that_draw_each_other_is_refused():
    """Ten forms, each drawing the next twenty times: ten million million paints from two kilobytes."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        inner = pdf.make_stream(
            b"0 0 1 1 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
        for _ in range(10):
            inner = pdf.make_stream(
                b"/X Do " * 20,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 9, 9],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner)),
            )
        pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"/X Do")
        pdf.save(out)
    refused = inspect_upload(out.getvalue())
    assert refused.verdict is Taken.REFUSED
    assert "shown" in str(refused.reasons[0])


def test_inspection_keeps_what_the_writer_drew_and_drops_remarks():
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        look = pdf.make_stream(
            b"0 0 50 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 50]
        )

        def note(kind: str):
            return pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[10, 10, 60, 60], F=4,
                    Contents="canary", AP=pikepdf.Dictionary(N=look),
                )
            )  # fmt: skip

        pdf.pages[0].obj["/Annots"] = pikepdf.Array([note("/Stamp"), note("/Text"), note("/Highlight")])
        out = BytesIO()
        pdf.save(out)
    result = inspect_upload(out.getvalue())
    assert [str(reason) for reason in result.reasons] == ["Comments and highlights were taken out."]
    assert b"canary" not in result.clean
    page = pypdfium2.PdfDocument(result.clean)[0].render().to_pil().convert("L")
    assert page.getpixel((35, 165)) == 0  # the stamp is still there, now part of the page
    assert page.getpixel((150, 50)) == 255


def test_inspection_keeps_links_to_the_web_and_no_others():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        links = []
        for address in (
            "https://example.org/a",
            "mailto:ben@example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ):
            action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
            links.append(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
                )
            )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(link) for link in links])
        out = BytesIO()
        pdf.save(out)
    with pikepdf.open(BytesIO(inspect_upload(out.getvalue()).clean)) as clean:
        kept = [str(note.A.URI) for note in clean.pages[0].Annots]
    assert kept == ["https://example.org/a", "mailto:ben@example.org"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("letter.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
        ("letter.pdf", b"<html>no</html>", "unknown"),
        ("letter.heic", b"\0\0\0\x18ftypheic" + bytes(60), "heic"),
        ("letter.zip", b"PK\x03\x04" + bytes(60), "unknown"),
        ("", bytes(3000), "unknown"),
    ],
)
def test_inspection_of_something_else_is_refused_with_a_sentence(name, data, kind):
    result = inspect_upload(data, name)
    assert (result.verdict, result.kind) == (Taken.REFUSED, kind)
    assert str(result.reasons[0]).endswith(".")


def a_photograph(kind: str, size=(300, 400), **saved) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#dddddd").save(out, kind, **saved)
    return out.getvalue()


def test_inspection_photographed_pages_become_one_letter():
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "canary camera"
    result = inspect_photographs([a_photograph("JPEG", (400, 300), exif=exif), a_photograph("PNG")])
    assert (result.verdict, result.pages) == (Taken.ACCEPTED, 2)
    assert b"canary" not in result.clean
    with pikepdf.open(BytesIO(result.clean)) as pdf:
        for page in pdf.pages:
            width, height = (float(side) for side in list(page.mediabox)[2:])
            assert width < height
    assert inspect_upload(a_photograph("PNG"), "page.jpg").pages == 1


def test_inspection_of_photographs_as_telephones_take_them_beside_others():
    import pillow_heif

    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x010F] = "canary camera"
    result = inspect_photographs([a_photograph("HEIF", exif=exif), a_photograph("JPEG")])
    assert (result.verdict, result.kind, result.pages) == (Taken.ACCEPTED, "heic", 2)
    assert b"canary" not in result.clean
    assert inspect_upload(a_photograph("HEIF"), "page.heic").pages == 1


def test_inspection_of_a_picture_too_large_to_unpack_is_refused():
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    result = inspect_upload(out.getvalue())
    assert result.verdict is Taken.REFUSED
    assert "photograph" in str(result.reasons[0])


def test_inspection_of_a_mixed_pile_of_photographs_is_refused():
    assert inspect_photographs([a_photograph("PNG"), b"%PDF-1.7"]).verdict is Taken.REFUSED
    assert inspect_photographs([]).verdict is Taken.REFUSED


@pytest.mark.parametrize("probe", ["socket", "program", "memory", "time", "output"])
def test_limited_child_cannot(probe, tmp_path, monkeypatch):
    """Each probe tries what a taken-over reader would; the child must die of it or be refused."""
    from vouchsafe.adapters.pdf import processes

    script = tmp_path / "child.py"
    source = processes.CHILD.read_text().replace(
        "def _job(job: str) -> Any:",
        f"{PROBE_SOURCE}\n\ndef _job(job):\n    return probe\n\ndef _unused(job: str) -> Any:",
        1,
    )
    script.write_text(
        source.replace("Path(__file__).resolve().parents[3]", repr(str(processes.CHILD.parents[3])))
    )
    monkeypatch.setattr(processes, "CHILD", script)
    if probe == "time":
        monkeypatch.setattr(processes, "WALL_SECONDS", 2)
    with pytest.raises(ChildFailed) as failed:
        run_limited(probe, {}, [])
    assert failed.value.why == ("time" if probe == "time" else "died")


PROBE_SOURCE = """
def probe(head, blobs):
    job = sys.argv[1]
    if job == "socket":
        import socket
        socket.create_connection(("127.0.0.1", 9))
    elif job == "program":
        import subprocess
        subprocess.run(["/bin/true"])
    elif job == "memory":
        bytearray(2 * 1024**3)
    elif job == "time":
        while True:
            pass
    elif job == "output":
        return {}, [bytes(300 * 1024 * 1024)]
    return {"survived": True}, []
"""
