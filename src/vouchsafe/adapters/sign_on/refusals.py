"""Why nobody was signed in. `why` is for the log of whoever runs the instance; it names no person."""

from __future__ import annotations

from vouchsafe.core.words import Refusal, msg


class SignOnStopped(Refusal):
    """One round with a provider that ended without anybody signed in."""

    code = "sign-on-stopped"
    msgid = msg("{provider} did not sign you in.")
    hint_msgid = msg("Try again, or sign in with a code.")

    def __init__(self, *, provider: str, why: str = "") -> None:
        self.why = why
        super().__init__(provider=provider)


class ProviderAway(SignOnStopped):
    code = "sign-on-provider-away"
    msgid = msg("{provider} can’t be reached right now.")
    hint_msgid = msg("Try again in a few minutes, or sign in with a code.")


class ProviderNotBelieved(SignOnStopped):
    code = "sign-on-not-believed"
    msgid = msg("What {provider} sent could not be checked, so nobody was signed in.")
    hint_msgid = msg("Try again. If it stays so, tell whoever runs this site, or sign in with a code.")


class ClocksDisagree(SignOnStopped):
    code = "sign-on-clocks-disagree"
    msgid = msg("The clock here and the clock of {provider} disagree, so nobody was signed in.")
    hint_msgid = msg("Tell whoever runs this site. Until then, sign in with a code.")


class NothingLasting(SignOnStopped):
    code = "sign-on-nothing-lasting"
    msgid = msg("{provider} signed you in, but sent nothing lasting to know you by.")
    hint_msgid = msg("Tell whoever runs this site. Until then, sign in with a code.")
