"""How well the lint finds what must not slip through, on letters nobody here wrote.

The letters are the research corpus of `../shared/data/letter-texts` (80 generated reference letters).
Their brackets are filled first, so that a letter left as it is holds no fault. Then one fault at a time
is put in: another person's name, another institution, a place left to fill, the wrong pronouns. The
names and institutions below were written after the rules, and no rule knows any. Of the sentences, the
`SEEN` ones were used to mend the rules after a first look; the `FRESH` ones came last. docs/lint.md gives
the first look at each set as well as the figures after it. Every letter as it was, and every sentence about somebody else, that draws a
finding is a false alarm.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from vouchsafe.core.lint import LetterFacts, check_text
from vouchsafe.core.lint.balance import Kind, balance
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.substance import SUBSTANCE

CORPUS = (
    Path(__file__).resolve().parents[2]
    / "shared"
    / "data"
    / "letter-texts"
    / "corpus"
    / "generated-reference-letters.csv"
)
SEED = 20260
RULES = {rule.code: rule for rule in SUBSTANCE}
WRONG_NAME, WRONG_PRONOUN, WRONG_INSTITUTION, PLACEHOLDER = "S02", "S03", "S04", "S01"

NAMES = (
    "Adaeze", "Bilal Hussain", "Charlotte", "Daiyu", "Efua Mensah", "Finnian", "Giulia Ferrante", "Hamza", "Ikram", "Jacinta Ruiz",
    "Kaito", "Lerato", "Maximilian", "Nadira", "Owen", "Paloma Vega", "Qiang", "Rosalind", "Sanjay Mehta", "Tuuli", "Ulrike", "Vusi",
    "Wambui", "Xochitl", "Yaw", "Zofia", "Ángel", "Émilie Roy", "Ömer", "Łucja", "D'Andre", "Mary-Kate", "Prudence", "Rose", "Victor",
    "Ji-woo", "Anh", "Tamsin O'Rourke", "Bente van der Meer", "Xinping",
)  # fmt: skip
INSTITUTIONS = (
    "Marrow & Pike Ltd", "University of Turku", "Bryn Mawr College", "Cobalt Analytics", "Universität Graz", "Lantern Theatre",
    "Wellspring", "Royal Northern College of Music", "Institute for Tropical Botany", "Deloitte", "Ohio State University", "Tate",
    "St. Brendan's School", "Quill House Publishing", "KAIST", "Bank of Finland", "Hawthorn Dance Company", "Siemens", "Duke", "BlueReef",
)  # fmt: skip
SEEN_OTHERS = (
    "{He} shared {his} notes with {P} every week.",
    "{P}, a former intern of ours, still quotes {him}.",
    "After {P} retired, {he} kept the group together.",
    "My deputy, {P}, can say more about that year.",
    "{He} once drove {P} to the airport at four in the morning.",
    "We first heard about {N} through {P}, our agent.",
    "Even {P}, who is hard to please, said so.",
    "{P} and I took turns in watching {him} work.",
    "{He} learnt the trade from {P}.",
    "In the words of {P}, our founder, nobody listens better.",
    "{He} stood in for {P} at short notice.",
    "The prize is named after {P}.",
    "{He} quotes {P} and {S} in equal measure.",
    "{P} from the front desk sends {him} a card each year.",
    "Between {P} and {N} there was never a harsh word.",
    "I have discussed this letter with Professor {S}.",
    "Mrs {S} thanked {him} in front of everyone.",
    "{He} translated two stories by {P}.",
    "{P} was chosen for the lead that year, and {he} was the first to cheer.",
    "{His} brother {P} works here as well.",
    "Unlike {P} before {him}, {he} asked for help early.",
    "{He} persuaded {P} to stay.",
    "When asked, {P} named {him} at once.",
    "Dr. {S} signed off the results.",
    "{He} has a gift for working with people as different as {P} and {S}.",
    "Thanks to {him}, {P} found {his} feet.",
    "{He} wrote the closing chapter together with {P}.",
    "{P}, who ran the workshop before us, left {him} the keys.",
    "A visitor called {P} asked whether {he} was our director.",
    "I copy {P} into this letter, since we both know the work.",
    "{He} and {P} have played duets for years.",
    "It was {P} who first pointed {him} out to me.",
    "{His} tutor {P} had warned us that {he} was modest.",
    "{He} dedicated the piece to {P}.",
    "At the time {P} led the team, and I was away.",
    "{He} beat {P} in the final by a point.",
    "On {P}'s advice {he} took a year abroad.",
    "{He} looks up to {P}, as we all do.",
    "{P}'s daughter was in {his} evening class.",
    "When {P} fell ill, {he} drove the van.",
    "Messrs {P} and {S} offered {him} a post at once.",
    "Our neighbours, the {S} family, adore {him}.",
    "I asked {him} to look after {P}, a nervous beginner.",
    "{He} had {P} laughing within a minute.",
    "{He} speaks of {P} with respect.",
    "That summer {P} and I counted forty guests at {his} table.",
    "{He} repaired {P}'s violin without being asked.",
    "{P} has known {him} even longer than I have.",
    "We lost {P} to a rival firm, and {he} filled the gap.",
    "The children of {P} call {him} by {his} first name.",
    "{He} was elected over {P} and {S}.",
    "Ask {P} at our front desk about {him}.",
    "I was sceptical; {P}, my predecessor, was not.",
    "{P} paid for the trip out of pocket.",
    "{He} had lunch with {P} every Tuesday.",
    "{He} never forgot what {P} had taught {him}.",
    "Had it not been for {him}, {P} would have resigned.",
    "{P} sends greetings.",
    "Both {P} and I signed the certificate.",
    "{He} owes {his} start to {P}.",
    "{His} flatmate {P} says the same.",
)
SEEN_GOING = (
    "{N} is applying for a place at {I}, and I support the application.",
    "I commend {N} to {I} without reserve.",
    "I am sure that {I} will not regret taking {him} on.",
    "{He} would be a splendid addition to {I}.",
    "I can think of no better candidate for {I}.",
    "My hope is that {he} will be admitted to {I}.",
    "{He} has set {his} heart on joining {I}.",
    "I would be glad to see {him} succeed at {I}.",
    "This letter supports {N}'s application for the opening at {I}.",
    "{I} could not make a better choice.",
    "{He} will bring energy and good sense to {I}.",
    "Please consider {him} for the post at {I}.",
    "It is with pleasure that I recommend {N} to {I}.",
    "I expect {him} to flourish at {I}.",
    "{N} wishes to study at {I}, and I can only encourage it.",
    "I warmly recommend {him} for the vacancy at {I}.",
    "{He} is just the sort of person who does well at {I}.",
    "I trust that {I} will welcome {him}.",
    "I am certain {he} would enrich {I}.",
    "It would be a gain for {I} to have {him}.",
    "{N} has told me of {his} application to {I}.",
    "I support {him} in seeking admission to {I}.",
    "I have no hesitation in recommending {N} to {I}.",
    "{He} is more than ready for a role at {I}.",
    "{He} would serve {I} well.",
    "I look forward to hearing that {he} has been accepted by {I}.",
    "{N} hopes that {I} will take {him}.",
    "I cannot think of a better home for {him} than {I}.",
    "{I} is where {he} belongs.",
    "Letting {him} go to {I} will hurt, but I recommend it.",
    "I back {his} bid for the residency at {I}.",
    "With {him}, {I} would gain a rare colleague.",
    "{He} deserves a place at {I}.",
    "I understand {he} is being considered by {I}.",
    "{He} would be at home at {I}.",
    "May I commend {him} to the care of {I}.",
)
SEEN_BACK = (
    "{He} spent two summers at {I}.",
    "I came to know {him} while I was at {I}.",
    "We hired {him} away from {I}.",
    "{His} first job was with {I}.",
    "As a trustee of {I} I meet many young people.",
    "{He} has given talks at {I} and elsewhere.",
    "{He} left {I} in good standing.",
    "Before that {he} had been at {I}.",
    "Colleagues at {I} speak of {him} with warmth.",
    "The project was paid for by {I}.",
    "{He} had earlier turned heads at {I}.",
    "I was then a lecturer at {I}.",
    "{His} parents both worked for {I}.",
    "We shared the hall with {I} for a season.",
    "{He} came to us from {I} with the best of references.",
    "I hold a degree from {I} myself.",
    "{He} once gave a reading at {I}.",
    "Our rivals at {I} tried to win {him} over.",
    "{His} sister works at {I}.",
    "{He} cut {his} teeth at {I}.",
    "I learnt my craft at {I}.",
    "{He} has exhibited twice at {I}.",
    "Two of us moved here from {I} that year.",
    "The method was first tried at {I}.",
)
FRESH_OTHERS = (
    "{P} taught me the same lesson years before.",
    "{He} and the late {P} wrote letters to each other.",
    "{He} shares a studio with {P}.",
    "My partner {P} still keeps {his} first sketch.",
    "If {P} was the engine, {he} was the map.",
    "{P} came to every performance {he} gave.",
    "I know this from {P}, not from {him}.",
    "{He} carried {P} down the stairs during the fire.",
    "{P} and {S} left early; {he} locked up.",
    "The review by {P} was harsh, and {he} took it well.",
    "{He} reminds me of {P} at that age.",
    "{P} wanted the same post and congratulated {him}.",
)
FRESH_GOING = (
    "I hope to see {him} at {I} next year.",
    "{He} has every gift that {I} could ask for.",
    "{N} intends to continue at {I}.",
    "Let me recommend {him} to your colleagues at {I}.",
    "{He} will do {I} proud.",
    "There is no doubt in my mind that {he} belongs at {I}.",
    "I endorse {his} candidacy at {I} wholeheartedly.",
    "{He} could start at {I} tomorrow and be of use.",
    "My only wish is that {I} says yes.",
    "This is written for {his} application to {I}.",
)
FRESH_BACK = (
    "{He} was offered a contract by {I} and declined.",
    "I have reviewed many students at {I} over the years.",
    "{His} work hangs at {I}.",
    "{He} won the under-eighteens at {I}.",
    "Since {his} days at {I} {he} has grown.",
    "We are a small firm next door to {I}.",
)
BLANKS = (
    "[Name]", "[candidate]", "[insert example]", "<Name>", "<<name>>", "{name}", "{{ applicant }}", "____", "__________", "XXXX", "[XX]",
    "[your relationship]", "(insert date)", "(name)", "NAME", "TBD", "TODO", "[University/Company]", "[pronoun]", "$NAME", "???", "[…name…]",
    "Firstname Lastname", "[Position Title]", "he/she", "[add a story here]", "%NAME%", "XYZ", "[Job Title]", "(your name)",
)  # fmt: skip
FILLINGS = (
    (r"\[[^\]\n]*(?:date)[^\]\n]*\]", "3 May 2026"),
    (r"\[[^\]\n]*(?:phone)[^\]\n]*\]", "+44 20 7946 0018"),
    (r"\[[^\]\n]*(?:e-?mail|contact)[^\]\n]*\]", "robin@example.org"),
    (r"\[[^\]\n]*(?:address|city)[^\]\n]*\]", "12 Mill Road"),
    (r"\[(?:recipient|addressee)[^\]\n]*\]", "Ms Whitcombe"),
    (r"\[[^\]\n]*(?:name|signature)[^\]\n]*\]", "Robin Ashdown"),
    (r"\[[^\]\n]*(?:title|position|designation)[^\]\n]*\]", "Head of Studio"),
    (r"\[[^\]\n]*\]", "Fernway Studio"),
    (r"\b(?:XYZ|ABC) (?=University|Restaurant)", "Fernway "),
    (r"\bJospeh\b", "Joseph"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    male: bool
    text: str

    @property
    def pronouns(self) -> str:
        return "he/him" if self.male else "she/her"

    def said(self, sentence: str, **more: str) -> str:
        he, his, him = ("he", "his", "him") if self.male else ("she", "her", "her")
        return sentence.format(N=self.name, he=he, his=his, him=him, He=he.title(), His=his.title(), **more)


def letters() -> list[Letter]:
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return [
            Letter(row["name"], row["gender"] == "male", filled(row["chatgpt_gen"].replace("<return>", "\n")))
            for row in csv.DictReader(file)
        ]


def filled(text: str) -> str:
    """The letter with every bracket filled, the stand-in institutions named and the one slip of the pen mended."""
    for pattern, filling in FILLINGS:
        text = re.sub(pattern, filling, text, flags=re.IGNORECASE)
    return text


def into_body(text: str, sentence: str, rng: random.Random) -> tuple[str, int]:
    """The sentence added to one of the long paragraphs: the text, and where it begins."""
    paragraphs = text.split("\n\n")
    long = [index for index, paragraph in enumerate(paragraphs) if len(paragraph) > 150]
    index = rng.choice(long)
    at = sum(len(paragraph) + 2 for paragraph in paragraphs[:index]) + len(paragraphs[index]) + 1
    paragraphs[index] += " " + sentence
    return "\n\n".join(paragraphs), at


def spots(text: str, code: str, facts: LetterFacts) -> list[tuple[int, int]]:
    """What one rule finds: the others have no say in these figures."""
    return [(found.start, found.end) for found in RULES[code].check(Prose(text), facts)]


@dataclass
class Tally:
    """Faults put in and found; findings that point at no fault."""

    put: int = 0
    found: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.put

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)


def replaced_names(rounds: int = 3, others: int = 2) -> tuple[Tally, Tally]:
    """Every mention of the applicant becomes someone else's, with `others` sentences about other people left in: by letter, by mention."""
    rng, by_letter, by_mention = random.Random(SEED), Tally(), Tally()
    for letter in letters():
        for new in rng.sample(NAMES, rounds):
            text = letter.text
            for sentence in rng.sample(FRESH_OTHERS, others):
                text, _ = into_body(text, letter.said(sentence, P="Margit Sorel", S="Obuya"), rng)
            right = spots(text, WRONG_NAME, LetterFacts(about=letter.name))
            by_letter.false += bool(right)
            by_mention.false += len(right)
            text = re.sub(rf"\b{letter.name}\b", new, text)
            places = {found.start() for found in re.finditer(rf"(?<!\w){re.escape(new)}\b", text)}
            hits = {start for start, _ in spots(text, WRONG_NAME, LetterFacts(about=letter.name))}
            by_letter.put += 1
            by_letter.found += bool(hits & places)
            by_mention.put += len(places)
            by_mention.found += len(hits & places)
            by_mention.false += len(hits - places)
    return by_letter, by_mention


