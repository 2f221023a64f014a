"""JSON-LD, microdata and RDFa in pages people save."""

from __future__ import annotations

import json

import pytest

from vouchsafe.core.reading.posting import PostingRead, PostingsRead, read_posting

POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Archivist",
    "hiringOrganization": {"@type": "Organization", "name": "Hull Library"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Hull", "addressCountry": "GB"}},
    "datePosted": "2026-03-01",
    "validThrough": "2026-04-30T23:59:00+01:00",
    "url": "https://jobs.example.org/7",
}


def page(block: str) -> PostingsRead:
    html = f"<!doctype html><html><head><script type='application/ld+json'>{block}</script></head><body>x</body></html>"
    return read_posting(html.encode())


def one(read: PostingsRead) -> PostingRead:
    assert len(read.postings) == 1, read
    return read.postings[0]


def archivist(read: PostingsRead) -> None:
    posting = one(read)
    assert (posting.title, posting.company) == ("Archivist", "Hull Library")
    assert (posting.locations, posting.deadline) == (("Hull, GB",), "2026-04-30T23:59:00+01:00")
    assert posting.url == "https://jobs.example.org/7"


PLAIN = json.dumps(POSTING)


@pytest.mark.parametrize(
    "block",
    [
        PLAIN,
        f"[{PLAIN}]",
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, POSTING]}),
        json.dumps({"@type": "WebPage", "mainEntity": POSTING}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": POSTING}]}),
        json.dumps([[{"a": [{"b": POSTING}]}]]),
        json.dumps({**POSTING, "@type": ["Thing", "JobPosting"]}),
        json.dumps({**POSTING, "@type": "http://schema.org/JobPosting"}),
        json.dumps(
            {"@type": "schema:JobPosting", **{f"schema:{k}": v for k, v in POSTING.items() if k[0] != "@"}}
        ),
        json.dumps({**POSTING, "title": {"@value": "Archivist", "@language": "en"}}),
        json.dumps({**POSTING, "title": ["Archivist"]}),
        json.dumps(
            {
                "@graph": [
                    {**POSTING, "hiringOrganization": {"@id": "#org"}},
                    {"@type": "Organization", "@id": "#org", "name": "Hull Library"},
                ]
            }
        ),
        f"<!--\n{PLAIN}\n-->",
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"/*<![CDATA[*/{PLAIN}/*]]>*/",
        f"{PLAIN};",
        f"// about us\n{PLAIN}",
        PLAIN.replace('"title"', '/* the "title", of course */ "title"'),
        PLAIN[:-1] + ",}",
        PLAIN.replace('"Archivist",', '"Archivist", // 30 hours\n'),
        PLAIN.replace('"', "&quot;"),
        PLAIN.replace("Archivist", "Arch\x01ivist"),
        "\ufeff" + PLAIN,
    ],
)
def test_json_ld_in_any_usual_dress_gives_the_opening(block: str) -> None:
    archivist(page(block))


def test_json_ld_string_with_comment_signs_stays_whole() -> None:
    broken = PLAIN.replace("Hull Library", "A // B /* C */ ,] D")[:-1] + ",}"

    assert one(page(broken)).company == "A // B /* C */ ,] D"


@pytest.mark.parametrize(
    "block",
    [
        PLAIN[:-1],
        PLAIN.replace('"Archivist"', "'Archivist'"),
        PLAIN.replace('"Archivist"', "Archivist"),
        PLAIN.replace('"Archivist"', '"The "Archivist""'),
        PLAIN.replace(", ", " ", 1),
    ],
)
def test_json_ld_that_needs_guessing_is_left_and_said(block: str) -> None:
    read = page(block)

    assert read.postings == ()
    assert "mending it would mean guessing" in str(read.problems[0].why)


def test_broken_block_does_not_hide_the_sound_one() -> None:
    html = f'<script type="application/ld+json">{{"a":</script><script type="application/ld+json; charset=utf-8">{PLAIN}</script>'

    read = read_posting(html.encode())

    archivist(read)
    assert read.problems[0].where == "JSON-LD 1"


def test_opening_inside_an_opening_is_not_this_page_s() -> None:
    other = {**POSTING, "title": "Similar job"}

    assert one(page(json.dumps({**POSTING, "relatedLink": other}))).title == "Archivist"


