"""Mail addresses: what is written, where it really goes, and whether two of them reach one mailbox.

Three questions, from narrow to wide:

- `parse_address`: which one address does this text hold?
- `normalise`: the form under which the same address is stored once (case, IDN, googlemail, Gmail's dots).
- `same_mailbox`: could mail to one arrive in the mailbox of the other? Asked before a confidential letter
  leaves, so it prefers a wrong yes (a delivery held and explained) to a wrong no (a letter its applicant
  reads). It undoes sub-addresses, forwarding forms, comments, quotes, invisible and look-alike
  characters, but leaves digits alone (ada1@ is not adal@). It can't know aliases that leave no trace in
  the text; those are what proving a mailbox is for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

MAX_LENGTH = 10_000
"""Longest text looked at; an address has at most 254 characters, a list of recipients some more."""

_GMAIL = frozenset(("gmail.com", "googlemail.com"))
_PROTON = frozenset(("proton.me", "protonmail.com", "protonmail.ch", "pm.me"))
_YANDEX = frozenset(
    ("yandex.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua", "yandex.com.tr", "ya.ru")
)
# One mailbox under several names, as the providers themselves say.
_ALIASES = {
    **dict.fromkeys(_GMAIL, "gmail.com"),
    **dict.fromkeys(_PROTON, "proton.me"),
    **dict.fromkeys(_YANDEX, "yandex.ru"),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), "icloud.com"),
}
_SUBDOMAINS = ("fastmail.com", "fastmail.fm")
_HYPHEN_TAGS = re.compile(r"(?:yahoo\.[a-z.]+|ymail\.com|rocketmail\.com)")

# Letters of other scripts that look like Latin ones (after case folding): enough for every Latin letter
# that has a twin in Cyrillic, Greek or Armenian. Compared by look, never changed in what is stored.
_LOOK_ALIKE = str.maketrans(
    {
        **dict(zip("аԁеһіјӏмоԛрѕѵԝхуүвкнтгсґ", "adehijlmoqpsvwxyybkhtrcr", strict=True)),
        **dict(zip("αβγεηικνορτυχϲωμ", "abyenikvoptuxcwu", strict=True)),
        **dict(zip("աօսոհցզյ", "wounhgqj", strict=True)),
        **dict(zip("ıłøđħɡɑɩƅʋ", "ilodhgaibv", strict=True)),
    }
)
# The everyday address, which needs none of the care below; what it matches is read the same either way.
_PLAIN = re.compile(
    r"([a-z0-9_+=-]{1,64}(?:\.[a-z0-9_+=-]{1,64}){0,8})@((?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.){1,6}[a-z]{2,24})",
    re.I | re.ASCII,
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_LITERAL = re.compile(r"\[[0-9a-f.:]+\]", re.I)
_DOTS = str.maketrans("。．｡․", "....")
_MAIL_URL = re.compile(r"(?i)mailto:([^?]*)")


@dataclass(frozen=True, slots=True)
class Address:
    """One address: the local part as written without quotes and comments, the domain in small ASCII."""

    local: str
    domain: str

    def __str__(self) -> str:
        local = self.local
        if not re.fullmatch(r"[^\s\"(),:;<>@\[\\\]]+", local) or local.startswith(".") or local.endswith("."):
            local = '"' + re.sub(r'(["\\])', r"\\\1", local) + '"'
        return f"{local}@{self.domain}"


def parse_address(text: str) -> Address | None:
    """The one address in a text such as `Ada <ada@x.org>`; `None` where there is none or more than one."""
    found = addresses_in(text)
    if len(found) != 1 or len(text) > MAX_LENGTH or ("@" in found[0].local and '"' not in text):
        return None
    return found[0]


def addresses_in(text: str) -> list[Address]:
    """Every address in a text, in order: bare, in angle brackets, in a list or a group."""
    if plain := _PLAIN.fullmatch(text):
        return [Address(plain[1], plain[2].lower())]
    found: dict[Address, None] = {}
    for candidate in _candidates(_without_comments(_visible(text[:MAX_LENGTH]))):
        address = _read(candidate)
        if address is not None:
            found[address] = None
    return list(found)


def normalise(text: str) -> str | None:
    """The key by which an address is known once, not the form to write to; `None` without a single address.

    Small letters (no provider of note tells Ada from ada), the domain in ASCII, Google's two names and
    Gmail's dots as one. A sub-address stays: `office+maths@` may be a person of its own.
    """
    address = parse_address(text)
    if address is None:
        return None
    domain = _ALIASES.get(address.domain, address.domain) if address.domain in _GMAIL else address.domain
    local = _folded(address.local)
    if domain == "gmail.com":
        local = local.replace(".", "") or local
    return str(Address(local, domain))


def same_mailbox(a: str, b: str) -> bool:
    """Whether mail to `a` could arrive where mail to `b` does. Errs towards yes; see the module's text."""
    if max(len(a), len(b)) > MAX_LENGTH:
        return True  # too long to be looked through, so nothing can be ruled out
    return not _reached(a).isdisjoint(_reached(b))


