from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "vouchsafe.letters"
    label = "letters"
