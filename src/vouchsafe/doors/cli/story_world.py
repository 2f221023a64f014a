"""Who and what the story is about: its people, its own sample files, and what is said of the contacts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from vouchsafe.core.sealing import LetterPage, Paragraph, Run, Signature
from vouchsafe.doors.cli.story_files import read_given
from vouchsafe.people import access
from vouchsafe.people.actions.create_account import create_account
from vouchsafe.people.actions.edit_contact import edit_contact
from vouchsafe.people.actions.set_up_instance import set_up_instance
from vouchsafe.people.contact_facts import ContactFacts

SAMPLES = Path(__file__).parent / "samples"
OFFICE = ("Dana Whitlock", "dana@kestrel.example")
APPLICANT = ("Ada Marsh", "ada@kestrel.example")
ADVISER = ("Finn Orme", "finn@kestrel.example")

# What Ada says of the people in our own sample: (tie, knows the work, warmth, years ago, meets regularly, phone reference)
KNOWN = {
    "Ben Arkwright": ("direct_manager", 4, 4, 1, True, False),
    "Dr Amara Nwosu": ("professor_small", 3, 3, 1, True, False),
    "Prof. Ingrid Solheim": ("professor_large", 1, 2, 3, False, False),
    "Tomasz Zieliński": ("colleague", 3, 4, 1, False, True),
    "Lord Peregrine Vale": ("weak", 0, 1, None, False, False),
    "Samuel Adeyemi": ("mentor", 3, 4, 2, False, False),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story, as it is told."""

    number: int
    title: str
    lines: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        return {"step": self.number, "title": self.title, "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class CaughtMail:
    path: Path
    link: str


def people_of_the_story() -> Any:
    """Ada, in the instance there is, or in a small careers centre set up for the story."""
    now = timezone.now()
    if access.instance() is None:
        set_up_instance(
            host="institution", name="Kestrel Careers", owner_name=OFFICE[0], owner_email=OFFICE[1], now=now
        )
    return access.account_by_email(APPLICANT[1]) or create_account(
        email=APPLICANT[1], name=APPLICANT[0], by="story", now=now
    )


def contacts_file(given: Path | None) -> tuple[bytes, str]:
    return _file(given, "contacts.vcf")


def posting_file(given: Path | None) -> tuple[bytes, str]:
    return _file(given, "posting.html")


def letter_file(given: Path | None, applicant: str, writer: str) -> tuple[bytes, str]:
    """The file the writer uploads: given, or set here from our own words."""
    if given is not None:
        return _file(given, "")
    from vouchsafe.adapters.pdf.typesetting import typeset

    paragraphs = (
        f"I managed {applicant} for two years at Fernway Logistics, and I recommend Ada without reservation.",
        "When Ada arrived, our weekly returns report took four days and pleased nobody. Ada asked, politely and every "
        "week, where each figure came from, wrote the answers down, and built the report anew. It has taken four hours "
        "since March, and the auditors have stopped calling.",
        "Of the eleven people I have supervised, Ada is the one I would ask first to look at numbers that nobody "
        "trusts. I would work with Ada again tomorrow.",
    )
    page = LetterPage(
        body=tuple(Paragraph((Run(text),)) for text in paragraphs),
        signature=Signature(name=writer, lines=("Fernway Logistics",), typed=writer),
        letterhead=("Fernway Logistics", "Unit 4, Millbank Yard", "Aldermouth"),
        dated=f"{timezone.localdate():%d %B %Y}",
        opening="To whom it may concern,",
        closing="Yours faithfully,",
    )
    title = f"Letter for {applicant}"
    return typeset(page, foot=None, title=title, when=timezone.now(), footless=True).pdf, "letter.pdf"


def deadline_of(said: str | None) -> date:
    """The posting's own deadline where it lies ahead, else five weeks from now."""
    today = timezone.localdate()
    try:
        found = date.fromisoformat((said or "")[:10])
    except ValueError:
        return today + timedelta(days=35)
    return found if found > today + timedelta(days=14) else today + timedelta(days=35)


def tell_what_is_known(ada: Any) -> None:
    """Say how Ada knows the people: of our own sample as above, of a given file that the first with an address saw the work."""
    rows = list(access.contacts(ada))
    strangers = [row for row in rows if row.name not in KNOWN and row.addresses.all()]
    today = timezone.localdate()
    for row in rows:
        said = KNOWN.get(row.name)
        if said is None and row not in strangers[:3]:
            continue
        tie, knows, warmth, years, meets, phone = said or ("direct_manager", 4, 4, 1, True, False)
        _edit(
            ada,
            row,
            tie=tie,
            knows_work=knows,
            warmth=warmth,
            last_worked_on=today - timedelta(days=365 * years) if years else None,
            meets_regularly=meets,
            phone_reference=phone,
        )


def address_of(ada: Any, contact: Any) -> str:
    """The address to write to. A contact without one gets one for the story; no mail leaves this machine."""
    first = contact.addresses.first()
    if first is not None:
        return str(first.address)
    address = f"writer-{contact.key[:6]}@story.example"
    _edit(ada, contact, addresses=(address,))
    return address


def _edit(ada: Any, row: Any, **changes: Any) -> None:
    names = ("name", "given", "family", "salutation", "organisation", "title", "profile", "tie", "how_you_know",
             "last_worked_on", "knows_work", "warmth", "seniority", "meets_regularly", "phone_reference",
             "budget_hours", "country", "time_zone", "notes")  # fmt: skip
    now = ContactFacts(
        **{name: getattr(row, name) for name in names},
        qualities=tuple(row.qualities),
        addresses=tuple(one.address for one in row.addresses.all()),
    )
    edit_contact(by=ada, contact=row, facts=replace(now, **changes), now=timezone.now())


def _file(given: Path | None, sample: str) -> tuple[bytes, str]:
    path = given or SAMPLES / sample
    return read_given(path), path.name
