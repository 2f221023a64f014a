"""Answers of job boards: The Muse, Greenhouse, Lever, Ashby, Workable, SmartRecruiters, and a
JSON Resume job description. Each is known by its shape; a shape nobody knows gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vouchsafe.core.reading.posting.jobposting import no_date, place
from vouchsafe.core.reading.posting.records import MAX_POSTINGS, PostingProblem, PostingRead
from vouchsafe.core.reading.posting.values import epoch_date, iso_date, line, plain, web_address

Node = dict[str, object]
Reader = Callable[[Node, Node, "Day"], PostingRead]


class Day:
    """Reads the dates of one posting and remembers which could not be read."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[PostingProblem] = []

    def __call__(self, node: Node, name: str) -> str | None:
        text = line(node.get(name))
        if text is None:
            return None
        read = iso_date(text)
        if read is None:
            self.problems.append(PostingProblem(self.where, no_date(name, text)))
        return read


def read_board(answer: object) -> tuple[list[PostingRead], list[PostingProblem]] | None:
    """The openings in a board's answer, in its order; None when it is no board's answer."""
    found = [(reader, node, envelope) for reader, node, envelope in _known(answer)][:MAX_POSTINGS]
    if not found:
        return None
    postings: list[PostingRead] = []
    problems: list[PostingProblem] = []
    for number, (reader, node, envelope) in enumerate(found, 1):
        day = Day(f"posting {number}")
        posting = reader(node, envelope, day)
        problems.extend(day.problems)
        if posting.title is not None:
            postings.append(posting)
    return postings, problems


def _known(answer: object) -> Iterator[tuple[Reader, Node, Node]]:
    envelope: Node = answer if isinstance(answer, dict) else {}
    listed: object = [answer] if isinstance(answer, dict) else answer
    for name in ("jobs", "results", "content"):
        if isinstance(envelope.get(name), list):
            listed = envelope[name]
            break
    for node in listed if isinstance(listed, list) else []:
        if not isinstance(node, dict):
            continue
        for fits, reader in _SHAPES:
            if fits(node):
                yield reader, node, envelope
                break


def _sub(node: Node, name: str) -> Node:
    value = node.get(name)
    return value if isinstance(value, dict) else {}


def _dicts(node: Node, name: str) -> list[Node]:
    value = node.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _unique(*places: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in places if each))


def _joined(*texts: str | None) -> str | None:
    return "\n\n".join(text for text in texts if text) or None


def _muse(node: Node, envelope: Node, day: Day) -> PostingRead:
    levels = [line(each.get("name")) for each in _dicts(node, "levels")]
    return PostingRead(
        title=line(node.get("name")),
        company=line(_sub(node, "company").get("name")),
        locations=_unique(*(line(each.get("name")) for each in _dicts(node, "locations"))),
        published=day(node, "publication_date"),
        url=web_address(_sub(node, "refs").get("landing_page")),
        description=plain(node.get("contents")),
        experience=", ".join(level for level in levels if level) or None,
    )


def _greenhouse(node: Node, envelope: Node, day: Day) -> PostingRead:
    # updated_at is not read: it moves with every edit and says nothing about publication.
    return PostingRead(
        title=line(node.get("title")),
        company=line(node.get("company_name")),
        locations=_unique(line(_sub(node, "location").get("name"))),
        published=day(node, "first_published"),
        deadline=day(node, "application_deadline"),
        url=web_address(node.get("absolute_url")),
        description=plain(node.get("content")),
    )


def _lever(node: Node, envelope: Node, day: Day) -> PostingRead:
    categories = _sub(node, "categories")
    everywhere = categories.get("allLocations")
    places = [line(each) for each in everywhere] if isinstance(everywhere, list) else []
    lists = [
        _joined(line(each.get("text")), plain(f"<ul>{each.get('content')}</ul>"))
        for each in _dicts(node, "lists")
    ]
    return PostingRead(
        title=line(node.get("text")),
        locations=_unique(line(categories.get("location")), *places),
        # Lever names one date only, and gives this one as datePosted on its own pages.
        published=epoch_date(node.get("createdAt")),
        url=web_address(node.get("hostedUrl")),
        description=_joined(
            plain(node.get("descriptionPlain") or node.get("description")),
            *lists,
            plain(node.get("additionalPlain") or node.get("additional")),
        ),
        employment_type=line(categories.get("commitment")),
        experience=line(categories.get("level")),
    )


