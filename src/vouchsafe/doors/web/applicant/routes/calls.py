"""Addresses of calls for letters, as those see them who may take part."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import calls

urlpatterns = [
    path("calls/", calls.show_calls, name="calls"),
    path("calls/<slug:key>/", calls.show_call, name="call"),
    path("calls/<slug:key>/part", calls.edit_part, name="call-part"),
    path("calls/<slug:key>/writers", calls.edit_writers, name="call-writers"),
]
