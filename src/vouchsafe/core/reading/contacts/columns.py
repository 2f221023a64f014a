"""What the columns of a table hold, guessed from their names in several languages, then from their contents.

The names are those of LinkedIn, Google and Outlook and the words people use in their own sheets, in
English, German, French, Spanish, Italian, Portuguese and Dutch. A guess can always be corrected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from vouchsafe.core.reading.contacts.facts import Field, Kind

_WORDS: dict[Field, str] = {
    Field.NAME: (
        "name|full name|fullname|display name|complete name|contact|contact name|person|names|"
        "anzeigename|kontakt|ansprechpartner|ansprechpartnerin|vollstandiger name|vor und nachname|name vorname|"
        "nom|nom complet|nom affiche|nom et prenom|nom prenom|prenom et nom|prenom nom|contacto|"
        "nombre|nombre completo|nombre y apellidos|nombre y apellido|nome|nome completo|nome e cognome|naam|volledige naam"
    ),
    Field.GIVEN: (
        "first name|firstname|first|given name|given names|givenname|given|forename|vorname|vornamen|rufname|"
        "prenom|prenoms|nombre de pila|primer nombre|nombres|primeiro nome|nome proprio|voornaam"
    ),
    Field.MIDDLE: (
        "middle name|middlename|middle|additional name|weitere vornamen|zweiter vorname|deuxieme prenom|autres prenoms|"
        "segundo nombre|nome do meio|secondo nome|tussenvoegsel"
    ),
    Field.FAMILY: (
        "last name|lastname|last|surname|family name|familyname|nachname|familienname|zuname|nom de famille|"
        "apellido|apellidos|primer apellido|segundo apellido|cognome|sobrenome|apelido|ultimo nome|achternaam"
    ),
    Field.PREFIX: (
        "prefix|name prefix|salutation|honorific|titel|akademischer titel|akad titel|anrede|civilite|tratamiento|prefisso"
    ),
    Field.SUFFIX: "suffix|name suffix|namenszusatz|suffixe|sufijo|suffisso",
    Field.ORGANISATION: (
        "company|company name|organisation|organization|organisation name|organization name|organization 1 name|"
        "organisation 1 name|employer|business|business name|firm|institution|institute|affiliation|university|school|"
        "workplace|account name|firma|firmenname|unternehmen|arbeitgeber|institut|universitat|hochschule|einrichtung|"
        "societe|entreprise|organisme|employeur|etablissement|universite|empresa|compania|organizacion|institucion|"
        "universidad|entidad|azienda|societa|organizzazione|universita|organizacao|instituicao|bedrijf|organisatie"
    ),
    Field.TITLE: (
        "title|job title|jobtitle|position|current position|role|job|function|organization title|organisation title|"
        "organization 1 title|organisation 1 title|funktion|berufsbezeichnung|stellenbezeichnung|beruf|stelle|rolle|"
        "poste|poste occupe|fonction|intitule du poste|titre|titre du poste|profession|puesto|cargo|posicion|funcion|"
        "titulo|profesion|puesto de trabajo|ruolo|posizione|qualifica|mansione|functie|functietitel"
    ),
    Field.PROFILE: (
        "profile|profile url|public profile url|linkedin|linkedin url|linkedin profile|linkedin profile url|xing|"
        "xing profil|orcid|profil|profil linkedin|linkedin profil|perfil|perfil de linkedin|perfil linkedin|profilo"
    ),
}
_NAMES = {word: field for field, words in _WORDS.items() for word in words.split("|")}

_MAIL_WORDS = (
    "email|emails|mail|mails|mailadresse|emailadresse|mailadres|emailadres|emailaddress|epost|"
    "courriel|courriels|mel|messagerie|correo|correos"
)
_MAIL = frozenset(_MAIL_WORDS.split("|"))
# Columns about an address that hold none: its label, the name shown with it, whether it may be written to.
_NOT_MAIL_WORDS = (
    "type|typ|tipo|label|display|name|angezeigter|anzeigename|nom|nombre|nome|affiche|mostrar|phone|status|opt|"
    "date|verified|sent|count|list|server|directory|newsletter|subject|subscribed"
)
_NOT_MAIL = frozenset(_NOT_MAIL_WORDS.split("|"))
_ALONE = frozenset(("name", "nom", "nome", "nombre", "naam"))
_CONNECTED = frozenset(
    ("connected on", "verbunden am", "kontakt seit", "date de connexion", "conectado el", "fecha de conexion")
)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def header_word(header: str) -> str:
    """A column's name as it is compared: small letters without accents, words parted by one space."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", header.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", plain))