def _ashby(node: Node, envelope: Node, day: Day) -> PostingRead:
    others = [line(each.get("location")) for each in _dicts(node, "secondaryLocations")]
    return PostingRead(
        title=line(node.get("title")),
        locations=_unique(line(node.get("location")), *others),
        published=day(node, "publishedAt"),
        deadline=day(node, "applicationDeadline"),
        url=web_address(node.get("jobUrl")),
        description=plain(node.get("descriptionPlain")) or plain(node.get("descriptionHtml")),
        employment_type=line(node.get("employmentType")),
    )


def _workable(node: Node, envelope: Node, day: Day) -> PostingRead:
    listed = [_workable_place(each) for each in _dicts(node, "locations") if each.get("hidden") is not True]
    # created_at is when somebody began to write it, so only published_on counts.
    return PostingRead(
        title=line(node.get("title")),
        company=line(envelope.get("name")),
        locations=_unique(*listed) or _unique(_workable_place(node)),
        published=day(node, "published_on"),
        url=web_address(node.get("url")) or web_address(node.get("shortlink")),
        description=_joined(plain(node.get("description")), plain(node.get("requirements"))),
        employment_type=line(node.get("employment_type")),
        experience=line(node.get("experience")),
    )


def _workable_place(node: Node) -> str | None:
    region = line(node.get("region")) or line(node.get("state"))
    return place(line(node.get("city")), region, line(node.get("country")))


def _smartrecruiters(node: Node, envelope: Node, day: Day) -> PostingRead:
    location = _sub(node, "location")
    country = line(location.get("country"))
    sections = _sub(_sub(node, "jobAd"), "sections")
    texts = [plain(each.get("text")) for each in sections.values() if isinstance(each, dict)]
    level = line(_sub(node, "experienceLevel").get("label"))
    return PostingRead(
        title=line(node.get("name")),
        company=line(_sub(node, "company").get("name")),
        locations=_unique(
            place(line(location.get("city")), line(location.get("region")), country and country.upper())
        ),
        published=day(node, "releasedDate"),
        # A list answer names only the address of its own next answer; a person's page comes with details.
        url=web_address(node.get("postingUrl"))
        or web_address(node.get("applyUrl"))
        or web_address(node.get("ref")),
        description=_joined(*texts),
        employment_type=line(_sub(node, "typeOfEmployment").get("label")),
        experience=None if level == "Not Applicable" else level,
    )


def _json_resume(node: Node, envelope: Node, day: Day) -> PostingRead:
    location = _sub(node, "location")
    listed = [node.get("responsibilities"), node.get("qualifications")]
    items = [line(each) for group in listed if isinstance(group, list) for each in group]
    return PostingRead(
        title=line(node.get("title")),
        company=line(node.get("company")),
        locations=_unique(
            place(line(location.get("city")), line(location.get("region")), line(location.get("countryCode")))
        ),
        description=_joined(plain(node.get("description")), "\n".join(f"- {each}" for each in items if each)),
        employment_type=line(node.get("type")),
        experience=line(node.get("experience")),
    )


def _has(*names: str) -> Callable[[Node], bool]:
    return lambda node: all(name in node for name in names)


_SHAPES: tuple[tuple[Callable[[Node], bool], Reader], ...] = (
    (_has("name", "company", "refs", "publication_date"), _muse),
    (_has("absolute_url", "title"), _greenhouse),
    (_has("text", "hostedUrl"), _lever),
    (_has("title", "jobUrl"), _ashby),
    (_has("title", "shortcode"), _workable),
    (_has("name", "releasedDate", "location"), _smartrecruiters),
    (
        lambda node: (
            isinstance(node.get("title"), str)
            and isinstance(node.get("company"), str)
            and ("responsibilities" in node or "qualifications" in node)
            and "@context" not in node
        ),
        _json_resume,
    ),
)
