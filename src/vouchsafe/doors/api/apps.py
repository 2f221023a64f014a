from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vouchsafe.doors.api"
    label = "api"
