"""Expressions that cost nothing until they are asked for, and little where one text is all there is.

A rule's expression holds hundreds of phrases, and compiling them takes longer than looking. A server pays
that once, at the first text. A command looks at one text and ends: it says so with `one_text`, and
then only the phrases whose words stand in that text are compiled. What is left out could not have matched,
so the answers are the same; tests hold this on every text of the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final, cast
from unicodedata import combining, normalize

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_REPEAT = r"(?:[*+?]\??|\{\d*,?\d*\}\??)"
_TOKEN = re.compile(
    r"[a-zA-Z]+|[|)]"
    rf"|(?:(?:\\.|[^a-zA-Z\\\[\](){{}}|*+?]|\[\^?\]?(?:\\.|[^\]\\])*\]){_REPEAT}?)+"  # copied as it stands
    rf"|\(\?(?:<?[=!]|[a-z]*:)|{_REPEAT}|.",
    re.DOTALL,
)
_OPTIONAL = ("*", "?", "{0", "{,")
_NOTHING: Final = "(?!)"


class Standing(dict[str, bool]):
    """Whether a run of letters stands in the texts, whatever its case or accents; each is looked for once."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        folded = "\n".join(texts).casefold()
        if not folded.isascii():
            bare = (one for one in normalize("NFKD", folded) if not combining(one))
            # Ignoring case, `i` also stands for the Turkish ones, and `s` for the long one (which casefold knows).
            folded = f"{folded}\n{''.join(bare)}".replace("i̇", "i").replace("ı", "i")
        self._folded = folded

    def __missing__(self, letters: str) -> bool:
        self[letters] = stands = letters.casefold() in self._folded
        return stands


class _OneText:
    """What stands in the one text a command looks at, and the expressions fitted to it."""

    standing: Standing | None = None
    fitted: ClassVar[list[_Late]] = []


@contextmanager
def one_text(*texts: str) -> Iterator[None]:
    """Nothing but these texts will be matched within. For a command, never for a server's thread."""
    _OneText.standing = Standing(*texts)
    try:
        yield
    finally:
        _OneText.standing = None
        for late_one in _OneText.fitted:
            late_one.forget()
        _OneText.fitted.clear()


def late(source: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the first use; so is the making of the source where it is a function."""
    return cast("re.Pattern[str]", _Late(source, flags))


class _Late:
    def __init__(self, source: str | Callable[[], str], flags: int) -> None:
        self._source, self.flags = source, flags

    @property
    def pattern(self) -> str:
        return self._source if isinstance(self._source, str) else self._source()

    def __getattr__(self, name: str) -> Any:
        """Asked for the first time: compile, and let every later use find the compiled methods in place."""
        if name not in _METHODS:
            raise AttributeError(name)
        source = self.pattern
        if _OneText.standing is not None:
            source = fitted(source, _OneText.standing)
            _OneText.fitted.append(self)
        compiled = re.compile(source, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)

    def forget(self) -> None:
        for method in _METHODS:
            self.__dict__.pop(method, None)


def fitted(source: str, standing: Standing) -> str:
    """The expression without the alternatives whose words don't stand in the text.

    Only what can be dropped without changing any match is dropped: expressions that count their groups, or
    look at them, are left whole.
    """
    tokens = _TOKEN.findall(source)
    if "(" in tokens or "(?P<" in source or "(?(" in source:
        return source
    kept, _ = _alternatives(tokens, 0, standing)
    return _NOTHING if kept is None else kept


def _alternatives(tokens: list[str], at: int, standing: Standing) -> tuple[str | None, int]:
    """The branches that may match, from `at` to the closing bracket; None where none may."""
    branches = []
    while True:
        branch, at = _sequence(tokens, at, standing)
        if branch is not None:
            branches.append(branch)
        if at >= len(tokens) or tokens[at] == ")":
            return ("|".join(branches) if branches else None), at
        at += 1  # over the bar


def _sequence(tokens: list[str], at: int, standing: Standing) -> tuple[str | None, int]:
    """One branch up to its bar or bracket; None where something it must hold does not stand in the text."""
    parts: list[str] = []
    while at < len(tokens) and tokens[at] not in "|)":
        token = tokens[at]
        if token in ("(?!", "(?=", "(?<!", "(?<="):
            part, at = _whole_group(tokens, at)
        elif token.startswith("(?"):
            inner, end = _alternatives(tokens, at + 1, standing)
            at = end + 1
            if inner is None:
                if at < len(tokens) and tokens[at].startswith(_OPTIONAL):
                    at += 1
                    continue
                return None, _end_of_branch(tokens, at)
            part = f"{token}{inner})"
        else:
            part, at = token, at + 1
            if token.isalpha() and token.isascii():
                optional = at < len(tokens) and tokens[at].startswith(_OPTIONAL)
                if not standing[token[:-1] if optional else token]:
                    return None, _end_of_branch(tokens, at)
        parts.append(part)
    return "".join(parts), at


def _end_of_branch(tokens: list[str], at: int) -> int:
    """The bar or bracket that ends the branch which can't match."""
    depth = 0
    while at < len(tokens) and (depth or tokens[at] not in "|)"):
        depth += (tokens[at].startswith("(")) - (tokens[at] == ")")
        at += 1
    return at


def _whole_group(tokens: list[str], at: int) -> tuple[str, int]:
    """A look ahead or behind, as it stands."""
    depth, start = 0, at
    while True:
        depth += (tokens[at].startswith("(")) - (tokens[at] == ")")
        at += 1
        if depth == 0:
            return "".join(tokens[start:at]), at
