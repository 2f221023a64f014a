"""All addresses. Nouns; keys, never ids; each audience keeps its own list."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("vouchsafe.doors.web.ui.urls")),
    path("", include("vouchsafe.doors.web.public.urls")),
    path("", include("vouchsafe.doors.web.applicant.urls")),
    path("", include("vouchsafe.doors.web.writer.urls")),
    path("", include("vouchsafe.doors.web.reader.urls")),
    path("", include("vouchsafe.doors.web.office.urls")),
    path("mail-in/", include("vouchsafe.doors.mail_in.urls")),
    path("api/v1/", include("vouchsafe.doors.api.urls")),
]

handler404 = "vouchsafe.doors.web.public.views.errors.show_not_found"
handler500 = "vouchsafe.doors.web.public.views.errors.show_fault"
handler403 = "vouchsafe.doors.web.public.views.errors.show_forbidden"
handler400 = "vouchsafe.doors.web.public.views.errors.show_bad_request"
