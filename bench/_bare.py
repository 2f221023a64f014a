"""The WSGI application of `bench.pages`: the product, and beside it the same rows by bare views in the same process.

A bare view has no middleware and nobody signed in: one query for the rows, a template given as text, and out. Its
templates are written by `bench.pages` into the data folder, so that they come out at the bytes of the real page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PREFIX = "/bare/"
ROW = (
    '<li class="row" data-tie="{{ row.request.contact.tie }}"><a href="/asks/{{ row.request.key }}/">{{ row.request.contact.name }}</a>'
    "<span>{{ row.opportunity.title }}, {{ row.opportunity.organisation }}</span>"
    '{% if row.shown_on %}<time datetime="DATE">DAY</time>{% endif %}<b>{{ row.confidentiality }}</b>FILL</li>'
)
DATES = {
    "django": ('{{ row.shown_on|date:"Y-m-d" }}', '{{ row.shown_on|date:"j F Y" }}'),
    "jinja": (
        "{{ row.shown_on.isoformat() }}",
        "{{ row.shown_on.day }} {{ row.shown_on.strftime('%B %Y') }}",
    ),
}


def source(kind: str, fill: str, around: str) -> str:
    """A template's text: rows of one loop, with literal text in each and around them."""
    row = ROW.replace("DATE", DATES[kind][0]).replace("DAY", DATES[kind][1]).replace("FILL", fill)
    return f"<!doctype html><ul>{{% for row in rows %}}{row}{{% endfor %}}</ul>{around}"


def show_bare(request: HttpRequest, kind: str, page: str) -> HttpResponse:
    from vouchsafe.asks.models import Purpose

    whose = {"desk": "request__contact__owner__key", "writer": "request__key"}[page]
    rows = Purpose.objects.filter(**{whose: request.GET["of"]}).select_related(
        "request__contact", "opportunity"
    )
    return HttpResponse(render(kind, page)({"rows": list(rows)}))


@cache
def render(kind: str, page: str) -> Callable[[dict[str, Any]], str]:
    text = (Path(os.environ["VOUCHSAFE_DATA"]) / f"bare-{page}.{kind}").read_text()
    if kind == "jinja":
        from jinja2 import Environment

        return Environment(autoescape=True).from_string(text).render
    from django.template import Context, Engine

    template = Engine().from_string(text)
    return lambda facts: str(template.render(Context(facts)))


urlpatterns = [path("bare/<str:kind>/<str:page>", show_bare)]


class Bare(WSGIHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = "bench._bare"
        return super().get_response(request)


@cache
def applications() -> tuple[Any, Any]:
    from vouchsafe.config.wsgi import application as ours

    return Bare(), ours


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    bare, ours = applications()
    chosen: Iterable[bytes] = (bare if environ["PATH_INFO"].startswith(PREFIX) else ours)(
        environ, start_response
    )
    return chosen
