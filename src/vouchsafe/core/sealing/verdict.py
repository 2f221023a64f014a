"""The verdict on a letter somebody holds: four separate answers and one bottom line, never one tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vouchsafe.core.words import Sentence, msg, say


class Outcome(StrEnum):
    GENUINE = "genuine"
    CHANGED = "changed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    NOT_FOUND = "not_found"
    NOT_CHECKABLE = "not_checkable"


class Known(StrEnum):
    """Are these bytes known here?"""

    SEALED_FILE = "sealed_file"
    READING_COPY = "reading_copy"
    CONFORMING_COPY = "conforming_copy"
    NUMBER_ONLY = "number_only"
    NOT_THESE_BYTES = "not_these_bytes"
    NOTHING = "nothing"
    NOT_ASKED = "not_asked"


class SignatureState(StrEnum):
    """Is the signature sound and ours?"""

    SOUND_AND_OURS = "sound_and_ours"
    NOT_OURS = "not_ours"
    BROKEN = "broken"
    NONE = "none"
    NOT_CHECKED = "not_checked"


class Addition(StrEnum):
    """Was anything added after the seal?"""

    NOTHING = "nothing"
    SOMETHING = "something"
    NOT_CHECKED = "not_checked"


class Standing(StrEnum):
    """What became of the letter since: its own state, whatever bytes somebody holds."""

    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class SenderProof(StrEnum):
    """How the writer was proven to be behind the letter."""

    MAILED_LINK = "mailed_link"
    MAILED_CODE = "mailed_code"
    REPLY_BY_MAIL = "reply_by_mail"
    INSTITUTION = "institution"
    NOT_PROVEN = "not_proven"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found out, before anyone judges it.

    `manifest_sound` is the Ed25519 seal kept here (None: could not be checked); `signature` and `addition`
    are about the file's own PDF signature; `carries_our_mark` says the file bears a number or a signature
    of this instance; `reachable` is False when keys or the store cannot be read now.
    """

    known: Known
    signature: SignatureState = SignatureState.NOT_CHECKED
    addition: Addition = Addition.NOT_CHECKED
    manifest_sound: bool | None = None
    standing: Standing | None = None
    sender: SenderProof = SenderProof.NOT_KNOWN
    number: str = ""
    writer: str = ""
    sealed_at: datetime | None = None
    carries_our_mark: bool = False
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers: its state as a word for programs, and a sentence for people.

    `good` is True or False where the answer settles something, None where it leaves the question open.
    """

    state: str
    sentence: Sentence
    good: bool | None


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    bottom_line: Sentence
    known: Answer
    signature: Answer
    addition: Answer
    sender: Answer
    number: str

    @property
    def is_sound(self) -> bool:
        return self.outcome is Outcome.GENUINE


def judge(evidence: Evidence) -> Verdict:
    """Weigh the evidence. The four answers keep what was seen; the bottom line follows from them."""
    outcome = _outcome(evidence)
    return Verdict(
        outcome=outcome,
        bottom_line=_bottom_line(outcome, evidence),
        known=Answer(
            evidence.known, say(_KNOWN[evidence.known], number=evidence.number), _good_known(evidence.known)
        ),
        signature=_signature_answer(evidence),
        addition=_addition_answer(evidence),
        sender=Answer(
            evidence.sender,
            say(_SENDER[evidence.sender], writer=evidence.writer),
            _GOOD_SENDER[evidence.sender],
        ),
        number=evidence.number,
    )


def _outcome(evidence: Evidence) -> Outcome:
    if not evidence.reachable:
        return Outcome.NOT_CHECKABLE
    if evidence.known is Known.NOT_ASKED:
        return Outcome.NOT_CHECKABLE
    if evidence.known is Known.NOTHING:
        return Outcome.CHANGED if evidence.carries_our_mark else Outcome.NOT_FOUND
    if evidence.known is Known.NOT_THESE_BYTES:
        return Outcome.CHANGED
    if evidence.manifest_sound is False:
        return Outcome.CHANGED
    if evidence.known is Known.SEALED_FILE and _file_speaks_against(evidence):
        return Outcome.CHANGED
    if evidence.manifest_sound is None or evidence.standing is None:
        return Outcome.NOT_CHECKABLE
    if evidence.standing is Standing.WITHDRAWN:
        return Outcome.WITHDRAWN
    if evidence.standing is Standing.REPLACED:
        return Outcome.REPLACED
    return Outcome.GENUINE


def _file_speaks_against(evidence: Evidence) -> bool:
    unsound = evidence.signature in (SignatureState.BROKEN, SignatureState.NOT_OURS, SignatureState.NONE)
    return unsound or evidence.addition is Addition.SOMETHING


def _good_known(known: Known) -> bool | None:
    if known in (Known.NUMBER_ONLY, Known.NOT_ASKED):
        return None
    return known in (Known.SEALED_FILE, Known.READING_COPY, Known.CONFORMING_COPY)


def _signature_answer(evidence: Evidence) -> Answer:
    state = evidence.signature
    if evidence.manifest_sound is False:
        return Answer(SignatureState.BROKEN, say(_MANIFEST_BROKEN), False)
    if evidence.known in _HELD_WITHOUT_SIGNATURE and evidence.manifest_sound:
        return Answer(state, say(_MANIFEST_SOUND), True)
    return Answer(state, say(_SIGNATURE[state]), _GOOD_SIGNATURE[state])


def _bottom_line(outcome: Outcome, evidence: Evidence) -> Sentence:
    if outcome is Outcome.GENUINE:
        template = _GENUINE.get(evidence.known, _GENUINE[Known.SEALED_FILE])
    else:
        template = _OUTCOME[outcome]
    return say(template, number=evidence.number, writer=evidence.writer)


_HELD_WITHOUT_SIGNATURE = (Known.NUMBER_ONLY, Known.READING_COPY, Known.CONFORMING_COPY)

_MANIFEST_SOUND = msg("The seal kept here is sound and ours.")
_MANIFEST_BROKEN = msg("The seal kept here does not match its record. Ask the people who run this site.")

_GENUINE = {
    Known.SEALED_FILE: msg("This letter is genuine. It is unchanged since it was sealed."),
    Known.READING_COPY: msg("This is a reading copy of letter {number}, which is genuine."),
    Known.CONFORMING_COPY: msg(
        "This is a copy of letter {number} made to fit a portal. The letter is genuine."
    ),
    Known.NUMBER_ONLY: msg(
        "Letter {number} is genuine. Compare the picture and the four words with your copy."
    ),
}
_OUTCOME = {
    Outcome.CHANGED: msg("This file is not the letter we sealed."),
    Outcome.REPLACED: msg("This letter was replaced by a newer one."),
    Outcome.WITHDRAWN: msg("This letter was withdrawn by its writer."),
    Outcome.NOT_FOUND: msg("No letter like this was sealed here."),
    Outcome.NOT_CHECKABLE: msg("This cannot be checked now. Try again later."),
}
_KNOWN = {
    Known.SEALED_FILE: msg("These are byte for byte the file that was sealed as letter {number}."),
    Known.READING_COPY: msg("This file was made here as a reading copy of letter {number}."),
    Known.CONFORMING_COPY: msg("This file was made here as a copy of letter {number} to fit a portal."),
    Known.NUMBER_ONLY: msg("The number {number} is known here. No file was compared."),
    Known.NOT_THESE_BYTES: msg("The number {number} is known here, these bytes are not."),
    Known.NOTHING: msg("These bytes are not known here."),
    Known.NOT_ASKED: msg("We could not look it up now."),
}
_SIGNATURE = {
    SignatureState.SOUND_AND_OURS: msg("The signature in the file is sound and ours."),
    SignatureState.NOT_OURS: msg("The file carries a signature that is not ours."),
    SignatureState.BROKEN: msg("The signature in the file does not fit the file."),
    SignatureState.NONE: msg("The file carries no signature."),
    SignatureState.NOT_CHECKED: msg("No signature was checked."),
}
_GOOD_SIGNATURE = {
    SignatureState.SOUND_AND_OURS: True,
    SignatureState.NOT_OURS: False,
    SignatureState.BROKEN: False,
    SignatureState.NONE: False,
    SignatureState.NOT_CHECKED: None,
}


def _addition_answer(evidence: Evidence) -> Answer:
    """A registered copy is known by every byte, so nothing can have been added to it since it was made."""
    if (
        evidence.known in (Known.READING_COPY, Known.CONFORMING_COPY)
        and evidence.addition is Addition.NOT_CHECKED
    ):
        return Answer(evidence.addition, say("Nothing was added to this copy since it was made here."), True)
    return Answer(evidence.addition, say(_ADDITION[evidence.addition]), _GOOD_ADDITION[evidence.addition])


_ADDITION = {
    Addition.NOTHING: msg("Nothing was added after the seal."),
    Addition.SOMETHING: msg("Something was added after the seal."),
    Addition.NOT_CHECKED: msg(
        "We did not see a file, so we do not know whether something was added to yours."
    ),
}
_GOOD_ADDITION = {Addition.NOTHING: True, Addition.SOMETHING: False, Addition.NOT_CHECKED: None}
_SENDER = {
    SenderProof.MAILED_LINK: msg(
        "{writer} sent it, by a link mailed to their address. We do not know who sat at the keyboard."
    ),
    SenderProof.MAILED_CODE: msg(
        "{writer} sent it, by a code mailed to their address. We do not know who sat at the keyboard."
    ),
    SenderProof.REPLY_BY_MAIL: msg(
        "{writer} sent it by mail, and their mail provider vouched for the address."
    ),
    SenderProof.INSTITUTION: msg("{writer} signed in through their institution to send it."),
    SenderProof.NOT_PROVEN: msg("{writer} is named as the writer. The address was not proven."),
    SenderProof.NOT_KNOWN: msg("We do not know who sent it."),
}
_GOOD_SENDER = {
    SenderProof.MAILED_LINK: True,
    SenderProof.MAILED_CODE: True,
    SenderProof.REPLY_BY_MAIL: True,
    SenderProof.INSTITUTION: True,
    SenderProof.NOT_PROVEN: False,
    SenderProof.NOT_KNOWN: None,
}
