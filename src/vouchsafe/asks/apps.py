from django.apps import AppConfig


class AsksConfig(AppConfig):
    name = "vouchsafe.asks"
    label = "asks"
