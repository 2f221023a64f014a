"""Every kind of mail with hostile facts in every place: no header, no link, no markup and no template of theirs."""

from __future__ import annotations

import email
import email.policy
import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.adapters.post.kinds.invitation import ROLES
from vouchsafe.adapters.post.kinds.samples import sample_route
from vouchsafe.adapters.post.mail import Address, Mail, Route
from vouchsafe.adapters.post.render import render
from vouchsafe.core.words import Sentence, say
from vouchsafe.doors.worker.carrying import KINDS

NOT_WORDS = {
    "said": st.sampled_from(["answered", "contact", "declined"]),
    "role": st.sampled_from(sorted(ROLES)),
    "number": None,
    "zone": st.sampled_from(["Europe/Warsaw", "America/New_York", "UTC"]),
    "language": None,
}
PAGE = "https://v.example/r/" + "k" * 43
TRICKS = (
    "Ada\r\nBcc: eve@evil.example", "Ada\nContent-Type: text/html\n\n<b>", "{{ 73*73 }}", "{% for x in y %}", "{applicant}",
    "{0.__class__}", "%(name)s", "%s", "<script>alert(1)</script>", "</td></table><a href='https://evil.example'>", "\u202emoc.live",
    "\u2066x\u2069", "a@evil.example", '"Ada" <ada@evil.example>', "=?utf-8?q?=0d=0aBcc:_x?=", "אדה בת אברהם", "\x00\x1b[2J", "\u2028",
    "-- ", "== Reply above this line ==", "> quoted", "From here", "W" * 500, "ż" * 500, "👩🏽‍🚀" * 40, "\ud800", "https://evil.example/x",
)  # fmt: skip
HOSTILE = st.one_of(
    st.sampled_from(TRICKS),
    st.lists(st.sampled_from(TRICKS), min_size=2, max_size=4).map(" ".join),
    st.text(
        alphabet=st.one_of(st.sampled_from("\r\n\t {}%<>&'\"@,;:=?\u202e\u2028\x85"), st.characters()),
        max_size=60,
    ),
)
HEADERS = {
    "from", "to", "subject", "date", "message-id", "reply-to", "references", "list-unsubscribe", "list-unsubscribe-post",
    "auto-submitted", "mime-version", "content-type",
}  # fmt: skip


def _value(name: str, kind: Any) -> st.SearchStrategy[Any]:
    """What a caller may put there, with the worst words a person may have typed."""
    if name.endswith("_url"):
        return st.sampled_from(["", PAGE])
    if NOT_WORDS.get(name) is not None and kind is str:
        return NOT_WORDS[name]
    said = str(kind)
    if name == "rows":
        row = st.tuples(HOSTILE, HOSTILE, st.sampled_from([None, date(2026, 10, 30)]))
        return st.lists(row, min_size=1, max_size=3)
    if name == "things" or said.startswith("collections.abc.Sequence[vouchsafe"):
        return st.lists(HOSTILE.map(lambda words: say("Look at {it}.", it=words)), min_size=1, max_size=3)
    if "Sequence[str]" in said:
        return st.lists(HOSTILE, max_size=3)
    if "Sentence" in said:
        return HOSTILE.map(lambda words: say("{words} is why.", words=words))
    if "bytes" in said or "Attachment" in said:
        return st.nothing()
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(1, 3)
    if "datetime" in said:
        return st.just(datetime(2026, 10, 1, 10, 30, tzinfo=UTC))
    if "date" in said:
        return st.just(date(2026, 10, 30))
    assert kind is str, (name, kind)
    return HOSTILE


