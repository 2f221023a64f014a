from django.apps import AppConfig


class PacketsConfig(AppConfig):
    name = "vouchsafe.packets"
    label = "packets"
