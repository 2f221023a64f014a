"""The address of the desk."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import desk

urlpatterns = [path("desk/", desk.show_desk, name="desk")]
