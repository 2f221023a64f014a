"""Sessions that a stolen database can't use, and that a GET can't change.

The row is named by a hash of the cookie and its data is encrypted (codes to sign in lie in it while they live).
A request that only looks (GET, HEAD, OPTIONS) gets a store that never writes, whatever a library tries. There is
one exception: a visitor who comes back from an identity provider, which can only send them here by an address. It is
made by `let_return_write`, for the views named in `RETURNS` alone, once what came back fits a round that this very
visitor began by a press.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.ledger.prepared import Prepared

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CONTEXT = "session"
RETURNS = frozenset({"sign_on_oidc_back", "sign_on_saml_back"})


def row_name(session_key: str) -> str:
    """What the table may know of a cookie: 160 bits of its hash."""
    return token_hash(session_key)[:40]


def _named(name: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=name)


_NAMED = Prepared(_named, lambda name: (name,), "the name of a session")


class SessionStore(db.SessionStore):
    """Django's database sessions under a hashed name, encrypted."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = self.serializer().dumps(session_dict)
        return b64encode(custody.encrypt(plain, context=CONTEXT)).decode("ascii")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            plain = custody.decrypt(b64decode(session_data), context=CONTEXT)
        except (ValueError, KeyError):
            return {}  # sealed under keys that are gone: whoever it was signs in again
        return dict(self.serializer().loads(plain))

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=row_name(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=row_name(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # Django's own
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )

    def delete(self, session_key: str | None = None) -> None:
        gone = session_key or self.session_key
        if gone is not None:
            Session.objects.filter(session_key=row_name(gone)).delete()

    def _get_session_from_db(self) -> Session | None:
        if self.session_key is not None:
            for found in _NAMED(row_name(self.session_key)):
                if found.expire_date > timezone.now():
                    return found
        self._session_key = None
        return None


class LookingStore(SessionStore):
    """The session of a request that only looks: changes live until the answer is given, and no longer."""

    def save(self, must_create: bool = False) -> None:
        return None

    def create(self) -> None:
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        return None


def let_return_write(request: HttpRequest) -> None:
    """The one exception to looking (see above): from here on this request's session is kept."""
    if request.resolver_match is None or request.resolver_match.url_name not in RETURNS:
        raise RuntimeError("only the way back from a provider may write on a GET")
    request.session = SessionStore(request.session.session_key)
    request.returns_from_provider = True  # type: ignore[attr-defined]  # read by Sessions below


class Sessions(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.method in SAFE:
            request.session = LookingStore(request.session.session_key)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method not in SAFE or getattr(request, "returns_from_provider", False):
            return super().process_response(request, response)
        if request.session.accessed:
            patch_vary_headers(response, ("Cookie",))
        return response
