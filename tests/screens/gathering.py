"""Every screen there is, found by walking: from each address of the URL resolver along every link, pressing every form.

There is no list of screens to forget a line in. A page is kept once for each make of it: the same template with other
kinds of parts (an error above it, an empty list, a note that something is done) is another screen.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.template.backends.jinja2 import Template
from django.test import Client
from lxml import html
from tests.screens.filling import blank, filled

Make = tuple[object, ...]
KEYS = re.compile(r"(?<=/)(?:[0-9a-z]{24}|[\w-]{43}|[\w-]{22,64}|[0-9A-Z]{4}-[0-9A-Z]{4}|\d+)(?=/|\?|\.|$)")
OFTEN = 2  # addresses of one kind that are looked at: two requests may stand at different stages
DEEP = 3  # presses in a row
NEVER = re.compile(r"^/(static|look|language$)|\.(ics|pdf|zip|csv|json)$|/export$")  # no page is there


@dataclass(frozen=True, slots=True)
class Screen:
    """One page as the server answered, with the pictures it shows."""

    template: str
    role: str
    way: str  # how it was come to
    address: str
    status: int
    body: bytes
    policy: str
    parts: Mapping[str, tuple[str, bytes]] = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.template} ({self.status}) for {self.role}: {self.way}"

    @property
    def tree(self) -> Any:
        return html.document_fromstring(self.body)

    @property
    def title(self) -> str:
        return " ".join(self.tree.findtext(".//title").split())

    @property
    def headings(self) -> list[str]:
        return [" ".join(one.text_content().split()) for one in self.tree.iter("h1")]


def make_of(template: str, status: int, tree: Any) -> tuple[Make, frozenset[object]]:
    """A template with its headings as they follow each other, and the kinds of parts; words and how many of each aside."""
    parts: set[object] = set()
    levels: list[str] = []
    for node in tree.body.iter():
        if isinstance(node.tag, str):
            above = node.getparent()
            parts.add(
                (
                    node.tag,
                    node.get("class"),
                    node.get("role"),
                    node.get("type"),
                    above.tag,
                    above.get("class"),
                )
            )
            if node.tag in {"h1", "h2", "h3", "h4"} and levels[-1:] != [node.tag]:
                levels.append(node.tag)
    return (template, status >= 400, tuple(levels)), frozenset(parts)


class Walk:
    """Goes everywhere as one person after another, and keeps each make of a page once."""

    def __init__(self) -> None:
        self.kept: dict[Make, list[tuple[frozenset[object], Screen]]] = {}
        self.templates: set[str] = set()
        self._been: Counter[tuple[str, ...]] = Counter()

    @property
    def screens(self) -> list[Screen]:
        """A page made of a part of what another of its kind has is seen in that one."""
        all_of_a_kind = self.kept.values()
        return [
            screen
            for kind in all_of_a_kind
            for parts, screen in kind
            if not any(parts < others for others, _ in kind)
        ]

    def go(self, role: str, client: Client, addresses: Iterable[str], *, state: str) -> None:
        for address in addresses:
            if not NEVER.search(address):
                self._visit(f"{role} ({state})", client, address, address, 0)

    def _visit(self, role: str, client: Client, address: str, way: str, depth: int) -> None:
        cache.clear()  # how often was tried is counted there
        with drawing() as drawn:
            answer = client.get(address, follow=True)
        self.look(role, client, answer, drawn, way, depth)

    def look(
        self, role: str, client: Client, answer: Any, drawn: list[str], way: str, depth: int = 0
    ) -> None:
        """Keep the page if its make is new, and go on from there."""
        if not _is_page(answer, drawn):
            return
        tree = html.document_fromstring(answer.content)
        kind, parts = make_of(drawn[-1], answer.status_code, tree)
        if any(parts == known for known, _ in self.kept.get(kind, ())):
            return
        screen = screen_of(role, client, answer, drawn, way)
        path = screen.address
        self.templates.add(screen.template)
        self.kept.setdefault(kind, []).append((parts, screen))
        for address in sorted(
            {urljoin(path, str(each)) for each in tree.xpath("//a/@href") if "#" not in each}
        ):
            if self._is_new(role, "get", address):
                self._visit(role, client, address, _further(way, address), depth)
        for form in tree.forms if depth < DEEP else ():
            self._press(role, client, form, path, way, depth)

    def _press(self, role: str, client: Client, form: Any, path: str, way: str, depth: int) -> None:
        """The form blank, as it stands, and filled in, by each of its buttons; everything is as before afterwards."""
        address = urljoin(path, form.get("action") or path)
        send = client.post if (form.get("method") or "get").lower() == "post" else client.get
        buttons = [
            (each.get("name"), each.get("value") or "") for each in form.xpath(".//button[@name]")
        ] or [("", "")]
        for (name, value), (how, fill) in (
            (button, ways) for button in buttons for ways in (("blank", blank), ("filled", filled))
        ):
            names = ",".join(sorted(str(each) for each in form.fields))
            if not self._is_new(role, how, address, names, f"{name}={value}"):
                continue
            given = {**fill(form), **({name: value} if name else {})}
            with undone(client), drawing() as drawn:
                answer = send(address, given, follow=True)
                self.look(
                    role,
                    client,
                    answer,
                    drawn,
                    _further(way, " ".join(filter(None, (how, name, value, address)))),
                    depth + 1,
                )

    def _is_new(self, role: str, *what: str) -> bool:
        how, address, *rest = what
        if not address.startswith("/") or NEVER.search(urlsplit(address).path):
            return False
        query = re.sub(r"=[^&]*", "", urlsplit(address).query)
        seen = (role, how, KEYS.sub("*", urlsplit(address).path), query, *rest)
        self._been[seen] += 1
        return self._been[seen] <= (OFTEN if how == "get" else 1)


def _further(way: str, step: str) -> str:
    """The last steps of a way: enough to walk there by hand."""
    return " > ".join([*way.split(" > ")[-2:], step])


def screen_of(role: str, client: Client, answer: Any, drawn: list[str], way: str) -> Screen:
    policy, pictures = (
        answer.headers["Content-Security-Policy"],
        _pictures(client, html.document_fromstring(answer.content)),
    )
    return Screen(
        drawn[-1],
        role,
        way,
        answer.request["PATH_INFO"],
        answer.status_code,
        answer.content,
        policy,
        pictures,
    )


def _is_page(answer: Any, drawn: list[str]) -> bool:
    """Not a file, a piece of a page, or a mail shown as it looks."""
    if answer.streaming or not drawn or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return (
        "sandbox" not in answer.headers.get("Content-Security-Policy", "")
        and b"<html" in answer.content[:300]
    )


def _pictures(client: Client, tree: Any) -> dict[str, tuple[str, bytes]]:
    found = {}
    for source in {str(each) for each in tree.xpath("//img/@src")}:
        if source.startswith("/") and not source.startswith("/static/"):
            answer = client.get(source)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[source] = (answer.headers.get("Content-Type", ""), body)
    return found


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Rows and cookies are afterwards what they were."""
    was = copy.deepcopy(client.cookies)
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = was


@contextmanager
def drawing() -> Iterator[list[str]]:
    """The names of the templates drawn meanwhile; of a page its own comes last."""
    names: list[str] = []
    draw: Callable[..., Any] = Template.render

    def noted(template: Template, *args: Any, **kwargs: Any) -> Any:
        said = draw(template, *args, **kwargs)
        names.append(template.template.name)
        return said

    with patch.object(Template, "render", noted):
        yield names
