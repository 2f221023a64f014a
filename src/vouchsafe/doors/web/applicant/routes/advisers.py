"""Addresses of who looks along."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import advisers

urlpatterns = [
    path("advisers/", advisers.show_advisers, name="advisers"),
    path("advisers/<str:key>/agreement", advisers.create_agreement, name="adviser_agreement"),
    path("advisers/<str:key>/letters", advisers.edit_shown, name="adviser_letters"),
    path("advisers/<str:key>/removal", advisers.remove_adviser, name="adviser_removal"),
    path("advisers/<str:key>/restoral", advisers.restore_adviser, name="adviser_restoral"),
]
