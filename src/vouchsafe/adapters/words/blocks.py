"""mammoth's HTML as blocks: plain values, ready for a frame. A run is [text, bold, italic]."""

from __future__ import annotations

from typing import Any

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "div", "li"})
_LISTS = frozenset({"ul", "ol"})

Runs = list[list[Any]]


def blocks_from_html(root: Any) -> list[dict[str, Any]]:
    """Every block with words in it, in order. Tables give one paragraph a cell; footnotes their own list."""
    blocks: list[dict[str, Any]] = []
    _walk(root, blocks)
    return [block for block in blocks if _has_words(block)]


def _walk(element: Any, blocks: list[dict[str, Any]]) -> None:
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _LISTS:
            items = [_runs_of(item) for item in child if item.tag == "li"]
            blocks.append({"items": [item for item in items if item], "numbered": tag == "ol"})
        elif tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6"):
            blocks.append({"runs": _runs_of(child, bold=tag != "p")})
        elif any(
            isinstance(inner.tag, str) and inner.tag in _BLOCKS | _LISTS for inner in child.iterdescendants()
        ):
            _walk(child, blocks)
        else:
            blocks.append({"runs": _runs_of(child)})


def _runs_of(element: Any, *, bold: bool = False, italic: bool = False) -> Runs:
    runs: Runs = []
    _collect(element, bold, italic, runs)
    merged: Runs = []
    for text, is_bold, is_italic in runs:
        if merged and merged[-1][1:] == [is_bold, is_italic]:
            merged[-1][0] += text
        elif text:
            merged.append([text, is_bold, is_italic])
    if merged:
        merged[0][0] = merged[0][0].lstrip()
        merged[-1][0] = merged[-1][0].rstrip()
    return [run for run in merged if run[0]]


def _collect(element: Any, bold: bool, italic: bool, runs: Runs) -> None:
    if element.text:
        runs.append([element.text, bold, italic])
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            runs.append(["\n", bold, italic])
        elif tag == "sup" and child.find(".//a") is not None:
            pass  # a footnote's mark: its text follows at the end
        elif tag == "a" and "note-ref-" in child.get("href", ""):
            pass  # the arrow back from a footnote to its mark
        elif tag:
            _collect(child, bold or tag in ("strong", "b"), italic or tag in ("em", "i"), runs)
            if tag == "p" and child.getnext() is not None:
                runs.append(["\n", bold, italic])
        if child.tail:
            runs.append([child.tail, bold, italic])


def _has_words(block: dict[str, Any]) -> bool:
    if "items" in block:
        return bool(block["items"])
    return any(run[0].strip() for run in block["runs"])
