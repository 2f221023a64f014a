"""Kinds of lines that the office looks for together. A verb may be of none: then it is found among all lines."""

from __future__ import annotations

from dataclasses import dataclass

from vouchsafe.core.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Kind:
    label: Sentence
    verbs: tuple[str, ...]


KINDS = {
    "coming-in": Kind(
        say("Joining, signing in, leaving"),
        ("joined", "invited", "invitation_withdrawn", "mailed_account", "sign_in_link_made", "signed_in_by_link", "signed_in_elsewhere",
         "sign_on_linked", "sign_on_taken_off",
         "address_proved", "account_edited", "role_changed", "erased", "set_up"),
    ),
    "advisers": Kind(
        say("Advisers"),
        ("adviser_named", "adviser_agreed", "advising_ended", "advising_restored", "letters_shown"),
    ),
    "asking": Kind(
        say("Asking and answering"),
        ("asked_in_person", "asked_mail", "asked_phone", "ask_queued", "ask_undone", "request_opened", "reminder_queued",
         "said_yes", "said_yes_if", "said_no", "said_not_mine", "said_taken_back", "replied", "closed_withdrawn",
         "request_paused", "request_resumed", "request_restored", "mail_bounced", "mail_stopped"),
    ),
    "letters": Kind(
        say("Letters and their seals"),
        ("letter_begun", "file_uploaded", "sealed", "seal_planned", "seal_stopped", "seal_released", "seal_reopened",
         "seal_withdrawn", "scope_set", "waived", "letter_waived", "in_confidence", "letter_brought", "file_swept"),
    ),
    "readers": Kind(
        say("Packets and readers"),
        ("packet_made", "packet_mailed", "packet_mail_undone", "packet_handed_over", "packet_link_shown", "reader_added",
         "reader_confirmed", "reader_opened", "reader_read", "reader_downloaded", "reader_named", "reader_revoked",
         "reader_code_set", "reader_code_wrong", "reader_expiry_moved"),
    ),
    "calls": Kind(
        say("Calls for letters"),
        ("call_kept", "call_open", "call_unopen", "call_close", "call_reopen", "call_withdraw", "call_restore",
         "call_days_moved", "call_invited", "call_joined", "call_left", "writer_nominated", "nomination_withdrawn",
         "applicant_listed", "applicant_unlisted", "committee_named", "committee_mailed", "committee_entered",
         "committee_revoked", "committee_code_set", "committee_code_wrong", "call_table_taken", "packet_for_committee",
         "reader_of_committee"),
    ),
    "house": Kind(
        say("The house itself"),
        ("key_rotated", "orphan_erased", "office_alerted", "rule_book_kept", "rule_book_removed", "rule_book_restored",
         "journal_taken_out", "keeping_set", "kept_longer", "farewell_said", "request_erased", "mails_forgotten",
         "readers_forgotten"),
    ),
}  # fmt: skip
