"""The organisation's own sign-in, as `vouchsafe doctor` looks at it: the provider answers as set, and agrees on the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings

from vouchsafe.adapters.sign_on.refusals import ProviderAway, ProviderNotBelieved, SignOnStopped
from vouchsafe.adapters.sign_on.wire import Told, Wire, ask
from vouchsafe.core.checkup import Finding, State
from vouchsafe.core.words import say

CLOCK_OFF = timedelta(seconds=60)
CERTIFICATE_SOON = timedelta(days=21)


def findings(now: datetime, wire: Wire = ask) -> Iterator[Finding]:
    """Nothing where no provider is set."""
    if "oidc" in settings.SIGN_ON:
        yield from _oidc(now, wire)
    if "saml" in settings.SIGN_ON:
        yield from _saml(now, wire)
    for kind, facts in settings.SIGN_ON.items():
        if not facts["domains"]:
            yield Finding(
                kind,
                State.LOOK,
                say(
                    "{provider} may speak for no domain, so nobody who is new there is let in.",
                    provider=facts["name"],
                ),
                say(
                    "Name the domains whose addresses it gives out in VOUCHSAFE_{kind}_DOMAINS.",
                    kind=kind.upper(),
                ),
            )


def _oidc(now: datetime, wire: Wire) -> Iterator[Finding]:
    from vouchsafe.adapters.sign_on import oidc
    from vouchsafe.doors.web.public.sign_on import oidc_client

    client = oidc_client()
    heard = _Listening(wire)
    oidc.forget()
    try:
        said = oidc.discover(client, now=now, wire=heard)
        keys = oidc.keys_of(client, said, heard)
    except SignOnStopped as refusal:
        yield _wrong("oidc", refusal, client.issuer)
        return
    if not keys:
        yield Finding(
            "oidc",
            State.WRONG,
            say("{provider} publishes no key that signs.", provider=client.name),
            say("Ask whoever keeps it for its signing keys to be listed at {url}.", url=said["jwks_uri"]),
        )
        return
    yield Finding(
        "oidc", State.FINE, say("{provider} answers, and is who it should be.", provider=client.name)
    )
    yield from _clock("oidc", client.name, heard.date, now)
    if "email" not in said.get("claims_supported", ["email"]) and "email" not in said.get(
        "scopes_supported", []
    ):
        yield Finding(
            "oidc",
            State.LOOK,
            say(
                "{provider} does not list the claim email, without which nobody new is known.",
                provider=client.name,
            ),
            say("Ask whoever keeps it to hand on email and email_verified to this client."),
        )
    if "S256" not in said.get("code_challenge_methods_supported", ["S256"]):
        yield Finding(
            "oidc",
            State.LOOK,
            say("{provider} does not list PKCE with S256.", provider=client.name),
            say("Ask whoever keeps it to turn PKCE on for this client."),
        )


def _saml(now: datetime, wire: Wire) -> Iterator[Finding]:
    from vouchsafe.adapters.sign_on import saml
    from vouchsafe.doors.web.public.sign_on import service_provider

    us = service_provider()
    heard = _Listening(wire)
    saml.forget()
    try:
        idp = saml.metadata_of(us, now=now, wire=heard)
        last = max(saml.valid_until(one) for one in saml.certificates(idp))
    except SignOnStopped as refusal:
        yield _wrong("saml", refusal, us.metadata)
        return
    except ValueError:
        yield _wrong(
            "saml", ProviderNotBelieved(provider=us.name, why="a certificate can’t be read"), us.metadata
        )
        return
    if last <= now + CERTIFICATE_SOON:
        over = last <= now
        yield Finding(
            "saml",
            State.WRONG if over else State.LOOK,
            say(
                "The certificate that {provider} signs with ends on {day}.", provider=us.name, day=last.date()
            ),
            say(
                "Ask whoever keeps it for its new metadata, and put it where VOUCHSAFE_SAML_METADATA points."
            ),
        )
        if over:
            return
    yield Finding(
        "saml",
        State.FINE,
        say(
            "{provider} is described whole. Whether it hands on an address shows when somebody signs in.",
            provider=us.name,
        ),
    )
    yield from _clock("saml", us.name, heard.date, now)


def _wrong(kind: str, refusal: SignOnStopped, where: str) -> Finding:
    provider = str(refusal.facts["provider"])
    if isinstance(refusal, ProviderAway):
        return Finding(
            kind,
            State.WRONG,
            say(
                "{provider} does not answer at {url} ({why}).", provider=provider, url=where, why=refusal.why
            ),
            say("Check the address, and that this machine may reach it."),
        )
    return Finding(
        kind,
        State.WRONG,
        say("What {provider} says of itself can’t be used: {why}.", provider=provider, why=refusal.why),
        say("Compare the setting with what its keepers gave you, letter by letter."),
    )


def _clock(kind: str, provider: str, date: str, now: datetime) -> Iterator[Finding]:
    try:
        there = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return
    if abs(there - now) > CLOCK_OFF:
        yield Finding(
            kind,
            State.WRONG,
            say("The clock of {provider} is {seconds} seconds from ours.", provider=provider,
                seconds=f"{(there - now).total_seconds():+.0f}"),
            say("Let both follow a time server (timedatectl set-ntp true)."),
        )  # fmt: skip


class _Listening:
    """Asks as the adapter does, and remembers what time the provider had."""

    def __init__(self, wire: Wire) -> None:
        self.wire, self.date = wire, ""

    def __call__(self, url: str, **asked: object) -> Told:
        told = self.wire(url, **asked)  # type: ignore[arg-type]  # handed on as it came
        self.date = told.date
        return told
