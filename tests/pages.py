"""What a person reads on a page, without the tokens and keys of its tags, in which any few letters may stand by chance."""

from __future__ import annotations

import re

from django.http import HttpResponseBase


def words_of(answer: HttpResponseBase) -> str:
    """The words of the page's main part, one space between them."""
    assert hasattr(answer, "content")
    page = answer.content.decode().partition("<main ")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").split())
