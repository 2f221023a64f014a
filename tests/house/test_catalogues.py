"""The catalogues: nothing marked is missed, nothing translated is missing, and what is shipped is what was translated."""

from __future__ import annotations

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest
from catalogues import keeping
from catalogues.checking import problems
from catalogues.compiled import mo_bytes
from catalogues.extracting import Clash, Key, Message, in_python, in_template, messages
from catalogues.labels import LABELS, label_entries, label_mo, label_path, label_po, relabelled
from django.conf import settings
from django.test import Client
from django.utils import translation
from tests.cast import Cast
from tests.house.plain_words import names, own_words, plain, typed
from tests.pseudo import CODE, as_data, unmarked

from vouchsafe.adapters.post.kinds.samples import samples
from vouchsafe.adapters.post.render import render
from vouchsafe.core.reading.mail.marker import marker
from vouchsafe.core.words import Refusal, say, say_n
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.worker import carrying

# Without a world: what a visitor and someone new see first.
FIRST = (
    ("/", "/accounts/login/", "/privacy/", "/accessibility/", "/help/", "/verify/", "/nowhere/"),
    (
        "/desk/",
        "/plan/",
        "/people/",
        "/safe/",
        "/opportunities/new/",
        "/people/new/",
        "/account/",
        "/packets/",
    ),
)


def test_every_way_to_mark_a_sentence_in_python_is_found() -> None:
    source = """
class Broken(Refusal):
    msgid = msg("One " "and the other.")
    hint_msgid = msg("A hint.")
LABELS = {1: _("Lazy"), 2: gettext_lazy("Lazier")}
said = words.say("{n} of them", n=gettext("inside"))
counted = say_n("one", "{n} many", 3) or ngettext("a", "{n} as", 2)
either = gettext("yes" if sure else "no")
placed = pgettext("month", "May")
not_marked = gettext(f"{x}") + say(name) + gettext(a + "b") + say("")
"""
    assert list(in_python(source)) == [
        ("", "One and the other.", ""), ("", "A hint.", ""), ("", "Lazy", ""), ("", "Lazier", ""),
        ("", "{n} of them", ""), ("", "inside", ""), ("", "one", "{n} many"), ("", "a", "{n} as"),
        ("", "yes", ""), ("", "no", ""), ("month", "May", ""),
    ]  # fmt: skip


def test_every_way_to_mark_a_sentence_in_a_template_is_found() -> None:
    source = """{% block title %}{{ _("Title") }}{% endblock %}{% set x = _("In a list"), 2 %}
{{ ngettext("%(num)s day", "%(num)s days", n) }}<p data-saved-text="{{ _('Saved {time}') }}">{{ button(_("Go"), label=gettext("Gone %%")) }}
{% trans %}Said in
  two lines{% endtrans %}{{ _(name) }}"""
    assert sorted(in_template(source)) == [
        ("", "%(num)s day", "%(num)s days"), ("", "Go", ""), ("", "Gone %%", ""), ("", "In a list", ""),
        ("", "Said in\n  two lines", ""), ("", "Saved {time}", ""), ("", "Title", ""),
    ]  # fmt: skip


def test_one_sentence_with_two_plurals_is_refused(tmp_path: object) -> None:
    folder = keeping.Path(str(tmp_path))
    (folder / "a.py").write_text('say_n("One.", "{n} of them.", n)', encoding="utf-8")
    (folder / "b.py").write_text('say_n("One.", "{count} of them.", n)', encoding="utf-8")
    with pytest.raises(Clash, match="of them"):
        messages(folder)


def test_one_sentence_that_is_counted_here_and_not_there_is_refused(tmp_path: Path) -> None:
    """Before 3.11.5 or so, Python finds no counted sentence by its singular, and English would be shown."""
    for marks in (
        ('say("One.")', 'say_n("One.", "{n} of them.", n)'),
        ('say_n("One.", "{n} of them.", n)', 'say("One.")'),
    ):
        for name, mark in zip("ab", marks, strict=True):
            (tmp_path / f"{name}.py").write_text(mark, encoding="utf-8")
        with pytest.raises(Clash, match="One"):
            messages(tmp_path)


