"""Addresses of the Safe and of what hangs on a letter in it."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import safe, safe_acts, safe_renewal, wall

urlpatterns = [
    path("safe/", safe.show_safe, name="safe"),
    path("safe/bring/", safe_acts.create_brought, name="bring_letter"),
    path("safe/wall/", wall.show_wall, name="wall"),
    path("safe/wall/cards", wall.show_cards, name="cards"),
    path("safe/<str:key>/", safe.show_letter, name="safe_letter"),
    path("safe/<str:key>/pages/<int:number>", safe.show_page, name="safe_page"),
    path("safe/<str:key>/file", safe.show_file, name="safe_file"),
    path("safe/<str:key>/thanks", safe_acts.create_thanks, name="thanks"),
    path("safe/<str:key>/thanks/removal", safe_acts.remove_thanks, name="remove_thanks"),
    path("safe/<str:key>/confirmation", safe_acts.create_confirmation, name="confirmation"),
    path("safe/<str:key>/renewal", safe_renewal.create_renewal, name="renewal"),
    path("safe/<str:key>/removal", safe_acts.remove_letter, name="remove_letter"),
    path("safe/<str:key>/restoral", safe_acts.restore_letter, name="restore_letter"),
    path("safe/<str:key>/quotes", wall.edit_quotes, name="quotes"),
    path("safe/<str:key>/quotes/<str:quote_key>/removal", wall.remove_from_wall, name="remove_quote"),
    path("safe/<str:key>/quotes/<str:quote_key>/restoral", wall.restore_to_wall, name="restore_quote"),
]
