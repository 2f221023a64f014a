"""Everything else that a program may read, over a world with a waived letter in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.cast import Cast
from tests.doors.api.conftest import Program
from tests.house.world import CANARY, World, make_world
from tests.sealing import make_reader

from vouchsafe.asks.models import Purpose
from vouchsafe.letters.models import Letter
from vouchsafe.packets.actions.make_packet import make_packet


def _requests_tell_stage_purposes_and_story(world: World, program: Program) -> None:
    ada = program(world.cast.ada)
    rows = {one["key"]: one for one in ada.get("/api/v1/requests").json()["items"]}
    row = rows[world.keys["request"]]
    assert (row["person_key"], row["person_name"], row["stage"]) == (
        world.cast.ben.key,
        "Ben Okafor",
        "sealed",
    )
    assert [one["confidentiality"] for one in row["purposes"]] == ["waived"]
    assert ada.get(f"/api/v1/requests/{row['key']}").json() == row
    story = [one["sentence"] for one in ada.get(f"/api/v1/requests/{row['key']}/timeline").json()["items"]]
    assert "Ben Okafor said yes." in story
    assert "Ben Okafor sealed the letter." in story


def _letters_tell_facts_and_only_open_ones_have_a_file(world: World, program: Program) -> None:
    ada = program(world.cast.ada)
    rows = {one["key"]: one for one in ada.get("/api/v1/letters").json()["items"]}
    waived, opened = world.keys["letter"], world.keys["open_letter"]
    assert (rows[waived]["is_open"], rows[opened]["is_open"]) == (False, True)
    assert rows[waived]["number"] == world.keys["number"]
    assert ada.get(f"/api/v1/letters/{waived}").json() == rows[waived]
    file = ada.get(f"/api/v1/letters/{opened}/file")
    assert (file.status_code, file["Content-Type"], file.content[:5]) == (200, "application/pdf", b"%PDF-")
    closed = ada.get(f"/api/v1/letters/{waived}/file")
    nowhere = ada.get("/api/v1/letters/000000000000000000000000/file")
    assert (closed.status_code, closed.content) == (404, nowhere.content)


def _letters_come_in_pieces_too(world: World, program: Program) -> None:
    ada = program(world.cast.ada)
    first = ada.get("/api/v1/letters", {"limit": 1}).json()
    second = ada.get("/api/v1/letters", {"limit": 1, "cursor": first["next_cursor"]}).json()
    assert second["next_cursor"] is None
    assert {first["items"][0]["key"], second["items"][0]["key"]} == {
        world.keys["letter"],
        world.keys["open_letter"],
    }


def _packets_tell_letters_and_readers(world: World, program: Program) -> None:
    ada = program(world.cast.ada)
    row = next(
        one for one in ada.get("/api/v1/packets").json()["items"] if one["key"] == world.keys["packet"]
    )
    whole = ada.get(f"/api/v1/packets/{row['key']}").json()
    assert {name: whole[name] for name in row} == row
    assert [one["number"] for one in whole["enclosed"]] == [world.keys["number"]]
    assert {"Cleo": "active", "Max": "revoked"}.items() <= {
        one["name"]: one["state"] for one in whole["readers"]
    }.items()


def _link_to_a_confidential_packet_is_never_told(world: World, program: Program) -> None:
    answer = program(world.cast.ada).post(f"/api/v1/readers/{world.keys['reader']}/links")
    assert (answer.status_code, answer.json()["code"]) == (409, "link-not-for-you")


def _link_to_an_open_packet_opens_it(world: World, program: Program) -> None:
    ada = world.cast.ada
    letter = Letter.objects.get(key=world.keys["open_letter"])
    purpose = Purpose.objects.filter(request__key=world.keys["open_request"]).first()
    assert purpose is not None
    packet = make_packet(
        by=ada, opportunity=purpose.opportunity, destination=None, letter_keys=[letter.key], title="Open",
        today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    reader = make_reader(packet, "Noor")
    answer = program(ada).post(f"/api/v1/readers/{reader.key}/links")
    assert answer.status_code == 201, answer.content
    url = answer.json()["url"]
    path = url[url.index("/p/") :]
    assert program(ada).post(path, {"act": "open"}).status_code == 302
    assert program(world.cast.eve).post(f"/api/v1/readers/{reader.key}/links").status_code == 404


def _plan_tells_who_is_chosen(world: World, program: Program) -> None:
    plan = program(world.cast.ada).get("/api/v1/plan").json()
    keys = {choice["person_key"] for place in plan["places"] for choice in place["choices"]}
    assert keys
    assert program(world.cast.eve).get("/api/v1/plan").status_code == 404


def _office_sees_where_requests_stand_and_not_who_writes(world: World, program: Program) -> None:
    answer = program(world.cast.dana).get("/api/v1/office/requests")
    row = next(one for one in answer.json()["items"] if one["key"] == world.keys["request"])
    assert (row["applicant_name"], row["stage"]) == ("Ada Marsh", "sealed")
    assert "Okafor" not in answer.content.decode()
    assert program(world.cast.ada).get("/api/v1/office/requests").status_code == 403


def _office_token_of_someone_who_left_the_office_opens_nothing(world: World, program: Program) -> None:
    dana = program(world.cast.dana)
    world.cast.dana.role = "applicant"
    world.cast.dana.save()
    assert dana.get("/api/v1/office/requests").status_code == 403


def test_opportunity_added_by_a_program_is_kept(cast: Cast, program: Program) -> None:
    ada = program(cast.ada)
    deadline = (timezone.localdate() + timedelta(days=40)).isoformat()
    said = {"kind": "programme", "title": "MSc", "deadline_on": deadline, "deadline_time": "17:00", "need": 2}
    made = ada.post("/api/v1/opportunities", said, "application/json")
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["deadline_on"], told["deadline_time"], told["need"]) == (deadline, "17:00:00", 2)
    assert told in ada.get("/api/v1/opportunities").json()["items"]
    assert program(cast.eve).get(f"/api/v1/opportunities/{told['key']}").status_code == 404


def _no_list_holds_a_word_of_the_waived_letter(world: World, program: Program) -> None:
    """The routes matrix walks every route; here each list is read to its end."""
    ada: Any = program(world.cast.ada)
    for name in ("people", "opportunities", "requests", "letters", "packets"):
        told = ada.get(f"/api/v1/{name}", {"limit": 100}).content.decode()
        assert '"items"' in told
        assert CANARY not in told


def test_everything_a_program_may_read_and_nothing_else(cast: Cast, program: Program) -> None:
    """One world for all of it: making one takes longer than asking all of this."""
    world = make_world(cast, "delivered")
    _requests_tell_stage_purposes_and_story(world, program)
    _letters_tell_facts_and_only_open_ones_have_a_file(world, program)
    _letters_come_in_pieces_too(world, program)
    _packets_tell_letters_and_readers(world, program)
    _link_to_a_confidential_packet_is_never_told(world, program)
    _link_to_an_open_packet_opens_it(world, program)
    _plan_tells_who_is_chosen(world, program)
    _office_sees_where_requests_stand_and_not_who_writes(world, program)
    _no_list_holds_a_word_of_the_waived_letter(world, program)
    _office_token_of_someone_who_left_the_office_opens_nothing(world, program)
