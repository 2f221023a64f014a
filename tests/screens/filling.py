"""What somebody types into a form of which only the fields are known."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

SAID = {
    "email": "jo@vale.example", "address": "jo@vale.example", "login": "ada@example.org", "name": "Jo Vale", "title": "A post",
    "q": "Ada", "number": "K7QM-42TX", "code": "12345678", "days": "9", "url": "https://hooks.example.org/",
}  # fmt: skip


def blank(form: Any) -> dict[str, Any]:
    """Only what stands in hidden fields: somebody pressed without reading."""
    hidden = form.xpath(".//input[@type='hidden']")
    return {one.get("name"): one.get("value") or "" for one in hidden if one.get("name")}


def as_it_is(form: Any) -> dict[str, Any]:
    """As a browser sends it untouched."""
    given: dict[str, Any] = {}
    for name, value in form.form_values():
        given.setdefault(name, []).append(value)
    return given


def filled(form: Any) -> dict[str, Any]:
    """Every empty field with something that fits it, every box ticked."""
    given = as_it_is(form)
    for one in form.xpath(".//input | .//textarea | .//select"):
        name, kind = one.get("name"), one.get("type") or one.tag
        if not name or (given.get(name, [""]) != [""] and kind != "file"):
            continue
        if kind == "file":
            given[name] = _file(one.get("accept") or "")
        elif kind in {"checkbox", "radio"}:
            given[name] = one.get("value") or "on"
        elif kind == "select":
            given[name] = next((each for each in one.value_options if each), "")
        elif kind not in {"hidden", "submit", "button"}:
            given[name] = _typed(name, kind)
    return given


def _typed(name: str, kind: str) -> str:
    day = timezone.localdate() + timedelta(days=12)
    dates = {
        "date": day.isoformat(),
        "datetime-local": f"{day.isoformat()}T10:00",
        "number": "2",
        "email": SAID["email"],
    }
    parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    if kind in dates:
        return dates[kind]
    end = name.rsplit("_", 1)[-1]
    return SAID.get(name) or parts.get(end) or SAID.get(end) or "We worked together for two years."


def _file(accept: str) -> SimpleUploadedFile:
    if "pdf" in accept:
        return SimpleUploadedFile("letter.pdf", _pdf(), "application/pdf")
    if "image" in accept or "png" in accept:
        made = BytesIO()
        Image.new("L", (300, 90), 255).save(made, "PNG")
        return SimpleUploadedFile("name.png", made.getvalue(), "image/png")
    return SimpleUploadedFile("people.csv", b"Name,Email\nJo Vale,jo@vale.example\n", "text/csv")


def _pdf() -> bytes:
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    made.pages[0].Contents = made.make_stream(b"BT /F1 12 Tf 72 700 Td (I recommend Ada Marsh.) Tj ET")
    made.save(out)
    return out.getvalue()