def recognise(header: str) -> Field | None:
    """What a column of this name holds, looked at by itself."""
    if "@" in header or len(header) > 80:
        return None
    word = header_word(header)
    if word in _NAMES:
        return _NAMES[word]
    # "E-mail", "E-Mail-Adresse" and "e mail 1 value" fall apart at the hyphen.
    words = set(re.sub(r"\be (?=mail|post)", "e", word).split())
    return Field.EMAIL if words & _MAIL and not words & _NOT_MAIL else None


def guess_kind(headers: Sequence[str]) -> Kind:
    """Which program wrote the table, by the names only that program uses."""
    words = {header_word(header) for header in headers}
    if words & _CONNECTED or {"first name", "last name", "url", "position"} <= words:
        return Kind.LINKEDIN
    if (
        "e mail 1 value" in words
        or "group membership" in words
        or {"organization name", "organization title"} <= words
    ):
        return Kind.GOOGLE
    if words & {"e mail 2 address", "e mail display name", "e mail 2 adresse", "e mail angezeigter name"}:
        return Kind.OUTLOOK
    return Kind.TABLE


def guess_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Field | None]:
    """What each column holds, by its name, its neighbours and, where no name helps, its contents."""
    fields = [recognise(header) for header in headers]
    words = [header_word(header) for header in headers]
    _settle_names(fields, words)
    # Outlook's "Title" and "Titre" are forms of address; the work stands under "Job Title", "Fonction".
    if fields.count(Field.TITLE) > 1:
        for at, word in enumerate(words):
            if word in ("title", "titre", "titulo"):
                fields[at] = Field.PREFIX
    if guess_kind(headers) is Kind.LINKEDIN and Field.PROFILE not in fields and "url" in words:
        fields[words.index("url")] = Field.PROFILE
    if Field.EMAIL not in fields:
        for at in range(len(headers)):
            if fields[at] is None and _mostly_addresses([row[at] for row in rows if at < len(row)]):
                fields[at] = Field.EMAIL
    return fields


def _settle_names(fields: list[Field | None], words: Sequence[str]) -> None:
    """A lone "Nom" is the whole name; beside "Prénom" it is the family's, and "Nombre" beside "Apellidos" the given one."""
    for at, word in enumerate(words):
        if fields[at] is not Field.NAME or word not in _ALONE:
            continue
        if Field.GIVEN in fields and Field.FAMILY not in fields:
            fields[at] = Field.FAMILY
        elif Field.FAMILY in fields and Field.GIVEN not in fields and word in ("nombre", "nome"):
            fields[at] = Field.GIVEN


def guess_without_header(rows: Sequence[Sequence[str]], width: int) -> list[Field | None]:
    """What the columns hold where no row names them: the addresses, and the name in the first column of words."""
    fields: list[Field | None] = [None] * width
    columns = [[row[at] for row in rows if at < len(row) and row[at].strip()] for at in range(width)]
    for at, cells in enumerate(columns):
        if _mostly_addresses(cells):
            fields[at] = Field.EMAIL
    words = [at for at, cells in enumerate(columns) if fields[at] is None and _mostly_words(cells)]
    if words:
        first = words[0]
        spaced = sum(" " in cell.strip() for cell in columns[first]) * 2 > len(columns[first])
        if not spaced and words[1:2] == [first + 1]:
            fields[first], fields[first + 1] = Field.GIVEN, Field.FAMILY
        else:
            fields[first] = Field.NAME
    return fields


def _mostly_addresses(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(bool(_ADDRESS.search(cell)) for cell in filled) * 2 > len(filled)


def _mostly_words(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(not re.search(r"[\d@/]", cell) for cell in cells) * 2 > len(cells)
