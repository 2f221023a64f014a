"""The part of the editor that signs: one act of it, from a form or from the script that draws."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from vouchsafe.adapters.pdf.pictures import PictureUnusable, clean_signature
from vouchsafe.asks.access import Visit
from vouchsafe.core.sealing.strokes import drawn_svg, read_strokes
from vouchsafe.letters.actions.forget_signature import forget_signature
from vouchsafe.letters.actions.sign_draft import sign_draft
from vouchsafe.letters.signatures import kept_signature

ACTS = frozenset({"draw", "picture", "unsign", "kept", "forget"})
FIELD = "signature_picture"


def act_of(request: HttpRequest) -> str:
    """Which act a form asks for; a picture chosen and sent along with the words is one as well."""
    act = request.POST.get("then", "")
    if act in ACTS:
        return act
    return "picture" if request.FILES.get(FIELD) else ""


def sign_from(request: HttpRequest, visit: Visit, act: str) -> None:
    """Do it. Refuses a drawing or a picture that shows no signature, with what to do.

    The picture that was kept is not put under a letter by a link alone, which may have been forwarded.
    """
    now = timezone.now()
    if act == "forget":
        forget_signature(visit=visit, now=now)
        return
    remember = bool(request.POST.get("remember_signature"))
    picture = b""
    if act == "draw":
        picture = drawn_svg(read_strokes(request.POST.get("strokes", "")))
    elif act == "picture":
        given = request.FILES.get(FIELD)
        if given is None:
            raise PictureUnusable
        visit.demand_proof()
        picture = clean_signature(given.read())
    elif act == "kept":
        visit.demand_desk()
        picture, remember = kept_signature(visit), False
    sign_draft(visit=visit, picture=picture, remember=remember, now=now)
