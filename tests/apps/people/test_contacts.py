from __future__ import annotations

import pytest
from tests.cast import Cast
from tests.factories import NOW, make_contact

from vouchsafe.ledger.models import Line
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.actions.edit_contact import edit_contact
from vouchsafe.people.actions.rate_contacts import Rating, rate_contacts
from vouchsafe.people.actions.remove_contact import remove_contact
from vouchsafe.people.actions.restore_contact import restore_contact
from vouchsafe.people.contact_facts import ContactFacts, ContactIsYou, ContactKnownAlready
from vouchsafe.people.models import Contact


@pytest.mark.parametrize(
    "address",
    ["ada@example.org", "ADA@Example.ORG", "Ada Marsh <ada@example.org>", "ada+letters@example.org"],
)
def test_own_address_is_refused_however_it_is_written(cast: Cast, address: str) -> None:
    with pytest.raises(ContactIsYou):
        add_contact(by=cast.ada, facts=ContactFacts(name="A Friend", addresses=(address,)), now=NOW)
    with pytest.raises(ContactIsYou):
        edit_contact(
            by=cast.ada, contact=cast.ben, facts=ContactFacts(name="Ben", addresses=(address,)), now=NOW
        )
    assert not Contact.objects.filter(name="A Friend").exists()


def test_same_mailbox_is_noticed_and_leads_to_who_is_there(cast: Cast) -> None:
    facts = ContactFacts(name="B. Okafor", addresses=("BEN@writers.example",))
    with pytest.raises(ContactKnownAlready) as noticed:
        add_contact(by=cast.ada, facts=facts, now=NOW)
    assert noticed.value.key == cast.ben.key


def test_same_name_is_noticed_unless_places_of_work_differ(cast: Cast) -> None:
    with pytest.raises(ContactKnownAlready):
        add_contact(by=cast.ada, facts=ContactFacts(name="ben  okafor"), now=NOW)
    Contact.objects.filter(pk=cast.ben.pk).update(organisation="Vale Ltd")
    other = add_contact(by=cast.ada, facts=ContactFacts(name="Ben Okafor", organisation="Holt & Co"), now=NOW)
    assert other.pk != cast.ben.pk


def test_someone_else_of_the_same_name_is_kept_when_said_so(cast: Cast) -> None:
    add_contact(by=cast.ada, facts=ContactFacts(name="Ben Okafor"), someone_else=True, now=NOW)
    assert Contact.objects.of(cast.ada).filter(name="Ben Okafor").count() == 2


def test_a_contact_of_eve_is_no_double_of_adas(cast: Cast) -> None:
    make_contact(cast.eve, "Mina Holt", email="mina@holt.example")
    add_contact(by=cast.ada, facts=ContactFacts(name="Mina Holt", addresses=("mina@holt.example",)), now=NOW)
    assert Contact.objects.of(cast.ada).filter(name="Mina Holt").count() == 1


def test_editing_without_a_new_address_is_no_double_even_where_two_share_one(cast: Cast) -> None:
    facts = ContactFacts(name="Ben’s desk", addresses=("ben@writers.example",))
    shared = add_contact(by=cast.ada, facts=facts, someone_else=True, now=NOW)
    edit_contact(by=cast.ada, contact=shared, facts=facts, now=NOW)
    moved = ContactFacts(name="Mo Lund", addresses=("mo@lund.example",))
    mo = add_contact(by=cast.ada, facts=moved, now=NOW)
    with pytest.raises(ContactKnownAlready):
        edit_contact(
            by=cast.ada,
            contact=mo,
            facts=ContactFacts(name="Mo Lund", addresses=("ben@writers.example",)),
            now=NOW,
        )


def test_removing_and_restoring_leaves_a_line_each_and_only_once(cast: Cast) -> None:
    for _ in range(2):
        remove_contact(by=cast.ada, contact=cast.ben, now=NOW)
    assert not Contact.objects.of(cast.ada).exists()
    for _ in range(2):
        restore_contact(by=cast.ada, contact=cast.ben, now=NOW)
    assert Contact.objects.of(cast.ada).get() == cast.ben
    verbs = list(Line.objects.filter(about=cast.ben.key).values_list("verb", flat=True))
    assert verbs == ["contact_removed", "contact_restored"]


def test_rating_says_what_is_said_and_keeps_the_rest(cast: Cast) -> None:
    mo = make_contact(cast.ada, "Mo Lund", email="", warmth=3)
    ratings = {mo.key: Rating(tie="mentor", knows_work=0), cast.ben.key: Rating()}
    assert rate_contacts(by=cast.ada, ratings=ratings, now=NOW) == 1
    mo.refresh_from_db()
    assert (mo.tie, mo.knows_work, mo.warmth) == ("mentor", 0, 3)
    assert Line.objects.filter(verb="contacts_rated").get().detail == "1"


def test_eve_cannot_rate_adas_contact(cast: Cast) -> None:
    assert rate_contacts(by=cast.eve, ratings={cast.ben.key: Rating(knows_work=0, warmth=0)}, now=NOW) == 0
    cast.ben.refresh_from_db()
    assert cast.ben.knows_work == 4
