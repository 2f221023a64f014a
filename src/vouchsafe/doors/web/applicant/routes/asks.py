"""Addresses of asks: preparing one (by its purpose), and the lasting request with one writer."""

from django.urls import path

from vouchsafe.doors.web.applicant.views import asks, asks_sending, requests, requests_acts

urlpatterns = [
    path("asks/new/", asks.create_ask, name="new-ask"),
    path("purposes/<str:key>/note/", asks.edit_note, name="ask-note"),
    path("purposes/<str:key>/points/", asks.edit_points, name="ask-points"),
    path("purposes/<str:key>/documents/", asks.create_document, name="ask-documents"),
    path(
        "purposes/<str:key>/documents/<str:document_key>/removal/",
        asks.remove_document,
        name="remove-ask-document",
    ),
    path(
        "purposes/<str:key>/documents/<str:document_key>/restoral/",
        asks.restore_document,
        name="restore-ask-document",
    ),
    path("purposes/<str:key>/reading/", asks.edit_reading, name="ask-reading"),
    path("purposes/<str:key>/date/", asks.edit_date, name="ask-date"),
    path("purposes/<str:key>/check/", asks_sending.check_ask, name="ask-check"),
    path("purposes/<str:key>/ready/", asks_sending.edit_ready, name="ask-ready"),
    path("purposes/<str:key>/mail/", asks_sending.show_ask_mail, name="ask-mail"),
    path("asks/<str:key>/", requests.show_request, name="request"),
    path("asks/<str:key>/preview/", requests.show_preview, name="request-preview"),
    path("asks/<str:key>/mails/<str:mail_key>/", requests.show_mail, name="request-mail"),
    path("asks/<str:key>/mails/<str:mail_key>/removal/", asks_sending.remove_mail, name="remove-mail"),
    path("asks/<str:key>/reminders/", requests_acts.create_reminder, name="new-reminder"),
    path("asks/<str:key>/reminders/<str:reminder_key>/", requests_acts.edit_reminder, name="reminder"),
    path(
        "asks/<str:key>/reminders/<str:reminder_key>/removal/",
        requests_acts.remove_reminder,
        name="remove-reminder",
    ),
    path(
        "asks/<str:key>/reminders/<str:reminder_key>/restoral/",
        requests_acts.restore_reminder,
        name="restore-reminder",
    ),
    path(
        "asks/<str:key>/suggestions/<str:suggestion_key>/", requests_acts.create_suggested, name="suggested"
    ),
    path("asks/<str:key>/address/", requests_acts.edit_address, name="request-address"),
    path("asks/<str:key>/link/", requests_acts.create_link, name="request-link"),
    path("asks/<str:key>/removal/", requests_acts.remove_request, name="remove-request"),
    path("asks/<str:key>/restoral/", requests_acts.restore_request, name="restore-request"),
]
