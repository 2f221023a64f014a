"""The Jinja2 environment of all our own pages, for `django.template.backends.jinja2`.

    TEMPLATES = [{
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "vouchsafe.doors.web.ui.environment.environment"},
    }]

Imported macros see the globals below but no request: pages pass them `csrf_input`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from vouchsafe.doors.web.ui import catalogue, dates, forms, numbers, remembering, sentences, shells
from vouchsafe.doors.web.ui.speaking import Page
from vouchsafe.doors.web.ui.stylesheet import stylesheet


def url(name: str, /, *args: object, **kwargs: object) -> str:
    """`url("asks:request", key=key)`. Reverse in the view for anything shown in rows."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def sprite(symbol: str) -> str:
    """The address of one symbol of the sprite. Kept, for a page of rows asks for it hundreds of times."""
    return f"{static('ui/icons/sprite.svg')}#{symbol}"


def slug(text: object) -> str:
    """An id from a heading, in any script."""
    return slugify(str(text), allow_unicode=True)


_NUMBER = re.compile(r"%\((\w+)\)d")


def _with_any_facts(said: Callable[..., str]) -> Callable[..., str]:
    """The same sentence, with places for a number open to "250,093", which is how many things are said."""

    def sentence(*words: Any) -> str:
        text = said(*words)
        return _NUMBER.sub(r"%(\1)s", text) if ")d" in text else text

    return sentence


_singular, _counting = _with_any_facts(catalogue.said), _with_any_facts(ngettext)


def _gettext(msgid: str, /, **facts: Any) -> Markup:
    """As Jinja's own, which would ask the context three times over for each of a page's hundreds of sentences."""
    return _filled(_singular(msgid), facts) if facts else catalogue.whole(msgid)


def _ngettext(one: str, many: str, n: int, /, **facts: Any) -> Markup:
    return _filled(_counting(one, many, sentences.counted_as(one, many, n)), {"num": n, **facts})


def _filled(pattern: str, facts: dict[str, Any]) -> Markup:
    """Facts escaped, and numbers of things as people write them."""
    said = {name: escape(numbers.said_count(name, fact)) for name, fact in facts.items()}
    text = pattern % said
    ending = [fact for fact in said.values() if fact.endswith((".", ".</time>"))]
    return Markup(sentences.with_one_stop(text, ending) if ending else text)  # noqa: S704 - the pattern is ours, facts are escaped


class Pages(Environment):
    """Templates of ours have no globals of their own, so they share one plain dictionary of them.

    Jinja would lay an empty one over it for each, and compare all names of the two at every import of every page.
    """

    template_class = Page

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """Django hands over loader, autoescape and reload; a misspelt name must fail, not vanish."""
    options["undefined"] = StrictUndefined
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n"]
    options.setdefault("autoescape", True)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Pages(**options)
    env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        _singular, _counting, newstyle=True, pgettext=pgettext, npgettext=_with_any_facts(npgettext)
    )
    env.globals.update(
        _=_gettext,
        gettext=_gettext,
        ngettext=_ngettext,
        static=cache(static),
        url=url,
        sprite=sprite,
        remembered=remembering.remembered,
        stylesheet=stylesheet,
        field_facts=forms.field_facts,
        form_problems=forms.form_problems,
        shell_of=shells.shell_of,
        joining_is_open=shells.joining_is_open,
        signs_on_elsewhere=shells.signs_on_elsewhere,
    )
    env.filters.update(
        t=sentences.translate,
        slug=slug,
        listed=sentences.listed,
        day=dates.day,
        day_words=dates.day_words,
        month=dates.month,
        month_words=dates.month_words,
        clock=dates.clock,
        clock_words=dates.clock_words,
        moment=dates.moment,
        in_100=numbers.in_100,
        hundredths=numbers.hundredths,
    )
    return env
