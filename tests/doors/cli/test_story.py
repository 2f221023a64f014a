"""The whole path, once, as `vouchsafe story` walks it: a real server, a real worker, a real mail server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("VOUCHSAFE_", "DJANGO_"))
}


ANSWERS = """
import json
from vouchsafe.asks.models import Answer
print(json.dumps([
    [row.request.contact.owner.name, row.request.contact.name, row.said]
    for row in Answer.objects.select_related("request__contact__owner")
]))
"""


def vouchsafe(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vouchsafe", *words],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
        timeout=900,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("story")
    done = vouchsafe("story", "--data", str(folder), "--json")
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def test_story_walks_the_whole_path(told: dict[str, object]) -> None:
    titles = [step["title"] for step in told["steps"]]  # type: ignore[attr-defined]  # a list of steps
    begins = (
        "Contacts read", "Opportunity read", "Plan drawn", "Asked in person", "Request opened", "Yes", "Letter taken",
        "Sealed", "Packet made", "Reader’s link opened", "Read", "Verified", "The PDF lies here",
    )  # fmt: skip
    for begin, title in zip(begins, titles, strict=False):
        assert title.startswith(begin)
    assert "genuine" in str(told["verdict"])


def test_others_of_the_story_said_what_they_pressed(told: dict[str, object]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vouchsafe", "manage", "shell", "-c", ANSWERS],
        capture_output=True, text=True, check=True, env={**ENVIRONMENT, "VOUCHSAFE_DATA": str(told["data"])}, timeout=300,
    )  # fmt: skip
    said = json.loads(done.stdout.splitlines()[-1])
    assert sorted(map(tuple, said)) == [
        ("Ada Marsh", "Ben Arkwright", "yes"),
        ("Jonas Lindqvist", "Birgit Linde", "no"),
        ("Jonas Lindqvist", "Dr Amara Nwosu", "yes"),
        ("Priya Venkatesan", "Ruth Castellan", "yes"),
        ("Yusuf Demir", "Marcus Hale", "yes"),
    ]


def test_mails_of_the_story_were_really_sent(told: dict[str, object]) -> None:
    mails = list((Path(str(told["data"])) / "story" / "mail").glob("*.eml"))
    assert len(mails) >= 4
    # … and wait, encrypted, in the mailbox of whoever looks around afterwards.
    kept = list((Path(str(told["data"])) / "mail").glob("*.eml.sealed"))
    assert len(kept) == len(mails)
    assert all(b"Subject" not in path.read_bytes() for path in kept)


def test_letter_of_the_story_verifies_and_a_changed_byte_is_seen(
    told: dict[str, object], tmp_path: Path
) -> None:
    sealed = Path(str(told["pdf"]))
    sound = vouchsafe("verify", str(sealed), "--data", str(told["data"]), "--json")
    assert sound.returncode == 0, sound.stderr
    assert json.loads(sound.stdout)["outcome"] == "genuine"
    data = bytearray(sealed.read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(bytes(data))
    seen = vouchsafe("verify", str(changed), "--data", str(told["data"]), "--json")
    assert seen.returncode == 1
    assert json.loads(seen.stdout)["outcome"] == "changed"


def test_story_with_a_missing_file_says_so(tmp_path: Path) -> None:
    done = vouchsafe("story", "--data", str(tmp_path), "--contacts", str(tmp_path / "none.vcf"))
    assert done.returncode == 1
    assert "can’t be read" in done.stderr
    assert "Traceback" not in done.stderr
