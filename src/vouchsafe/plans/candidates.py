"""Whom a plan is drawn from: everybody, until there are so many that most are only names.

A file of contacts may bring thirty thousand people. Nobody is asked for a letter of whom nothing is known, so beyond
`ALL` only those count of whom something was said that bears on it, and of these the `MOST` who know the work best.
Whoever was chosen, swapped in or has been asked counts always.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q

from vouchsafe.people.models import Account, Contact, ContactQuerySet
from vouchsafe.plans.models import Wish

ALL = 200
MOST = 300

TOLD = (
    Q(knows_work__isnull=False)
    | Q(warmth__isnull=False)
    | ~Q(tie="")
    | Q(last_worked_on__isnull=False)
    | Q(meets_regularly=True)
    | ~Q(qualities=[])
)
"""Something was said of them that bears on a letter. A title, a place of work or an address does not."""


def candidates(owner: Account, also: Collection[str] = ()) -> tuple[ContactQuerySet, int]:
    """The people to draw from, and how many are left out. `also` are keys that count whatever is known of them."""
    everyone = Contact.objects.of(owner)
    count = everyone.count()
    if count <= ALL:
        return everyone, 0
    best = everyone.filter(TOLD).order_by(
        F("knows_work").desc(nulls_last=True), F("warmth").desc(nulls_last=True),
        F("last_worked_on").desc(nulls_last=True), "pk",
    )  # fmt: skip
    wished = Wish.objects.filter(contact=OuterRef("pk"), opportunity__removed_at__isnull=True).exclude(
        kind=Wish.Kind.FORBID
    )
    chosen = everyone.filter(Exists(wished) | Q(key__in=list(also)))
    pks = {*best.values_list("pk", flat=True)[:MOST], *chosen.values_list("pk", flat=True)}
    return everyone.filter(pk__in=pks), count - len(pks)
