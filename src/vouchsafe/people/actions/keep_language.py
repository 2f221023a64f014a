from __future__ import annotations

from vouchsafe.people.models import Correspondent


def keep_language(*, mailbox: str, language: str) -> None:
    """Remember in which language a writer reads here, for the mails that go to this mailbox.

    Writes the correspondent where it is another one; without a correspondent yet there is nothing to remember.
    Notes no line: it changes nothing but the words of a mail. Queues and refuses nothing.
    """
    Correspondent.objects.filter(mailbox=mailbox).exclude(language=language).update(language=language)
