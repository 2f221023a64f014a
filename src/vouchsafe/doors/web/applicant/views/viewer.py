"""Who looks at an applicant's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


def applicant_of(request: HttpRequest) -> Account:
    """The account that is signed in; only behind `login_required`."""
    return cast("Account", request.user)
