"""Addresses of how it ended."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import outcome

urlpatterns = [
    path("outcome/", outcome.show_outcome, name="outcome"),
    path("outcome/telling/", outcome.create_outcome, name="telling"),
    path("outcome/<str:key>/undoing/", outcome.remove_outcome, name="undo_outcome"),
    path("outcome/paused/<str:request_key>/going-on/", outcome.resume_paused, name="resume_request"),
]
