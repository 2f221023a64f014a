"""No link reaches a log, however the press on it ended: a 404, a refusal, a missing CSRF token, a fault of ours."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity, make_purpose

from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.config.log_lines import JsonFormatter, LineFormatter
from vouchsafe.doors.web.writer.views import landing


@pytest.fixture
def handed(cast: Cast) -> str:
    purpose = make_purpose(cast.ben, make_opportunity(cast.ada))
    return hand_over_link(by=cast.ada, request=purpose.request, now=timezone.now())


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the console would have got, by the handler that settings made."""
    (console,) = (each for each in logging.getLogger().handlers if isinstance(each.formatter, LineFormatter))
    assert isinstance(console, logging.StreamHandler)
    text = StringIO()
    before = console.setStream(text)
    yield text
    console.setStream(before)


@pytest.mark.parametrize("method", ["get", "post", "put"])
@pytest.mark.parametrize("place", ["r", "stop", "reading", "enter", "letters-due", "nowhere"])
def test_token_in_an_address_reaches_no_log(handed: str, written: StringIO, method: str, place: str) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=method == "put")
    getattr(client, method)(f"/{place}/{handed}", {"act": "yes"})
    said = written.getvalue()
    assert handed not in said
    if place == "nowhere":
        assert "Not Found: /nowhere/(token)" in said


def test_fault_of_ours_is_logged_with_its_traceback_and_without_the_token(
    handed: str, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(token: str) -> None:
        raise RuntimeError(f"cannot read {token}")

    monkeypatch.setattr(landing, "visit_by_token", fail)
    assert Client(raise_request_exception=False).get(f"/r/{handed}").status_code == 500
    said = written.getvalue()
    assert "RuntimeError: cannot read (token)" in said
    assert handed not in said


def test_lines_of_the_log_go_through_the_formatter_that_hides_tokens() -> None:
    line = settings.LOGGING["formatters"]["line"]
    assert line["()"] == f"{LineFormatter.__module__}.{LineFormatter.__name__}"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}


def test_digests_and_keys_stay_readable() -> None:
    formatter = LineFormatter("%(message)s")
    for kept in ("a" * 64, "b" * 32, "K7QM-42TX"):
        record = logging.LogRecord("x", logging.INFO, "", 0, f"row {kept}.", None, None)
        assert kept in formatter.format(record)
    try:
        raise ValueError("/r/" + "c" * 43)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "broken", None, sys.exc_info())
    assert "c" * 43 not in formatter.format(record)


def test_json_line_holds_no_token_address_name_or_text_of_a_fault(handed: str) -> None:
    try:
        raise ValueError("Key (name)=(Ada Marsh) is there already")
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord(
        "vouchsafe.worker", logging.ERROR, __file__, 1, "no %s for %s at %s",
        (handed, "Ben <ben.okafor@firm.example>", "plain"), fault,
    )  # fmt: skip
    line = JsonFormatter().format(record)
    told = json.loads(line)
    assert "\n" not in line
    assert told["message"] == "no (token) for Ben <(address)> at plain"
    assert told["fault"] == "builtins.ValueError"
    assert told["where"][0].endswith("test_json_line_holds_no_token_address_name_or_text_of_a_fault")
    assert "Ada" not in line
    assert told["level"] == "ERROR"


def test_fault_on_a_page_makes_one_json_line_without_what_was_typed(
    handed: str, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(token: str) -> None:
        raise RuntimeError(f"Ada Marsh cannot read {token}")

    (console,) = (each for each in logging.getLogger().handlers if isinstance(each.formatter, LineFormatter))
    monkeypatch.setattr(console, "formatter", JsonFormatter())
    monkeypatch.setattr(landing, "visit_by_token", fail)
    Client(raise_request_exception=False).get(f"/r/{handed}")
    lines = written.getvalue().splitlines()
    told = [json.loads(line) for line in lines]
    assert [each["status"] for each in told if "fault" in each] == [500]
    assert handed not in written.getvalue()
    assert "Ada" not in written.getvalue()


def test_address_of_a_person_reaches_no_line(written: StringIO) -> None:
    logging.getLogger("django.request").error("no mailbox for %s", "ada.marsh@uni.example")
    assert "no mailbox for (address)" in written.getvalue()
