"""The WSGI application of `bench.pages`: the product, and beside it the same rows by bare views in the same process.

A bare view has no middleware and nobody signed in: the rows, a template given as text, and out. Its templates are
written by `bench.pages` into the data folder, so that they come out at the bytes of the real page. There are three of
each page. The first shows of a row its name, place, day and confidentiality. The others show all that our row shows: on the
desk the letter's stage as drawing, sentence, word and trail; on a writer's page who asks, what for, by when, the points,
the papers and the places. They ask for it by an ordinary queryset ("plain"), and on the desk also by our own prepared
question ("same"). None has the desk's moves, odds and rack, nor any navigation: that is literal text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from vouchsafe.desk.front_rows import LetterFacts

PREFIX = "/bare/"
FEW = (
    '<li class="row" data-tie="{{ row.request.contact.tie }}"><a href="/asks/{{ row.request.key }}/">{{ row.request.contact.name }}</a>'
    "<span>{{ row.opportunity.title }}, {{ row.opportunity.organisation }}</span>"
    '{% if row.shown_on %}<time datetime="ISO(row.shown_on)">DAY(row.shown_on)</time>{% endif %}<b>{{ row.confidentiality }}</b>FILL</li>'
)
"""A row of each page with some of its facts."""

DESK = (
    '<li class="row"><svg class="envelope" aria-hidden="true"><use href="/static/ui/icons/sprite.svg#envelope-{{ row.drawn }}"/></svg>'
    '<p><a href="/asks/{{ row.request }}/">{{ row.name }}</a></p><p>'
    '{% if row.sealed_at %}Sealed <time datetime="ISO(row.sealed_at)">DAY(row.sealed_at)</time> · {% if row.is_open %}you may read it{% else %}in confidence{% endif %}'
    "{% if row.portals %} · uploaded at {{ row.uploads }} of {{ row.portals }} portals{% endif %}"
    '{% else %}{% if row.stage == "writing" %}Said yes and has started.{% elif row.stage == "agreed" %}Said yes.'
    '{% elif row.opened_at %}Opened your request on <time datetime="ISO(row.opened_at)">DAY(row.opened_at)</time>.'
    "{% else %}Has not answered yet.{% endif %} "
    '{% if row.promised_on %}Promised by <time datetime="ISO(row.promised_on)">DAY(row.promised_on)</time>.'
    '{% elif row.is_agreed and row.shown_on %}Asked for by <time datetime="ISO(row.shown_on)">DAY(row.shown_on)</time>.'
    '{% elif row.next_reminder_at %}The next reminder goes on <time datetime="ISO(row.next_reminder_at)">DAY(row.next_reminder_at)</time>.'
    '{% endif %}{% endif %}</p><span class="chip" data-tone="{{ row.tone }}">{{ row.chip }}</span>'
    '<ol class="trail" data-tone="{{ row.tone }}" aria-label="Step {{ row.step }} of 6">{% for word in steps %}'
    '<li{% if INDEX < row.step %} data-done{% elif INDEX == row.step %} aria-current="step"{% endif %}><span class="unseen">{{ word }}</span></li>'
    "{% endfor %}</ol>FILL</li>"
)
WRITER = (
    "<p>To {{ row.request.contact.name }}</p><h1>{{ row.request.contact.owner.name }} asks you for a letter of recommendation</h1>"
    "<dl><dt>For</dt><dd>{{ row.opportunity.title }}<small>{{ row.opportunity.organisation }}</small></dd>"
    '{% if row.shown_on %}<dt>Needed by</dt><dd><time datetime="ISO(row.shown_on)">DAY(row.shown_on)</time></dd>{% endif %}'
    '<dt>Who will read it</dt><dd>{{ row.opportunity.organisation }}<br>{% if row.confidentiality == "open" %}{{ row.request.contact.owner.name }} may read it{% endif %}</dd>'
    "{% for place in places %}<dt>{{ place.label }}</dt><dd>{{ place.address }}</dd>{% endfor %}</dl><p>{{ row.note }}</p>"
    "<ul>{% for point in row.points %}<li>{{ point }}</li>{% endfor %}</ul>"
    "<ul>{% for document in documents %}<li>{{ document.name }}, {{ document.pages }}</li>{% endfor %}</ul>FILL"
)
WHOLE = {"desk": DESK, "writer": WRITER}
"""A row of each page with all its facts."""

STEPS = ("Chosen", "Asked in person", "Emailed", "Agreed", "Writing", "Sealed")
DATES = {
    "django": (r'{{ \1|date:"Y-m-d" }}', r'{{ \1|date:"D j M" }}'),
    "jinja": (
        r"{{ \1.strftime('%Y-%m-%d') }}",
        r"{{ \1.strftime('%a') }} {{ \1.day }} {{ \1.strftime('%b') }}",
    ),
}
INDEX = {"django": "forloop.counter", "jinja": "loop.index"}


def source(kind: str, page: str, fill: str, around: str) -> str:
    """A template's text: rows of one loop, with literal text in each and around them. `page` is "desk", "desk plain" or "desk same"."""
    name, _, facts = page.partition(" ")
    row = (WHOLE[name] if facts else FEW).replace("INDEX", INDEX[kind])
    for written, how in zip(("ISO", "DAY"), DATES[kind], strict=True):
        row = re.sub(written + r"\(([\w.]+)\)", how, row)
    row = row.replace("FILL", fill)
    return f"<!doctype html><ul>{{% for row in rows %}}{row}{{% endfor %}}</ul>{around}"


