"""Who goes where, in which world, so that every screen is met: the addresses come from the URL resolver itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.test import Client, override_settings
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_account, make_contact
from tests.house.routes import addresses
from tests.house.world import World, ask, make_world
from tests.screens.doorways import join_by_passkey, keep_what_is_old, sign_on_elsewhere
from tests.screens.gathering import Walk, drawing
from tests.screens.passkeys import registered_passkey

from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.models import Link, Purpose
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people import access
from vouchsafe.people.models import Account, Instance

# Which addresses each person walks in a world whose letter stands there. Where nobody needs to go, everybody's walk leads.
EVERYWHERE = ""
WRITER, READER, APPLICANT = (
    r"(r|requests|stop)/",
    r"(p|reading|verify|call-back)/",
    r"(desk|asks|safe|plan|packets|outcome)/",
)
TOURS: Mapping[str, Mapping[str, str]] = {
    "delivered": {
        "nobody": EVERYWHERE, "ada": EVERYWHERE, "eve": EVERYWHERE, "dana": EVERYWHERE, "ben": WRITER, "cleo": READER,
        "uncoded": "p/", "tess": "(c|committee)/", "hal": "assist", "finn": "advis", "slip": WRITER,
    },
    "draft": {"ben": WRITER, "ada": APPLICANT},
    "uploaded": {"ben": WRITER},
    "sealed": {"ben": WRITER, "ada": "(asks|desk|safe)/"},
    "withdrawn": {"ben": WRITER, "ada": "(asks|desk|safe|packets)/", "cleo": READER, "nobody": "verify/"},
}  # fmt: skip
BOARD = b"""{"jobs": [
  {"id": 1, "title": "Data steward", "absolute_url": "https://boards.greenhouse.io/vale/jobs/1", "location": {"name": "Leeds"}},
  {"id": 2, "title": "Archivist", "absolute_url": "https://boards.greenhouse.io/vale/jobs/2", "location": {"name": "York"}}
], "meta": {"total": 2}}"""
NOWHERE = "A" * 43
DEAD = [f"/{way}/{NOWHERE}" for way in ("p", "r", "enter", "invitations", "assist", "call-back", "stop")]


def go_everywhere(walk: Walk, cast: Cast) -> None:
    for state, tour in TOURS.items():
        with afterwards_gone():
            world = make_world(cast, state)
            for role, near in tour.items():
                there = [address for route, address in addresses(world).items() if re.match(near, route)]
                walk.go(role, world.browsers[role], there, state=state)
            if state == "delivered":
                _ended(walk, world)
                _two_openings(walk, world)
            if state in {"delivered", "draft"}:
                _with_a_code(walk, world)
            if state == "draft":
                _new_ask(walk, cast)
                _called_off(walk, world)
    at_doors = (join_by_passkey, sign_on_elsewhere, keep_what_is_old)
    for tour in (_nothing_yet, _two_things, _open_to_all, _before_set_up, *at_doors, _faults):
        with afterwards_gone():
            tour(walk, cast)


@contextmanager
def afterwards_gone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _ended(walk: Walk, world: World) -> None:
    """Links that led somewhere once, and one that never did."""
    theirs = [one for one in world.beside if "reader_token" in one][-1]
    there = addresses(replace(world, keys={**world.keys, **theirs}))
    walk.go(
        "ended",
        world.browsers["ended"],
        [there["reading/<str:key>/"], there["p/<str:token>"]],
        state="delivered",
    )
    walk.go("nobody", Client(), [*DEAD, "/verify/ZZZZ-ZZZZ", "/verify/NONSENSE"], state="dead links")


def _two_openings(walk: Walk, world: World) -> None:
    """A board's answer with more than one opening asks which."""
    with drawing() as drawn:
        board = SimpleUploadedFile("board.json", BOARD)
        answer = world.browsers["ada"].post("/opportunities/new/", {"file": board})
        walk.look(
            "ada", world.browsers["ada"], answer, drawn, "/opportunities/new/ > a board with two openings"
        )


def _with_a_code(walk: Walk, world: World) -> None:
    """The writer's pages that a link alone does not open."""
    ben, base = world.browsers["ben"], f"/requests/{world.keys['request']}"
    for use in ("words", "queue"):
        ben.post(f"{base}/code", {"use": use})
        code = outbox.read(Outgoing.objects.filter(kind="writer_code").latest("id")).facts["code"]
        assert ben.post(f"{base}/proof", {"use": use, "code": code}).status_code == 302
    there = [address for route, address in addresses(world).items() if re.match(WRITER, route)]
    letters = [one["letter"] for one in world.beside if "letter" in one]
    there += [f"{base}/letters/{key}/{page}" for key in letters for page in ("write", "differences", "uses")]
    walk.go("ben with a code", ben, there, state=world.letter_state)


