from django.urls import URLPattern, URLResolver, path, re_path

from vouchsafe.doors.api.document import api
from vouchsafe.doors.api.views import show_document, show_nothing, show_reference

urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_reference, name="api_reference"),
    path("openapi.json", show_document, name="api_document"),
    path("", api.urls),
    re_path(r"", show_nothing, name="api_nothing"),  # whatever else begins with api/v1/
]
