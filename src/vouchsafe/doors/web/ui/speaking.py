"""What a page needs many times and asks for once: the language it is drawn in, and the token of its forms."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.utils.translation import get_language
from jinja2 import Template

_drawn_in: ContextVar[str | None] = ContextVar("drawn_in", default=None)


def language() -> str | None:
    """The active language, as `get_language` says it."""
    return _drawn_in.get() or get_language()


class _FormToken:
    """The hidden field of a page's forms. Django masks the token anew for each form, which costs more than the form."""

    def __init__(self, field: Any) -> None:
        self._field = field
        self._drawn: str | None = None

    def __html__(self) -> str:
        if self._drawn is None:
            self._drawn = str(self._field)
        return self._drawn

    __str__ = __html__


class Page(Template):
    """A template that holds on to the language it began in. A page drawn within a page begins anew."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        facts = dict(*args, **kwargs)
        if "csrf_input" in facts:
            facts["csrf_input"] = _FormToken(facts["csrf_input"])
        before = _drawn_in.set(get_language())
        try:
            return super().render(facts)
        finally:
            _drawn_in.reset(before)
