"""Tables of people: find the separator, the header and what each column holds; read every row or say why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from vouchsafe.core.reading.contacts.columns import (
    guess_columns,
    guess_kind,
    guess_without_header,
    header_word,
    recognise,
)
from vouchsafe.core.reading.contacts.facts import (
    Column,
    ColumnFieldNotKnown,
    ColumnMapping,
    ColumnNotFound,
    ContactRead,
    Field,
    tidy,
)
from vouchsafe.core.reading.contacts.gathering import Gathering, compose_name
from vouchsafe.core.reading.contacts.names import find_person, read_names
from vouchsafe.core.reading.contacts.rows import SEPARATORS, Row, cut_lines, cut_rows, named_separator
from vouchsafe.core.words import say, say_n

_LOOKED_AT = 60
"""Rows looked at to find the separator, the header and the kinds of column."""
_SAMPLES = 3


def read_table(text: str, name: str, mapping: ColumnMapping | None) -> Gathering:
    """Read a table, or plain names where the text turns out to be no table."""
    lines = cut_lines(text)
    separator, header = _find_header(lines, name, mapping)
    if header is None:
        separator = named_separator(lines) or _steady_separator(lines)
        if mapping is None and separator is None:
            return read_names(lines)
    assert separator is not None or mapping is not None  # narrowed above; a mapping always means a table
    return _read_rows(list(cut_rows(lines, separator or ",")), header, mapping)


def _find_header(
    lines: Sequence[str], name: str, mapping: ColumnMapping | None
) -> tuple[str | None, Row | None]:
    """The separator and row that name the most columns. One named column is enough only in the first row."""
    wanted = {header_word(key) for key in mapping or {} if not key.startswith("#")}
    named = named_separator(lines)
    separators = (named,) if named else SEPARATORS
    if name.lower().endswith((".tsv", ".tab")) and not named:
        separators = ("\t", *separators)  # of equal readings the first stands
    best: tuple[int, str | None, Row | None] = (0, None, None)
    for separator in separators:
        first = True
        for row in islice(cut_rows(lines, separator), _LOOKED_AT):
            if row.blank or row.why or any("@" in cell for cell in row.cells):
                continue
            score = sum(recognise(cell) is not None for cell in row.cells)
            score += 2 * sum(header_word(cell) in wanted for cell in row.cells)
            if score > best[0] and (score > 1 or first):
                best = (score, separator, row)
            first = False
    return best[1], best[2]


def _steady_separator(lines: Sequence[str]) -> str | None:
    """The separator by which most lines fall into the same number of cells, at least three."""
    best: tuple[int, str | None] = (0, None)
    for separator in SEPARATORS:
        widths = Counter(
            len(row.cells) for row in islice(cut_rows(lines, separator), _LOOKED_AT) if not row.blank
        )
        if not widths:
            continue
        width, rows = widths.most_common(1)[0]
        if width >= 3 and rows * 2 > widths.total() and rows > best[0]:
            best = (rows, separator)
    return best[1]


def _read_rows(rows: Sequence[Row], header: Row | None, mapping: ColumnMapping | None) -> Gathering:
    below = [row for row in rows if header is None or row.line > header.line]
    looked_at = [row.cells for row in below[:_LOOKED_AT] if not row.why]
    if header is not None:
        headers = [tidy(cell) or "" for cell in header.cells]
        fields = guess_columns(headers, looked_at)
    else:
        headers = [""] * max((len(cells) for cells in looked_at), default=0)
        fields = guess_without_header(looked_at, len(headers))
    _correct(fields, headers, mapping)

    gathering = Gathering(guess_kind(headers))
    gathering.columns = _describe(headers, fields, looked_at)
    for row in rows[: len(rows) - len(below)]:
        # What stands above the header is a title or LinkedIn's notes; with an address it may be a person.
        if any("@" in cell for cell in row.cells):
            gathering.problem(
                row.line, say("This row stands above the names of the columns and was left out.")
            )
    for row in below:
        if row.blank or (header is not None and row.cells == header.cells):
            continue
        _read_row(row, fields, headers if header is not None else None, gathering)
    if not below or all(row.blank for row in below):
        gathering.problem(None, say("There are names of columns here, but no rows below them."))
    return gathering


def _correct(fields: list[Field | None], headers: Sequence[str], mapping: ColumnMapping | None) -> None:
    """Put what a person said about the columns in place of the guesses."""
    for key, said in (mapping or {}).items():
        try:
            field = Field(said)
        except ValueError:
            raise ColumnFieldNotKnown(field=said, fields=", ".join(Field)) from None
        if key.startswith("#") and key[1:].isdecimal() and 1 <= int(key[1:]) <= len(headers):
            fields[int(key[1:]) - 1] = field
            continue
        meant = [
            at for at, header in enumerate(headers) if header and header_word(header) == header_word(key)
        ]
        if not meant:
            names = ", ".join(header or f"#{number}" for number, header in enumerate(headers, start=1))
            raise ColumnNotFound(column=key, columns=names or "–")
        for at in meant:
            fields[at] = field


def _describe(
    headers: Sequence[str], fields: Sequence[Field | None], rows: Sequence[Sequence[str]]
) -> tuple[Column, ...]:
    columns = []
    for at, (header, field) in enumerate(zip(headers, fields, strict=True)):
        seen = dict.fromkeys(text[:80] for row in rows if at < len(row) and (text := tidy(row[at])))
        columns.append(Column(at + 1, header, field, tuple(islice(seen, _SAMPLES))))
    return tuple(columns)


def _read_row(
    row: Row, fields: Sequence[Field | None], headers: Sequence[str] | None, gathering: Gathering
) -> None:
    if row.why is not None:
        gathering.problem(row.line, row.why)
        return
    over = len(row.cells) - len(fields)
    if over > 0 and any(cell.strip() for cell in row.cells[len(fields) :]):
        # One stray separator shifts every value after it; an address in the wrong place could reach a stranger.
        why = say_n(
            "This row has {n} value more than there are columns.",
            "This row has {n} values more than there are columns.",
            over,
        )
        gathering.problem(row.line, why)
        return
    values: dict[Field, list[str]] = {}
    for field, cell in zip(fields, row.cells, strict=False):
        if field is not None and field is not Field.IGNORE and cell.strip():
            values.setdefault(field, []).append(cell)

    def first(field: Field) -> str | None:
        return gathering.value(row.line, next(iter(values.get(field, [])), None))

    def joined(field: Field) -> str | None:
        return gathering.value(row.line, " ".join(dict.fromkeys(values.get(field, []))))

    given, family, name = joined(Field.GIVEN), joined(Field.FAMILY), first(Field.NAME)
    emails = gathering.emails(row.line, values.get(Field.EMAIL, []))
    if name is not None and "@" in name:
        person = find_person(name)
        if person.emails:
            name, emails = person.name, emails or gathering.emails(row.line, person.emails)
    gathering.contact(
        ContactRead(
            name=name
            or compose_name(joined(Field.PREFIX), given, joined(Field.MIDDLE), family, joined(Field.SUFFIX)),
            given=given,
            family=family,
            emails=emails,
            organisation=first(Field.ORGANISATION),
            title=first(Field.TITLE),
            profile=first(Field.PROFILE),
            where=row.line,
        )
    )
