"""Readers' addresses: by a token from a mail, then by the reader's key with a cookie; and checking a letter, for anyone."""

from django.urls import path

from vouchsafe.doors.web.reader.views import asking, colleagues, landing, reading, verifying

app_name = "reader"
urlpatterns = [
    path("p/<str:token>", landing.show_landing, name="landing"),
    path("reading/<str:key>/", reading.show_packet, name="packet"),
    path("reading/<str:key>/file", reading.create_packet_file, name="packet_file"),
    path("reading/<str:key>/copy", reading.create_copy, name="copy"),
    path("reading/<str:key>/colleague", colleagues.edit_colleague, name="colleague"),
    path("reading/<str:key>/<str:number>/", reading.show_letter, name="letter"),
    path("reading/<str:key>/<str:number>/file", reading.create_download, name="download"),
    path("reading/<str:key>/<str:number>/pages/<int:page>", reading.show_picture, name="picture"),
    path("reading/<str:key>/<str:number>/question", asking.edit_question, name="question"),
    path("verify/", verifying.show_verify, name="verify"),
    path("verify/<str:number>", verifying.show_number, name="verify_number"),
]
