"""The mail side of `vouchsafe doctor`: the sending domain, the server that carries mail, the way back in."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from vouchsafe.adapters.post.kinds.trial import trial
from vouchsafe.adapters.post.mail import Address, Route
from vouchsafe.adapters.post.names import Names, NamesDoNotAnswer
from vouchsafe.adapters.post.probe import probe
from vouchsafe.adapters.post.render import render
from vouchsafe.adapters.post.transport import Outcome, Parcel
from vouchsafe.core.checkup import (
    Finding,
    State,
    check_alignment,
    check_dkim,
    check_dmarc,
    check_sender,
    check_spf,
)
from vouchsafe.core.spf import Records
from vouchsafe.core.words import say
from vouchsafe.doors.worker.carrying import envelope_sender, sending_house, translate, transport
from vouchsafe.ledger import custody
from vouchsafe.people import access

USUAL_SELECTORS = (
    "default", "mail", "dkim", "s1", "s2", "k1", "k2", "k3", "selector1", "selector2", "google", "pm", "mxvault",
    "fm1", "zoho", "mta", "smtp", "vouchsafe",
)  # fmt: skip


def findings() -> Iterator[Finding]:
    house = sending_house()
    from_domain = house.address.email.rpartition("@")[2].lower()
    if not (settings.SMTP_HOST or settings.MAIL_PROVIDER):
        yield Finding(
            "mail",
            State.SKIPPED,
            say("No mail server is set, so mails are caught and shown in the mailbox."),
            say("Set VOUCHSAFE_SMTP_HOST or VOUCHSAFE_MAIL_PROVIDER to send them."),
        )
        return
    if settings.SMTP_HOST:
        yield _server()
    if not _is_public(from_domain):
        yield Finding(
            "from",
            State.WRONG,
            say("Mails come from {address}, a domain that nobody else knows.", address=house.address.email),
            say("Set VOUCHSAFE_MAIL_FROM to an address of a domain of yours."),
        )
        return
    names = Names(settings.NAMESERVER)
    try:
        yield from _domain(names, from_domain, envelope_sender("x" * 40, house).rpartition("@")[2].lower())
        if settings.SMTP_HOST:
            yield _reverse(names)
        yield _way_in(names, from_domain)
    except NamesDoNotAnswer:
        yield Finding(
            "names",
            State.WRONG,
            say("No name server answers, so the records of {domain} could not be read.", domain=from_domain),
            say("Check this machine's network, or name a server in VOUCHSAFE_NAMESERVER."),
        )


def send_test(now: datetime) -> Finding:
    """One mail to the owner, by the way every mail takes; says what the server said."""
    instance = access.instance()
    if instance is None:
        return Finding(
            "test",
            State.WRONG,
            say("Nobody has set this instance up, so there is no owner to mail."),
            say("Start it with vouchsafe serve and open the address it prints."),
        )
    owner, house = instance.owner, sending_house()
    local = custody.digest("message", f"test|{now.isoformat()}")[:40]
    route = Route(
        to=Address(owner.email, owner.name),
        house=house,
        message_id=f"<{local}@{custody.mail_domain()}>",
        at=now,
        language=owner.language,
    )
    rendered = render(trial(route), translate(owner.language))
    with transport() as carrier:
        sent = carrier.send(
            Parcel(rendered.message_id, envelope_sender(local, house), rendered.rcpt_to, rendered.raw)
        )
    if sent.outcome is Outcome.SENT:
        return Finding(
            "test",
            State.FINE,
            say("A test went to {address}: {reply}.", address=owner.email, reply=sent.reply),
        )
    return Finding(
        "test",
        State.WRONG,
        say(
            "The test to {address} did not leave: {reply}.",
            address=owner.email,
            reply=sent.reply or sent.step,
        ),
        say("Read what the server said, and check the VOUCHSAFE_SMTP_ settings."),
    )


def _server() -> Finding:
    host, port = settings.SMTP_HOST, settings.SMTP_PORT
    found = probe(host, port, tls=settings.SMTP_TLS, user=settings.SMTP_USER, password=settings.SMTP_PASSWORD)
    where = f"{host}:{port}"
    fixes = {
        "connect": say(
            "Check VOUCHSAFE_SMTP_HOST and VOUCHSAFE_SMTP_PORT, and whether a firewall is between."
        ),
        "starttls": say(
            "Set VOUCHSAFE_SMTP_TLS to tls for port 465, or to none for a server on this machine."
        ),
        "certificate": say("Give the server a certificate for the name you reach it by."),
        "login": say("Check VOUCHSAFE_SMTP_USER and VOUCHSAFE_SMTP_PASSWORD."),
    }
    if found.failed_at:
        return Finding(
            "smtp",
            State.WRONG,
            say("{where} does not take our mail: {said}.", where=where, said=found.said.rstrip(".")),
            fixes[found.failed_at],
        )
    if settings.SMTP_TLS == "none" and not _is_near(host):
        return Finding(
            "smtp",
            State.WRONG if settings.SMTP_PASSWORD else State.LOOK,
            say("Mails go to {where} unencrypted, over a network.", where=where),
            say("Set VOUCHSAFE_SMTP_TLS to starttls.")
            if found.offers_starttls
            else say("Ask for a server with TLS."),
        )
    return Finding("smtp", State.FINE, say("{where} takes our mail.", where=where))


def _sender(names: Names, envelope_domain: str) -> Finding:
    """Whether SPF lets the server that carries our mail send, where its address can be known here."""
    host = settings.SMTP_HOST
    if host and _is_near(host):  # then this machine's own address counts, known by its public name alone
        host = urlsplit(settings.PUBLIC_URL or "").hostname or ""
        host = host if _is_public(host) or (_as_address(host) and not _is_near(host)) else ""
    given = _as_address(host)
    addresses = [given] if given else names.addresses(host) if host else []
    if not addresses:
        return Finding(
            "sender",
            State.SKIPPED,
            say(
                "The address that mails leave from is not known here, so whether SPF lets it send was not checked."
            ),
        )
    return check_sender(
        envelope_domain, host, addresses, Records(names.texts, names.addresses, names.exchangers)
    )


def _domain(names: Names, from_domain: str, envelope_domain: str) -> Iterator[Finding]:
    spf = check_spf(envelope_domain, names.texts)
    yield spf
    if spf.state is not State.WRONG:
        yield _sender(names, envelope_domain)
    chosen = settings.DKIM_SELECTORS
    dkim = check_dkim(from_domain, chosen or USUAL_SELECTORS, names.texts, guessed=not chosen)
    yield dkim
    yield check_dmarc(from_domain, names.texts)
    yield check_alignment(from_domain, envelope_domain, signs=dkim.state is State.FINE)


def _reverse(names: Names) -> Finding:
    """The server's address must name it, and that name must lead back: many receivers refuse others."""
    host = settings.SMTP_HOST
    if _is_near(host):
        return Finding(
            "reverse",
            State.SKIPPED,
            say("{host} is near, so the address that it sends from is not known here.", host=host),
        )
    given = _as_address(host)
    for address in [given] if given else names.addresses(host):
        for name in names.reverse(address):
            if address in names.addresses(name):
                return Finding(
                    "reverse", State.FINE, say("{address} is {name}, and back.", address=address, name=name)
                )
    return Finding(
        "reverse",
        State.LOOK,
        say("The address of {host} has no name that leads back to it.", host=host),
        say(
            "Whoever owns the address sets its reverse name. A relay may send from another one, which counts instead."
        ),
    )


def _way_in(names: Names, from_domain: str) -> Finding:
    domain = settings.MAIL_IN_DOMAIN or from_domain
    servers = names.exchangers(domain)
    if servers or (settings.MAIL_IN_DOMAIN and names.addresses(domain)):
        by = servers[0] if servers else domain
        return Finding("mx", State.FINE, say("Mail for {domain} is taken by {by}.", domain=domain, by=by))
    return Finding(
        "mx",
        State.WRONG,
        say("Nobody takes mail for {domain}, so replies and bounces are lost.", domain=domain),
        say("Add an MX record to {domain}.", domain=domain),
    )


def _is_public(domain: str) -> bool:
    return (
        "." in domain
        and not domain.endswith((".localhost", ".local", ".internal"))
        and _as_address(domain) == ""
    )


def _as_address(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return ""


def _is_near(host: str) -> bool:
    """This machine or its own network."""
    address = _as_address(host)
    return (
        host == "localhost" or "." not in host or (bool(address) and ipaddress.ip_address(address).is_private)
    )
