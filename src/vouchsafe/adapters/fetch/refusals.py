"""Why a page was not fetched. The hint is always the same: a saved file does as well."""

from __future__ import annotations

from vouchsafe.core.words import Refusal, msg

_SAVE = msg("Save the page in your browser and give us the file instead, or paste its text.")


class PageNotFetched(Refusal):
    """All refusals of `fetch_page`."""

    code = "page-not-fetched"
    msgid = msg("This page could not be fetched.")
    hint_msgid = _SAVE


class AddressNotAcceptable(PageNotFetched):
    code = "address-not-acceptable"
    msgid = msg("This is not a web address we fetch: {why}.")


class AddressNotPublic(PageNotFetched):
    code = "address-not-public"
    msgid = msg("{host} does not lead to a public web server.")


class AddressNotFound(PageNotFetched):
    code = "address-not-found"
    msgid = msg("There is no server by the name {host}.")


class PageRedirected(PageNotFetched):
    code = "page-redirected"
    msgid = msg("This address only sends on to another one, and we do not follow.")
    hint_msgid = msg(
        "Open it in your browser and copy the address it ends at, or save the page and give us the file."
    )


class PageRefused(PageNotFetched):
    code = "page-refused"
    msgid = msg("{host} answered {status} instead of the page.")


class PageTooLarge(PageNotFetched):
    code = "page-too-large"
    msgid = msg("This page is larger than {limit} MB.")


class PageTooSlow(PageNotFetched):
    code = "page-too-slow"
    msgid = msg("{host} did not answer within {seconds} seconds.")


class PageNotText(PageNotFetched):
    code = "page-not-text"
    msgid = msg("This address leads to a file of the kind {kind}, not to a page.")


class PageNotSecure(PageNotFetched):
    code = "page-not-secure"
    msgid = msg("{host} could not prove that it is {host}.")


class PageUnreadable(PageNotFetched):
    code = "page-unreadable"
    msgid = msg("{host} broke off, or its answer is not one a web server gives.")
