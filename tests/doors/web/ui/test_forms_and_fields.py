"""Fields of Django forms, drawn by the macros: the words at the field equal those in the summary."""

from __future__ import annotations

import re

import pytest
from django import forms
from jinja2 import Environment

_PAGE = """
{% from "ui/components/field.html" import form_field, date_field %}
{% from "ui/components/error_summary.html" import error_summary %}
{{ error_summary(form_problems(form)) }}
{% for bound in form %}{{ form_field(bound) }}{% endfor %}
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


@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "</textarea><b>"])
def test_hostile_value_stays_text(env: Environment, value: str) -> None:
    html = _draw(env, _Ask({"email": value, "note": value}))
    assert "<script>alert" not in html
    assert "</textarea><b>" not in html
