"""Who comes back with a session: asked for every page, so by a prepared question. Signing in is allauth's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from vouchsafe.people.access import account_in_session

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


class ComingBack(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Named before allauth's own, which only knows again the sessions that were begun by it."""

    def get_user(self, user_id: int) -> Account | None:
        found = account_in_session(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account:
        account: Account | None = super().authenticate(request, **credentials)
        if account is None:
            raise PermissionDenied  # or the same password would be tried a second time by allauth's
        return account
