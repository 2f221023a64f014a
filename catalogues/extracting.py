"""Every sentence of the source that is marked for translation.

Python is read as a syntax tree: a mark around anything but literal text is no mark, and is left to what built it.
Templates are read by Jinja's own extractor, in an environment cut like that of the pages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "vouchsafe"
SINGLE = {"gettext", "gettext_lazy", "gettext_noop", "_", "_l", "msg", "say"}
COUNTED = {"ngettext", "ngettext_lazy", "say_n"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_ANY_MARK = re.compile(rf"\b(?:{'|'.join(sorted(SINGLE | COUNTED | IN_CONTEXT))})\(")
IN_TEMPLATES = ("_", "gettext", "ngettext", "pgettext")

Key = tuple[str, str]
"""The context, mostly none, and the English sentence: what a translation is looked up by."""


@dataclass
class Message:
    """A sentence, its plural where it counts, and the files it stands in."""

    msgid: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.msgid


class Clash(Exception):
    """One sentence with two plurals, or counted here and not there.

    A catalogue can hold only one of them; and one that is counted is found uncounted by some versions of Python alone.
    """


def messages(source: Path = SOURCE) -> dict[Key, Message]:
    """All of them, in the order of files and lines."""
    found: dict[Key, Message] = {}
    for path in sorted(source.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            each = in_python(path.read_text(encoding="utf-8"))
        elif path.suffix == ".html" and "jinja2" in path.parts:
            each = in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for context, msgid, plural in each:
            known = found.setdefault((context, msgid), Message(msgid, plural, context))
            if known.plural != plural:
                raise Clash(
                    f"{path}: {msgid!r} with {plural or 'no plural'!r}, elsewhere with {known.plural or 'none'!r}"
                )
            known.files.add(path.relative_to(source).as_posix())
    return found


def in_python(text: str) -> Iterator[tuple[str, str, str]]:
    """Context, sentence and plural of each mark, in the order of lines."""
    if not _ANY_MARK.search(text):
        return
    marked = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and node.args]
    for call in sorted(marked, key=lambda node: (node.lineno, node.col_offset)):
        name = _name(call.func)
        if name in SINGLE:
            yield from (("", said, "") for said in _texts(call.args[0]) if said)
        elif name in COUNTED and len(call.args) > 1:
            yield from (
                ("", one, many) for one, many in zip(_texts(call.args[0]), _texts(call.args[1]), strict=False)
            )
        elif name in IN_CONTEXT and len(call.args) > 1:
            yield from (
                (context, said, "") for context in _texts(call.args[0]) for said in _texts(call.args[1])
            )


def in_template(text: str) -> Iterator[tuple[str, str, str]]:
    tree = _environment().parse(text)
    for _, name, said in extract_from_ast(tree, IN_TEMPLATES):
        given = (said,) if isinstance(said, str) else said or ()
        words = [each for each in given if isinstance(each, str)]
        if name == "ngettext" and len(words) >= 2:
            yield "", words[0], words[1]
        elif name == "pgettext" and len(words) >= 2:
            yield words[0], words[1], ""
        elif words and name in ("_", "gettext"):
            yield "", words[0], ""


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _texts(argument: ast.expr) -> Iterator[str]:
    """The literal text, or both of a choice between two."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _texts(argument.body)
        yield from _texts(argument.orelse)


@cache
def _environment() -> Environment:
    made = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension's own switch
    return made
