"""A schema.org JobPosting, however it was written down, to the facts of an opening.

JSON-LD, microdata and RDFa all arrive here as JSON-LD's shape: dicts with `@type` and properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.reading.posting.records import MAX_POSTINGS, PostingProblem, PostingRead
from vouchsafe.core.reading.posting.values import iso_date, line, plain, web_address
from vouchsafe.core.words import Sentence, say

Node = dict[str, object]


def job_postings(documents: list[object]) -> Iterator[tuple[Node, dict[str, Node]]]:
    """Every JobPosting anywhere in the documents, with the index that resolves its `@id`s."""
    index: dict[str, Node] = {}
    found: list[Node] = []
    for document in documents:
        _walk(document, index, found)
    for node in found[:MAX_POSTINGS]:
        yield node, index


def _walk(document: object, index: dict[str, Node], found: list[Node]) -> None:
    stack: list[tuple[object, bool]] = [(document, False)]
    while stack:
        value, inside = stack.pop()
        if isinstance(value, list):
            stack.extend((each, inside) for each in reversed(value))
        elif isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > len(index.get(name, {})):
                index[name] = value
            posting = is_a(value, "JobPosting")
            if posting and not inside and len(value) > 1 + ("@id" in value):
                found.append(value)
            # A posting named inside another one is a link to a further opening, not this page's.
            stack.extend((each, inside or posting) for each in reversed(list(value.values())))


def is_a(node: Node, name: str) -> bool:
    """Whether one of the node's types is schema.org's `name`, prefixed, expanded or bare."""
    types = node.get("@type", node.get("type") if "@context" in node else None)
    listed = types if isinstance(types, list) else [types]
    return any(isinstance(each, str) and _last(each) == name for each in listed)


def _last(name: str) -> str:
    return re.split(r"[/#:]", name.strip())[-1]


class _Reader:
    """Property access over one JobPosting: prefixes, lists, `@value`, `@id`."""

    def __init__(self, index: dict[str, Node]) -> None:
        self.index = index

    def values(self, node: Node, name: str) -> list[object]:
        """All values of a property, in order, references resolved once."""
        found: list[object] = []
        for key, value in node.items():
            if key == name or (not key.startswith("@") and _last(key) == name):
                found.extend(value if isinstance(value, list) else [value])
        return [self._resolved(each) for each in found]

    def _resolved(self, value: object) -> object:
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        name = value.get("@id")
        if isinstance(name, str) and len(value) <= 1 + ("@type" in value):
            return self.index.get(name, value)
        return value

    def first_line(self, node: Node, *names: str) -> str | None:
        for name in names:
            for value in self.values(node, name):
                text = line(value)
                if text is not None:
                    return text
        return None

    def company(self, node: Node) -> str | None:
        for value in self.values(node, "hiringOrganization"):
            text = self.first_line(value, "name", "legalName") if isinstance(value, dict) else line(value)
            if text is not None and web_address(text) is None:
                return text
        return None

    def locations(self, node: Node) -> tuple[str, ...]:
        found = [self._place(value) for value in self.values(node, "jobLocation")]
        places = tuple(dict.fromkeys(place for place in found if place is not None))
        remote = self.first_line(node, "jobLocationType")
        if not places and remote is not None and remote.upper() == "TELECOMMUTE":
            return ("Remote",)
        return places

    def _place(self, value: object) -> str | None:
        if not isinstance(value, dict):
            text = line(value)
            return text if text is None or web_address(text) is None else None
        for address in self.values(value, "address"):
            text = self._address(address) if isinstance(address, dict) else line(address)
            if text is not None:
                return text
        return self._address(value) or self.first_line(value, "name")

    def _address(self, node: Node) -> str | None:
        country = None
        for value in self.values(node, "addressCountry"):
            country = self.first_line(value, "name") if isinstance(value, dict) else line(value)
        return place(
            self.first_line(node, "addressLocality"),
            self.first_line(node, "addressRegion"),
            country,
        ) or self.first_line(node, "streetAddress", "postalCode")


def place(locality: str | None, region: str | None, country: str | None) -> str | None:
    """City and region; the country only where one of the two is missing. Nothing is said twice."""
    parts = [part for part in (locality, region) if part]
    if country and len(parts) < 2:
        parts.append(country)
    return ", ".join(dict.fromkeys(parts)) or None


def read_job_posting(
    node: Node, index: dict[str, Node], where: str
) -> tuple[PostingRead, list[PostingProblem]]:
    """The opening a JobPosting node tells of, and the dates in it that are no dates."""
    reader = _Reader(index)
    problems: list[PostingProblem] = []

    def day(name: str) -> str | None:
        for value in reader.values(node, name):
            text = line(value)
            if text is None:
                continue
            read = iso_date(text)
            if read is None:
                problems.append(PostingProblem(where, no_date(name, text)))
            return read
        return None

    def addresses() -> Iterator[str | None]:
        for name in ("url", "mainEntityOfPage"):
            for value in reader.values(node, name):
                yield web_address(value.get("@id") if isinstance(value, dict) else value)

    description = "\n\n".join(
        text
        for name in ("description", "responsibilities", "qualifications", "experienceRequirements", "skills")
        for value in reader.values(node, name)
        if (text := plain(value)) is not None
    )
    kinds = [text for value in reader.values(node, "employmentType") if (text := line(value)) is not None]
    posting = PostingRead(
        title=reader.first_line(node, "title", "name"),
        company=reader.company(node),
        locations=reader.locations(node),
        published=day("datePosted"),
        deadline=day("validThrough"),
        url=next((found for found in addresses() if found is not None), None),
        description=description or None,
        employment_type=", ".join(kinds) or None,
        experience=_experience(reader, node),
    )
    return posting, problems


def _experience(reader: _Reader, node: Node) -> str | None:
    for value in reader.values(node, "experienceRequirements"):
        if isinstance(value, dict):
            months = value.get("monthsOfExperience")
            if isinstance(months, int | float | str) and re.fullmatch(r"\d{1,3}(?:\.0)?", str(months)):
                return f"{int(float(months))} months of experience"
            value = reader.first_line(value, "name", "description")
        text = line(value)
        if text is not None:
            return text
    return None


def no_date(name: str, text: str) -> Sentence:
    """The sentence for a date nobody can read; it stays empty."""
    return say("“{text}” in {name} is not a date; it stays empty.", text=text[:60], name=name)