def test_reference_to_an_opening_elsewhere_is_no_opening() -> None:
    assert page('{"@type":"WebPage","about":{"@type":"JobPosting","@id":"#job"}}').postings == ()


def test_same_block_twice_is_one_opening() -> None:
    block = f'<script type="application/ld+json">{PLAIN}</script>'

    archivist(read_posting((block + block).encode()))


@pytest.mark.parametrize(
    ("changed", "field", "wanted"),
    [
        ({"hiringOrganization": "Hull Library"}, "company", "Hull Library"),
        ({"hiringOrganization": "https://hull.example.org/"}, "company", None),
        ({"hiringOrganization": {"@type": "Organization", "legalName": "Hull Ltd"}}, "company", "Hull Ltd"),
        ({"hiringOrganization": {"@id": "#nowhere"}}, "company", None),
        ({"hiringOrganization": None}, "company", None),
        ({"title": "R&amp;D &#8211; lead"}, "title", "R&D – lead"),
        ({"title": "<b>Archivist</b>"}, "title", "Archivist"),
        ({"title": "  Archivist\n  (m/w)  "}, "title", "Archivist (m/w)"),
        ({"title": "Arch\u202eivist"}, "title", "Archivist"),
        ({"title": "A" * 2000}, "title", None),
        ({"title": 7}, "title", None),
        ({"jobLocation": "Hull"}, "locations", ("Hull",)),
        (
            {"jobLocation": [{"address": "Hull"}, {"address": "York"}, {"address": "Hull"}]},
            "locations",
            ("Hull", "York"),
        ),
        ({"jobLocation": {"@type": "Place", "name": "Hull"}}, "locations", ("Hull",)),
        (
            {"jobLocation": {"address": {"addressCountry": {"@type": "Country", "name": "UK"}}}},
            "locations",
            ("UK",),
        ),
        ({"jobLocation": [], "jobLocationType": "TELECOMMUTE"}, "locations", ("Remote",)),
        ({"jobLocationType": "TELECOMMUTE"}, "locations", ("Hull, GB",)),
        ({"jobLocation": []}, "locations", ()),
        ({"validThrough": "2026-04-30T00:00"}, "deadline", "2026-04-30"),
        ({"validThrough": "2026-04-30 00:00:00"}, "deadline", "2026-04-30"),
        ({"validThrough": "2026-04-30T00:00:00Z"}, "deadline", "2026-04-30T00:00:00Z"),
        ({"validThrough": "2026-04-30T17:00:00+0200"}, "deadline", "2026-04-30T17:00:00+02:00"),
        ({"validThrough": "30 April 2026"}, "deadline", "2026-04-30"),
        ({"validThrough": "April 30, 2026"}, "deadline", "2026-04-30"),
        ({"validThrough": "30.04.2026"}, "deadline", "2026-04-30"),
        ({"validThrough": "04/05/2026"}, "deadline", None),
        ({"validThrough": "2026-02-30"}, "deadline", None),
        ({"validThrough": "soon"}, "deadline", None),
        ({"validThrough": ""}, "deadline", None),
        ({"url": "/jobs/7"}, "url", None),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"url": "https://user@evil.example/"}, "url", None),
        ({"employmentType": ["FULL_TIME", "INTERN"]}, "employment_type", "FULL_TIME, INTERN"),
        ({"experienceRequirements": {"monthsOfExperience": 24}}, "experience", "24 months of experience"),
        ({"experienceRequirements": "no requirements"}, "experience", "no requirements"),
    ],
)
def test_json_ld_value_is_read_as_said(changed: dict[str, object], field: str, wanted: object) -> None:
    assert getattr(one(page(json.dumps({**POSTING, **changed}))), field) == wanted


def test_date_nobody_can_read_stays_empty_and_is_said() -> None:
    read = page(json.dumps({**POSTING, "validThrough": "04/05/2026"}))

    assert str(read.problems[0].why) == "“04/05/2026” in validThrough is not a date; it stays empty."


def test_canonical_address_serves_a_single_opening_without_one() -> None:
    silent = {key: value for key, value in POSTING.items() if key != "url"}
    head = '<link rel="canonical" href="https://jobs.example.org/seven">'

    html = f'{head}<script type="application/ld+json">{json.dumps(silent)}</script>'

    assert one(read_posting(html.encode())).url == "https://jobs.example.org/seven"


