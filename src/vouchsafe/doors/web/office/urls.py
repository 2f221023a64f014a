from django.urls import URLPattern, URLResolver, path

from vouchsafe.doors.web.office.views import (
    advisers,
    advising,
    mail_in,
    mailbox,
    mails,
    office,
    people,
    readers,
    rule_books,
)

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/", office.show_office, name="office"),
    path("office/people/", people.show_people, name="people"),
    path("office/people/<slug:key>/role", people.edit_role, name="role"),
    path("office/invitations", people.create_invitation, name="invitations"),
    path("office/invitations/<slug:key>/withdrawal", people.remove_invitation, name="withdrawal"),
    path("office/advisers/", advisers.show_advisers, name="advisers"),
    path("office/advisers/<slug:key>/end", advisers.remove_adviser, name="adviser_end"),
    path("office/journal/", office.show_journal, name="journal"),
    path("office/journal/check", office.show_journal_check, name="journal_check"),
    path("office/mail/", mail_in.show_mail_in, name="mail_in"),
    path("office/mail/<slug:key>", mail_in.edit_mail_in, name="mail_in_act"),
    path("office/mails/", mails.show_mails, name="mails"),
    path("office/mails/<slug:slug>/", mails.show_sample, name="mail_sample"),
    path("office/mails/<slug:slug>/<slug:look>", mails.show_sample_html, name="mail_sample_html"),
    path("office/readers/", readers.show_readers, name="readers"),
    path("office/readers/<slug:key>/confirmation", readers.create_confirmation, name="reader_confirmation"),
    path("office/rule-books/", rule_books.edit_rule_books, name="rule_books"),
    path("office/rule-books/<slug:key>/", rule_books.edit_rule_book, name="rule_book"),
    path("office/rule-books/<slug:key>/removal", rule_books.remove_rule_book, name="rule_book_removal"),
    path("advising/", advising.show_cohort, name="cohort"),
    path("advising/<str:key>/", advising.show_advised, name="advised"),
    path("advising/<str:key>/end", advising.remove_advised, name="advised_end"),
    path("advising/<str:key>/letters/<str:letter_key>/", advising.show_letter, name="shown_letter"),
    path(
        "advising/<str:key>/letters/<str:letter_key>/pages/<int:number>",
        advising.show_page,
        name="shown_page",
    ),
    path("mailbox/", mailbox.show_mailbox, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.show_mail, name="mail"),
    path("mailbox/<slug:name>/as-it-looks", mailbox.show_mail_html, name="mail_html"),
]
