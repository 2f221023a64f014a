"""Addresses of packets, their readers and links."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import packets, packets_changing, packets_codes, packets_making

urlpatterns = [
    path("packets/", packets.show_packets, name="packets"),
    path("safe/share/", packets_making.create_packet, name="share"),
    path("packets/<str:key>/", packets.show_packet, name="packet"),
    path("packets/<str:key>/file", packets.show_file, name="packet_file"),
    path("packets/<str:key>/arrangement", packets_changing.edit_arrangement, name="arrangement"),
    path(
        "packets/<str:key>/arrangement/removal",
        packets_changing.remove_arrangement,
        name="remove_arrangement",
    ),
    path("packets/<str:key>/readers", packets.create_reader, name="new_reader"),
    path("readers/<str:key>/mail", packets.create_mail, name="mail_packet"),
    path("readers/<str:key>/mail/removal", packets.remove_mail, name="remove_packet_mail"),
    path("readers/<str:key>/link", packets.create_link, name="show_link"),
    path("readers/<str:key>/by-hand", packets_changing.create_hand_over, name="by_hand"),
    path("readers/<str:key>/by-hand/removal", packets_changing.remove_hand_over, name="remove_by_hand"),
    path("readers/<str:key>/expiry", packets.edit_expiry, name="reader_expiry"),
    path("readers/<str:key>/code", packets_codes.create_code, name="reader_code"),
    path("readers/<str:key>/code/removal", packets_codes.remove_code, name="remove_reader_code"),
    path("readers/<str:key>/revocation", packets.create_revocation, name="revoke_reader"),
]
