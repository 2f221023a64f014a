"""Hostile, broken and oversized input: refused in a sentence, never a fault, never a hang."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.posting import (
    MAX_BYTES,
    PostingEmpty,
    PostingNotText,
    PostingRead,
    PostingsRead,
    PostingTooDeep,
    PostingTooLarge,
    PostingUnreadable,
    read_pasted,
    read_posting,
)
from vouchsafe.core.words import Refusal


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", PostingEmpty),
        (b" \r\n\t", PostingEmpty),
        (b"\xef\xbb\xbf \n", PostingEmpty),
        (b"\xff\xfe", PostingEmpty),
        (b"x" * 2_000_001, PostingTooLarge),
        (b"%PDF-1.7 ...", PostingNotText),
        (b"PK\x03\x04....", PostingNotText),
        (b"\x89PNG\r\n\x1a\n", PostingNotText),
        (b"bplist00...", PostingNotText),
        (bytes(range(256)) * 20, PostingNotText),
        (b"[" * 5000 + b"]" * 5000, PostingTooDeep),
        (b'{"a":' * 101 + b"1" + b"}" * 101, PostingTooDeep),
        (b'{"title": "Archivist", ', PostingUnreadable),
        (b'{"a": ' + b"9" * 5000 + b"}x", PostingUnreadable),
    ],
)
def test_file_that_cannot_be_read_is_refused(data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as raised:
        read_posting(data)

    assert str(raised.value.sentence)
    assert str(raised.value.hint)


def test_brackets_inside_strings_are_no_depth() -> None:
    data = json.dumps({"@type": "JobPosting", "title": "Archivist", "description": "[{" * 500})

    assert read_posting(data.encode()).postings[0].title == "Archivist"


def test_two_hundred_levels_in_a_page_s_block_are_a_problem_not_a_refusal() -> None:
    html = f"<html><script type='application/ld+json'>{'[' * 200}{']' * 200}</script></html>"

    read = read_posting(html.encode())

    assert "nested too deeply" in str(read.problems[0].why)


BOMBS = {
    "open brackets": b"[{" + b'"a":[' * 300_000,
    "escaped quotes": b'{"a": ' + b'\\"' * 900_000,
    "open comments": b"{" + b"/*" * 900_000,
    "slashes": b"{" + b"/ " * 900_000,
    "spaces": b'{"a"' + b" " * 1_900_000 + b"-->",
    "entities": b"{&quot;" * 250_000,
    "open tags": b"<html>" + b"<p" * 900_000,
    "nested tags": b"<html>JobPosting" + b"<div itemscope itemprop=a>" * 70_000,
    "circular items": b"<html>JobPosting" + b'<p id=a itemscope itemprop=x itemref="a b c"></p>' * 3
    + b'<p id=b itemscope itemprop=y itemref="a b c"><p id=c itemscope itemprop=z itemref="b a c">' * 2
    + b'<div itemscope itemtype="http://schema.org/JobPosting" itemref="a b c">' * 2000,
    "nested things": b"<html>JobPosting" + b"<div vocab='http://schema.org/' typeof=JobPosting property=a>" * 30_000,
    "open script": b"<html>" + b"<script type='application/ld+json'>" * 50_000,
    "comment ends": b"<html>" + b"<!--" * 450_000,
    "labels": b"Deadline: " * 190_000,
    "apply by": b"apply by " * 200_000,
    "front": b"---\n" + b"a\n" * 900_000,
    "spaced text": b"a" + b" " * 1_900_000 + b"b",
    "newlines": b"a" + b"\n " * 900_000 + b"b",
    "ampersands": b"<html>" + b"&#" * 900_000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_read_or_refused_soon(name: str) -> None:
    assert len(BOMBS[name]) <= MAX_BYTES  # else the size alone would refuse it
    start = time.process_time()

    with suppress(Refusal):
        read_posting(BOMBS[name])

    assert time.process_time() - start < 8


def well_formed(read: PostingsRead) -> None:
    for posting in read.postings:
        for each in fields(PostingRead):
            value = getattr(posting, each.name)
            assert value is None or isinstance(value, str | tuple)
        json.dumps([str(posting)]).encode()
        (posting.title or "").encode()
    for problem in read.problems:
        str(problem.why).encode()


_NODES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@value",
                    "@graph",
                    "title",
                    "name",
                    "company",
                    "hiringOrganization",
                    "jobLocation",
                    "address",
                    "url",
                    "datePosted",
                    "validThrough",
                    "jobs",
                    "results",
                    "content",
                    "text",
                    "hostedUrl",
                    "jobUrl",
                    "categories",
                    "createdAt",
                    "lists",
                    "refs",
                    "publication_date",
                    "absolute_url",
                    "shortcode",
                    "locations",
                    "releasedDate",
                    "location",
                    "responsibilities",
                    "experienceRequirements",
                    "monthsOfExperience",
                    "description",
                    "levels",
                ]
            ),
            inner | st.sampled_from(["JobPosting", "2026-01-01", "2026-13-45", "https://a.example/x"]),
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"\x00")
@example(b"{\x00")
@example(b"<")
@example(b"<html>\xed\xa0\x80")
@example(b'{"@type":"JobPosting","title":"\\ud800"}')
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        well_formed(read_posting(data))
    except Refusal:
        return


@settings(max_examples=150, deadline=None)
@given(_NODES)
def test_any_json_is_read(value: object) -> None:
    data = json.dumps(
        {"@type": "JobPosting", "title": value, "x": value, "jobs": [value, {"title": value, "jobUrl": 1}]}
    )
    for text in (data, json.dumps(value), f"<html><script type='application/ld+json'>{data}</script>"):
        try:
            well_formed(read_posting(text.encode()))
        except Refusal:
            continue


_SCRAPS = st.lists(
    st.sampled_from(
        [
            "<div itemscope itemtype='http://schema.org/JobPosting' ", "itemref='a b'", "id=a ", ">", "</div>", "itemprop=title",
            "<span ", "typeof='schema:JobPosting' ", "property='schema:title'", "Deadline: ", "apply by ", "1 May 2026",
            "<script type='application/ld+json'>", "{", "}", '"', '"@type":"JobPosting"', ",", "</script>", "<!--", "-->", "]]>",
            "x", "\n", "---\n", "title: y\n", "&quot;", "\x00", "\ufeff", "ß",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_SCRAPS)
def test_any_scraps_are_read_or_refused(text: str) -> None:
    for read in (lambda: read_posting(text.encode()), lambda: read_pasted(text)):
        try:
            well_formed(read())
        except Refusal:
            continue


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None)
@given(st.one_of(st.binary(max_size=3000), _SCRAPS.map(str.encode)))
def test_any_bytes_are_read_or_refused_at_length(data: bytes) -> None:
    try:
        well_formed(read_posting(data))
    except Refusal:
        return
