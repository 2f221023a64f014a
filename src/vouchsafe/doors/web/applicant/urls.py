"""Addresses of applicants' pages: one module of patterns a resource, in `routes/`."""

from django.urls import URLPattern, URLResolver

app_name = "applicant"
urlpatterns: list[URLPattern | URLResolver] = []
