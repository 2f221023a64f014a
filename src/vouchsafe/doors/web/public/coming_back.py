"""Who comes back with a session: asked for every page, so by a prepared question. Signing in is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from vouchsafe.ledger.prepared import Prepared
from vouchsafe.people.models import Account


def _numbered(pk: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)


_NUMBERED = Prepared(_numbered, lambda pk: (pk,), -(10**12) - 7)


class ComingBack(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Named before allauth's own, which only knows again the sessions that were begun by it."""

    def get_user(self, user_id: int) -> Account | None:
        found = next(iter(_NUMBERED(user_id)), None)
        return found if found is not None and self.user_can_authenticate(found) else None

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account:
        account: Account | None = super().authenticate(request, **credentials)
        if account is None:
            raise PermissionDenied  # or the same password would be tried a second time by allauth's
        return account
