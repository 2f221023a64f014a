"""The letter number: eight Crockford base-32 characters, printed in two groups of four."""

from __future__ import annotations

from vouchsafe.core.words import Refusal, msg

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
ENTROPY_BYTES = 5

_READ_AS = {"O": "0", "I": "1", "L": "1"}
_IGNORED = str.maketrans("", "", " -‐‑‒–—_.\t\r\n  ")


class LetterNumberUnreadable(Refusal):
    code = "letter-number-unreadable"
    msgid = msg("“{text}” is not the number of a letter.")
    hint_msgid = msg(
        "A number has eight letters and digits, like K7QM-42TX. It is printed at the foot of the letter."
    )


def letter_number(entropy: bytes) -> str:
    """The number made from five random bytes, as it is printed: `K7QM-42TX`."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"a letter number takes {ENTROPY_BYTES} bytes, not {len(entropy)}")
    bits = int.from_bytes(entropy, "big")
    plain = "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in range(LENGTH - 1, -1, -1))
    return f"{plain[:4]}-{plain[4:]}"


def parse_letter_number(text: str) -> str:
    """Read a number as people type and say it: any case, any spacing, O as 0, I and L as 1."""
    plain = text.translate(_IGNORED).upper()
    plain = "".join(_READ_AS.get(character, character) for character in plain)
    if len(plain) != LENGTH or any(character not in ALPHABET for character in plain):
        raise LetterNumberUnreadable(text=text.strip()[:40])
    return f"{plain[:4]}-{plain[4:]}"
