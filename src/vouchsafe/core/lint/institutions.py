"""Institutions in a text, found by their shape and their place, and matched by their distinctive words."""

from __future__ import annotations

import re

from vouchsafe.core.lint.names import TOKEN, folded
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late

GENERIC = word_set(
    """
    university college school institute institution academy faculty department division centre
    center council trust foundation company corporation corp inc incorporated ltd limited llc llp
    plc gmbh ag group holdings partners associates society association organisation organization
    agency bureau office ministry hospital clinic infirmary laboratory laboratories lab labs library
    museum gallery theatre theater studio studios orchestra ballet opera restaurant hotel bank firm
    board committee club union league team press publishing media journal magazine church charity
    programme program graduate undergraduate medical medicine law business engineering science
    sciences arts art management music design technology research national international royal state
    city the of and for at in on a an de la du des et und der di admissions admission hiring
    selection search recruitment human resources staff faculty polytechnic conservatoire
    conservatory consulting consultants services solutions systems industries enterprises
    """
)
ORGANISED = late(
    r"\b(?:univer\w+|uniwersytet|yliopisto|egyetem|hochschule|hogeschool|högskola|høgskole|politec\w+|politech\w+|polytech\w+|école|escola|escuela|scuola|instituto|istituto|coll[èe]ge|colegio|lycée|gymnasium|akadem\w+"
    r"|hôpital|ospedale|krankenhaus|klinik\w*|stiftung|fondation|fundación|fondazione|guild|chamber|bakery|brewery|joinery|foundry|shipyard|airways|airlines|railways?|logistics|builders|construction|college|school|institut\w+|academy|faculty|department|division|cent(?:re|er)|council|trust|foundation|company|corp(?:oration)?|inc"
    r"|ltd|limited|llc|llp|plc|gmbh|group|holdings|associates|society|association|organi[sz]ation|agency|bureau|ministry|hospital|clinic|infirmary"
    r"|laborator(?:y|ies)|labs?|library|museum|gallery|theat(?:re|er)|studios?|orchestra|ballet|opera|restaurant|hotel|bank|board|committee|club|union"
    r"|league|press|publishing|media|journal|magazine|church|charity|polytechnic|conservatoire|conservatory|consulting|services|solutions|systems"
    r"|industries|enterprises|partners|team|street|road|avenue|award|prize|scholarship|fellowship|festival|project|act|programme|program|day|week)\b",
    re.IGNORECASE,
)


def is_organisation(text: str) -> bool:
    """Whether a capitalised run names an institution (or another thing) by one of its words, or is an acronym."""
    letters = [character for character in text if character.isalpha()]
    acronym = len(letters) >= 2 and all(character.isupper() for character in letters) and " " not in text
    return acronym or ORGANISED.search(text) is not None or "&" in text


def distinctive(name: str) -> frozenset[str]:
    """The words that tell one institution from another, folded."""
    words = (folded(found.group()).rstrip(".") for found in TOKEN.finditer(name))
    return frozenset(re.sub(r"'s?$", "", word) for word in words) - GENERIC


def acronym_of(name: str) -> frozenset[str]:
    """Its initials, with and without the small words."""
    words = [found.group() for found in TOKEN.finditer(name)]
    large = "".join(word[0] for word in words if word[0].isupper())
    every = "".join(word[0] for word in words)
    return frozenset((large.lower(), every.lower()))


def same_institution(said: str, name: str) -> bool:
    """Whether a name as said may mean the institution called `name`: its words, a part of them, or its initials."""
    ours, theirs = distinctive(said), distinctive(name)
    if not ours or not theirs:
        return not ours or ours == theirs
    if ours <= theirs or theirs <= ours:
        return True
    compact = re.sub(r"[^a-z]", "", folded(said))
    if len(compact) >= 2 and compact in acronym_of(name):
        return True
    return re.sub(r"[^a-z]", "", folded(name)) in acronym_of(said)
