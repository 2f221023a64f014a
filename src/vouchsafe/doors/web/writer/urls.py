"""The writer's addresses: by a token from a mail or a slip, then by the request's key with a cookie."""

from django.urls import path

from vouchsafe.doors.web.writer.views import (
    answers,
    calendar,
    call_backs,
    codes,
    documents,
    editor,
    landing,
    letters,
    mail,
    stop,
    uses,
)

app_name = "writer"
urlpatterns = [
    path("r/<str:token>", landing.show_landing, name="landing"),
    path("call-back/<str:token>", call_backs.show_call_back, name="call_back"),
    path("call-backs/<str:key>/", call_backs.edit_call_back, name="answered_call_back"),
    path("stop/<str:token>", stop.show_stop, name="stop"),
    path("stop/<str:token>/weekly", stop.show_stop_weekly, name="stop_weekly"),
    path("requests/<str:key>/", landing.show_request, name="request"),
    path("requests/<str:key>/answer", answers.create_answer, name="answer"),
    path("requests/<str:key>/code", codes.create_code, name="code"),
    path("requests/<str:key>/proof", codes.create_proof, name="proof"),
    path("requests/<str:key>/documents/<str:document_key>", documents.show_document, name="document"),
    path("requests/<str:key>/write", editor.edit_letter, name="write"),
    path("requests/<str:key>/draft", editor.create_draft, name="draft"),
    path("requests/<str:key>/preview", editor.show_preview, name="preview"),
    path("requests/<str:key>/file", letters.create_upload, name="file"),
    path("requests/<str:key>/review", letters.show_review, name="review"),
    path("requests/<str:key>/pages/<int:number>", letters.show_page, name="page"),
    path("requests/<str:key>/seal", letters.create_seal, name="seal"),
    path("requests/<str:key>/sealed", letters.show_sealed, name="sealed"),
    path("requests/<str:key>/reopening", letters.create_reopening, name="reopening"),
    path("requests/<str:key>/release", letters.create_release, name="release"),
    path("requests/<str:key>/withdrawal", letters.create_withdrawal, name="withdrawal"),
    path("requests/<str:key>/uses", uses.edit_uses, name="uses"),
    path("requests/<str:key>/calendar", calendar.show_calendar, name="calendar"),
    path("requests/<str:key>/calendar/address", calendar.create_address, name="calendar_address"),
    path("requests/<str:key>/calendar/removal", calendar.remove_address, name="remove_calendar_address"),
    path("letters-due/<str:token>.ics", calendar.show_feed, name="calendar_feed"),
    path("requests/<str:key>/mail", mail.show_mail, name="mail"),
    path("requests/<str:key>/mail/<str:mail_key>", mail.edit_held, name="held"),
    path("requests/<str:key>/planned-seal", mail.remove_planned_seal, name="planned_seal"),
    path("requests/<str:key>/reminders", mail.edit_reminders, name="reminders"),
    path("requests/<str:key>/reminders/<str:reminder_key>", mail.edit_reminder, name="reminder"),
    path("requests/<str:key>/copy", letters.show_copy, name="copy"),
]
