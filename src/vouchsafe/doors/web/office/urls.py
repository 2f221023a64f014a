from django.urls import URLPattern, URLResolver, path

from vouchsafe.doors.web.office.views import mail_in, mailbox, mails, office, people, readers, rule_books

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/", office.show_office, name="office"),
    path("office/people/", people.show_people, name="people"),
    path("office/people/<slug:key>/role", people.edit_role, name="role"),
    path("office/invitations", people.create_invitation, name="invitations"),
    path("office/invitations/<slug:key>/withdrawal", people.remove_invitation, name="withdrawal"),
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
    path("mailbox/", mailbox.show_mailbox, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.show_mail, name="mail"),
    path("mailbox/<slug:name>/as-it-looks", mailbox.show_mail_html, name="mail_html"),
]
