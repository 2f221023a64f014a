"""Foreign keys point back up the path. A key given as a string would hide from the import contracts."""

from __future__ import annotations

import inspect

from django.apps import apps
from django.db.models import ForeignKey

PATH = ["ledger", "people", "plans", "asks", "letters", "packets"]


def keys() -> list[ForeignKey]:  # type: ignore[type-arg]  # of any model
    return [
        field
        for label in PATH
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
    ]


def label_of(model: object) -> str:
    return str(model._meta.app_label)  # type: ignore[attr-defined]  # a model class


def test_every_app_of_the_path_has_models() -> None:
    assert all(list(apps.get_app_config(label).get_models()) for label in PATH)


def test_keys_between_apps_point_up_the_path() -> None:
    crossing = [key for key in keys() if label_of(key.model) != label_of(key.related_model)]
    assert len(crossing) > 10
    for key in crossing:
        assert PATH.index(label_of(key.related_model)) < PATH.index(label_of(key.model)), str(key)


def test_keys_between_apps_leave_no_way_back() -> None:
    for key in keys():
        if label_of(key.model) != label_of(key.related_model):
            assert key.remote_field.related_name == "+", f"{key} gives {key.related_model} a way downstream"


def test_keys_between_apps_name_the_class_and_no_string() -> None:
    for label in PATH:
        for module in {inspect.getmodule(model) for model in apps.get_app_config(label).get_models()}:
            assert module is not None
            source = inspect.getsource(module)
            for other in PATH:
                assert f'"{other}.' not in source, f"{label}.models names {other} by a string"
