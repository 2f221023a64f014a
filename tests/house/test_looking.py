"""Whoever asks by HEAD or OPTIONS, at any route, changes no row. What asks by GET is in `test_routes.py`."""

from __future__ import annotations

from collections.abc import Iterator

from tests.cast import Cast
from tests.house.routes import assert_changes_nothing, walk_of
from tests.house.world import make_world

METHODS = ("head", "options")


def test_looking_at_any_route_changes_no_row(cast: Cast) -> None:
    world = make_world(cast, "delivered")
    assert next(iter(world.browsers)) == "nobody"

    def look() -> Iterator[str]:
        refused = set()
        for role, client in world.browsers.items():
            for route, address in walk_of(role, world):
                for method in METHODS:
                    if (route, method) in refused:
                        continue
                    answer = getattr(client, method)(address)
                    # Refused before it is asked who comes, hence to everybody.
                    if role == "nobody" and answer.status_code == 405:
                        refused.add((route, method))
                    yield f"{role} looked at {route} with {method}"

    assert_changes_nothing(look)
