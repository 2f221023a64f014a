"""What a program may send: texts a database can hold, days that calendars know, zones and countries there are."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints

_CONTROL = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r")


def _holdable(text: str) -> str:
    if _CONTROL.intersection(text):
        raise ValueError("control characters can't be kept")
    return text


def _in_one_line(text: str) -> str:
    if any(sign in text for sign in "\t\n\r"):
        raise ValueError("this takes one line")
    return _holdable(text)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("this must not be blank")
    return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name and name not in _zones():
        raise ValueError("no such time zone")
    return name


def _web_address(address: str) -> str:
    if address and not address.lower().startswith(("https://", "http://")):
        raise ValueError("this must begin with https://")
    return address


Words = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_holdable)]
LongWords = Annotated[str, StringConstraints(max_length=200_000), AfterValidator(_holdable)]
Short = Annotated[str, StringConstraints(max_length=120), AfterValidator(_in_one_line)]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_in_one_line)]
LongLine = Annotated[str, StringConstraints(max_length=300), AfterValidator(_in_one_line)]
Named = Annotated[Line, Field(min_length=1), AfterValidator(_not_blank)]
Titled = Annotated[LongLine, Field(min_length=1), AfterValidator(_not_blank)]
Address = Annotated[str, StringConstraints(max_length=320), AfterValidator(_in_one_line)]
WebAddress = Annotated[
    str, StringConstraints(max_length=2000), AfterValidator(_in_one_line), AfterValidator(_web_address)
]
Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Grade = Annotated[int, Field(ge=0, le=4)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