def _new_ask(walk: Walk, cast: Cast) -> None:
    """A writer who has just had the mail."""
    noor = make_contact(cast.ada, "Noor Adel", knows_work=3, warmth=3, tie="mentor")
    purpose = ask(cast, noor, "waived")
    tasks.send_mail(worker="screens", now=timezone.now())
    walk.go("noor", Client(), [f"/r/{_mailed(purpose)}"], state="asked")


def _called_off(walk: Walk, world: World) -> None:
    """The applicant takes the request back."""
    assert world.browsers["ada"].post(f"/asks/{world.keys['request']}/removal/").status_code == 302
    there = [f"/r/{world.keys['token']}", f"/requests/{world.keys['request']}/"]
    walk.go("ben", world.browsers["ben"], there, state="called off")


def _mailed(purpose: Purpose) -> str:
    return token_of(Link.objects.filter(request=purpose.request, kind="mailed").latest("n"))


def _nothing_yet(walk: Walk, cast: Cast) -> None:
    """Who has just come: nobody known, nothing asked, nobody advised."""
    for name, role in (("Ines", "applicant"), ("Aldo", "adviser"), ("Olga", "office")):
        client = Client()
        client.force_login(make_account(name, role=role))
        there = [address for route, address in _first_pages().items() if re.match(r"(desk|plan|people|safe|asks|packets|calendar|"
                 r"outcome|opportunities|advisers|advising|office|mailbox|account)/", route)]  # fmt: skip
        walk.go(f"a new {role}", client, there, state="nothing yet")


def _first_pages() -> dict[str, str]:
    from tests.house.routes import routes

    return {route: f"/{route}" for route in routes() if "<" not in route}


def _two_things(walk: Walk, cast: Cast) -> None:
    """An account kept by an app, a passkey, recovery codes and a password; and an office that must have them."""
    TOTP.activate(cast.dana, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(cast.dana)
    passkey = Authenticator.objects.create(user=cast.dana, type="webauthn", data=registered_passkey())
    cast.dana.set_password("three quiet lamps burning")
    cast.dana.save()
    EmailAddress.objects.create(user=cast.dana, email=cast.dana.email, verified=True, primary=True)
    client = Client()
    client.force_login(cast.dana)
    there = [address for route, address in _first_pages().items() if route.startswith("accounts/")]
    keys = [f"/accounts/2fa/webauthn/keys/{passkey.pk}/{act}/" for act in ("edit", "remove")]
    walk.go("dana with two things", client, [*there, *keys], state="long ago")
    fresh = _shown_just_now(cast.dana)
    walk.go("dana with two things", fresh, [*there, *keys, "/accounts/2fa/recovery-codes/"], state="just now")
    with override_settings(OFFICE_SECOND_FACTOR=True):
        client.force_login(make_account("Otto Lane", role="office"))
        walk.go("otto", client, ["/office/"], state="one thing alone")
    entering = Client()
    entering.post(
        "/accounts/login/password/", {"login": cast.dana.email, "password": "three quiet lamps burning"}
    )
    walk.go("dana", entering, ["/accounts/2fa/authenticate/"], state="half in")


def _shown_just_now(account: Account) -> Client:
    """Who has just shown by a second thing that it is still them."""
    client = Client()
    client.force_login(account)
    recovery = RecoveryCodes(Authenticator.objects.get(user=account, type="recovery_codes"))
    given = {"code": recovery.get_unused_codes()[0]}
    assert client.post("/accounts/2fa/reauthenticate/", given).status_code == 302
    return client


def _open_to_all(walk: Walk, cast: Cast) -> None:
    with override_settings(OPEN_SIGN_UP=True):
        there = [
            "/",
            "/accounts/signup/",
            "/accounts/signup/passkey/",
            "/accounts/login/",
            "/accounts/confirm-email/",
        ]
        walk.go("nobody", Client(), there, state="open to all")


def _before_set_up(walk: Walk, cast: Cast) -> None:
    with (
        patch.object(access, "may_set_up", lambda token: True),
        patch.object(Instance.objects, "first", lambda: None),
    ):
        walk.go("nobody", Client(), [f"/set-up/{NOWHERE}"], state="before set-up")


def _faults(walk: Walk, cast: Cast) -> None:
    """What one is shown when something of ours, of the store's or of the browser's fails."""
    home = "vouchsafe.doors.web.public.views.pages.render"
    for fault in (
        RuntimeError("a fault of ours"),
        OperationalError("no store"),
        SuspiciousOperation("a bad request"),
    ):
        with patch(home, side_effect=fault):
            walk.go("nobody", Client(raise_request_exception=False), ["/"], state=type(fault).__name__)
    for _ in range(40):
        with drawing() as drawn:
            answer = Client().post("/accounts/password/reset/", {"email": "nobody@nowhere.example"})
    walk.look("nobody", Client(), answer, drawn, "asked for a code far too often")
    strict = Client(enforce_csrf_checks=True)
    with drawing() as drawn:
        answer = strict.post("/accounts/login/", {"login": "ada@example.org"})
        walk.look("nobody", strict, answer, drawn, "a stale form")
