"""The words of an OpenDocument text, from its content.xml."""

from __future__ import annotations

from typing import Any

from lxml import etree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
# Remarks, tracked deletions and fields' scripts are not words of the letter.
_SKIPPED = frozenset(
    {
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note-citation",
        f"{_TEXT}script",
    }
)

Style = tuple[bool, bool]


def blocks_from_content(content: bytes) -> list[dict[str, Any]]:
    """Every paragraph, heading and list, in order."""
    # Entities stay unresolved and nothing is fetched: a document may not pull other files in.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    styles = _styles(root)
    body = root.find(f".//{_OFFICE}text")
    blocks: list[dict[str, Any]] = []
    if body is not None:
        _walk(body, styles, blocks)
    return blocks


def _styles(root: Any) -> dict[str, Style]:
    found = {}
    for style in root.iter(f"{_STYLE}style"):
        look = style.find(f"{_STYLE}text-properties")
        if look is not None:
            bold = look.get(f"{_FO}font-weight") in ("bold", "600", "700", "800", "900")
            found[style.get(f"{_STYLE}name", "")] = (bold, look.get(f"{_FO}font-style") == "italic")
    return found


def _walk(element: Any, styles: dict[str, Style], blocks: list[dict[str, Any]]) -> None:
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            runs = _runs(child, styles, bold=child.tag == f"{_TEXT}h")
            if runs:
                blocks.append({"runs": runs})
        elif child.tag == f"{_TEXT}list":
            items = [_item(item, styles) for item in child.iter(f"{_TEXT}list-item")]
            blocks.append({"items": [item for item in items if item], "numbered": False})
        else:
            _walk(child, styles, blocks)


def _item(item: Any, styles: dict[str, Style]) -> list[list[Any]]:
    runs: list[list[Any]] = []
    for paragraph in item.findall(f"{_TEXT}p"):
        if runs:
            runs[-1][0] += "\n"
        runs += _runs(paragraph, styles)
    return runs


def _runs(paragraph: Any, styles: dict[str, Style], *, bold: bool = False) -> list[list[Any]]:
    runs: list[list[Any]] = []
    own_bold, own_italic = styles.get(paragraph.get(f"{_TEXT}style-name", ""), (False, False))
    _collect(paragraph, (bold or own_bold, own_italic), styles, runs)
    merged: list[list[Any]] = []
    for run in runs:
        if merged and merged[-1][1:] == run[1:]:
            merged[-1][0] += run[0]
        else:
            merged.append(run)
    return merged if any(run[0].strip() for run in merged) else []


def _collect(element: Any, style: Style, styles: dict[str, Style], runs: list[list[Any]]) -> None:
    if element.text:
        runs.append([element.text, *style])
    for child in element:
        if child.tag == f"{_TEXT}s":
            runs.append([" " * min(int(child.get(f"{_TEXT}c", "1")), 100), *style])
        elif child.tag == f"{_TEXT}tab":
            runs.append([" ", *style])
        elif child.tag == f"{_TEXT}line-break":
            runs.append(["\n", *style])
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            look = styles.get(child.get(f"{_TEXT}style-name", ""), (False, False))
            _collect(child, (style[0] or look[0], style[1] or look[1]), styles, runs)
        if child.tail:
            runs.append([child.tail, *style])
