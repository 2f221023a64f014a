"""The identity providers that are set, as the adapters want them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from vouchsafe.adapters.sign_on.oidc import Client
from vouchsafe.adapters.sign_on.saml import ServiceProvider
from vouchsafe.adapters.sign_on.wire import Wire, ask

reach: Wire = ask
"""How the provider is asked. Tests put one in memory here; the product never does."""


def oidc_client() -> Client:
    facts = settings.SIGN_ON["oidc"]
    return Client(
        issuer=facts["issuer"],
        client_id=facts["client_id"],
        secret=facts["secret"],
        name=facts["name"],
        back_url=settings.BASE_URL + reverse("sign_on_oidc_back"),
    )


def service_provider() -> ServiceProvider:
    facts = settings.SIGN_ON["saml"]
    return ServiceProvider(
        name=facts["name"],
        entity_id=facts["entity_id"] or settings.BASE_URL + reverse("sign_on_saml_metadata"),
        answer_url=settings.BASE_URL + reverse("sign_on_saml_answer"),
        metadata=facts["metadata"],
        idp=facts["idp"],
        subject=facts["subject"],
        address=facts["address"],
        person=facts["person"],
    )