def _reached(text: str) -> frozenset[str]:
    """Every mailbox that mail to this text might reach, in a form that only serves for comparing."""
    reached: set[str] = set()
    waiting = addresses_in(text)
    while waiting and len(reached) < 50:
        address = waiting.pop()
        key = _mailbox(address)
        if key not in reached:
            reached.add(key)
            waiting.extend(_forwarded(address))
    return frozenset(reached)


def _mailbox(address: Address) -> str:
    """The bare mailbox: provider's names as one, no tag, no meaningless dots, look-alikes as Latin."""
    domain = _ALIASES.get(address.domain, address.domain)
    local = _folded(address.local)
    for provider in _SUBDOMAINS:
        # Fastmail delivers anything@ada.fastmail.com to ada@fastmail.com.
        if domain.endswith("." + provider):
            local, domain = domain.removesuffix("." + provider), provider
    local = _look(local)
    local = local[: local.find("+")] if local.find("+") > 0 else local
    if _HYPHEN_TAGS.fullmatch(domain) and "-" in local[1:]:
        local = local[: local.index("-", 1)]
    if domain in ("gmail.com", "proton.me"):
        local = local.replace(".", "") or local
    if domain == "proton.me":
        local = re.sub("[-_]", "", local) or local
    if domain == "yandex.ru":
        local = local.replace("-", ".")
    return f"{local.strip('.')}@{_look(_unicode_domain(domain))}"


def _forwarded(address: Address) -> Iterator[Address]:
    """Where old and automatic forms send the mail on: `a%x@relay`, `x!a@relay`, SRS, BATV and VERP."""
    local = address.local
    parts: list[tuple[str, str]] = []
    if "%" in local:
        name, _, host = local.rpartition("%")
        parts.append((name, host))
    if "!" in local:
        # Of a path of hosts the last is the one that holds the mailbox.
        *hosts, name = local.split("!")
        parts.append((name, hosts[-1]))
    if "@" in local:
        name, _, host = local.rpartition("@")
        parts.append((name, host))
    rewritten = re.fullmatch(r"(?is)srs[01][=+-].*?([^=]+)=([^=]+)", local)
    if rewritten:
        parts.append((rewritten[2], rewritten[1]))
    tagged = re.fullmatch(r"(?is)(?:prvs|btv1)=+[^=]*=+(.+)", local)
    if tagged:
        parts.append((tagged[1], address.domain))
    returned = re.fullmatch(r"(?s)[^+]*\+(.+)=([^=]+\.[^=]+)", local)
    if returned:
        parts.append((returned[1], returned[2]))
    for name, host in parts:
        domain = _domain(host)
        if name and domain:
            yield Address(name, domain)


def _visible(text: str) -> str:
    """Compatibility forms as plain ones (`＠` is `@`), and nothing that can't be seen."""
    plain = unicodedata.normalize("NFKC", text.translate(_DOTS)).translate(_DOTS)
    return "".join(
        c for c in plain if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn") and not _is_selector(c)
    )


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or character in "\u034f\u115f\u1160\u3164\uffa0"


