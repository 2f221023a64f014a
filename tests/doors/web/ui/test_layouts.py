"""Landmarks, one h1, the skip link, the status region with undo; secret links keep to themselves."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.test import RequestFactory
from jinja2 import Environment
from markupsafe import Markup

from vouchsafe.core.words import say
from vouchsafe.doors.web.ui.gallery import gallery_shell, writer_shell
from vouchsafe.doors.web.ui.shell import Shell, StatusNote
from vouchsafe.doors.web.ui.views import show_gallery

_LAYOUTS = ["applicant", "writer", "reader", "public", "office"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.inside: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside.append((tag, tuple(self.open)))
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def _read(html: str) -> _Tags:
    tags = _Tags()
    tags.feed(html)
    return tags


def _render(env: Environment, layout: str, shell: Shell, body: str = "") -> str:
    source = (
        f'{{% extends "ui/layouts/{layout}.html" %}}{{% block title %}}A true sentence{{% endblock %}}{body}'
    )
    return env.from_string(source).render(shell=shell, csrf_input=Markup('<input type="hidden" name="csrf">'))


@pytest.mark.parametrize("layout", _LAYOUTS)
def test_layout_has_its_landmarks_and_one_heading(env: Environment, layout: str) -> None:
    page = _read(_render(env, layout, gallery_shell(), "{% block aside %}<p>beside</p>{% endblock %}"))
    names = [tag for tag, _ in page.tags]
    for landmark in ("header", "nav", "main", "aside", "footer"):
        assert names.count(landmark) == 1, landmark
    assert names.count("h1") == 1
    # Landmarks stand side by side: none inside main.
    assert all("main" not in above for tag, above in page.inside if tag in ("aside", "footer", "nav"))


@pytest.mark.parametrize("layout", [*_LAYOUTS, "editor", "print"])
def test_layout_starts_with_the_skip_link_and_names_its_language(env: Environment, layout: str) -> None:
    page = _read(_render(env, layout, replace(gallery_shell(), language="ar", dir="rtl")))
    tags = dict(reversed(page.tags))
    assert tags["html"]["lang"] == "ar"
    assert tags["html"]["dir"] == "rtl"
    first_link = next(attrs for tag, attrs in page.tags if tag == "a")
    assert first_link["href"] == "#main"
    assert [attrs["id"] for tag, attrs in page.tags if tag == "main"] == ["main"]
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_layout_without_aside_has_one_column(env: Environment) -> None:
    html = _render(env, "applicant", gallery_shell())
    assert "columns-one" in html
    assert "<aside" not in html


@pytest.mark.parametrize(
    ("layout", "private"), [("writer", True), ("reader", True), ("print", True), ("applicant", False)]
)
def test_layout_behind_a_secret_link_tells_nobody(env: Environment, layout: str, private: bool) -> None:
    html = _render(env, layout, writer_shell())
    assert ('content="no-referrer"' in html) is private
    assert ('content="noindex' in html) is private


def test_status_note_offers_undo_as_a_form_with_its_token(env: Environment) -> None:
    note = StatusNote(say("Sent to {name}.", name="<Ben>"), undo_href="/undo", fields={"key": "k1"})
    html = _render(env, "applicant", replace(gallery_shell(), status=note))
    assert 'role="status"' in html
    assert "Sent to &lt;Ben&gt;." in html
    assert '<form method="post" action="/undo">' in html
    assert 'name="csrf"' in html
    assert 'name="key" value="k1"' in html


def test_foot_ends_with_help(env: Environment) -> None:
    html = _render(env, "public", writer_shell())
    assert html.rindex("Help") > html.rindex("Stop emails")


@pytest.mark.parametrize("page", ["", "desk", "ask", "editor", "print"])
@pytest.mark.parametrize("dir", ["ltr", "rtl"])
def test_gallery_page_has_one_heading_and_no_id_twice(page: str, dir: str) -> None:
    response = show_gallery(RequestFactory().get("/gallery/", {"theme": "dark", "dir": dir}), page)
    html = response.content.decode()
    tags = _read(html)
    assert [tag for tag, _ in tags.tags].count("h1") == (
        1 if page else 2
    )  # the parts page shows a verdict too
    ids = [attrs["id"] for _, attrs in tags.tags if attrs.get("id")]
    assert [name for name in ids if ids.count(name) > 1] == [
        name for name in ids if name.startswith("seal-") and ids.count(name) > 1
    ]
    assert 'data-theme="dark"' in html
    assert not [tag for tag, attrs in tags.tags if "style" in attrs]
    for _, attrs in tags.tags:
        for name in ("aria-labelledby", "aria-describedby", "for", "aria-controls"):
            for target in (attrs.get(name) or "").split():
                assert target in ids, f"{name}={target}"
