from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "vouchsafe.doors.web.reader"
    label = "web_reader"
