"""Addresses of the calendar."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import calendar

urlpatterns = [
    path("calendar/", calendar.show_calendar, name="calendar"),
    path("calendar/address/", calendar.create_address, name="calendar_address"),
    path("calendar/address/removal/", calendar.remove_address, name="remove_calendar_address"),
    path(
        "calendar/meetings/<str:contact_key>/<str:opportunity_key>.ics",
        calendar.show_meeting,
        name="meeting_file",
    ),
    path("calendar/<str:token>.ics", calendar.show_feed, name="calendar_feed"),
]
