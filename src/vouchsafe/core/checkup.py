"""What is right and wrong about a domain that sends mail, said in a sentence, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.spf import Records, Verdict, evaluate
from vouchsafe.core.words import Sentence, say


class State(StrEnum):
    """How one check ended. Only `WRONG` makes the whole checkup fail."""

    FINE = "fine"
    LOOK = "look"  # works, and could be better
    WRONG = "wrong"
    SKIPPED = "skipped"  # nothing is set that could be checked


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `fix` is what to do, where there is something to do."""

    check: str
    state: State
    what: Sentence
    fix: Sentence | None = None


Texts = Callable[[str], Sequence[str]]
"""The TXT records at a name; none where there are none."""

SPF_LOOKUPS = 10  # RFC 7208, 4.6.4


def check_spf(domain: str, texts: Texts) -> Finding:
    """RFC 7208: one record, no more than ten look-ups, an end that refuses others."""
    records = [each for each in texts(domain) if re.match(r"v=spf1(?: |$)", each, re.IGNORECASE)]
    if not records:
        return Finding(
            "spf",
            State.WRONG,
            say("{domain} does not say which servers may send its mail (SPF).", domain=domain),
            say(
                "Add a TXT record to {domain}, such as “v=spf1 include:YOUR-PROVIDER -all”. Your mail provider says which.",
                domain=domain,
            ),
        )
    if len(records) > 1:
        return Finding(
            "spf",
            State.WRONG,
            say("{domain} has {n} SPF records, so none counts.", domain=domain, n=len(records)),
            say("Join them into one TXT record that begins with v=spf1."),
        )
    lookups = _spf_lookups(records[0], texts, frozenset({domain.lower()}))
    if lookups > SPF_LOOKUPS:
        return Finding(
            "spf",
            State.WRONG,
            say(
                "The SPF record of {domain} needs more than ten look-ups, so receivers ignore it.",
                domain=domain,
            ),
            say("Take out includes that nobody sends through any more."),
        )
    terms = records[0].lower().split()
    if "+all" in terms or "all" in terms or "?all" in terms:
        return Finding(
            "spf",
            State.WRONG,
            say("The SPF record of {domain} lets anybody send in its name.", domain=domain),
            say("End it with -all, or with ~all while you try it out."),
        )
    if not any(term in ("-all", "~all") or term.startswith("redirect=") for term in terms):
        return Finding(
            "spf",
            State.LOOK,
            say("The SPF record of {domain} has no end, so it refuses nobody.", domain=domain),
            say("End it with -all, or with ~all while you try it out."),
        )
    return Finding(
        "spf", State.FINE, say("{domain} says which servers may send its mail (SPF).", domain=domain)
    )


def check_sender(domain: str, host: str, addresses: Sequence[str], records: Records) -> Finding:
    """RFC 7208: whether the record lets the addresses of `host`, which carries our mail, send for `domain`.

    A server may hand mail on to another, whose address nobody here knows; so what is missing is said, and is not
    called wrong.
    """
    verdicts = [(address, evaluate(address, domain, records)) for address in addresses]
    if any(verdict is Verdict.BROKEN for _, verdict in verdicts):
        return Finding(
            "sender",
            State.WRONG,
            say("The SPF record of {domain} can’t be worked out, so receivers ignore it.", domain=domain),
            say("Check its terms: one is misspelt, leads nowhere, or asks for too much."),
        )
    if any(verdict is Verdict.UNCLEAR for _, verdict in verdicts):
        return Finding(
            "sender",
            State.SKIPPED,
            say(
                "Whether the SPF record of {domain} lets {host} send depends on each mail (a macro, or ptr), so it was not checked.",
                domain=domain,
                host=host,
            ),
        )
    missing = [address for address, verdict in verdicts if verdict is not Verdict.PASS]
    if missing:
        return Finding(
            "sender",
            State.LOOK,
            say(
                "The SPF record of {domain} does not let {address} send, which is {host}.",
                domain=domain,
                address=missing[0],
                host=host,
            ),
            say("Add it, unless that server hands our mail on to one that is in the record."),
        )
    return Finding(
        "sender", State.FINE, say("The SPF record of {domain} lets {host} send.", domain=domain, host=host)
    )


def _spf_lookups(record: str, texts: Texts, seen: frozenset[str]) -> int:
    """How many further look-ups a record asks of a receiver, through its includes; a loop counts as too many."""
    count = 0
    for term in record.lower().split()[1:]:
        name, _, value = term.lstrip("+-~?").replace("=", ":", 1).partition(":")
        if name.split("/")[0] in ("a", "mx", "ptr", "exists", "include", "redirect"):
            count += 1
        if name in ("include", "redirect") and value:
            if value in seen or count > SPF_LOOKUPS:
                return SPF_LOOKUPS + 1
            for inner in texts(value):
                if inner.lower().startswith("v=spf1"):
                    count += _spf_lookups(inner, texts, seen | {value})
    return count


