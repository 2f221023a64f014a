"""The addresses of the desk and of what is found from everywhere."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import desk, finding

urlpatterns = [
    path("desk/", desk.show_desk, name="desk"),
    path("find/", finding.show_find, name="find"),
]