def one_name_left() -> Tally:
    """One mention only is somebody else's, the others are right: each mention of each letter in turn."""
    rng, tally = random.Random(SEED), Tally()
    for letter in letters():
        for place in re.finditer(rf"\b{letter.name}\b", letter.text):
            text = letter.text[: place.start()] + rng.choice(NAMES) + letter.text[place.end() :]
            hits = [start for start, _ in spots(text, WRONG_NAME, LetterFacts(about=letter.name))]
            tally.put += 1
            tally.found += place.start() in hits
            tally.false += sum(start != place.start() for start in hits)
    return tally


def other_people(sentences: tuple[str, ...]) -> tuple[int, int]:
    """Sentences about others in letters that are right: how many drew a false alarm, of how many."""
    rng, false, tried = random.Random(SEED), 0, 0
    for letter in letters():
        for sentence in rng.sample(sentences, 8):
            said = letter.said(sentence, P=rng.choice(NAMES), S="Obuya")
            text, _ = into_body(letter.text, said[0].upper() + said[1:], rng)
            false += bool(spots(text, WRONG_NAME, LetterFacts(about=letter.name)))
            tried += 1
    return false, tried


def wrong_institutions(going: tuple[str, ...], back: tuple[str, ...]) -> Tally:
    """A sentence that sends the letter somewhere else; the right place, and places looked back on, are false alarms."""
    rng, tally = random.Random(SEED), Tally()
    for letter in letters():
        for sentence in rng.sample(going, 5):
            right, other = rng.sample(INSTITUTIONS, 2)
            facts = LetterFacts(about=letter.name, institution=right)
            text, at = into_body(letter.text, letter.said(sentence, I=other), rng)
            tally.put += 1
            tally.found += any(start >= at for start, _ in spots(text, WRONG_INSTITUTION, facts))
            text, _ = into_body(letter.text, letter.said(sentence, I=right), rng)
            tally.false += bool(spots(text, WRONG_INSTITUTION, facts))
            text, _ = into_body(letter.text, letter.said(rng.choice(back), I=other), rng)
            tally.false += bool(spots(text, WRONG_INSTITUTION, facts))
    return tally


