"""Pins, bans, swaps, and plans that start in the middle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.core.planning.worlds import TODAY

from vouchsafe.core.planning import (
    Contact,
    Forbid,
    Happened,
    Kind,
    Means,
    Opportunity,
    OpportunityPlan,
    Person,
    Pin,
    Plan,
    Swap,
    Tie,
    Wish,
    draw,
)
from vouchsafe.core.planning import wishes as wishes_module
from vouchsafe.core.planning.choose import Choice, Proof, choose

JOB = Opportunity(key="job", title="Curator", need=1, spare=1, deadline=TODAY + timedelta(days=40))
BEN = Contact(
    key="ben", name="Ben", emails=("b@example.org",), tie=Tie.DIRECT_MANAGER, knows_work=4, warmth=4
)
CLEO = replace(BEN, key="cleo", name="Cleo", knows_work=3)
DORA = replace(BEN, key="dora", name="Dora", knows_work=2)
EMIL = replace(BEN, key="emil", name="Emil", knows_work=0, warmth=0)
ALL = [BEN, CLEO, DORA, EMIL]


def plan_with(*wishes: Wish, people: list[Contact] = ALL, job: Opportunity = JOB) -> Plan:
    return draw(people, [job], wishes, today=TODAY)


def writers(part: OpportunityPlan) -> dict[str, Person]:
    return {s.writer.contact: s.writer for s in part.slots if s.writer is not None}


def test_plan_without_wishes_asks_the_two_best() -> None:
    plan = plan_with()
    assert set(writers(plan.opportunities[0])) == {"ben", "cleo"}
    assert [s.is_spare for s in plan.opportunities[0].slots] == [False, True]
    assert plan.wishes == ()


def test_pin_puts_the_contact_in_and_says_what_it_cost() -> None:
    plan = plan_with(Pin("emil", "job"))
    assert set(writers(plan.opportunities[0])) == {"ben", "emil"}
    assert writers(plan.opportunities[0])["emil"].pinned
    (outcome,) = plan.wishes
    assert outcome.granted
    assert outcome.cost is not None
    assert outcome.cost.fit == plan_with().score.fit - plan.score.fit > 0
    assert str(outcome.sentence) == f"Emil for Curator: costs {outcome.cost.fit} points of fit."


def test_pin_of_someone_who_writes_anyway_costs_nothing() -> None:
    (outcome,) = plan_with(Pin("ben", "job")).wishes
    assert str(outcome.sentence) == "Ben for Curator: costs nothing."


def test_forbid_keeps_the_contact_out_even_as_a_stand_by() -> None:
    plan = plan_with(Forbid("ben"))
    part = plan.opportunities[0]
    assert set(writers(part)) == {"cleo", "dora"}
    assert all(s.contact != "ben" for slot in part.slots for s in slot.stand_bys)


def test_swap_exchanges_one_for_the_other() -> None:
    plan = plan_with(Swap("job", out="cleo", into="emil"))
    assert set(writers(plan.opportunities[0])) == {"ben", "emil"}
    assert plan.wishes[0].granted


def test_whoever_is_swapped_out_may_still_stand_by() -> None:
    job = replace(JOB, need=2, spare=0)
    part = plan_with(Swap("job", out="ben", into="dora"), job=job).opportunities[0]
    assert set(writers(part)) == {"cleo", "dora"}
    assert "ben" in {s.contact for slot in part.slots for s in slot.stand_bys}


def test_swap_of_someone_already_asked_is_refused() -> None:
    asked = Happened(contact="ben", opportunity="job", asked_on=TODAY)
    (outcome,) = plan_with(asked, Swap("job", out="ben", into="dora")).wishes
    assert str(outcome.why_not) == "Ben has already been asked for Curator."


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Pin("nobody", "job"), "Nobody among the contacts is called nobody."),
        (Pin("ben", "nothing"), "No opportunity is called nothing."),
        (Swap("job", out="ben", into="nobody"), "Nobody among the contacts is called nobody."),
        (Swap("job", out="ben", into="ben"), "Ben can’t be swapped for themselves."),
        (
            Happened(contact="ben", opportunity="job", asked_on=TODAY + timedelta(days=1)),
            "What Ben did about Curator is dated after today.",
        ),
    ],
)
def test_wish_that_makes_no_sense_is_refused_with_the_reason(wish: Wish, why: str) -> None:
    plan = plan_with(wish)
    (outcome,) = plan.wishes
    assert not outcome.granted
    assert str(outcome.why_not) == why
    assert set(writers(plan.opportunities[0])) == {"ben", "cleo"}


def test_pin_of_the_phone_reference_is_refused() -> None:
    people = [replace(BEN, phone_reference=True), CLEO, DORA]
    plan = plan_with(Pin("ben", "job"), people=people)
    assert "ben" not in writers(plan.opportunities[0])
    assert str(plan.wishes[0].why_not) == (
        "Ben takes the reference calls for Curator, so is not asked to write as well."
    )


def test_pin_beyond_someones_hours_is_refused() -> None:
    plan = plan_with(Pin("ben", "job"), people=[replace(BEN, budget_hours=2.5), CLEO, DORA])
    assert str(plan.wishes[0].why_not) == "Curator would ask more hours of Ben than they have."


def test_pin_against_a_ban_is_the_one_refused() -> None:
    plan = plan_with(Pin("ben", "job"), Forbid("ben", "job"))
    assert {type(o.wish): o.granted for o in plan.wishes} == {Forbid: True, Pin: False}


def test_yes_already_said_keeps_the_slot_and_lifts_the_odds() -> None:
    asked = TODAY - timedelta(days=3)
    yes = Happened(contact="emil", opportunity="job", asked_on=asked, answer="yes", answered_on=asked)
    plan = plan_with(yes)
    part = plan.opportunities[0]
    emil = writers(part)["emil"]
    assert emil.happened == yes
    assert emil.link.known is not None
    assert emil.chance == 1
    assert emil.approach.ask_on == asked
    without = draw([BEN, EMIL], [JOB], [Forbid("cleo"), Pin("emil", "job")], today=TODAY).opportunities[0]
    assert part.odds is not None
    assert without.odds is not None
    assert part.odds > without.odds


def test_letter_in_hand_is_certain_and_costs_no_more_hours() -> None:
    asked = TODAY - timedelta(days=20)
    letter = Happened(
        contact="ben",
        opportunity="job",
        asked_on=asked,
        answer="yes",
        answered_on=asked,
        letter_on=TODAY - timedelta(days=2),
    )
    plan = plan_with(letter)
    assert plan.opportunities[0].odds == pytest.approx(1.0)
    assert next(load.hours for load in plan.loads if load.contact == "ben") == 0


def test_letter_in_hand_is_adapted_for_the_next_opportunity() -> None:
    other = replace(JOB, key="second", title="Archivist")
    asked = TODAY - timedelta(days=20)
    letter = Happened(contact="ben", opportunity="job", asked_on=asked, answer="yes", letter_on=TODAY)
    plan = draw([BEN, CLEO], [JOB, other], [letter], today=TODAY)
    assert next(load.hours for load in plan.loads if load.contact == "ben") == 0.5


@pytest.mark.parametrize("answer", ["no", "withdrawn"])
def test_no_already_said_brings_in_the_next(answer: str) -> None:
    fact = Happened(contact="ben", opportunity="job", asked_on=TODAY - timedelta(days=3), answer=answer)
    plan = plan_with(fact)
    part = plan.opportunities[0]
    assert set(writers(part)) == {"cleo", "dora"}
    assert all(s.contact != "ben" for slot in part.slots for s in slot.stand_bys)
    assert plan.wishes == ()


def test_more_asked_already_than_places_keeps_them_all() -> None:
    facts = [
        Happened(contact=c.key, opportunity="job", asked_on=TODAY - timedelta(days=1), means=Means.MAIL)
        for c in (CLEO, DORA, EMIL)
    ]
    assert set(writers(plan_with(*facts).opportunities[0])) == {"cleo", "dora", "emil"}


def test_phone_reference_asked_already_stays_with_a_warning() -> None:
    fact = Happened(contact="ben", opportunity="job", asked_on=TODAY, answer="yes", answered_on=TODAY)
    plan = plan_with(fact, people=[replace(BEN, phone_reference=True), CLEO])
    assert "phone_reference" in [r.code for r in writers(plan.opportunities[0])["ben"].reasons]


@pytest.mark.parametrize(("days", "code"), [(-1, "past"), (0, "too_late"), (6, "too_late"), (7, None)])
def test_deadline_close_or_past_asks_nobody_and_says_so(days: int, code: str | None) -> None:
    part = plan_with(job=replace(JOB, deadline=TODAY + timedelta(days=days))).opportunities[0]
    closed = {u.code for u in part.unmet} & {"past", "too_late"}
    assert closed == ({code} if code else set())
    assert bool(part.slots) == (code is None)


def test_deadline_close_with_ask_anyway_is_planned() -> None:
    part = plan_with(job=replace(JOB, deadline=TODAY + timedelta(days=4), ask_anyway=True)).opportunities[0]
    assert len(writers(part)) == 2
    assert all(w.approach.ask_on is not None and w.approach.ask_on >= TODAY for w in writers(part).values())


def test_opportunity_without_a_deadline_is_planned_and_listed() -> None:
    plan = plan_with(job=replace(JOB, kind=Kind.POCKET, deadline=None))
    assert plan.opportunities[0].deadline_assumed
    assert "deadline" in [c.what for c in plan.completions if c.opportunity == "job"]


def test_family_stands_in_only_where_nobody_else_is_left() -> None:
    aunt = replace(BEN, key="aunt", name="Aunt Vera", tie=Tie.FAMILY)
    assert set(writers(plan_with(people=[aunt, CLEO, DORA]).opportunities[0])) == {"cleo", "dora"}
    alone = plan_with(people=[aunt, CLEO]).opportunities[0]
    assert ("tie", "against") in [(r.code, r.speaks) for r in writers(alone)["aunt"].reasons]
    assert writers(alone)["aunt"].fit <= 0.1


def test_plan_of_nobody_and_nothing_is_empty() -> None:
    assert draw([], [], today=TODAY).opportunities == ()
    part = draw([], [JOB], today=TODAY).opportunities[0]
    assert part.odds == 0
    assert {"nobody_left", "below_target"} <= {u.code for u in part.unmet}


def test_contacts_sharing_a_key_are_a_fault() -> None:
    with pytest.raises(ValueError, match="share a key"):
        draw([BEN, BEN], [JOB], today=TODAY)


def test_progress_is_told_from_start_to_end() -> None:
    told: list[tuple[str, float]] = []
    draw(ALL, [JOB], today=TODAY, progress=lambda step, share: told.append((step, share)))
    assert told[0][1] == 0
    assert ("writers", 1.0) in told
    assert all(0 <= share <= 1 for _, share in told)


def test_cost_that_was_not_proved_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*args: Any, **facts: Any) -> Choice:
        found = choose(*args, **facts)
        return replace(found, proof=Proof({"slots": 0, "fit": 3}, 0.0))

    monkeypatch.setattr(wishes_module, "choose", stopped)
    (outcome,) = plan_with(Pin("ben", "job")).wishes
    assert str(outcome.sentence) == (
        "Ben for Curator: costs nothing. Not proved: with so many people we stopped looking."
    )


def test_unknown_holidays_are_said_once_however_many_people_and_letters() -> None:
    jobs = [JOB, replace(JOB, key="other", title="Keeper")]

    def told(*people: Contact) -> list[str]:
        plan = draw(people, jobs, today=TODAY)
        return [str(c.sentence) for c in plan.completions if c.what == "country"]

    assert told(BEN, replace(CLEO, country="GB")) == [
        "The holidays where Ben works are not known, so only weekends are left out."
    ]
    assert told(BEN, CLEO) == [
        "The holidays where Ben and 1 other work are not known, so only weekends are left out."
    ]
    assert told(replace(BEN, country="GB"), replace(CLEO, country="GB")) == []


def test_what_has_happened_is_no_wish_and_has_no_price() -> None:
    asked = Happened(contact="emil", opportunity="job", asked_on=TODAY)
    assert plan_with(asked).wishes == ()
    (outcome,) = plan_with(asked, Pin("dora", "job")).wishes
    assert outcome.wish == Pin("dora", "job")
    # The fact stays in the plan that the wish is compared with: Ben or Cleo would have the other place.
    assert outcome.cost is not None
    assert outcome.cost.fit == plan_with(asked).score.fit - plan_with(asked, Pin("dora", "job")).score.fit


def test_many_wishes_are_compared_together_with_the_facts_kept() -> None:
    asked = Happened(contact="emil", opportunity="job", asked_on=TODAY)
    many = [Forbid(f"p{n}", "job") for n in range(13)]
    people = [*ALL, *(replace(EMIL, key=f"p{n}", name=f"P{n}") for n in range(13))]
    plan = plan_with(asked, *many, people=people)
    assert {str(outcome.sentence) for outcome in plan.wishes} == {"Your wishes together: costs nothing."}


def test_someone_out_of_reach_is_asked_for_nothing_and_counted_among_the_reasons() -> None:
    people = [replace(BEN, unreachable=True), CLEO]
    plan = plan_with(people=people)
    part = plan.opportunities[0]
    assert set(writers(part)) == {"cleo"}
    assert all(s.contact != "ben" for slot in part.slots for s in slot.stand_bys)
    assert "1 person can’t be reached any more." in [str(u.sentence) for u in part.unmet]


def test_pin_of_someone_out_of_reach_is_refused_with_the_reason() -> None:
    plan = plan_with(Pin("ben", "job"), people=[replace(BEN, unreachable=True), CLEO])
    assert str(plan.wishes[0].why_not) == "Ben can’t be reached any more, so can’t be asked for Curator."


def test_letter_in_hand_of_someone_out_of_reach_still_counts() -> None:
    day = TODAY - timedelta(days=9)
    letter = Happened(
        contact="ben", opportunity="job", asked_on=day, answer="yes", answered_on=day, letter_on=day
    )
    plan = plan_with(letter, people=[replace(BEN, unreachable=True), CLEO])
    assert "ben" in writers(plan.opportunities[0])