def test_sentences_of_refusals_are_among_those_found(sentences: dict[Key, Message]) -> None:
    """What a class carries is looked up by a name, so its mark is the only sign of it."""
    kinds = list(Refusal.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
        for said in (getattr(kind, "msgid", ""), kind.hint_msgid):
            assert not said or not kind.__module__.startswith("vouchsafe.") or ("", said) in sentences, kind


def test_compiled_catalogue_is_read_back_by_gettext() -> None:
    made = mo_bytes(
        {("", "Desk"): ("Pult",), ("", "One letter", "{n} letters"): ("Ein Brief", "{n} Briefe"), ("month", "May"): ("Mai",)},
        language="de", plural_forms="nplurals=2; plural=(n != 1);",
    )  # fmt: skip
    read = gettext.GNUTranslations(BytesIO(made))
    assert (read.gettext("Desk"), read.pgettext("month", "May"), read.gettext("Other")) == (
        "Pult",
        "Mai",
        "Other",
    )
    assert [read.ngettext("One letter", "{n} letters", n) for n in (0, 1, 2)] == ["{n} Briefe", "Ein Brief", "{n} Briefe"]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("", "untranslated"), ("Von {nam} bis heute", "places"), ("Von {name}", ""), ("Von {name", "places"),
        ("Von {name} ", "space"), ("Von {name} – heute", "a dash"), ("<b>Von</b> {name}", "places"),
    ],
)  # fmt: skip
def test_translation_that_would_break_is_reported(said: str, trouble: str) -> None:
    wanted = {("", "By {name}"): Message("By {name}")}
    catalogue = keeping.Catalog(locale="de", fuzzy=False)
    catalogue.add("By {name}", said)
    reported = problems(catalogue, wanted)
    assert bool(reported) == bool(trouble)
    assert all(trouble in each for each in reported[:1])


def offered() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def test_catalogue_holds_every_sentence_of_the_source_and_is_compiled(sentences: dict[Key, Message]) -> None:
    """Mended by `make words` and a translation of what it reports: docs/translating.md."""
    for language in offered():
        catalogue = keeping.read(keeping.po_path(language), language)
        assert problems(catalogue, sentences) == [], language
        assert keeping.mo_path(language).read_bytes() == keeping.compiled(catalogue), language


@pytest.mark.parametrize("label", LABELS)
def test_shipped_label_says_what_the_rule_makes_of_the_source(
    sentences: dict[Key, Message], label: str
) -> None:
    entries = label_entries(sentences, label)
    assert len(entries) > 60
    assert label_path(label).read_bytes() == label_po(entries, label)
    assert label_path(label).with_suffix(".mo").read_bytes() == label_mo(entries)
    for ids, forms in entries.items():
        for before, after in zip(ids[1:], forms, strict=True):
            assert re.findall(r"\{[^}]*\}|%\(\w+\)s", before) == re.findall(r"\{[^}]*\}|%\(\w+\)s", after)
            assert not re.search(
                r"\bwriters?\b|\ban re", re.sub(r"\{[^}]*\}|%\(\w+\)s", "", after), re.IGNORECASE
            ), after
            assert len(before.split()) - len(after.split()) in (0, 1), after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ask a writer, then another writer.", "Ask a referee, then another referee."),
        ("Writers are told. The writer’s own page.", "Referees are told. The referee’s own page."),
        ("{writer} is the writer of %(writer)s", "{writer} is the referee of %(writer)s"),
        ("Letter writers apart from phone references", "Referees apart from phone references"),
        ("underwriter, typewriters, rewriter", "underwriter, typewriters, rewriter"),
        ("`writer` in <a href=\"/writer/\">writer</a>", "`writer` in <a href=\"/writer/\">referee</a>"),
    ],
)  # fmt: skip
def test_label_takes_the_place_of_the_word_and_of_nothing_else(before: str, after: str) -> None:
    assert relabelled(before, "referee") == after


def test_label_by_setting_changes_english_sentences_and_nothing_anyone_typed(settings: object) -> None:
    settings.LOCALE_PATHS = [label_path("referee").parents[2], *settings.LOCALE_PATHS]  # type: ignore[attr-defined]  # pytest-django's fixture
    for language in ("en-gb", "en"):
        with translation.override(language):
            assert translation.gettext("A writer said no.") == "A referee said no."
    with translation.override("en-gb"):
        said = say(
            "Only {days} days are left before the deadline. Most writers need three weeks.",
            days="a writer’s 5",
        )
        assert (
            translate(said)
            == "Only a writer’s 5 days are left before the deadline. Most referees need three weeks."
        )
        assert translate(say_n("One letter", "{n} letters", 2)) == "2 letters"


def test_first_pages_of_visitor_and_applicant_are_marked(cast: Cast, in_pseudo: None) -> None:
    visitor, ada = Client(), Client()
    ada.force_login(cast.ada)
    data = as_data(typed())
    for client, paths in zip((visitor, ada), FIRST, strict=True):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = CODE
        for path in paths:
            answer = client.get(path)
            assert f'lang="{CODE}"' in answer.content.decode(), path
            assert plain(answer, data) == set(), path


def test_every_mail_is_marked(in_pseudo: None) -> None:
    found: dict[str, str] = {}
    for mail in samples(CODE):
        data = as_data([*names(), marker(CODE), *own_words(mail)])
        rendered = render(mail, carrying.translate(CODE))
        for said in (rendered.subject, *rendered.text.splitlines()):
            found.update((run, mail.kind) for run in unmarked(said, data))
    assert found == {}
