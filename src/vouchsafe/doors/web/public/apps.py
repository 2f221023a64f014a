from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "vouchsafe.doors.web.public"
    label = "web_public"
