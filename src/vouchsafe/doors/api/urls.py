from typing import cast

from django.urls import URLPattern, URLResolver, path, re_path

from vouchsafe.doors.api.document import api
from vouchsafe.doors.api.views import View, show_document, show_nothing, show_reference, tells_ways

_operations, _app, _namespace = api.urls
for _one in _operations:
    _one.callback = tells_ways(cast(View, _one.callback))

urlpatterns: list[URLPattern | URLResolver] = [
    path("", tells_ways(show_reference), name="api_reference"),
    path("openapi.json", tells_ways(show_document), name="api_document"),
    path("", (_operations, _app, _namespace)),
    re_path(r"", show_nothing, name="api_nothing"),  # whatever else begins with api/v1/
]
