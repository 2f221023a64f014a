"""Why an upload was refused, or what was taken out of it, in sentences."""

from __future__ import annotations

from vouchsafe.core.words import Sentence, msg, say

REFUSED = {
    "empty": msg("The file is empty. Choose it again; perhaps it was still being saved."),
    "too-big": msg("The file is larger than {most} MB. Save it with smaller pictures."),
    "unknown": msg("This is no PDF, Word or OpenDocument file and no photograph. Export it as PDF."),
    "old-word": msg(
        "This is a Word file with a password, or of a kind older than 2007. Save it as PDF, or as .docx without a password."
    ),
    "named-otherwise": msg(
        "The name ends in {ending}, but the file is {really}. Choose the right file, or correct its name."
    ),
    "password": msg("The PDF opens with a password only. Save it again without one."),
    "restricted": msg(
        "The PDF is restricted by an owner password. Print it to a new PDF, and send that one."
    ),
    "unreadable": msg("The PDF is damaged and cannot be read. Export it as PDF again."),
    "no-pages": msg("The PDF has no page."),
    "too-many-pages": msg("The letter has {pages} pages. At most {most} can be taken."),
    "too-heavy": msg("The file grows far too large when it is opened. Export it as PDF again."),
    "too-slow": msg("The file took too long to read. Export it as PDF again, with simpler pictures."),
    "not-shown": msg("Not every page of the PDF can be shown. Export it as PDF again."),
    "photograph": msg("A photograph cannot be read. Take it again, as JPEG, PNG or HEIC."),
    "word-unreadable": msg("The Word file is damaged and cannot be read. Save it as PDF, and send that."),
    "no-words": msg(
        "There are no words in the file that could be taken over. Save it as PDF, and send that."
    ),
}

REMOVED = {
    "script": msg("Scripts were taken out."),
    "action": msg("Actions that start, send or open something were taken out."),
    "attached": msg("Attached files were taken out."),
    "media": msg("Sound, film and moving pictures were taken out."),
    "form": msg("Form fields were turned into plain text."),
    "xfa": msg("A form of the XFA kind was taken out. Look over the pages: parts of it may be missing."),
    "comments": msg("Comments and highlights were taken out."),
    "signature": msg(
        "A digital signature in the file could not be kept. The letter gets a new one when it is sealed."
    ),
    "links": msg("Links into other files were taken out."),
    "outside": msg("Parts kept outside the document were left out."),
}

DRAFT = {
    "words-only": msg("The words were taken over as a draft. The letterhead was not; add it in the editor."),
    "wordless": msg(
        "There are no words in the file. The draft starts empty; or save the letter as PDF, and send that."
    ),
    "dde": msg("Fields that fetch something from another program were left out."),
    "macros": msg("Macros were left out."),
    "embedded": msg("Embedded objects were left out."),
    "outside": msg("Parts kept outside the document were left out."),
    "pictures": msg("Pictures were left out."),
}

REALLY = {
    "pdf": msg("a PDF"),
    "docx": msg("a Word document"),
    "odt": msg("an OpenDocument text"),
    "jpeg": msg("a photograph"),
    "png": msg("a picture"),
    "heic": msg("a photograph"),
}


def refused(code: str, **facts: object) -> Sentence:
    return say(REFUSED[code], **facts)


def removed(code: str) -> Sentence:
    return say(REMOVED[code])


def drafted(code: str) -> Sentence:
    return say(DRAFT[code])
