from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "vouchsafe.ledger"
    label = "ledger"
