"""A web of a few pages for tests: the same policy, no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vouchsafe.adapters.fetch.page import Fetched
from vouchsafe.adapters.fetch.policy import accept
from vouchsafe.adapters.fetch.refusals import AddressNotFound, PageNotFetched


@dataclass(slots=True)
class FakeWeb:
    """`fetch_page` over pages given by their address; a refusal in place of a page is raised."""

    pages: Mapping[str, bytes | PageNotFetched]
    content_type: str = "text/html; charset=utf-8"
    asked: list[str] = field(default_factory=list)

    def fetch_page(self, url: str) -> Fetched:
        target = accept(url)
        self.asked.append(target.url)
        page = self.pages.get(target.url)
        if page is None:
            raise AddressNotFound(host=target.host)
        if isinstance(page, PageNotFetched):
            raise page
        return Fetched(page, self.content_type, target.url)
