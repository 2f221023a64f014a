from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "vouchsafe.plans"
    label = "plans"