def show_bare(request: HttpRequest, kind: str, page: str) -> HttpResponse:
    return HttpResponse(render(kind, page)(FACTS[page](request.GET["of"])))


def _few(whose: str) -> Callable[[str], dict[str, Any]]:
    def rows(of: str) -> dict[str, Any]:
        from vouchsafe.asks.models import Purpose

        return {
            "rows": list(
                Purpose.objects.filter(**{whose: of}).select_related("request__contact", "opportunity")
            )
        }

    return rows


def _letters(of: str) -> dict[str, Any]:
    """The letters of a desk, read the way the desk itself reads them, which is the cheapest way we know."""
    from vouchsafe.desk.front_rows import LETTERS
    from vouchsafe.people.models import Account

    return _drawn(LETTERS(Account.objects.get(key=of)))


def _letters_plainly(of: str) -> dict[str, Any]:
    """The same letters, as anybody would ask for them."""
    from vouchsafe.desk.front_rows import LETTERS, LetterFacts, purposes_of
    from vouchsafe.people.models import Account

    paths = [path.split("__") for path in LETTERS.paths.values()]
    asked = purposes_of(Account.objects.get(key=of))
    return _drawn([LetterFacts(*(reduce(_beside, path, row) for path in paths)) for row in asked])


def _beside(row: Any, name: str) -> Any:
    return getattr(row, name, None)  # a request that nobody opened has no opening


def _drawn(letters: list[LetterFacts]) -> dict[str, Any]:
    from vouchsafe.desk.front import _stage
    from vouchsafe.doors.web.applicant.views.desk import DRAWN, STATUS

    rows = []
    for facts in letters:
        stage = _stage(facts) or "open"
        chip, tone, step = STATUS[stage]
        rows.append({
            **facts._asdict(), "stage": stage, "drawn": DRAWN[stage], "chip": chip.msgid, "tone": tone, "step": step,
            "is_open": facts.confidentiality_kept == "open", "is_agreed": stage in ("writing", "agreed"),
        })  # fmt: skip
    return {"rows": rows, "steps": STEPS}


def _request(of: str) -> dict[str, Any]:
    from vouchsafe.asks.models import Document, Purpose
    from vouchsafe.plans.models import Destination

    standing = Purpose.objects.filter(request__key=of, withdrawn_at__isnull=True)
    rows = list(standing.select_related("request__contact__owner", "opportunity"))
    live = Destination.objects.filter(
        opportunity__in=[row.opportunity_id for row in rows], removed_at__isnull=True
    )
    documents = Document.objects.filter(request__key=of, removed_at__isnull=True)
    return {"rows": rows, "places": list(live), "documents": list(documents)}


FACTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "desk": _few("request__contact__owner__key"), "desk same": _letters, "desk plain": _letters_plainly,
    "writer": _few("request__key"), "writer plain": _request,
}  # fmt: skip


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