def _facts(make: Callable[..., Mail]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(make)
    fixed, free = {}, {}
    for name, parameter in inspect.signature(make).parameters.items():
        if name == "route" or parameter.kind is parameter.VAR_KEYWORD:
            continue
        values = _value(name, hints[name])
        if values.is_empty:
            continue
        (fixed if parameter.default is parameter.empty else free)[name] = values
    return st.fixed_dictionaries(fixed, optional=free)


@st.composite
def _mails(draw: st.DrawFn, kinds: tuple[str, ...]) -> Mail:
    make = KINDS[draw(st.sampled_from(kinds))]
    stop = draw(st.sampled_from(["", "https://v.example/stop/" + "k" * 43]))
    route: Route = replace(
        sample_route(kept_by=draw(st.one_of(st.just(""), HOSTILE))),
        to=Address("t@x.example", draw(HOSTILE)),
        stop_url=stop,
        references=("<first@v.example>",),
    )
    facts = draw(_facts(make))
    if "page_url" in inspect.signature(make).parameters and make.__name__ == "bounce":
        facts["page_url"] = PAGE  # never without its page
    for name in ("page_url",):
        if (
            facts.get(name) == ""
            and inspect.signature(make).parameters[name].default is inspect.Parameter.empty
        ):
            facts[name] = PAGE
    return make(route, **facts)


class _Reader(HTMLParser):
    """The tags, links and words that a program would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.links += [found["href"] or ""] if "href" in found else []
        self._hidden += tag in ("style", "title") or "display:none" in (found.get("style") or "")
        assert not [name for name in found if name.startswith("on") or name == "src"]

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in ("style", "title", "div"):
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


OURS = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "tbody", "p", "a", "br",
}  # fmt: skip


def check(mail: Mail) -> None:
    """What must hold of every mail, whatever its facts."""
    rendered = render(mail)
    head = rendered.raw.split(b"\r\n\r\n", 1)[0].decode("ascii")
    names = [line.split(":")[0].lower() for line in head.split("\r\n") if line[0] != " "]
    assert set(names) <= HEADERS
    assert len(names) == len(set(names))
    assert max(map(len, rendered.raw.split(b"\r\n"))) <= 998
    message = email.message_from_bytes(rendered.raw, policy=email.policy.default)
    assert not message.defects
    assert [each.addr_spec for each in message["To"].addresses] == ["t@x.example"]
    assert [each.addr_spec for each in message["From"].addresses] == ["post@vouchsafe.example"]
    assert [part.get_content_type() for part in message.walk()][:3] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert len(rendered.subject) <= 200
    read = _Reader()
    read.feed(rendered.html)
    assert read.tags <= OURS
    own = [mail.button, *mail.paragraphs, *mail.lines, *mail.foot]
    expected = [
        each.url for each in (*mail.paragraphs, mail.button, *mail.lines, *mail.foot) if hasattr(each, "url")
    ]
    assert sorted(read.links) == sorted(expected)
    assert len(own) >= len(expected)
    shown = f"{rendered.subject}{rendered.text}{rendered.html}"
    assert not set(shown) & set("\r\x00\x1b\u202e\u2066\u2069\u2028\x85")
    text = [word for word in rendered.text.replace("\n-- \n", "\n").split() if word not in expected]
    assert [word.replace(":", "") for word in text if word.strip(":")] == [
        word.replace(":", "") for word in read.words if word.strip(":")
    ]


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_no_kind_lets_a_fact_be_more_than_words(kind: str, data: st.DataObject) -> None:
    check(data.draw(_mails((kind,))))


@pytest.mark.soak
@settings(max_examples=10_000, deadline=None)
@given(mail=_mails(tuple(sorted(KINDS))))
def test_no_kind_lets_a_fact_be_more_than_words_long(mail: Mail) -> None:
    check(mail)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("trick", ["{{ 73*73 }} {% if x %}", "{applicant} {0} %(name)s %s"])
def test_template_marks_come_out_as_they_were_typed(kind: str, trick: str) -> None:
    make = KINDS[kind]
    hints = get_type_hints(make)
    words = [
        name
        for name, one in inspect.signature(make).parameters.items()
        if hints[name] is str
        and not name.endswith("_url")
        and name not in NOT_WORDS
        and name not in ("what",)
    ]
    for name in words:
        filled = {**_plain(make), name: trick}
        shown = " ".join(render(make(sample_route(), **filled)).text.split())
        html = render(make(sample_route(), **filled)).html
        assert "5329" not in html
        assert (trick in shown) is (name in shown_by(make, name))


def shown_by(make: Callable[..., Mail], name: str) -> set[str]:
    """The facts whose words stand in the body: a canary tells."""
    text = render(make(sample_route(), **{**_plain(make), name: "tinderbox-quillwort"})).text
    return {name} if "tinderbox-quillwort" in text else set()


def _plain(make: Callable[..., Mail]) -> dict[str, Any]:
    """Believable facts for every place that must be filled."""
    hints = get_type_hints(make)
    made: dict[str, Any] = {}
    for name, one in inspect.signature(make).parameters.items():
        if name == "route" or one.kind is one.VAR_KEYWORD or one.default is not one.empty:
            continue
        kind = hints[name]
        if name.endswith("_url"):
            made[name] = PAGE
        elif name in ("said", "role", "zone"):
            made[name] = {"said": "answered", "role": "applicant", "zone": "UTC"}[name]
        elif name == "rows":
            made[name] = [("Maya Okafor", "MSc Statistics", None)]
        elif name == "things":
            made[name] = [say("Look.")]
        elif "Sequence[str]" in str(kind):
            made[name] = ["MSc Statistics"]
        elif kind is Sentence:
            made[name] = say("It is so.")
        elif kind is datetime:
            made[name] = datetime(2026, 10, 1, 10, 30, tzinfo=UTC)
        elif "date" in str(kind):
            made[name] = date(2026, 10, 30)
        else:
            made[name] = {bool: True, int: 1, str: "Maya Okafor"}[kind]
    return made