def _without_comments(text: str) -> str:
    """Drop `(comments)`, nested ones too, but not inside quotes or after a backslash."""
    kept: list[str] = []
    depth, quoted, guarded = 0, False, False
    for character in text:
        if guarded:
            guarded = False
        elif character == "\\":
            guarded = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif not quoted and character == "(":
            depth += 1
            continue
        elif not quoted and character == ")" and depth:
            depth -= 1
            continue
        if not depth:
            kept.append(character)
    return "".join(kept)


def _candidates(text: str) -> Iterator[str]:
    """The pieces that may be addresses: what stands in angle brackets, else what commas part."""
    for entry in _cut(text, ",;"):
        opened = _cut(entry, "<")
        if len(opened) > 1:
            yield from (_cut(piece, ">")[0] for piece in opened[1:])
        elif len(_cut(entry, "@")) > 2:
            # Several in a row with nothing but space between them.
            yield from (piece for piece in re.findall(r'(?:"[^"]*"|\S)+', entry) if "@" in piece)
        else:
            yield entry
    # A source route `<@relay,@other:ada@x.org>` holds commas of its own.
    yield from re.findall(r"<(?:@[^<>:]*):([^<>]+)>", text)


def _cut(text: str, separators: str) -> list[str]:
    """Cut at characters that neither quotes nor a backslash guard."""
    parts: list[str] = []
    begun, quoted, guarded = 0, False, False
    for at, character in enumerate(text):
        if guarded:
            guarded = False
        elif character == "\\":
            guarded = True
        elif character == '"':
            quoted = not quoted
        elif character in separators and not quoted:
            parts.append(text[begun:at])
            begun = at + 1
    return [*parts, text[begun:]]


def _read(candidate: str) -> Address | None:
    text = candidate.strip().strip("'`>").strip()
    if url := _MAIL_URL.match(text):
        text = _visible(unquote(url[1])).strip()
    if bracketed := re.fullmatch(r"\[([^\[\]]*@[^\[\]]*)\]", text):
        text = bracketed[1]
    before, colon, after = text.partition(":")
    if colon and "@" not in before.lstrip("@") and '"' not in before and "[" not in before:
        text = after.strip()  # a group's name, `Committee: ada@x.org`
    elif colon and before.startswith("@"):
        text = after.strip()  # a source route
    *locals_, domain = _cut(text, "@")
    local = "@".join(locals_)
    proper = _domain(domain)
    bare = _unquoted(local)
    return Address(bare, proper) if proper and bare else None


def _unquoted(local: str) -> str:
    """The local part without quotes, backslashes and the spaces the old grammar allows around dots."""
    plain = re.sub(r"\s*\.\s*", ".", local.strip())
    bare = re.sub(r"\\(.)", r"\1", plain.replace('\\"', "\0").replace('"', "").replace("\0", '\\"'))
    # Words before the address ("write to ada@x.org") are none of it, unless they were quoted.
    if '"' not in plain and re.search(r"\s", bare):
        bare = bare.split()[-1]
    return bare


def _domain(domain: str) -> str | None:
    """A domain as small ASCII without its final dot, or `None` for what can't be one."""
    domain = re.sub(r"\s*\.\s*", ".", domain.strip().strip("'\"`")).rstrip(".").casefold()
    if _LITERAL.fullmatch(domain):
        return domain
    if not domain or len(domain) > 253 or re.search(r"\s", domain):
        return None
    if not domain.isascii():
        import idna  # loaded only for the few domains that need it

        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    labels = domain.split(".")
    fits = len(labels) > 1 and all(len(label) < 64 and _LABEL.fullmatch(label) for label in labels)
    return domain if fits else None


def _unicode_domain(domain: str) -> str:
    if "xn--" not in domain:
        return domain
    import idna

    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return domain


def _folded(local: str) -> str:
    return unicodedata.normalize("NFKC", local).casefold()


def _look(text: str) -> str:
    """The text as an eye takes it: no accents on Latin letters, look-alikes of other scripts as Latin."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return bare.translate(_LOOK_ALIKE)
