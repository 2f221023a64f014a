from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "vouchsafe.doors.web.public"
    label = "web_public"

    def ready(self) -> None:
        from vouchsafe.doors.web.public import checks  # noqa: F401 - registers itself