def left_placeholders() -> Tally:
    """One blank in the place of one mention of the name; the filled letter must stay silent."""
    rng, tally = random.Random(SEED), Tally()
    for letter in letters():
        facts = LetterFacts(about=letter.name)
        tally.false += len(spots(letter.text, PLACEHOLDER, facts))
        for blank in rng.sample(BLANKS, 6):
            place = rng.choice(list(re.finditer(rf"\b{letter.name}\b", letter.text)))
            text = letter.text[: place.start()] + blank + letter.text[place.end() :]
            hits = spots(text, PLACEHOLDER, facts)
            tally.put += 1
            inside = [start for start, _ in hits if place.start() <= start < place.start() + len(blank)]
            tally.found += bool(inside)
            tally.false += len(hits) - len(inside)
    return tally


GENDERED = r"(?<![\w/'’-])(?:he|him|his|himself|she|her|hers|herself)(?![\w/-])"
SWAPS = {
    "he": "she",
    "him": "her",
    "his": "her",
    "himself": "herself",
    "she": "he",
    "her": "his",
    "hers": "his",
    "herself": "himself",
}


def wrong_pronouns() -> tuple[Tally, Tally]:
    """All pronouns are another set's; and one only, each in turn for every fourth."""
    every, one = Tally(), Tally()
    for letter in letters():
        other = "she/her" if letter.male else "he/him"
        every.false += len(
            spots(letter.text, WRONG_PRONOUN, LetterFacts(about=letter.name, pronouns=letter.pronouns))
        )
        every.put += len(re.findall(GENDERED, letter.text, re.IGNORECASE))
        every.found += len(spots(letter.text, WRONG_PRONOUN, LetterFacts(about=letter.name, pronouns=other)))
        for place in list(re.finditer(GENDERED, letter.text, re.IGNORECASE))[::4]:
            swapped = SWAPS[place.group().lower()]
            text = letter.text[: place.start()] + swapped + letter.text[place.end() :]
            hits = spots(text, WRONG_PRONOUN, LetterFacts(about=letter.name, pronouns=letter.pronouns))
            one.put += 1
            one.found += any(start == place.start() for start, _ in hits)
            one.false += sum(start != place.start() for start, _ in hits)
    return every, one


