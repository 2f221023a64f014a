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
from collections.abc import Callable
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context

from vouchsafe.doors.web.ui import dates, forms, numbers, sentences, shells
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


def _with_counts(said: Any) -> Any:
    """The same, with its numbers of things as people write them."""

    @pass_context
    def counted(context: Context, *words: Any, **facts: Any) -> Any:
        if len(words) == 3:  # singular, plural, number
            facts.setdefault("num", words[2])
            words = (*words[:2], sentences.counted_as(*words))
        counted_facts = {name: numbers.said_count(name, facts[name]) for name in facts}
        text = said(context, *words, **counted_facts)
        ending = [fact for fact in facts.values() if str(fact).endswith((".", ".</time>"))]
        if not ending:
            return text
        return type(text)(sentences.with_one_stop(str(text), ending))

    return counted


_NUMBER = re.compile(r"%\((\w+)\)d")


def _with_any_facts(said: Callable[..., str]) -> Callable[..., str]:
    """The same sentence, with places for a number open to "250,093", which is how many things are said."""

    def sentence(*words: Any) -> str:
        text = said(*words)
        return _NUMBER.sub(r"%(\1)s", text) if ")d" in text else text

    return sentence


def environment(**options: Any) -> Environment:
    """Django hands over loader, autoescape and reload; a misspelt name must fail, not vanish."""
    options["undefined"] = StrictUndefined
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n"]
    options.setdefault("autoescape", True)
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)  # noqa: S701 - autoescape is on, see above
    env.install_gettext_callables(  # type: ignore[attr-defined]
        _with_any_facts(gettext), _with_any_facts(ngettext), newstyle=True,
        pgettext=_with_any_facts(pgettext), npgettext=_with_any_facts(npgettext),
    )  # fmt: skip
    env.globals.update(
        gettext=_with_counts(env.globals["gettext"]),
        ngettext=_with_counts(env.globals["ngettext"]),
        static=static,
        url=url,
        sprite=sprite,
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
