"""Fields of Django forms, drawn by the macros: the words at the field equal those in the summary."""

from __future__ import annotations

import re
from unittest import mock

import pytest
from django import forms
from django.utils import translation
from jinja2 import Environment

from vouchsafe.core.words import say
from vouchsafe.doors.web.ui import catalogue

_PAGE = """
{% from "ui/components/field.html" import form_field, date_field %}
{% from "ui/components/error_summary.html" import error_summary %}
{{ error_summary(form_problems(form)) }}
{% for bound in form %}{{ form_field(bound) }}{% endfor %}
"""


_EVERYWHERE = """
{% from "ui/components/button.html" import button %}{% from "ui/components/chip.html" import chip %}
{% from "ui/components/details.html" import details %}{% from "ui/components/drop.html" import drop %}
{% from "ui/components/empty_state.html" import empty_state %}{% from "ui/components/facts.html" import facts %}
{% from "ui/components/field.html" import field, date_field %}{% from "ui/components/next_sheet.html" import next_sheet %}
{% from "ui/components/note.html" import note %}{% from "ui/components/page_head.html" import page_head %}
{% from "ui/components/quote.html" import quote %}{% from "ui/components/row.html" import row %}
{% from "ui/components/sheet.html" import sheet, section %}{% from "ui/components/timeline.html" import event %}
{% from "ui/components/verdict.html" import verdict %}
{{ button(s, cannot=s) }}{{ chip(s) }}{% call details(s) %}{% endcall %}{{ drop("f", s, s, said=s) }}{{ empty_state(s, s) }}
{{ facts(((s, s, s),)) }}{{ field(s, "n", hint=s, error=s) }}{{ date_field(s, "d", hint=s, error=s) }}
{% call next_sheet(s, s, s) %}{% endcall %}{{ note(s, s) }}{{ page_head(s, s, s) }}{{ quote(s, s) }}
{{ row("x", sentence=s, status=s) }}{% call sheet(s, aside=s) %}{% endcall %}{% call section(s, s) %}{% endcall %}
{{ event(s, s, s) }}{{ verdict(s, s) }}
"""


class _Ask(forms.Form):
    email = forms.EmailField(
        label="Email address",
        help_text="We use it once",
        error_messages={"required": "Enter an email address"},
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    how = forms.ChoiceField(label="How", choices=[("a", "Taught me"), ("b", "Led <me>")])
    read = forms.ChoiceField(
        label="May they read it?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    by = forms.DateField(label="Needed by")
    remind = forms.BooleanField(label="Remind me", required=False)
    days = forms.MultipleChoiceField(
        label="Days", choices=[("1", "One"), ("2", "Two")], widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> None:
        self.add_error(None, "Ask someone else first")


def _draw(env: Environment, form: forms.Form) -> str:
    return env.from_string(_PAGE).render(form=form)


def test_unsent_form_is_drawn_with_its_kinds_and_values(env: Environment) -> None:
    html = _draw(
        env,
        _Ask(
            initial={
                "email": "ben@example.org",
                "how": "b",
                "read": "no",
                "remind": True,
                "days": ["2"],
                "by": "2026-10-30",
            }
        ),
    )
    assert 'type="email"' in html
    assert 'value="ben@example.org"' in html
    assert "There is a problem" not in html
    assert '<option value="b" selected>Led &lt;me&gt;</option>' in html
    assert re.search(r'type="radio" name="read" value="no"[^>]* checked', html)
    assert re.search(r'type="checkbox" name="remind" value="on"[^>]* checked', html)
    assert re.search(r'type="checkbox" name="days" value="2"[^>]* checked', html)
    assert not re.search(r'type="checkbox" name="days" value="1"[^>]* checked', html)
    assert '<input class="input" type="date" id="id_by" name="by" value="2026-10-30">' in html
    assert re.search(r"Note\s*<span class=\"muted\">\(optional\)", html)
    assert "required" not in html


def test_refused_form_says_the_same_words_above_and_at_the_field(env: Environment) -> None:
    html = _draw(env, _Ask({"note": "kept\nwords", "how": "b"}))
    assert html.count("Enter an email address") == 2
    assert '<a href="#id_email">Enter an email address</a>' in html
    assert 'aria-describedby="id_email-hint id_email-error"' in html
    assert "Ask someone else first" in html
    assert ">\nkept\nwords</textarea>" in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids, target


class _Due(forms.Form):
    by = forms.DateField(
        label="Needed by",
        widget=forms.SelectDateWidget,
        error_messages={"invalid": "The date must be a real one"},
    )


def test_date_in_three_parts_keeps_what_was_typed_and_reads_back(env: Environment) -> None:
    wrong = _Due({"by_day": "31", "by_month": "2", "by_year": "2026"})
    html = _draw(env, wrong)
    assert '<a href="#id_by">The date must be a real one</a>' in html
    assert re.search(r'id="id_by" name="by_day" value="31"', html)
    assert re.search(r'name="by_month" value="2"', html)
    right = _Due({"by_day": "30", "by_month": "10", "by_year": "2026"})
    assert right.is_valid()
    assert str(right.cleaned_data["by"]) == "2026-10-30"
    assert 'value="2026"' in _draw(env, _Due(initial={"by": right.cleaned_data["by"]}))


def test_sentence_given_to_any_macro_is_translated_not_printed(env: Environment) -> None:
    """A core sentence printed raw would stay English for everybody."""
    german = {"{name} said yes.": "{name} hat zugesagt."}
    with (
        translation.override("de"),
        mock.patch.object(catalogue, "said", lambda msgid: german.get(msgid, msgid)),
    ):
        page = env.from_string(_EVERYWHERE).render(s=say("{name} said yes.", name="Ben"))
    assert "said yes" not in page
    assert page.count("hat zugesagt") >= 20


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Revoke now", "Revoke now"),
        ("revoke now, for Cleo", "revoke now, for Cleo"),
        ("End the access of Cleo", "Revoke now: End the access of Cleo"),
    ],
)
def test_name_of_a_button_holds_the_words_that_are_seen(env: Environment, name: str, said: str) -> None:
    source = '{% from "ui/components/button.html" import button %}{{ button("Revoke now", attrs={"aria-label": name}) }}'
    assert f'aria-label="{said}"' in env.from_string(source).render(name=name)


@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "</textarea><b>"])
def test_hostile_value_stays_text(env: Environment, value: str) -> None:
    html = _draw(env, _Ask({"email": value, "note": value}))
    assert "<script>alert" not in html
    assert "</textarea><b>" not in html
