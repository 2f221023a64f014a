"""Texts a writer keeps for themselves: encrypted, theirs alone, and begun from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY

from vouchsafe.asks.access import FreshCodeNeeded
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.letters import access
from vouchsafe.letters.access_written import templates_of
from vouchsafe.letters.actions.edit_template import edit_template
from vouchsafe.letters.actions.keep_template import TemplateEmpty, TemplateNameless, keep_template
from vouchsafe.letters.actions.remove_template import remove_template
from vouchsafe.letters.actions.restore_template import restore_template
from vouchsafe.letters.actions.start_from_template import start_from_template
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Template
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity

FIRST = DraftBody(dated="1 October 2027", addressee=("The new committee",))


def test_template_is_kept_encrypted_edited_started_from_removed_and_brought_back(
    cast: Cast, opportunity: Opportunity
) -> None:
    purpose = factories.make_purpose(cast.ben, opportunity)
    visit = replace(factories.proven(purpose), took_code=True, works_here=True)
    record_answer(visit=visit, said="yes", today=factories.TODAY, now=factories.NOW)
    now = factories.NOW
    with pytest.raises(TemplateNameless):
        keep_template(visit=visit, name=" ", body=DraftBody(text="Words."), now=now)
    with pytest.raises(TemplateEmpty):
        keep_template(visit=visit, name="Seminar", body=DraftBody(), now=now)
    row = keep_template(visit=visit, name="Seminar", body=DraftBody(text=f"In my seminar. {CANARY}"), now=now)
    assert CANARY.encode() not in bytes(row.sealed_body)
    assert b"Seminar" not in bytes(row.sealed_body)
    edit_template(visit=visit, template_key=row.key, name="My seminar", text=f"Anew. {CANARY}", now=now)
    (text,) = templates_of(visit)
    assert (text.name, text.body.text) == ("My seminar", f"Anew. {CANARY}")
    start_from_template(visit=visit, template_key=row.key, first=FIRST, now=now)
    with pytest.raises(FreshCodeNeeded):
        access.draft_in_hand(factories.proven(purpose))
    remove_template(visit=visit, template_key=row.key, now=now)
    assert templates_of(visit) == []
    restore_template(visit=visit, template_key=row.key, now=now)
    assert [one.key for one in templates_of(visit)] == [row.key]
    remove_template(visit=visit, template_key=row.key, now=now)
    other = keep_template(visit=visit, name="Other", body=DraftBody(text="Words."), now=now)
    remove_template(visit=visit, template_key=other.key, now=now + timedelta(days=2))
    assert not Template.objects.filter(pk=row.pk).exists(), "what was removed long ago is gone"


def test_templates_are_one_mailboxs_alone_and_leave_with_it(cast: Cast, opportunity: Opportunity) -> None:
    purpose = factories.make_purpose(cast.ben, opportunity)
    visit = replace(factories.proven(purpose), works_here=True)
    keep_template(visit=visit, name="Mine", body=DraftBody(text="Words."), now=factories.NOW)
    other = replace(visit, mailbox="someone@else.example")
    assert templates_of(other) == []
    with pytest.raises(NotHere):
        remove_template(visit=other, template_key=templates_of(visit)[0].key, now=factories.NOW)
    Template.objects.get().correspondent.delete()
    assert not Template.objects.exists()
