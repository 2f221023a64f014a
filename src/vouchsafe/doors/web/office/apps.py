from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "vouchsafe.doors.web.office"
    label = "web_office"
