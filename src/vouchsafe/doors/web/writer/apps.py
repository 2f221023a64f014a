from django.apps import AppConfig


class WriterConfig(AppConfig):
    name = "vouchsafe.doors.web.writer"
    label = "web_writer"
