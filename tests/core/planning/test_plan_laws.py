"""The laws of fit and plan, each as a property over random people and opportunities."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.planning.worlds import QUALITIES, TODAY, a_world

from vouchsafe.core.odds import Channel
from vouchsafe.core.odds.scenario import LONGEST_HORIZON
from vouchsafe.core.planning import Contact, Kind, Means, Opportunity, Plan, Tie, draw, fit
from vouchsafe.core.planning.fit import rank

GRADES = st.none() | st.integers(0, 4)

contacts = st.builds(
    Contact,
    key=st.just("c"),
    name=st.just("Ben"),
    tie=st.none() | st.sampled_from(Tie),
    knows_work=GRADES,
    warmth=GRADES,
    seniority=GRADES,
    last_worked_on=st.none() | st.dates(TODAY - timedelta(days=6000), TODAY),
    qualities=st.frozensets(st.sampled_from(QUALITIES)),
)
openings = st.builds(
    Opportunity,
    key=st.just("o"),
    title=st.just("Opening"),
    kind=st.sampled_from(Kind),
    wanted=st.frozensets(st.sampled_from(QUALITIES)),
)
worlds = st.builds(a_world, st.integers(0, 10**6), st.integers(1, 7), st.integers(1, 3), roomy=st.booleans())


def people_of(plan: Plan) -> list[tuple[str, str, bool]]:
    """(opportunity, contact, is the writer) for everybody the plan names."""
    found = []
    for part in plan.opportunities:
        for slot in part.slots:
            if slot.writer is not None:
                found.append((part.opportunity, slot.writer.contact, True))
            found += [(part.opportunity, s.contact, False) for s in slot.stand_bys]
    return found


@given(contacts, openings, st.integers(0, 4))
def test_fit_with_more_knowledge_never_falls(contact: Contact, opening: Opportunity, grade: int) -> None:
    raised = replace(contact, knows_work=max(grade, contact.knows_work or 0))
    assert fit(raised, opening, TODAY).points >= fit(contact, opening, TODAY).points


@given(contacts, openings, st.integers(0, 4))
def test_fit_with_more_warmth_never_falls(contact: Contact, opening: Opportunity, grade: int) -> None:
    raised = replace(contact, warmth=max(grade, contact.warmth or 0))
    assert fit(raised, opening, TODAY).points >= fit(contact, opening, TODAY).points


@given(contacts, openings, st.dates(TODAY - timedelta(days=6000), TODAY))
def test_fit_of_later_work_together_never_falls(contact: Contact, opening: Opportunity, day: object) -> None:
    later = max(d for d in (contact.last_worked_on, day) if d is not None)
    raised = replace(contact, last_worked_on=later)
    assert fit(raised, opening, TODAY).points >= fit(contact, opening, TODAY).points


@given(contacts, openings, st.sampled_from(QUALITIES))
def test_fit_with_one_more_quality_seen_never_falls(
    contact: Contact, opening: Opportunity, seen: str
) -> None:
    raised = replace(contact, qualities=contact.qualities | {seen})
    assert fit(raised, opening, TODAY).points >= fit(contact, opening, TODAY).points


@given(contacts, openings, GRADES)
def test_fit_with_any_seniority_stays_the_same(
    contact: Contact, opening: Opportunity, grade: int | None
) -> None:
    raised = replace(contact, seniority=grade)
    assert fit(raised, opening, TODAY) == fit(contact, opening, TODAY)


@given(contacts, contacts, openings)
def test_seniority_never_lifts_a_contact_over_one_who_knows_the_work_better(
    one: Contact, other: Contact, opening: Opportunity
) -> None:
    """Whoever stood behind a contact who knows the work better still does, however senior they become."""
    other = replace(other, key="d")
    if (one.knows_work or 0) <= (other.knows_work or 0):
        return
    points_one, points_other = fit(one, opening, TODAY).points, fit(other, opening, TODAY).points
    plain = replace(other, seniority=0)
    grand = replace(other, seniority=4)
    if rank(one, points_one) < rank(plain, points_other):
        assert rank(one, points_one) < rank(grand, points_other)


@given(st.integers(1, 4), st.booleans())
def test_plan_with_a_grander_name_still_asks_who_knows_the_work_better(knows: int, first: bool) -> None:
    knowing = Contact(key="b" if first else "y", name="Ben", knows_work=knows, emails=("b@example.org",))
    grand = replace(knowing, key="m", name="Maud", knows_work=knows - 1, seniority=4)
    opening = Opportunity(key="o", title="Opening", need=1, spare=0, deadline=TODAY + timedelta(days=60))
    plan = draw([knowing, grand], [opening], today=TODAY)
    writer = plan.opportunities[0].slots[0].writer
    assert writer is not None
    assert writer.name == "Ben"


def test_plan_between_two_equals_asks_the_senior_one() -> None:
    plain = Contact(key="a", name="Ann", knows_work=3, warmth=3, seniority=1, emails=("a@example.org",))
    senior = replace(plain, key="b", name="Bea", seniority=3)
    opening = Opportunity(key="o", title="Opening", need=1, spare=0, deadline=TODAY + timedelta(days=60))
    plan = draw([plain, senior], [opening], today=TODAY)
    writer = plan.opportunities[0].slots[0].writer
    assert writer is not None
    assert writer.name == "Bea"


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_phone_reference_for_an_opportunity_is_never_its_writer(
    world: tuple[list[Contact], list[Opportunity]],
) -> None:
    people, opens = world
    by_key, by_title = {c.key: c for c in people}, {o.key: o for o in opens}
    for opportunity, contact, _ in people_of(draw(people, opens, today=TODAY)):
        assert not by_key[contact].takes_calls_for(by_title[opportunity])


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_phone_reference_for_another_opportunity_is_proposed_with_a_sentence(
    world: tuple[list[Contact], list[Opportunity]],
) -> None:
    people, opens = world
    people = [replace(c, phone_reference_for=frozenset({"elsewhere"})) for c in people]
    plan = draw(people, opens, today=TODAY)
    for part in plan.opportunities:
        for slot in part.slots:
            for person in (*([slot.writer] if slot.writer else []), *slot.stand_bys):
                codes = [r.code for r in person.reasons]
                assert "phone_reference_elsewhere" in codes


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_load_with_every_stand_by_used_stays_within_the_budget(
    world: tuple[list[Contact], list[Opportunity]],
) -> None:
    people, opens = world
    budgets = {c.key: c.budget_hours for c in people}
    plan = draw(people, opens, today=TODAY)
    for load in plan.loads:
        assert load.hours <= load.at_most <= budgets[load.contact]


@given(worlds, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_plan_in_any_order_of_input_is_the_same(
    world: tuple[list[Contact], list[Opportunity]], random: Random
) -> None:
    people, opens = world
    plan = draw(people, opens, today=TODAY)
    random.shuffle(people)
    random.shuffle(opens)
    again = draw(people, opens, today=TODAY)
    assert replace(again, proof=plan.proof) == plan


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_contact_without_an_address_is_met_and_listed_but_never_mailed(
    world: tuple[list[Contact], list[Opportunity]],
) -> None:
    people, opens = world
    people = [replace(c, emails=()) if i % 2 else c for i, c in enumerate(people)]
    without = {c.key for c in people if not c.emails}
    plan = draw(people, opens, today=TODAY)
    for part in plan.opportunities:
        for slot in part.slots:
            for person in (*([slot.writer] if slot.writer else []), *slot.stand_bys):
                if person.contact in without:
                    assert person.approach.means is Means.IN_PERSON
                    assert person.approach.mail_on is None
                    assert person.link.channel is Channel.IN_PERSON
    assert without == {c.contact for c in plan.completions if c.what == "emails"}


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_distant_senior_in_the_plan_is_flagged_with_the_reason(
    world: tuple[list[Contact], list[Opportunity]],
) -> None:
    people, opens = world
    people = [replace(c, seniority=4, knows_work=i % 3) for i, c in enumerate(people)]
    knows = {c.key: c.knows_work or 0 for c in people}
    plan = draw(people, opens, today=TODAY)
    for part in plan.opportunities:
        for slot in part.slots:
            for person in (*([slot.writer] if slot.writer else []), *slot.stand_bys):
                flagged = any(r.code == "distant_senior" and r.speaks == "against" for r in person.reasons)
                assert flagged == (knows[person.contact] <= 1)


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_nobody_has_two_places_in_one_opportunity(world: tuple[list[Contact], list[Opportunity]]) -> None:
    named = [(o, c) for o, c, _ in people_of(draw(*world, today=TODAY))]
    assert len(named) == len(set(named))


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_plan_of_bare_contacts_claims_nothing(world: tuple[list[Contact], list[Opportunity]]) -> None:
    people, opens = world
    bare = [Contact(key=c.key, name=c.name, emails=c.emails) for c in people]
    plan = draw(bare, opens, today=TODAY)
    told = {c.contact for c in plan.completions if c.what == "knows_work"}
    for part in plan.opportunities:
        for slot in part.slots:
            for person in (*([slot.writer] if slot.writer else []), *slot.stand_bys):
                assert not [r for r in person.reasons if r.speaks == "for" and r.code != "adapts"]
                assert person.contact in told


@given(worlds)
@settings(max_examples=60, deadline=None)
def test_empty_place_in_the_plan_is_explained(world: tuple[list[Contact], list[Opportunity]]) -> None:
    plan = draw(*world, today=TODAY)
    for part in plan.opportunities:
        empty = any(slot.writer is None for slot in part.slots)
        assert empty == any(u.code == "nobody_left" for u in part.unmet)
        assert part.odds is not None
        assert (part.odds < plan.target) == any(u.code == "below_target" for u in part.unmet)


@given(worlds, st.integers(1, 70_000))
@settings(max_examples=10, deadline=None)
def test_one_deadline_however_far_off_spoils_no_plan(
    world: tuple[list[Contact], list[Opportunity]], days: int
) -> None:
    people, openings = world
    far = Opportunity(key="far", title="Far", deadline=TODAY + timedelta(days=LONGEST_HORIZON + days))
    plan = draw(people, [*openings, far], today=TODAY)
    deadlines = {part.opportunity: part.deadline for part in plan.opportunities}
    assert deadlines == {opening.key: opening.deadline for opening in (*openings, far)}
    assert not [part for part in plan.opportunities if part.slots and part.outlook is None]
