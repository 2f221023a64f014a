"""A small model of the whole life: what the promises say must be, in plain Python. It knows nothing of the product.

Each `why_not_…` names the refusal that is due, or is empty; each act changes the model as the promise says. The
machine in `test_whole_life.py` does the same to the product and holds both together after every step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
NOES = {"no", "taken_back", "not_mine"}
STOPPED = "stops-mail"
NOT_ALLOWED = "move-not-allowed"


@dataclass(eq=False)
class Seal:
    """A letter made firm. `uses` are the places its writer agrees to."""

    at: datetime
    uses: frozenset[int]
    is_released: bool = False
    is_withdrawn: bool = False


@dataclass(eq=False)
class Text:
    """One letter, begun in a round of its page or beside a sealed one. Opened again it has no seal."""

    key: str
    is_beside: bool
    is_waived: bool
    words: int = 1
    before: Text | None = None
    opened_by_writer: int | None = (
        None  # begun openly after a waived one, by its writer's word: how many wishes there were
    )
    seal: Seal | None = None

    def stage(self, all_texts: list[Text]) -> str:
        if self.seal is None:
            return "draft"
        if self.seal.is_withdrawn:
            return "withdrawn"
        if self.is_replaced(all_texts):
            return "replaced"
        return "released" if self.seal.is_released else "sealed"

    def is_replaced(self, all_texts: list[Text]) -> bool:
        return any(one.before is self and one.seal and one.seal.is_released for one in all_texts)

    def is_read_by_applicant(self) -> bool:
        return self.seal is not None and self.seal.is_released and not self.is_waived


@dataclass(eq=False)
class Wish:
    """One place on the page: waived means that the applicant gives up reading the letter for it."""

    place: int
    is_waived: bool
    stands: bool = True


@dataclass(eq=False)
class Page:
    """The standing page of Ada and one writer. A new wish after an end begins a new round."""

    mailbox: str
    stopped: set[str]  # mailboxes that want no mail, over all pages
    wishes: list[Wish] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    links: set[str] = field(default_factory=set)  # mails that carry one, gone or about to go, in this round
    answer: tuple[str, object] | None = None  # in this round, with the day promised
    has_begun: bool = False  # words were kept in this round
    had_begun: bool = False  # in any round
    is_withdrawn: bool = False
    told: set[str] = field(default_factory=set)  # the mail that tells the writer of it, if there is one
    sealed_by: Text | None = None  # the letter that closed this round
    ends: list[int] = field(default_factory=list)  # how many wishes there were when a letter closed a round
    is_proven: bool = False
    is_paused: bool = False

    @property
    def stage(self) -> str:
        if self.is_withdrawn:
            return "withdrawn"
        if self.sealed_by is not None:
            return "sealed"
        if self.answer is not None:
            if self.answer[0] in NOES:
                return "declined"
            return "writing" if self.has_begun else "agreed"
        return "asked" if self.links else "prepared"

    @property
    def is_over(self) -> bool:
        return self.stage in {"sealed", "withdrawn"}

    # --- The applicant. ---

    def why_not_wish(self, place: int) -> str:
        return "asked-already" if place in [wish.place for wish in self.kept_wishes()] else ""

    def kept_wishes(self) -> list[Wish]:
        """Those that stand with one more: what the applicant stopped asking for does not come back, nor goes what has come."""
        come = max(self.ends, default=0)
        return [
            wish
            for place, wish in enumerate(self.wishes)
            if wish.stands and (place < come or not self.is_withdrawn)
        ]

    def wish(self, place: int, *, is_waived: bool) -> None:
        kept = self.kept_wishes()
        for wish in self.wishes:
            wish.stands = wish in kept
        if self.is_over:
            self.is_withdrawn, self.sealed_by = False, None
            self.answer, self.has_begun, self.links = None, False, set()
        self.wishes.append(Wish(place, is_waived))

    def why_not_ask(self) -> str:
        if self.is_over:
            return NOT_ALLOWED
        if self.mailbox in self.stopped:
            return STOPPED
        return "mail-paused" if self.is_paused else ""

    def why_not_give_up(self) -> str:
        return NOT_ALLOWED if self.sealed_by is not None else ""

    def why_not_move(self) -> str:
        return "address-is-the-writers" if self.had_begun else ""

    def move(self, mailbox: str) -> None:
        self.mailbox, self.is_proven, self.is_paused = mailbox, False, False

    # --- The writer. ---

    def is_same_answer(self, said: str, promised: object) -> bool:
        if self.answer is None or self.answer[0] != said:
            return False
        return (promised is None or self.answer[1] == promised) and (said in NOES or self.is_proven)

    def why_not_answer(self, said: str, promised: object, *, is_proven: bool) -> str:
        if said not in {"no", "not_mine"} and not is_proven:
            return "mailbox-not-proven"
        allowed = {
            "yes": {"prepared", "asked", "agreed", "writing", "declined"},
            "no": {"prepared", "asked", "agreed", "writing"},
            "taken_back": {"agreed", "writing"},
            "not_mine": {"prepared", "asked", "agreed"},
        }
        return "" if self.is_same_answer(said, promised) or self.stage in allowed[said] else NOT_ALLOWED

    def say(self, said: str, promised: object, *, is_proven: bool) -> bool:
        """Whether it is a new answer."""
        if self.is_same_answer(said, promised):
            return False
        self.is_proven |= is_proven
        self.answer = (said, promised)
        return True

    def in_hand(self) -> Text | None:
        """The newest letter without a seal that is the page's own, of whichever round."""
        return next((one for one in reversed(self.texts) if one.seal is None and not one.is_beside), None)

    def why_not_write(self, text: Text | None) -> str:
        if text is not None and text.is_beside:
            return "" if self.stage in {"agreed", "writing", "sealed"} else NOT_ALLOWED
        return NOT_ALLOWED if self.is_over else ""

    def waived_now(self) -> bool:
        return any(wish.is_waived for wish in self.wishes if wish.stands)

    def is_closed_to_applicant(self, text: Text) -> bool:
        """Kept from Ada: waived before, or by a wish that stands; what its writer opened, only by a later waiver."""
        if text.is_waived or not self.waived_now():
            return text.is_waived
        since = text.opened_by_writer
        return since is None or any(wish.is_waived for wish in self.wishes[since:])

    def write(self, text: Text) -> None:
        """Other words were kept in a letter in hand."""
        if text not in self.texts:
            self.texts.append(text)
        text.is_waived = self.is_closed_to_applicant(text)
        text.words += 1
        self._begin(text)

    def _begin(self, text: Text) -> None:
        self.is_proven = True
        if not text.is_beside:
            self.has_begun = self.had_begun = True

    def rests_on(self, text: Text) -> tuple[object, ...]:
        """What sealing now would settle."""
        places = [number for number, wish in enumerate(self.wishes) if wish.stands]
        return (text.words, self.is_closed_to_applicant(text), *places)

    def why_not_seal(self, text: Text, rests_on: tuple[object, ...]) -> str:
        if text.seal is not None:  # pressed twice
            return ""
        if self.stage not in ({"agreed", "writing", "sealed"} if text.is_beside else {"agreed", "writing"}):
            return NOT_ALLOWED
        return "" if self.rests_on(text) == rests_on else "letter-changed"

    def seal(self, text: Text, now: datetime) -> None:
        text.is_waived = self.is_closed_to_applicant(text)
        standing = frozenset(wish.place for wish in self.wishes if wish.stands)
        uses = text.before.seal.uses if text.is_beside and text.before and text.before.seal else standing
        text.seal = Seal(now, uses)
        self.is_proven = True
        if not text.is_beside:
            self.sealed_by = text
            self.ends.append(len(self.wishes))

    def why_not_reopen(self, text: Text, *, has_code: bool, now: datetime) -> str:
        assert text.seal is not None
        if not has_code:
            return "fresh-code-needed"
        return "seal-stays" if text.seal.is_released or now >= text.seal.at + HOUR else ""

    def reopen(self, text: Text) -> None:
        """Only the end that this letter brought is lifted, never another one's."""
        text.seal = None
        if self.sealed_by is text:
            self.sealed_by = None
            self.ends.pop()

    def why_not_succeed(self, text: Text) -> str:
        if text.is_replaced(self.texts):
            return "replaced-already"
        if self.is_withdrawn:
            return NOT_ALLOWED
        if self.begun_after(text) is None and self.stage != "sealed" and self.in_hand() is not None:
            return "words-there"
        return ""

    def begun_after(self, text: Text) -> Text | None:
        return next((one for one in reversed(self.texts) if one.before is text and one.seal is None), None)

    def succeed(self, text: Text, key: str, *, openly: bool) -> None:
        openly = openly and text.is_waived
        closed = self.waived_now() or text.is_waived
        begun = self.begun_after(text)
        if begun is not None:
            if not openly and begun.opened_by_writer is not None:
                begun.opened_by_writer, begun.is_waived = None, closed
            return
        newer = Text(key, is_beside=self.stage == "sealed", is_waived=closed and not openly, before=text)
        newer.opened_by_writer = len(self.wishes) if openly else None
        self.texts.append(newer)
        self._begin(newer)


@dataclass(eq=False)
class Reader:
    """Who may read one letter for one place."""

    seal: Seal
    place: int
    expires_at: datetime
    is_revoked: bool = False

    def may_read(self, now: datetime) -> bool:
        return not self.is_revoked and now < self.expires_at and self.has_something()

    def why_not_mail(self, now: datetime) -> str:
        if self.is_revoked:
            return "reader-revoked"
        if now >= self.expires_at:
            return "reader-expired"
        return "" if self.has_something() else "nothing-left"

    def has_something(self) -> bool:
        """Withdrawn, or no longer for this place: nothing is left to read."""
        return not self.seal.is_withdrawn and self.place in self.seal.uses


def why_not_packet(page: Page, text: Text, place: int) -> str:
    if text.stage(page.texts) != "released":
        return "letter-not-ready"
    return "" if text.seal and place in text.seal.uses else "letter-not-in-scope"
