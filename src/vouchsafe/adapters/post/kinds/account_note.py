"""What the holder of an address is told of an account: something changed, or someone tried to join with it."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, msg, say

WHAT = {
    "account_already_exists": msg(
        "Somebody, perhaps you, tried to join with this address. You have an account already."
    ),
    "unknown_account": msg(
        "Somebody, perhaps you, tried to sign in with this address. There is no account with it."
    ),
    "email_changed": msg("The mail address of your account was changed."),
    "email_confirm": msg("The mail address of your account was confirmed."),
    "email_deleted": msg("A mail address was removed from your account."),
    "password_changed": msg("The password of your account was changed."),
    "password_set": msg("A password was set for your account."),
    "password_reset": msg("The password of your account was changed after a code was mailed to you."),
    "totp_activated": msg("An authenticator app was added to your account."),
    "totp_deactivated": msg("The authenticator app was removed from your account."),
    "recovery_codes_generated": msg("New recovery codes were made for your account."),
    "webauthn_added": msg("A passkey was added to your account."),
    "webauthn_removed": msg("A passkey was removed from your account."),
}


def account_note(route: Route, *, what: str, page_url: str = "") -> Mail:
    """`what` is a key of WHAT; an event we have no words for is told as a change."""
    sentence: Sentence = say(WHAT.get(what, msg("Something about signing in to your account was changed.")))
    return Mail(
        kind="account-note",
        route=route,
        from_name=from_house(route.house),
        subject=say("About your account"),
        preheader=sentence,
        paragraphs=(
            sentence,
            say("If this was you, there is nothing to do. If not, tell the people who run this site."),
        ),
        button=Link(say("Sign in"), page_url) if page_url else None,
        foot=sent_because(
            route,
            say("You get this because it concerns the account of this address."),
            say("Such mails come only when something happens to it."),
        ),
        automatic=True,
    )
