"""What a field's macro needs to know of a Django form's field, so pages write `form_field(form["email"])`."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FieldFacts:
    name: str
    id: str
    label: str
    hint: str
    error: str
    value: str
    kind: str
    """text, email, date, …; or textarea, select, radio, checkbox, file."""

    required: bool
    choices: tuple[Choice, ...] = ()
    attrs: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, str, str] = ("", "", "")
    """Day, month and year of a date asked in three parts (`SelectDateWidget`)."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((choice.value, choice.label) for choice in self.choices)


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.SelectDateWidget):
        return "date_parts"
    # Django makes it a RadioSelect, so it is asked first.
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    return getattr(widget, "input_type", "") or "text"


def _choices(bound: forms.BoundField) -> tuple[Choice, ...]:
    value = bound.value()
    chosen = {str(v) for v in value} if isinstance(value, (list, tuple, set)) else {str(value)}
    flat: list[Choice] = []
    for key, label in getattr(bound.field, "choices", ()):
        if isinstance(label, (list, tuple)):
            flat.extend(Choice(str(k), str(text), str(k) in chosen) for k, text in label)
        else:
            flat.append(Choice(str(key), str(label), str(key) in chosen))
    return tuple(flat)


def _parts(bound: forms.BoundField) -> tuple[str, str, str]:
    shown = bound.field.widget.format_value(bound.value()) or {}
    day, month, year = (str(shown.get(part) or "") for part in ("day", "month", "year"))
    return day, month, year


def field_facts(bound: forms.BoundField) -> FieldFacts:
    """Everything shown of one field, as strings. The first error is enough: one thing to mend at a time."""
    widget, kind = bound.field.widget, _kind(bound.field.widget)
    value = bound.value()
    if kind in ("file", "password", "date_parts") or value is None:
        shown = ""
    elif kind == "checkbox":
        shown = "on" if value else ""
    else:
        shown = (
            str(widget.format_value(value) or "")
            if kind not in ("radio", "checkboxes", "select")
            else str(value)
        )
    attrs = {**widget.attrs, **bound.field.widget_attrs(widget)}
    own = ("type", "id", "name", "value", "required", "class", "style")
    return FieldFacts(
        name=bound.html_name,
        # A date in parts is led to by its first part, which wears the name of the whole.
        id=f"id_{bound.html_name}" if kind == "date_parts" else bound.id_for_label or f"id_{bound.html_name}",
        label=str(bound.label or ""),
        hint=str(bound.help_text or ""),
        error=str(bound.errors[0]) if bound.errors else "",
        value=shown,
        kind="date" if kind == "text" and isinstance(bound.field, forms.DateField) else kind,
        required=bound.field.required,
        parts=_parts(bound) if kind == "date_parts" else ("", "", ""),
        choices=_choices(bound),
        attrs=tuple((name, str(v)) for name, v in attrs.items() if name not in own and v is not False),
    )


def form_problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(address in the page, sentence) for every field that must be mended, then for the form as a whole."""
    problems = [(f"#{facts.id}", facts.error) for facts in map(field_facts, form) if facts.error]
    problems += [("", str(sentence)) for sentence in form.non_field_errors()]
    return problems
