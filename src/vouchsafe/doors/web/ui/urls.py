"""Mounted by config.urls while DEBUG is on: `path("gallery/", include("vouchsafe.doors.web.ui.urls"))`."""

from __future__ import annotations

from django.urls import path

from vouchsafe.doors.web.ui.views import show_gallery

app_name = "ui"
urlpatterns = [
    path("", show_gallery, name="gallery"),
    path("<slug:page>", show_gallery, name="gallery_page"),
]
