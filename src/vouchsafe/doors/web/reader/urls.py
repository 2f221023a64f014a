"""Readers' addresses: by a token from a mail, then by the reader's key with a cookie; and checking a letter, for anyone."""

from django.urls import path

from vouchsafe.doors.web.reader.views import asking, colleagues, committee, landing, reading, verifying

app_name = "reader"
urlpatterns = [
    path("p/<str:token>", landing.show_landing, name="landing"),
    path("c/<str:token>", committee.show_committee_landing, name="committee_landing"),
    path("committee/<str:key>/", committee.show_committee, name="committee"),
    path("committee/<str:key>/open", committee.create_opening, name="committee_opening"),
    path("committee/<str:key>/shortlist", committee.edit_committee_shortlist, name="committee_shortlist"),
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
