"""The `references` of a JSON Resume or FRESH file: people who already agreed to speak for someone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from vouchsafe.core.reading.contacts.facts import ContactRead, NoContactsFound
from vouchsafe.core.reading.contacts.gathering import Gathering, is_profile
from vouchsafe.core.words import say


def read_references(text: str, gathering: Gathering) -> bool:
    """Gather the references; False when the text is no JSON after all, so that it may be a table."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    entries = document.get("references") if isinstance(document, dict) else document
    if not isinstance(entries, list) or not entries:
        raise NoContactsFound
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, dict):
            _read_entry(entry, number, gathering)
        else:
            gathering.problem(number, say("This entry should be a person with a name."))
    return True


def _read_entry(entry: dict[str, object], number: int, gathering: Gathering) -> None:
    def first(*keys: str) -> str | None:
        for key in keys:
            value = entry.get(key)
            if isinstance(value, str) and (text := gathering.value(number, value)):
                return text
            if value is not None and not isinstance(value, str):
                gathering.problem(number, say("“{key}” should be text.", key=key))
        return None

    profile = first("profile", "linkedin", "url", "website")
    gathering.contact(
        ContactRead(
            name=first("name"),
            given=None,
            family=None,
            emails=gathering.emails(number, _emails(entry)),
            organisation=first("company", "organisation", "organization", "employer"),
            title=first("position", "title", "role"),
            profile=profile if profile and is_profile(profile) else None,
            where=number,
        )
    )


def _emails(entry: dict[str, object]) -> Iterator[str]:
    """JSON Resume has no place for an address but people add `email`; FRESH lists ways of contact."""
    email = entry.get("email")
    if isinstance(email, str):
        yield email
    ways = entry.get("contact")
    for way in ways if isinstance(ways, list) else []:
        if isinstance(way, dict) and isinstance(value := way.get("value"), str):
            called = f"{way.get('label')} {way.get('flavor')}".lower()
            if "mail" in called or "@" in value[1:]:  # "@ada" is a name on some network
                yield value