MICRODATA = """
<div itemscope itemtype="http://schema.org/JobPosting" itemref="far">
 <h1 itemprop="title">Archivist</h1><a itemprop="url" href="https://jobs.example.org/7">here</a>
 <div itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
   <img itemprop="logo" src="x.png"><span itemprop="name">Hull <b>Lib</b>rary</span></div>
 <div itemprop="jobLocation" itemscope><div itemprop="address" itemscope>
   <span itemprop="addressLocality">Hull</span><meta itemprop="addressCountry" content="GB"></div></div>
</div>
<p id="far">until <time itemprop="validThrough" datetime="2026-04-30T23:59:00+01:00">the end of April</time></p>
"""

RDFA = """
<div vocab="https://schema.org/" typeof="JobPosting">
 <h1 property="title">Archivist</h1><a property="url" href="https://jobs.example.org/7">here</a>
 <div property="hiringOrganization" typeof="Organization"><span property="name">Hull Library</span></div>
 <div property="jobLocation" typeof="Place"><div property="address" typeof="PostalAddress">
   <span property="addressLocality">Hull</span><meta property="addressCountry" content="GB"></div></div>
 <time property="validThrough" datetime="2026-04-30T23:59:00+01:00">the end of April</time>
</div>
"""


def _prefixed(html: str, prefix: str) -> str:
    import re

    html = html.replace('vocab="https://schema.org/" ', "")
    return re.sub(r'(property|typeof)="(\w+)"', rf'\1="{prefix}:\2"', html)


@pytest.mark.parametrize(
    "html",
    [
        MICRODATA,
        RDFA,
        RDFA.replace("https://schema.org/", "http://schema.org/"),
        f'<div prefix="s: https://schema.org/ og: http://ogp.me/ns#">{_prefixed(RDFA, "s")}</div>',
        f'<div xmlns:s="http://schema.org/">{_prefixed(RDFA, "s")}</div>',
        _prefixed(RDFA, "schema"),
        RDFA.replace('property="hiringOrganization"', 'rel="hiringOrganization"'),
    ],
)
def test_marked_up_page_gives_the_opening(html: str) -> None:
    archivist(read_posting(f"<html><body>{html}</body></html>".encode()))


@pytest.mark.parametrize(
    "html",
    [
        RDFA.replace("https://schema.org/", "https://other.example/"),
        _prefixed(RDFA, "other"),
        MICRODATA.replace("JobPosting", "Product"),
        "<p>JobPosting</p><div typeof='JobPosting'><b property='title'>x</b></div>",
    ],
)
def test_page_marked_up_with_something_else_gives_nothing(html: str) -> None:
    assert read_posting(f"<html><body>{html}</body></html>".encode()).postings == ()


def test_two_notations_of_one_opening_fill_each_other() -> None:
    silent = {"@context": "https://schema.org", "@type": "JobPosting", "title": "archivist"}
    html = f'<script type="application/ld+json">{json.dumps(silent)}</script>{MICRODATA}'

    posting = one(read_posting(html.encode()))

    assert (posting.title, posting.company, posting.locations) == ("archivist", "Hull Library", ("Hull, GB",))


def test_two_items_on_a_page_are_two_openings() -> None:
    html = MICRODATA + MICRODATA.replace("Archivist", "Registrar").replace("/7", "/8").replace("far", "off")

    assert [each.title for each in read_posting(html.encode()).postings] == ["Archivist", "Registrar"]


def test_bare_json_ld_file_gives_the_opening() -> None:
    archivist(read_posting(PLAIN.encode(), name="job.json"))


def test_page_saved_as_mhtml_gives_the_opening() -> None:
    import base64

    body = base64.encodebytes(
        f'<html><script type="application/ld+json">{PLAIN}</script></html>'.encode()
    ).decode()
    head = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    )
    part = f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b--\r\n"

    archivist(read_posting((head + part).encode()))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252", "iso-8859-2"]
)
def test_page_in_its_own_encoding_keeps_its_letters(encoding: str) -> None:
    label = encoding if encoding.startswith(("win", "iso")) else "utf-8"
    posting = json.dumps({**POSTING, "title": "Führer"}, ensure_ascii=False)
    html = f'<html><meta charset="{label}"><script type="application/ld+json">{posting}</script></html>'

    assert one(read_posting(html.encode(encoding))).title == "Führer"
