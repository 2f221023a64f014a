"""Addresses of the brief, by whom and for what."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import brief

urlpatterns = [
    path("brief/<str:contact_key>/<str:opportunity_key>/", brief.show_brief, name="brief"),
    path("brief/<str:contact_key>/<str:opportunity_key>/slip/", brief.create_slip, name="new-slip"),
    path(
        "brief/<str:contact_key>/<str:opportunity_key>/asks/", brief.create_spoken_ask, name="new-spoken-ask"
    ),
    path(
        "brief/<str:contact_key>/<str:opportunity_key>/asks/<str:ask_key>/removal/",
        brief.remove_spoken_ask,
        name="remove-spoken-ask",
    ),
]
