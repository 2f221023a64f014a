"""The joined stylesheet always; the gallery while DEBUG is on. Mounted by config.urls at the root."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from vouchsafe.doors.web.ui.stylesheet import show_stylesheet
from vouchsafe.doors.web.ui.views import show_gallery

app_name = "ui"
urlpatterns = [path("look/<slug:digest>.css", show_stylesheet, name="stylesheet")]

if settings.DEBUG:
    urlpatterns += [
        path("gallery/", show_gallery, name="gallery"),
        path("gallery/<slug:page>", show_gallery, name="gallery_page"),
    ]
