from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity

from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.models import Ask
from vouchsafe.core.odds import forecast
from vouchsafe.core.words import say, to_plain
from vouchsafe.desk.plan_board import NoPlan, PlanBoard, plan_board
from vouchsafe.desk.plan_chances import one_more
from vouchsafe.doors.web.applicant.views import plan_drawing
from vouchsafe.doors.worker.drawing import draw_waiting
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans import drawings
from vouchsafe.plans.access import current_plan
from vouchsafe.plans.further_asks import scenario_of
from vouchsafe.plans.models import Opportunity, Plan, Wish


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def soon(owner: Account, title: str = "Programme analyst", **facts: Any) -> Opportunity:
    return make_opportunity(
        owner, title, **{"deadline_on": timezone.localdate() + timedelta(days=40), **facts}
    )


def friends(owner: Account, count: int) -> list[Contact]:
    return [
        make_contact(
            owner,
            f"P{n} Holt",
            tie="mentor",
            knows_work=3,
            warmth=2 + n % 3,
            last_worked_on=timezone.localdate(),
        )
        for n in range(count)
    ]


def draw(owner: Account) -> Plan:
    now = timezone.now()
    return redraw_plan(by=owner, today=timezone.localdate(now), now=now)


def page_of(client: Client, path: str = "/plan/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_plan_leads_from_nothing_to_the_first_drawing(cast: Cast) -> None:
    client = enter(cast.ada)
    assert "What are the letters for?" in page_of(client)
    soon(cast.ada)
    assert "Nobody chosen yet." in page_of(client)
    assert "Plan your letters" in page_of(client)
    assert client.post("/plan/drawing/").status_code == 302
    assert "letter is safe in time" in page_of(client)
    cast.ben.delete()
    assert "Who has watched you do something hard?" in page_of(client)


def test_headline_says_the_odds_that_were_reckoned(cast: Cast) -> None:
    soon(cast.ada, need=2, spare=0)
    friends(cast.ada, 1)
    plan = draw(cast.ada)
    odds = round(100 * next(iter(plan.odds.values()))["odds"])
    assert 5 <= odds <= 95
    page = page_of(enter(cast.ada))
    assert f"{odds} in 100 that two letters are safe in time." in page
    assert "Twenty seasons like yours" in page
    assert "everybody you have told us about" in page.lower()


def test_one_more_ask_takes_the_stand_by_out_of_the_chain_and_lifts_the_odds(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=2, spare=0)
    friends(cast.ada, 4)
    plan = draw(cast.ada)
    part = plan.odds[opportunity.key]
    scenario = scenario_of(part, plan.drawn_on)
    assert scenario is not None
    more = one_more(scenario, part, plan.drawn_on)
    assert more is not None
    people = [kept["contact"] for chain in part["chains"] for kept in chain]
    asked_of = part["offers"][0]["contact"]
    links = sum(len(slot.chain) for slot in more.slots)
    assert links == len(people) + (0 if asked_of in people else 1)
    assert len(more.slots) == len(scenario.slots) + 1
    assert forecast(more).odds > part["odds"]
    board = plan_board(cast.ada, timezone.localdate())
    assert isinstance(board, PlanBoard)
    assert board.chances is not None
    labels = [str(line.label) for line in board.chances.gains]
    assert labels[:3] == ["Leave it as it is", "Ask one more this week", "Ask two more this week"]
    assert board.chances.gains[1].gain > 0


def test_many_ready_people_are_enough(cast: Cast) -> None:
    soon(cast.ada, need=1, spare=1)
    friends(cast.ada, 8)
    draw(cast.ada)
    page = page_of(enter(cast.ada))
    assert "You have chosen enough people." in page
    assert 'data-kind="primary"' not in page.split("<main")[1].split("</main")[0]


def test_wishes_are_granted_told_and_undone(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    other = make_contact(cast.ada, "Mina Holt", tie="peer", knows_work=2, warmth=2)
    draw(cast.ada)
    client = enter(cast.ada)
    body = {"opportunity": opportunity.key, "contact": other.key, "wish": "pin"}
    response = client.post("/plan/wishes/", body)
    assert response["Location"] == f"/plan/?for={opportunity.key}"
    plan = current_plan(cast.ada)
    assert plan is not None
    assert plan.slots.get().choices.get(rank=0).contact == other
    page = page_of(client)
    assert "Chosen by you" in page
    assert "Mina Holt for Programme analyst" in page  # what it cost, in words
    client.post("/plan/wishes/", {**body, "wish": "none"})
    assert not Wish.objects.exists()
    client.post("/plan/wishes/", {**body, "wish": "forbid"})
    assert "You keep them out of this one." in page_of(client)
    assert client.post("/plan/wishes/", {**body, "wish": "marry"}).status_code == 404


def test_a_yes_already_said_is_recorded_and_undone(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    draw(cast.ada)
    client = enter(cast.ada)
    client.post("/plan/asked/", {"opportunity": opportunity.key, "contact": cast.ben.key})
    assert Ask.objects.get().said == "yes"
    assert "Said yes" in page_of(client)
    client.post(f"/plan/asked/{Ask.objects.get().key}/undo/")
    assert Ask.objects.get().undone_at is not None
    assert "Said yes" not in page_of(client)


@pytest.mark.parametrize(("said", "told"), [("no", "has said no"), ("waiting", "Waiting for a yes")])
def test_a_no_or_a_call_is_recorded_too(cast: Cast, said: str, told: str) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    other = make_contact(cast.ada, "Mina Holt", tie="peer", knows_work=2, warmth=2)
    draw(cast.ada)
    client = enter(cast.ada)
    body = {"opportunity": opportunity.key, "contact": cast.ben.key, "said": said}
    client.post("/plan/asked/", body)
    assert Ask.objects.get().said == said
    assert told in page_of(client)
    plan = current_plan(cast.ada)
    assert plan is not None
    writer = plan.slots.get().choices.get(rank=0).contact
    assert writer == (other if said == "no" else cast.ben)
    assert client.post("/plan/asked/", {**body, "said": "perhaps"}).status_code == 404


def test_a_change_elsewhere_is_told_until_the_plan_is_drawn_again(cast: Cast) -> None:
    opportunity = soon(cast.ada)
    draw(cast.ada)
    client = enter(cast.ada)
    assert "Something has changed" not in page_of(client)
    now, today = timezone.now(), timezone.localdate()
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="phone", said="no", asked_on=today,
        today=today, now=now,
    )  # fmt: skip
    assert "Something has changed" in page_of(client)
    client.post("/plan/drawing/")
    assert "Something has changed" not in page_of(client)


def test_an_old_drawing_says_so(cast: Cast) -> None:
    soon(cast.ada)
    now = timezone.now() - timedelta(days=2)
    redraw_plan(by=cast.ada, today=timezone.localdate(now), now=now)
    assert "and counts from then" in page_of(enter(cast.ada))


def look_how_far(client: Client, opportunity: Opportunity) -> Any:
    return client.get(f"/plan/drawing/?for={opportunity.key}", headers={"HX-Request": "true"})


def test_a_large_plan_is_drawn_by_the_worker_once_however_often_it_is_asked_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opportunity = soon(cast.ada)
    before = draw(cast.ada)
    monkeypatch.setattr(plan_drawing, "AT_ONCE", 0)
    client = enter(cast.ada)
    client.post("/plan/wishes/", {"opportunity": opportunity.key, "contact": cast.ben.key, "wish": "pin"})
    client.post("/plan/drawing/", {"opportunity": opportunity.key})
    client.post("/plan/drawing/", {"opportunity": opportunity.key})
    assert current_plan(cast.ada) == before  # and the page still shows it
    page = page_of(client)
    assert "is being drawn again" in page
    assert "Your plan will be drawn in a moment." in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "letter is safe in time" in page
    part = look_how_far(client, opportunity)
    assert b"<progress" in part.content
    assert "HX-Redirect" not in part.headers
    assert draw_waiting("w", timezone.now()) == 1
    assert draw_waiting("w", timezone.now()) == 0
    assert current_plan(cast.ada) != before
    assert look_how_far(client, opportunity)["HX-Redirect"] == f"/plan/?for={opportunity.key}"
    page = page_of(client)
    assert "drawn in a moment" not in page
    assert "Chosen by you" in page
    assert client.get(f"/plan/drawing/?for={opportunity.key}")["Location"] == f"/plan/?for={opportunity.key}"


def test_first_drawing_of_a_large_plan_shows_how_far_it_is_and_a_failed_one_can_be_asked_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opportunity = soon(cast.ada)
    monkeypatch.setattr(plan_drawing, "AT_ONCE", 0)
    client = enter(cast.ada)
    client.post("/plan/drawing/", {"opportunity": opportunity.key})
    row = drawings.claim("w", now=timezone.now())
    assert row is not None
    assert drawings.tell(row, step="writers", share=0.5, now=timezone.now())
    page = page_of(client)
    assert "looking for those who write" in page
    assert 'value="35"' in page
    drawings.fail(row)
    assert "The plan could not be drawn." in page_of(client)
    client.post("/plan/drawing/", {"opportunity": opportunity.key})
    assert "Your plan will be drawn in a moment." in page_of(client)


def test_swap_with_a_stand_by_is_offered_granted_told_and_undone(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    other = make_contact(cast.ada, "Mina Holt", tie="peer", knows_work=2, warmth=2)
    assert draw(cast.ada).slots.get().choices.get(rank=0).contact == cast.ben
    client = enter(cast.ada)
    assert f"Swap with {cast.ben.name}" in page_of(client)
    body = {"opportunity": opportunity.key, "contact": other.key, "out": cast.ben.key, "wish": "swap"}
    assert client.post("/plan/wishes/", body).status_code == 302
    plan = current_plan(cast.ada)
    assert plan is not None
    assert plan.slots.get().choices.get(rank=0).contact == other
    assert cast.ben in {choice.contact for choice in plan.slots.get().choices.filter(rank__gt=0)}
    page = page_of(client)
    assert f"Chosen by you, in place of {cast.ben.name}" in page
    assert f"Mina Holt in place of {cast.ben.name} for Programme analyst: costs" in page
    client.post("/plan/wishes/", {**body, "wish": "none"})
    assert not Wish.objects.exists()
    plan = current_plan(cast.ada)
    assert plan is not None
    assert plan.slots.get().choices.get(rank=0).contact == cast.ben


def test_swap_is_the_newer_word_about_whoever_was_chosen(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0)
    other = make_contact(cast.ada, "Mina Holt", tie="peer", knows_work=2, warmth=2)
    client = enter(cast.ada)
    body = {"opportunity": opportunity.key, "contact": cast.ben.key, "wish": "pin"}
    client.post("/plan/wishes/", body)
    client.post("/plan/wishes/", {**body, "contact": other.key, "out": cast.ben.key, "wish": "swap"})
    plan = current_plan(cast.ada)
    assert plan is not None
    assert plan.slots.get().choices.get(rank=0).contact == other
    assert not any("could not be granted" in str(sentence) for sentence in plan.wishes)
    back = {**body, "out": other.key, "wish": "swap"}
    client.post("/plan/wishes/", back)  # and back again: only the last swap stands
    assert Wish.objects.filter(kind="swap").count() == 1
    plan = current_plan(cast.ada)
    assert plan is not None
    assert plan.slots.get().choices.get(rank=0).contact == cast.ben
    assert client.post("/plan/wishes/", {**back, "out": cast.ben.key}).status_code == 409


def test_eve_and_strangers_neither_see_nor_change(cast: Cast) -> None:
    opportunity = soon(cast.ada, "CANARY analyst")
    draw(cast.ada)
    ask = {"opportunity": opportunity.key, "contact": cast.ben.key, "wish": "pin"}
    eve, nobody = enter(cast.eve), Client()
    assert "CANARY" not in eve.get(f"/plan/?for={opportunity.key}").content.decode()
    assert nobody.get("/plan/").status_code == 302
    for path in ("/plan/wishes/", "/plan/asked/"):
        assert eve.post(path, ask).status_code == 404
        assert eve.post(path, {**ask, "contact": cast.ben_to_eve.key}).status_code == 404
        assert nobody.post(path, ask)["Location"].startswith("/accounts/login/")
    now, today = timezone.now(), timezone.localdate()
    row = record_ask(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, channel="phone", said="yes", asked_on=today,
        today=today, now=now,
    )  # fmt: skip
    assert eve.post(f"/plan/asked/{row.key}/undo/").status_code == 404
    row.refresh_from_db()
    assert row.undone_at is None
    assert not Wish.objects.exists()
    assert isinstance(plan_board(cast.eve, today), NoPlan)


def test_plan_takes_six_queries_at_one_row_and_at_fifty(cast: Cast, django_assert_num_queries: Any) -> None:
    """Session, account, plan, opportunities, contacts, choices."""
    opportunity = soon(cast.ada, need=2)
    client = enter(cast.ada)
    draw(cast.ada)
    client.get("/plan/")  # whose house this is, is read once and kept
    with django_assert_num_queries(6):
        assert client.get("/plan/").status_code == 200
    friends(cast.ada, 50)
    for n in range(9):
        soon(cast.ada, f"Post {n}", need=2)
    draw(cast.ada)
    with django_assert_num_queries(6):
        assert client.get(f"/plan/?for={opportunity.key}").status_code == 200


def test_odds_that_did_not_come_true_are_hidden_and_the_page_says_why(cast: Cast) -> None:
    soon(cast.ada, need=2, spare=0)
    friends(cast.ada, 2)
    plan = draw(cast.ada)
    plan.trust = {"shown": False, "why": to_plain(say("CANARY: they have not come true here."))}
    plan.save()
    client = enter(cast.ada)
    for path in ("/plan/", "/desk/"):
        main = page_of(client, path).split("<main")[1].split("Where the chances come from")[0]
        assert "in 100" not in main, path
    assert "CANARY" in page_of(client)
    plan.trust["shown"] = True
    plan.save()
    assert "in 100 that two letters" in page_of(client)


def test_under_a_week_nobody_is_asked_unless_one_says_so(cast: Cast) -> None:
    opportunity = soon(cast.ada, need=1, spare=0, deadline_on=timezone.localdate() + timedelta(days=5))
    draw(cast.ada)
    client = enter(cast.ada)
    page = page_of(client)
    assert "Nobody can be asked for Programme analyst now." in page
    assert "Ask anyway" in page
    body = {"opportunity": opportunity.key}
    assert enter(cast.eve).post("/plan/asking-anyway/", body).status_code == 404
    assert "that one letter is safe in time" not in page_of(client)
    client.post("/plan/asking-anyway/", body)
    assert "that one letter is safe in time" in page_of(client)
    client.post("/plan/asking-anyway/", {**body, "anyway": "no"})
    assert "Ask anyway" in page_of(client)
