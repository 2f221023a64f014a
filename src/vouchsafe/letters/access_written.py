"""What a writer wrote before, over all applicants: their own sealed letters and templates, for their eyes alone.

Everything here names people other than the applicant of the request, or shows sealed words, so it is asked with a
code taken in this browser, never with a link alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import custody
from vouchsafe.letters.draft_body import CONTEXT, DraftBody
from vouchsafe.letters.models import Draft, Letter, LetterQuerySet, Seal, Template, Upload
from vouchsafe.people.access import NotHere

TEMPLATE = "template"  # what a template's encrypted column holds


@dataclass(frozen=True, slots=True)
class KeptText:
    """A template, opened for its writer."""

    key: str
    name: str
    body: DraftBody


def own_letters(visit: Visit) -> LetterQuerySet:
    """Every letter that this mailbox sealed, for anybody; opened again or taken out ones are not among them."""
    visit.demand_own_code()
    seals = Seal.objects.filter(correspondent__mailbox=visit.mailbox, reopening__isnull=True)
    return Letter.objects.filter(pk__in=seals.values("letter"), removed_at__isnull=True).select_related(
        "applicant"
    )


def own_letter(visit: Visit, key: str) -> Letter:
    found = own_letters(visit).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def words_of(visit: Visit, letter: Letter) -> DraftBody | None:
    """The words of a letter its writer typed here, sealed or not; none of a file. Refuses a link alone where sealed."""
    _demand_own(visit, letter)
    draft = Draft.objects.filter(letter=letter).first()
    if letter.origin != Letter.Origin.WRITTEN or draft is None:
        return None
    return DraftBody.load(custody.decrypt(draft.sealed_body, context=CONTEXT))


def file_of(visit: Visit, letter: Letter) -> Upload | None:
    """The file that is the letter, sealed or not; none of a typed letter. Refuses a link alone where sealed."""
    _demand_own(visit, letter)
    if letter.origin != Letter.Origin.UPLOADED:
        return None
    return Upload.objects.filter(letter=letter, replaced_at__isnull=True).order_by("-id").first()


def _demand_own(visit: Visit, letter: Letter) -> None:
    if Seal.objects.filter(letter=letter, reopening__isnull=True).exists():
        visit.demand_own_code()
        mine = Seal.objects.filter(
            letter=letter, correspondent__mailbox=visit.mailbox, reopening__isnull=True
        )
        if not mine.exists():
            raise NotHere(letter.key)
    elif letter.request_id != visit.request.pk:
        raise NotHere(letter.key)


def templates_of(visit: Visit) -> list[KeptText]:
    """The writer's templates by name."""
    visit.demand_desk()
    rows = Template.objects.filter(correspondent__mailbox=visit.mailbox, removed_at__isnull=True)
    return sorted((opened(row) for row in rows), key=lambda text: (text.name.casefold(), text.key))


def template_of(visit: Visit, key: str) -> KeptText:
    return opened(template_row(visit, key))


def template_row(visit: Visit, key: str, *, removed: bool = False) -> Template:
    """A template's row, for the acts upon it."""
    visit.demand_desk()
    rows = Template.objects.filter(correspondent__mailbox=visit.mailbox, removed_at__isnull=not removed)
    found = rows.filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def opened(row: Template) -> KeptText:
    plain = json.loads(custody.decrypt(row.sealed_body, context=TEMPLATE))
    return KeptText(row.key, plain["name"], DraftBody.load(plain["body"].encode()))


def closed(name: str, body: DraftBody) -> bytes:
    """What a template's column holds."""
    plain = {"name": name, "body": body.dump().decode()}
    return custody.encrypt(json.dumps(plain, ensure_ascii=False).encode(), context=TEMPLATE)


def others_written_for(visit: Visit) -> tuple[str, ...]:
    """The names of everybody else this mailbox wrote for: left in a letter, they are wrong there.

    None by a link alone: by typing names, whoever it was forwarded to could find out whom the writer wrote for.
    """
    if not (visit.is_proven and (visit.works_here or visit.took_code)):
        return ()
    seals = Seal.objects.filter(correspondent__mailbox=visit.mailbox)
    about = visit.request.contact.owner
    names = seals.exclude(letter__applicant=about).values_list("letter__applicant__name", flat=True)
    return tuple(sorted({name for name in names if name and name != about.name}))


def has_words(letter: Letter) -> bool:
    """Whether something was typed or given that another text would push aside."""
    if Upload.objects.filter(letter=letter, replaced_at__isnull=True).exists():
        return True
    draft = Draft.objects.filter(letter=letter).first()
    return (
        draft is not None and not DraftBody.load(custody.decrypt(draft.sealed_body, context=CONTEXT)).is_empty
    )


def poured(source: DraftBody, into: DraftBody) -> DraftBody:
    """A text as the beginning of another letter: its words and hand, the new letter's date and addressee."""
    return replace(source, dated=into.dated, addressee=into.addressee)