def auc(higher: list[float], lower: list[float]) -> float:
    """The chance that one drawn from the first lies above one drawn from the second; ties count half."""
    return (
        sum((one > other) + 0.5 * (one == other) for one in higher for other in lower)
        / len(higher)
        / len(lower)
    )


def separation(measure: Callable[[dict[Kind, float]], float]) -> float:
    """AUC of a measure for telling the letters about men from those about women."""
    men: list[float] = []
    women: list[float] = []
    for letter in letters():
        picture = balance(letter.text)
        if picture is not None:
            value = measure({share.kind: share.per_thousand for share in picture.shares})
            (men if letter.male else women).append(value)
    return auc(men, women)


def rows() -> Iterator[tuple[str, float, str]]:
    if not CORPUS.is_file():
        yield "letters", 0, "the corpus is not here; nothing measured"
        return
    by_letter, by_mention = replaced_names()
    yield from _tally("wrong name throughout, by letter", by_letter)
    yield from _tally("wrong name throughout, by mention", by_mention)
    bare_letter, bare_mention = replaced_names(others=0)
    yield from _tally("the same with the letter's own people only, by letter", bare_letter)
    yield from _tally("the same with the letter's own people only, by mention", bare_mention)
    yield from _tally("wrong name in one place", one_name_left())
    for which, others in (("seen", SEEN_OTHERS), ("fresh", FRESH_OTHERS)):
        false, tried = other_people(others)
        yield f"other people, {which} sentences: false alarms", false, f"of {tried}"
    yield from _tally("wrong institution, seen sentences", wrong_institutions(SEEN_GOING, SEEN_BACK))
    yield from _tally("wrong institution, fresh sentences", wrong_institutions(FRESH_GOING, FRESH_BACK))
    yield from _tally("place left to fill", left_placeholders())
    every, one = wrong_pronouns()
    yield from _tally("wrong pronouns throughout", every)
    yield from _tally("wrong pronoun in one place", one)
    yield (
        "agentic less communal words, men above women",
        separation(lambda s: s[Kind.AGENTIC] - s[Kind.COMMUNAL]),
        "AUC (0.5: none)",
    )
    for kind in Kind:
        yield f"{kind} words, men above women", separation(lambda s, kind=kind: s[kind]), "AUC (0.5: none)"
    every_letter = letters()
    begun = perf_counter()
    for letter in every_letter:
        check_text(
            letter.text,
            LetterFacts(about=letter.name, pronouns=letter.pronouns, institution="University of Turku"),
        )
    yield "looking a letter over, all rules", 1000 * (perf_counter() - begun) / len(every_letter), "ms"


def _tally(what: str, tally: Tally) -> Iterator[tuple[str, float, str]]:
    yield f"{what}: recall", tally.recall, f"{tally.found} of {tally.put}"
    yield f"{what}: precision", tally.precision, f"{tally.false} false alarms"
