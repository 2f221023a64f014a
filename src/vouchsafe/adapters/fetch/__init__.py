"""Fetching one page a person named, without ever reaching inside addresses (promise 15).

`policy` decides, `page` connects, `fake` stands in for the web in other tests.
"""

from vouchsafe.adapters.fetch.page import Fetched, fetch_page
from vouchsafe.adapters.fetch.refusals import PageNotFetched

__all__ = ["Fetched", "PageNotFetched", "fetch_page"]
