"""The story's walk, one method a step; each does its part for real and tells what happened."""

from __future__ import annotations

import email
import email.policy
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils import timezone

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.core.composing import AskFacts, Purpose, Tie, Waiver, compose_ask
from vouchsafe.core.composing.facts import Due, Spoken
from vouchsafe.core.odds.wording import in_hundred
from vouchsafe.core.reading.posting import read_posting
from vouchsafe.core.words import from_plain
from vouchsafe.core.worth import from_posting, weigh
from vouchsafe.desk.verifying import check_file
from vouchsafe.doors.cli import story_world as world
from vouchsafe.doors.cli.story_browser import Visitor
from vouchsafe.doors.cli.story_files import StoryStuck
from vouchsafe.doors.cli.story_neighbours import bring_neighbours
from vouchsafe.doors.cli.story_world import Step
from vouchsafe.letters.access_open import shelf
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.confirm_reader import confirm_reader
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.make_packet import make_packet
from vouchsafe.people import access as people
from vouchsafe.people.actions.keep_contacts import keep_contacts
from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.plans import access as plans
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.add_opportunity import add_opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts

NOTHING = timedelta(0)
PATIENCE_SECONDS = 180
READER = ("Cleo Brandt", "cleo.brandt@harbour-vale.example")


@dataclass
class Walk:
    """The whole path, once. What one step makes, the next one finds here."""

    folder: Path
    contacts: Path | None = None
    posting: Path | None = None
    letter: Path | None = None
    told: list[Step] = field(default_factory=list)
    ada: Any = None
    opportunity: Any = None
    writer: Any = None
    number: str = ""
    digest: str = ""
    pdf: Path | None = None
    verdict: str = ""
    waiting_link: str = ""
    _writer_link: str = ""
    _reader_link: str = ""
    _letter_key: str = ""

    def steps(self) -> Iterator[Step]:
        self.ada = world.people_of_the_story()
        with self._server():
            for number, step in enumerate(self._parts(), start=1):
                title, *lines = step
                told = Step(number, title, tuple(str(line) for line in lines))
                self.told.append(told)
                yield told

    def outcome(self) -> dict[str, Any]:
        return {"number": self.number, "digest": self.digest, "pdf": self.pdf, "verdict": self.verdict}

    def links(self) -> dict[str, str]:
        """The paths that the story's visitors came by."""
        writer = self.waiting_link or self._writer_link
        return {"writer": urlsplit(writer).path, "reader": urlsplit(self._reader_link).path}

    def _parts(self) -> Iterator[list[Any]]:
        yield self._read_contacts()
        yield self._read_opportunity()
        yield self._draw_plan()
        yield self._ask_in_person()
        yield self._open_and_mail()
        yield from self._writer_answers()
        yield self._make_packet()
        yield from self._reader_reads()
        yield from self._ask_another()
        if self.contacts is None and (told := bring_neighbours(self._mail_to)):
            yield [told]
        redraw_plan(by=self.ada, today=timezone.localdate(), now=timezone.now())

    def _read_contacts(self) -> list[Any]:
        data, name = world.contacts_file(self.contacts)
        row = read_contact_file(by=self.ada, data=data, name=name, now=timezone.now())
        kept = keep_contacts(by=self.ada, contact_import=row, now=timezone.now())
        missing = [contact.name for contact in people.contacts(self.ada) if not contact.addresses.all()]
        problems = [f"not taken over: {from_plain(where)}: {from_plain(why)}" for where, why in row.problems]
        world.tell_what_is_known(self.ada)
        return [
            f"Contacts read: {kept.new} new, {kept.updated} updated, {kept.same} as they were ({row.file_kind})",
            *problems[:5],
            *([f"to complete, no address yet: {', '.join(missing[:5])}"] if missing else []),
        ]

    def _read_opportunity(self) -> list[Any]:
        data, name = world.posting_file(self.posting)
        read = read_posting(data, name=name)
        if not read.postings:
            raise StoryStuck(
                f"{name} holds no opening: {'; '.join(str(problem.why) for problem in read.problems)}"
            )
        found = read.postings[0]
        verdict = weigh(from_posting(found))
        deadline = world.deadline_of(found.deadline)
        self.opportunity = add_opportunity(
            by=self.ada,
            facts=OpportunityFacts(
                kind="job",
                title=found.title or "The opening",
                organisation=found.company or "",
                locations=tuple(found.locations),
                url=found.url or "",
                text=found.description or "",
                need=max(1, verdict.need or 1),
                deadline_on=deadline,
            ),
            now=timezone.now(),
        )
        add_destination(
            by=self.ada,
            opportunity=self.opportunity,
            way="reader_link",
            label=found.company or "The reader",
            address=READER[1],
            now=timezone.now(),
        )
        place = f" at {found.company}" if found.company else ""
        return [
            f"Opportunity read: {found.title}{place}",
            f"a letter here: {verdict.headline}",
            *(f"because {reason.sentence}" for reason in verdict.reasons[:3]),
            f"letters by {deadline:%A %d %B %Y}{'' if found.deadline else ' (the page names no date; this one is the story’s)'}",
        ]

    def _draw_plan(self) -> list[Any]:
        plan = redraw_plan(by=self.ada, today=timezone.localdate(), now=timezone.now())
        part = plan.odds[self.opportunity.key]
        lines = []
        for slot in plan.slots.filter(opportunity=self.opportunity).prefetch_related("choices__contact"):
            choices = list(slot.choices.all())
            for choice in choices[:1]:
                self.writer = self.writer or (choice.contact if choice.rank == 0 else None)
                why = "; ".join(str(from_plain(sentence)) for _, _, sentence in choice.reasons[:3])
                lines.append(f"{'spare: ' if slot.is_spare else ''}{choice.contact.name}: {why}")
            behind = [choice.contact.name for choice in choices if choice.rank > 0]
            if behind:
                lines.append(f"standing by: {', '.join(behind)}")
        self.writer = self.writer or people.contacts(self.ada).first()
        if self.writer is None:
            raise StoryStuck("nobody in these contacts can be asked")
        lines += [f"not met: {from_plain(sentence)}" for sentence in part["unmet"]]
        chance = in_hundred(part["odds"]) if part["odds"] is not None else "not known"
        return [f"Plan drawn: {chance} that the letters are there in time", *lines]

    def _ask_in_person(self) -> list[Any]:
        today = timezone.localdate()
        record_ask(
            by=self.ada, contact=self.writer, opportunity=self.opportunity, channel="in_person", said="yes",
            asked_on=today, today=today, now=timezone.now(),
        )  # fmt: skip
        return [f"Asked in person: {self.writer.name} said yes; now one mail with everything"]

    def _open_and_mail(self) -> list[Any]:
        address = world.address_of(self.ada, self.writer)
        self.writer = people.contact(self.ada, self.writer.key)
        shown = max(timezone.localdate(), self.opportunity.deadline_on - timedelta(days=7))
        composed = compose_ask(
            AskFacts(
                applicant=self.ada.name,
                writer=self.writer.name,
                salutation=self.writer.name,
                tie=Tie.MANAGER,
                appreciation="Your Friday reviews taught me to ask where a number comes from.",
                worked_together="in the reporting team",
                worked_when="for two years",
                saw="how the returns report went from four days to four hours",
                purpose=Purpose.JOB,
                opportunity=self.opportunity.title,
                institution=self.opportunity.organisation,
                due=Due(shown, zone="UTC"),
                waiver=Waiver.WAIVED,
                met="in your office this week",
                answer=Spoken.YES,
            )
        )
        purpose = open_request(
            by=self.ada,
            contact=self.writer,
            opportunity=self.opportunity,
            shown_on=shown,
            confidentiality="waived",
            subject=str(composed.subject),
            note=composed.text(),
            points=["How the returns report went from four days to four hours"],
            today=timezone.localdate(),
            now=timezone.now(),
        )
        send_ask(by=self.ada, purpose=purpose, now=timezone.now(), undo=NOTHING)
        mail = self._mail_to(address, "/r/")
        self._writer_link = mail.link
        return [
            f"Request opened for {self.writer.name}; {self.ada.name} gives up reading the letter",
            f"mail sent: {mail.path}",
        ]

    def _writer_answers(self) -> Iterator[list[Any]]:
        ben = Visitor(settings.BASE_URL).open(self._writer_link)
        ben.press("Yes, I will write it")
        yield [f"Yes: {self.writer.name} pressed one button, without an account"]
        data, name = world.letter_file(self.letter, self.ada.name, self.writer.name)
        ben.press("Look at the pages", files={"file": (name, data)})
        if "/write" in ben.address:
            ben.press("Review and seal", name=self.writer.name)
        yield [f"Letter taken: {name}", f"shown before sealing at {ben.address}"]
        ben.press("Seal the letter", writer_name=self.writer.name, sure="on")
        if not ben.address.endswith("/sealed"):
            ben.press("Seal the letter", writer_name=self.writer.name, sure="on")
        ben.press("Tell ")
        kept = next(row for row in shelf(self.ada) if row.contact_key == self.writer.key)
        self.number, self._letter_key = kept.number, kept.key
        yield [f"Sealed: letter {kept.number}, {kept.pages} page(s), in the Safe; {self.ada.name} was told"]

    def _make_packet(self) -> list[Any]:
        now = timezone.now()
        destination = plans.opportunity(self.ada, self.opportunity.key).destinations.first()
        packet = make_packet(
            by=self.ada,
            opportunity=self.opportunity,
            destination=destination,
            letter_keys=[self._letter_key],
            title=self.opportunity.title,
            cover_words="One letter, from someone who saw the work.",
            today=timezone.localdate(),
            now=now,
        )
        reader = add_reader(
            by=self.ada,
            packet=packet,
            name=READER[0],
            address=READER[1],
            expires_at=now + timedelta(days=60),
            now=now,
        )
        instance = people.instance()
        if reader.held_why and instance is not None:  # nobody has made sure of a reader at this domain yet
            confirm_reader(by=instance.owner, reader=reader, now=now)
        else:
            mail_packet(by=self.ada, reader=reader, now=now, undo=NOTHING)
        mail = self._mail_to(READER[1], "/p/")
        self._reader_link = mail.link
        return [
            f"Packet made for {READER[0]}",
            "a confidential letter: the office made sure of the address",
            f"mail sent: {mail.path}",
        ]

    def _reader_reads(self) -> Iterator[list[Any]]:
        cleo = Visitor(settings.BASE_URL).open(self._reader_link)
        yield [f"Reader’s link opened: {cleo.title}"]
        cleo.press("Read the letter")
        cleo.press("Download")
        assert cleo.answer is not None
        data = cleo.answer.content
        if not data.startswith(b"%PDF"):
            raise StoryStuck(f"the reader did not get a PDF at {cleo.address}")
        self.pdf = self.folder / "story" / f"letter-{self.number}.pdf"
        self.pdf.write_bytes(data)
        yield [f"Read: {READER[0]} has the sealed file, {len(data)} bytes"]
        checked = check_file(data)
        facts = checked.facts
        if facts is None:
            raise StoryStuck("the sealed file is not known here")
        self.digest, self.verdict = facts.file_sha256, str(checked.verdict.bottom_line)
        answers = (
            checked.verdict.known,
            checked.verdict.signature,
            checked.verdict.addition,
            checked.verdict.sender,
        )
        yield [
            f"Verified: {self.verdict}",
            *(str(answer.sentence) for answer in answers),
            f"SHA-256 {self.digest}",
            f"{settings.BASE_URL}/verify/{self.number}",
        ]
        yield [f"The PDF lies here: {self.pdf}"]

    def _ask_another(self) -> Iterator[list[Any]]:
        """A second writer, asked by mail and not answered yet: the page to look at with one's own eyes."""
        others = [
            row for row in people.contacts(self.ada) if row.key != self.writer.key and row.addresses.all()
        ]
        others.sort(key=lambda row: -(row.knows_work or 0))
        if not others or not (others[0].knows_work or 0) >= 2:
            return
        other = others[0]
        shown = self.opportunity.deadline_on - timedelta(days=7)
        composed = compose_ask(
            AskFacts(
                applicant=self.ada.name,
                writer=other.name,
                salutation=other.name,
                tie=Tie.PROFESSOR,
                appreciation="Your seminar was where I learned to say what I do not know.",
                purpose=Purpose.JOB,
                opportunity=self.opportunity.title,
                institution=self.opportunity.organisation,
                due=Due(shown, zone="UTC"),
                waiver=Waiver.OPEN,
            )
        )
        purpose = open_request(
            by=self.ada,
            contact=other,
            opportunity=self.opportunity,
            shown_on=shown,
            confidentiality="open",
            subject=str(composed.subject),
            note=composed.text(),
            points=["The survey of market traders", "How I handled the missing week of data"],
            today=timezone.localdate(),
            now=timezone.now(),
        )
        send_ask(by=self.ada, purpose=purpose, now=timezone.now(), undo=NOTHING)
        mail = self._mail_to(other.addresses.all()[0].address, "/r/")
        self.waiting_link = mail.link
        yield [
            f"And one more asked, to look at: {other.name} has not answered yet",
            f"mail sent: {mail.path}",
        ]

    @contextmanager
    def _server(self) -> Iterator[None]:
        """The product's own server and worker, as one starts them by hand."""
        command = [sys.executable, "-m", "vouchsafe", "serve", "--port", str(settings.PORT), "--quiet"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while True:
                if server.poll() is not None:
                    raise StoryStuck("the server stopped while starting")
                try:
                    requests.get(f"{settings.BASE_URL}/verify/", timeout=10)
                    break
                except requests.RequestException:
                    if time.monotonic() > until:
                        raise StoryStuck("the server did not start within three minutes") from None
                    time.sleep(0.2)
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()

    def _mail_to(self, address: str, path: str, about: str = "") -> world.CaughtMail:
        """Wait until the sink holds a mail to this address, about somebody, with a link of that kind; the newest counts."""
        until = time.monotonic() + PATIENCE_SECONDS
        pattern = re.compile(re.escape(settings.BASE_URL + path) + r"[\w-]{43}")
        while time.monotonic() < until:
            for file in sorted((self.folder / "story" / "mail").glob("*.eml"), reverse=True):
                message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                body = message.get_body(("plain",))
                found = pattern.search(body.get_content()) if body is not None else None
                is_theirs = address.lower() in str(message["To"]).lower() and about in str(message["Subject"])
                if found and is_theirs:
                    return world.CaughtMail(file, found.group())
            time.sleep(0.2)
        raise StoryStuck(f"no mail to {address} arrived within three minutes")
