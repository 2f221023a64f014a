"""The document itself, a page that shows it, and whatever is asked for beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from vouchsafe.doors.api.document import document
from vouchsafe.doors.api.problems import absent, not_that_way

View = Callable[..., HttpResponse]


def tells_ways(view: View) -> View:
    """A method that is not served here is a problem like any other. No cookie counts here, so none needs guarding."""

    @csrf_exempt
    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if isinstance(answer, HttpResponseNotAllowed):
            return not_that_way(", ".join(sorted(answer["Allow"].split(", "))))
        return answer

    return told


@require_safe
def show_document(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def show_reference(request: HttpRequest) -> HttpResponse:
    """Every question on one page, to read without scripts and to try with ours. It loads nothing from elsewhere."""
    about = document()["info"]["description"].split("\n\n")
    return render(request, "api/reference.html", {"about": about, "parts": _parts()})


@csrf_exempt
def show_nothing(request: HttpRequest) -> HttpResponse:
    """Programs get problem details even where there is nothing; no cookie counts here, so none needs guarding."""
    return absent(request)


@cache
def _parts() -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations by their tag, in the document's order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "about": operation["description"].split("\n\n"),
                    "parameters": operation["parameters"],
                    "example": _example(operation),
                    "answers": [
                        (status, one["description"]) for status, one in operation["responses"].items()
                    ],
                }
            )
    return list(found.items())


def _example(operation: dict[str, Any]) -> str:
    if "requestBody" not in operation:
        return ""
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    return json.dumps(document()["components"]["schemas"][name]["examples"][0], ensure_ascii=False, indent=2)
