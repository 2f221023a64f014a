"""What an HTML page marks up: JSON-LD blocks, microdata, RDFa, its address and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vouchsafe.core.reading.posting.mending import MendingError, NestingError, load
from vouchsafe.core.reading.posting.records import HTML_DEPTH, PostingProblem
from vouchsafe.core.reading.posting.values import plain, web_address
from vouchsafe.core.words import say

Node = dict[str, object]

_LINKS = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "embed": "src",
    "iframe": "src", "source": "src", "track": "src", "video": "src", "object": "data",
}  # fmt: skip
_UNREAD = {"script", "style", "template", "noscript"}
MAX_ITEMS = 50_000
_XMLNS = re.compile(r"xmlns:([A-Za-z_][\w.-]*)")


@dataclass(slots=True)
class Page:
    """One parsed page."""

    json_ld: list[object] = field(default_factory=list)
    microdata: list[object] = field(default_factory=list)
    rdfa: list[object] = field(default_factory=list)
    address: str | None = None
    text: str | None = None
    problems: list[PostingProblem] = field(default_factory=list)


def read_page(text: str) -> Page:
    """Everything the page marks up. MendingError pages are read as a browser would, as far as they go."""
    page = Page()
    # Bytes, not str: libxml2 refuses a str that declares an encoding, as saved XHTML pages do.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # the parser's word for "not one element in it"
        root = None
    if root is None:
        page.text = plain(text)
        return page
    _read_scripts(root, page)
    if "JobPosting" in text:  # most pages mark up only themselves: no need to walk those
        scopes = root.findall(".//*[@itemscope]")
        if scopes:
            microdata = _Microdata(root)
            page.microdata = [microdata.item(element) for element in scopes if _top(element)]
        if root.find(".//*[@typeof]") is not None:
            page.rdfa = _rdfa(root)
    page.address = _own_address(root)
    page.text = plain(_body(root))
    return page


def _read_scripts(root: etree._Element, page: Page) -> None:
    number = 0
    for script in root.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        source = script.text or ""
        if kind != "application/ld+json" or not source.strip():
            continue
        number += 1
        try:
            page.json_ld.append(load(source))
        except NestingError:
            page.problems.append(
                PostingProblem(f"JSON-LD {number}", say("This block is nested too deeply to be an opening."))
            )
        except MendingError as broken:
            page.problems.append(
                PostingProblem(
                    f"JSON-LD {number}",
                    say(
                        "This block is broken at its line {line}, and mending it would mean guessing.",
                        line=broken.line,
                    ),
                )
            )


def _own_address(root: etree._Element) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return web_address(link.get("href"))
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:url":
            return web_address(meta.get("content"))
    return None


def _body(root: etree._Element) -> str:
    """The words a reader sees, with the tags that break lines kept for `plain`."""
    body = root.find("body")
    return _walked(root if body is None else body, tags=True)


def _walked(element: etree._Element, *, tags: bool) -> str:
    parts: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        tag = each.tag if isinstance(each.tag, str) else ""
        if event == "start":
            shown = None if tag in _UNREAD else each.text
        else:
            shown = each.tail if each is not element else None
        mark = ("<" if event == "start" else "</") + tag + ">" if tags else ""
        text = shown or ""
        parts += (mark, _escaped(text)) if tags else (text,)
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- microdata ---------------------------------------------------------------------------------


class _Microdata:
    """The page's items. `itemref` may point in circles: no item is entered twice on one way down,
    and a page gets so many steps in all."""

    def __init__(self, root: etree._Element) -> None:
        self.named: dict[str, etree._Element] = {}
        for element in root.iterfind(".//*[@id]"):
            self.named.setdefault(element.get("id") or "", element)
        self.steps = MAX_ITEMS

    def item(self, element: etree._Element, above: frozenset[etree._Element] = frozenset()) -> Node:
        item: Node = {"@type": (element.get("itemtype") or "").split()}
        if element.get("itemid"):
            item["@id"] = element.get("itemid")
        above |= {element}
        for root in (element, *self._referred(element)):
            for prop in _own_properties(root, include_root=root is not element):
                self.steps -= 1
                if prop in above or self.steps < 0 or len(above) > HTML_DEPTH:
                    continue
                value = self.item(prop, above) if prop.get("itemscope") is not None else _value(prop)
                for name in (prop.get("itemprop") or "").split()[:20]:
                    _add(item, name, value)
        return item

    def _referred(self, element: etree._Element) -> list[etree._Element]:
        names = dict.fromkeys((element.get("itemref") or "").split()[:50])
        return [found for name in names if (found := self.named.get(name)) is not None]


def _top(element: etree._Element) -> bool:
    return element.get("itemprop") is None


def _own_properties(root: etree._Element, *, include_root: bool) -> Iterator[etree._Element]:
    """Elements with a property of this item, not of an item inside it."""
    stack = [root] if include_root else list(reversed(root))
    while stack:
        element = stack.pop()
        if element.get("itemprop") is not None:
            yield element
        if element.get("itemscope") is None:
            stack.extend(reversed(element))


def _value(element: etree._Element) -> str:
    """The value a plain property element stands for."""
    if element.get("content") is not None:
        return str(element.get("content"))
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "time" and element.get("datetime") is not None:
        return str(element.get("datetime"))
    if tag in _LINKS and element.get(_LINKS[tag]) is not None:
        return str(element.get(_LINKS[tag]))
    if tag in ("data", "meter") and element.get("value") is not None:
        return str(element.get("value"))
    if element.find(".//p") is not None or element.find(".//li") is not None:
        return _walked(element, tags=True)
    return re.sub(r"\s+", " ", _walked(element, tags=False)).strip()


def _add(item: Node, name: str, value: object) -> None:
    held = item.setdefault(name, [])
    if isinstance(held, list):
        held.append(value)


# --- RDFa ----------------------------------------------------------------------------------------


def _rdfa(root: etree._Element) -> list[object]:
    """Typed RDFa things (RDFa Lite, and `about`, `rel` with `href` or `resource`).

    Terms need a vocabulary or a prefix that says schema.org; with neither, a page's `typeof` is
    about something else and is not read.
    """
    found: list[object] = []
    for element in root.iterfind(".//*[@typeof]"):
        belongs = element.get("property") is not None or element.get("rel") is not None
        if not (belongs and any(above.get("typeof") is not None for above in element.iterancestors())):
            found.append(_thing(element, 0))
    return found


def _thing(element: etree._Element, depth: int) -> Node:
    thing: Node = {"@type": [_term(element, each) for each in (element.get("typeof") or "").split()]}
    name = element.get("about") or element.get("resource") or element.get("href")
    if name:
        thing["@id"] = name
    if depth >= HTML_DEPTH:
        return thing
    for prop in _rdfa_properties(element):
        if prop.get("typeof") is not None:
            value: object = _thing(prop, depth + 1)
        elif prop.get("content") is not None:
            value = prop.get("content")
        elif prop.get("resource") or prop.get("href") or prop.get("src"):
            target = prop.get("resource") or prop.get("href") or prop.get("src")
            value = target if web_address(target) else {"@id": target}
        else:
            value = _value(prop)
        for name in (prop.get("property") or prop.get("rel") or "").split():
            _add(thing, _term(prop, name), value)
    return thing


def _rdfa_properties(root: etree._Element) -> Iterator[etree._Element]:
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        named = element.get("property") is not None or (
            element.get("rel") is not None and element.get("typeof") is not None
        )
        if named:
            yield element
        if element.get("typeof") is None:
            stack.extend(reversed(element))


def _term(element: etree._Element, name: str) -> str:
    """The full name of a term: by prefix, by vocabulary, or empty when it is not schema.org's."""
    if re.match(r"https?://(?:www\.)?schema\.org/", name):
        return name
    prefix, colon, local = name.partition(":")
    if not colon:
        vocab = next((v for each in _self_and_above(element) if (v := each.get("vocab")) is not None), "")
        return f"{vocab}{name}" if "schema.org" in vocab else ""
    for each in _self_and_above(element):
        if _declares(each, prefix):
            return f"https://schema.org/{local}"
    # "schema" is in RDFa's initial context, so pages may use it without declaring it.
    return f"https://schema.org/{local}" if prefix.lower() == "schema" else ""


def _declares(element: etree._Element, prefix: str) -> bool:
    pairs = (element.get("prefix") or "").split()
    for name, target in zip(pairs[::2], pairs[1::2], strict=False):
        if name.rstrip(":").lower() == prefix.lower():
            return "schema.org" in target
    for key, value in element.attrib.items():
        found = _XMLNS.fullmatch(str(key))
        if found and found.group(1).lower() == prefix.lower():
            return "schema.org" in str(value)
    return False


def _self_and_above(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()
