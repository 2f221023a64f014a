"""Addresses of applicants' pages: one module of patterns a resource, in `routes/`."""

from django.urls import URLPattern, URLResolver

from vouchsafe.doors.web.applicant.routes import (
    advisers,
    asks,
    brief,
    calendar,
    calls,
    desk,
    opportunities,
    outcome,
    packets,
    people,
    plan,
    safe,
)

app_name = "applicant"
urlpatterns: list[URLPattern | URLResolver] = [
    *desk.urlpatterns,
    *advisers.urlpatterns,
    *asks.urlpatterns,
    *brief.urlpatterns,
    *calendar.urlpatterns,
    *calls.urlpatterns,
    *people.urlpatterns,
    *opportunities.urlpatterns,
    *outcome.urlpatterns,
    *plan.urlpatterns,
    *packets.urlpatterns,
    *safe.urlpatterns,
]