def check_dkim(domain: str, selectors: Sequence[str], texts: Texts, *, guessed: bool) -> Finding:
    """RFC 6376: a public key at one of the selectors. We do not sign: the server that carries mail does."""
    found = [(each, key) for each in selectors for key in texts(f"{each}._domainkey.{domain}")]
    keys = [(each, _tag(key, "p")) for each, key in found if _tag(key, "p") is not None]
    usable = [each for each, key in keys if key]
    if usable:
        return Finding(
            "dkim",
            State.FINE,
            say("{domain} publishes the key that its mails are signed with (DKIM, {selector}).", domain=domain, selector=usable[0]),
        )  # fmt: skip
    if keys:
        return Finding(
            "dkim",
            State.WRONG,
            say("The DKIM key of {domain} at {selector} was revoked.", domain=domain, selector=keys[0][0]),
            say("Let your mail provider make a new one, and publish it."),
        )
    if guessed:
        return Finding(
            "dkim",
            State.LOOK,
            say("No DKIM key of {domain} was found under the usual names.", domain=domain),
            say(
                "Let the server that carries your mail sign for {domain}, and name the selector in VOUCHSAFE_DKIM_SELECTORS.",
                domain=domain,
            ),
        )
    return Finding(
        "dkim",
        State.WRONG,
        say("There is no DKIM key at {name}.", name=f"{selectors[0]}._domainkey.{domain}"),
        say("Publish the TXT record that the server which carries your mail shows for it."),
    )


def check_dmarc(domain: str, texts: Texts) -> Finding:
    """RFC 7489: a policy at the domain, or at a parent of it."""
    labels = domain.split(".")
    for start in range(max(len(labels) - 1, 1)):
        name = "_dmarc." + ".".join(labels[start:])
        records = [each for each in texts(name) if re.match(r"v=DMARC1\s*(?:;|$)", each)]
        if len(records) > 1:
            return Finding(
                "dmarc",
                State.WRONG,
                say("{name} has {n} DMARC records, so none counts.", name=name, n=len(records)),
                say("Keep one of them."),
            )
        if records:
            return _dmarc_policy(domain, records[0], inherited=start > 0)
    return Finding(
        "dmarc",
        State.WRONG,
        say("{domain} does not say what to do with mail forged in its name (DMARC).", domain=domain),
        say("Add a TXT record at {name}: “v=DMARC1; p=quarantine”.", name=f"_dmarc.{domain}"),
    )


def _dmarc_policy(domain: str, record: str, *, inherited: bool) -> Finding:
    policy = ((_tag(record, "sp") if inherited else None) or _tag(record, "p") or "").lower()
    if policy in ("quarantine", "reject"):
        return Finding(
            "dmarc", State.FINE, say("Mail forged in the name of {domain} is refused (DMARC).", domain=domain)
        )
    if policy == "none":
        return Finding(
            "dmarc",
            State.LOOK,
            say("{domain} has a DMARC record that refuses nothing (p=none).", domain=domain),
            say("Once SPF and DKIM are right, write p=quarantine."),
        )
    return Finding(
        "dmarc",
        State.WRONG,
        say("The DMARC record of {domain} names no policy.", domain=domain),
        say("Write p=none, p=quarantine or p=reject into it."),
    )


def check_alignment(from_domain: str, envelope_domain: str, *, signs: bool) -> Finding:
    """DMARC counts SPF only where the envelope sender is of the From line's domain; else DKIM must carry it."""
    if _organisational(from_domain) == _organisational(envelope_domain):
        return Finding(
            "alignment",
            State.FINE,
            say("Mails come from {domain} inside and outside.", domain=from_domain),
        )
    return Finding(
        "alignment",
        State.LOOK if signs else State.WRONG,
        say(
            "Mails say they are from {domain}, and are returned to {envelope}, so SPF does not count for DMARC.",
            domain=from_domain,
            envelope=envelope_domain,
        ),
        say(
            "Take an address of {domain} for VOUCHSAFE_BOUNCES_TO, or sign with DKIM for it.",
            domain=from_domain,
        ),
    )


def _organisational(domain: str) -> str:
    """The last two labels, or three under a short country suffix such as co.uk: near enough to compare two names."""
    labels = domain.lower().split(".")
    deep = (
        len(labels) > 2
        and len(labels[-1]) == 2
        and labels[-2] in ("ac", "co", "com", "edu", "gov", "net", "org")
    )
    return ".".join(labels[-3 if deep else -2 :])


def _tag(record: str, name: str) -> str | None:
    for part in record.split(";"):
        key, equals, value = part.partition("=")
        if equals and key.strip().lower() == name:
            return "".join(value.split())
    return None
