"""The screens at a door: joining by a passkey, a provider of single sign-on, and the mail before what grew old is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.test import Client, override_settings
from django.utils import timezone
from tests.cast import Cast
from tests.screens.gathering import Walk, drawing

from vouchsafe.adapters.sign_on import oidc
from vouchsafe.adapters.sign_on.fake import ISSUER, FakeProvider
from vouchsafe.core.addresses import keep_path
from vouchsafe.core.retention import Rule
from vouchsafe.doors.web.public import sign_on
from vouchsafe.doors.worker.retaining import retain
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.actions.say_farewell import PURPOSE
from vouchsafe.packets.actions.set_keeping_rule import set_keeping_rule
from vouchsafe.people.models import Account, Farewell

COLLEGE: dict[str, Any] = {
    "issuer": ISSUER, "client_id": "vouchsafe", "secret": "s", "name": "Kestrel College",
    "domains": frozenset("*"), "authoritative": False, "joins": False,
}  # fmt: skip
BACK = "/accounts/sign-on/oidc/back"


def join_by_passkey(walk: Walk, cast: Cast) -> None:
    """As far as the page that asks for a device, which nobody here has."""
    joining = Client()
    with override_settings(OPEN_SIGN_UP=True):
        given = {"email": "una@example.org", "name": "Una Reed"}
        assert joining.post("/accounts/signup/passkey/", given).status_code == 302
        code = outbox.read(Outgoing.objects.filter(kind="sign_in_code").latest("id")).facts["code"]
        assert joining.post("/accounts/confirm-email/", {"code": code}).status_code == 302
        walk.go("una", joining, ["/accounts/2fa/webauthn/signup/"], state="her code was right")


def sign_on_elsewhere(walk: Walk, cast: Cast) -> None:
    """On the way to the organisation's provider; back from it as somebody unknown here, too late, and when it is away."""
    provider = FakeProvider(now=timezone.now())
    with override_settings(SIGN_ON={"oidc": COLLEGE}), patch.object(sign_on, "reach", provider):
        oidc.forget()
        leaving = Client()
        with drawing() as drawn:
            page = leaving.post("/accounts/sign-on/oidc/")
        walk.look("nobody", leaving, page, drawn, "sign in at Kestrel College")
        answer = provider.sign_in(
            str(page["Refresh"]).removeprefix("0; url="),
            email="new@elsewhere.example", email_verified=True, name="Nobody Here",
        )  # fmt: skip
        with drawing() as drawn:
            page = leaving.get(BACK, answer)
        walk.look("nobody", leaving, page, drawn, "back from Kestrel College, unknown here")
        walk.go("nobody", Client(), ["/accounts/login/", f"{BACK}?state=long-ago"], state="a provider is set")
        oidc.forget()
        provider.away = True
        with drawing() as drawn:
            page = leaving.post("/accounts/sign-on/oidc/")
        walk.look("nobody", leaving, page, drawn, "Kestrel College is away")
    oidc.forget()


def keep_what_is_old(walk: Walk, cast: Cast) -> None:
    """The form that the mail leads to, and what it says once it was pressed."""
    then = timezone.now() - timedelta(days=800)
    Account.objects.filter(pk=cast.ada.pk).update(joined_at=then, last_login=then)
    set_keeping_rule(by=cast.dana, rule=Rule(accounts=12), now=timezone.now())
    assert retain(now=timezone.now()) == 1
    told = Farewell.objects.get()
    there = keep_path(custody.token(PURPOSE, told.key, 1, told.generation))
    walk.go("ada from the mail", Client(), [there], state="before it is erased")
