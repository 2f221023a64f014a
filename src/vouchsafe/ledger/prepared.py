"""A query that is built and compiled once in a process, and then only filled in.

Where a page asks for much in one query, building and compiling it takes Django several times as long as the database
takes to answer it (docs/why/prepared-queries.md). What is asked stays written as an ordinary queryset.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.query import ModelIterable

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = TypeVar("Row", bound=Model)
Facts = TypeVar("Facts", bound=tuple[Any, ...])


class _Compiled:
    """A query for each kind of database, and the values in it by which two questions differ.

    `places` names those values, as the database is given them. `stand_ins` are given to `build` once for each kind of
    database, and each of their values must turn up among what the database is given: so `build` may hand what it is
    given to the query, and never look at it.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        places: Callable[..., tuple[Any, ...]],
        *stand_ins: Any,
    ) -> None:
        self._build, self._places, self._stand_ins = build, places, stand_ins
        self._made: dict[str, tuple[Any, str, tuple[Any, ...]]] = {}

    def filled(self, *given: Any) -> Any:
        """Its compiler, ready to be asked."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._made:
            self._made[connection.vendor] = self._compile()
        made, sql, params = self._made[connection.vendor]
        compiler = copy.copy(made)  # threads share what was compiled, each with the connection of its own
        compiler.connection = connection
        said = dict(zip(self._places(*self._stand_ins), self._places(*given), strict=True))
        filled = tuple(said.get(one, one) if one.__hash__ else one for one in params)
        compiler.as_sql = lambda *_, **__: (sql, filled)
        return compiler

    def _compile(self) -> tuple[Any, str, tuple[Any, ...]]:
        rows = self._build(*self._stand_ins)
        assert not rows._prefetch_related_lookups, "each prefetch is a query of its own"  # type: ignore[attr-defined]  # Django's own
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda _: converters  # how columns are read follows from the query alone
        missing = set(self._places(*self._stand_ins)) - {one for one in params if one.__hash__}
        assert not missing, f"{missing} is nowhere in the query"
        return compiler, sql, tuple(params)


class Prepared(_Compiled, Generic[Row]):
    """The rows of `build(*given)`, as `list` would give them."""

    def __init__(
        self, build: Callable[..., QuerySet[Row]], places: Callable[..., tuple[Any, ...]], *stand_ins: Any
    ) -> None:
        super().__init__(build, places, *stand_ins)

    def __call__(self, *given: Any) -> list[Row]:
        return list(ModelIterable(cast("Any", _Ready(self.filled(*given)))))


class PreparedFacts(_Compiled, Generic[Facts]):
    """Of each row of `build(*given)` the few facts that `facts` names, and no model.

    A name that is not a field or an annotation of the row itself is looked up by `paths`.
    """

    def __init__(
        self,
        facts: type[Facts],
        paths: Mapping[str, str],
        build: Callable[..., QuerySet[Any]],
        places: Callable[..., tuple[Any, ...]],
        *stand_ins: Any,
    ) -> None:
        self._facts = facts
        self.paths = {name: paths.get(name, name) for name in facts.__annotations__}
        super().__init__(lambda *given: build(*given).values_list(*self.paths.values()), places, *stand_ins)

    def __call__(self, *given: Any) -> list[Facts]:
        rows = self.filled(*given).results_iter(tuple_expected=True)
        return [self._facts(*row) for row in rows]


class _Ready:
    """What `ModelIterable` asks of a queryset: its database, its compiler, and nothing known before."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, compiler: Any) -> None:
        self._compiler = compiler

    @property
    def query(self) -> _Ready:
        return self

    def get_compiler(self, using: str) -> Any:
        return self._compiler
