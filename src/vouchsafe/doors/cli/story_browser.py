"""A visitor without scripts, for the story: opens links, presses buttons, keeps cookies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import requests
from lxml import html


class ButtonMissing(RuntimeError):
    """A page did not offer what the story needed: the page, and what was looked for."""


@dataclass
class Visitor:
    """One browser. `page` is the page last shown, `address` where it is."""

    base: str
    session: requests.Session = field(default_factory=requests.Session)
    address: str = ""
    answer: requests.Response | None = None

    def open(self, address: str) -> Visitor:
        return self._show(self.session.get(urljoin(self.base, address), timeout=60))

    def press(self, button: str, files: dict[str, Any] | None = None, **fields: str) -> Visitor:
        """Press the first button (or link dressed as one) whose words contain `button`, filling fields by name."""
        for form in self.page.forms:
            for pressed in form.xpath(".//button | .//input[@type='submit']"):
                said = " ".join((pressed.text_content() or pressed.get("value") or "").split())
                if button.lower() in said.lower():
                    return self._submit(form, pressed, fields, files)
        for link in self.page.iter("a"):
            if button.lower() in " ".join(link.text_content().split()).lower():
                return self.open(urljoin(self.address, link.get("href") or ""))
        raise ButtonMissing(f"{self.address} has no button “{button}”: {self.title}")

    @property
    def page(self) -> Any:
        assert self.answer is not None
        return html.document_fromstring(
            self.answer.content or b"<html></html>", parser=html.HTMLParser(encoding="utf-8")
        )

    @property
    def title(self) -> str:
        return " ".join(self.page.findtext(".//title", "").split())

    @property
    def words(self) -> str:
        return " ".join(self.page.text_content().split())

    def _submit(
        self, form: Any, pressed: Any, fields: dict[str, str], files: dict[str, Any] | None
    ) -> Visitor:
        values = {name: value for name, value in form.form_values() if name}
        if pressed.get("name"):
            values[pressed.get("name")] = pressed.get("value") or ""
        values.update({name: value for name, value in fields.items() if name in form.fields})
        target = urljoin(self.address, form.get("action") or self.address)
        for name in files or {}:
            values.pop(name, None)
        if (form.get("method") or "get").lower() == "get":
            return self._show(self.session.get(target, params=values, timeout=60))
        return self._show(
            self.session.post(
                target, data=values, files=files, timeout=120, headers={"Referer": self.address}
            )
        )

    def _show(self, answer: requests.Response) -> Visitor:
        self.answer = answer
        self.address = answer.url
        if answer.status_code >= 400:
            raise ButtonMissing(f"{answer.url} answered {answer.status_code}: {self.title}")
        return self
