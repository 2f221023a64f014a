"""How mails begin and end, and which line is only a name."""

from __future__ import annotations

import re

_NAMES = r"(?:\s+(?:[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓ][\w'.-]*|van|von|de|da|di|der|den|du|la|le|and|und|et|y|e|en|i)){0,5}"

GREETING = re.compile(
    r"(?:(?i:hi|hello|hey|dear|hi there|hello there|good (?:morning|afternoon|evening|day)|greetings|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|sehr geehrter?"
    r"|grüß dich|servus|moin|bonjour|bonsoir|cher|chère|salut|coucou|hola|querid[oa]|estimad[oa]|buen(?:os|as)? (?:días|tardes|noches)|olá|oi|car[oa]|prezad[oa]"
    r"|bom dia|boa (?:tarde|noite)|ciao|gentile|buon(?:giorno|asera)|salve|beste|geachte|dag|goede(?:morgen|middag|navond|ndag)|hoi|cześć|dzień dobry|drog[ia]"
    r"|szanown[aye]|witam|witaj|hej))"
    rf"{_NAMES}\s*[,.!:]*"
)

CLOSING = re.compile(
    r"(?i:(?:(?:with )?(?:kind|kindest|best|warm|warmest|many)(?: (?:and|&) \w+)? (?:regards|wishes)|regards|best|cheers|sincerely|yours(?: (?:sincerely|truly|ever))?|yours faithfully"
    r"|all the best|all best|warmly|take care|with best wishes|many thanks|thanks|thank you|love|(?:mit )?(?:freundliche[nr]?|beste[nr]?|herzliche[nr]?|liebe[nr]?|viele[n]?|schöne[n]?) gr(?:u|ü)(?:ß|ss)(?:e|en)?"
    r"|beste grüsse|herzlichst|gruß|lg|vg|mfg|bis bald|hochachtungsvoll|cordialement|bien (?:cordialement|à (?:toi|vous))|amicalement|(?:meilleures )?salutations|amitiés|bises|à bientôt"
    r"|(?:un )?(?:cordial )?(?:saludo|abrazo)s?(?: cordial(?:es)?)?|saludos cordiales|atentamente|cordialmente|(?:um )?abraços?|atenciosamente|(?:com os )?melhores cumprimentos|cumprimentos"
    r"|(?:cordiali|distinti|cari|tanti) saluti|un (?:caro saluto|abbraccio)|saluti|a presto|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|hartelijks|mvg"
    r"|pozdrawiam(?: serdecznie)?|(?:z )?(?:poważaniem|pozdrowieniami)|serdecznie(?: pozdrawiam)?|serdeczności|do zobaczenia|uściski))"
    rf"[\s,.!]*{_NAMES}\s*[,.]?"
)

_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓ](?:[\w'-]+\.?|\.)?|von|van|de|da|di|der|den|du)(?:\s+(?:[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓ](?:[\w'-]+\.?|\.)?|von|van|de|da|di|der|den|du)){0,3}"
)


def looks_like_a_name(line: str, names: frozenset[str]) -> bool:
    """Is the line a name: one of those known, or up to four capitalised words without a stop?"""
    words = re.findall(r"[\w']+", line.lower().lstrip("-–— "))
    if words and all(word in names for word in words):
        return True
    return bool(_NAME.fullmatch(line.lstrip("-–— ")))
