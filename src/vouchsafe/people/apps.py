from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vouchsafe.people"
    label = "people"
