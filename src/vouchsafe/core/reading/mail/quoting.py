"""How mail programs introduce the message they quote: a sentence, a rule, or a block of headers."""

from __future__ import annotations

import re

_WROTE = (
    r"(?:wrote|writes|schrieb|a écrit|a ecrit|escribió|escribio|escreveu|ha scritto|scrive|schreef|skrev|kirjoitti"
    r"|napisał(?:\(a\))?a?|napisał\(-a\)|pisze|napsal(?:\(a\))?|írta|a scris|написал(?:\(а\))?а?|пише|yazdı|geschreven|viết)"
)
_BEGINS = r"(?:On|Am|Le|El|Em|A|No dia|Il|Il giorno|Op|W dniu|Dnia|Den|På|Dne|Em|Pada|Vào|În)"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b)"
_MAIL = r"[\w.+-]+@[\w.-]+"

_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"^[-\s>*_]*{_BEGINS}\b.{{0,200}}?(?:{_DATE}|{_MAIL}).{{0,200}}?\b{_WROTE}(?:\b.{{0,80}}?[:：]|\s*[:：]?)\s*-*$",
        rf"^[-\s>*_]*.{{0,120}}?<?{_MAIL}>?.{{0,20}}?\s{_WROTE}(?:\s.{{0,60}})?\s*:$",
        rf"^[-\s>*_]*.{{0,60}}{_DATE}.{{0,160}}?\s{_WROTE}\s*:$",
        rf"^\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}(?:\s+\d{{1,2}}:\d{{2}})?(?:\s+GMT\S*)?\s+\S.{{0,100}}(?:<\s*{_MAIL}\s*>:?)$",
        r"^\d{4}-\d{2}-\d{2}\s+\d{1,2}:\d{2}\s+GMT[+-]\d{1,2}:\d{2}\s+\S.{0,80}$",
        rf"^.{{0,60}}{_DATE}.{{0,120}}<\s*{_MAIL}\s*>:$",
        r"^\d{4}年\d{1,2}月\d{1,2}日.{0,120}[:：]$",
    )
)

_ORIGINAL = (
    r"original (?:message|e?-?mail)|original appointment|reply message|replied message|forwarded (?:message|by.*)"
    r"|weitergeleitete (?:nachricht|e-?mail)|ursprüngliche nachricht|originalnachricht|original-nachricht"
    r"|message (?:d'origine|original|transféré|transmis)|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)"
    r"|messaggio (?:originale|inoltrato)|messaggio originale|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht"
    r"|wiadomość (?:oryginalna|przekazana)|oryginalna wiadomość|ursprungligt meddelande|vidarebefordrat meddelande"
    r"|opprinnelig melding|oprindelig meddelelse|пересылаемое сообщение|исходное сообщение"
)
_SEPARATOR = re.compile(
    rf"^[>\s]*[*_]?[-_=]{{2,}}\s*(?:{_ORIGINAL})\s*[-_=]{{2,}}[*_]?\s*$"
    r"|^[>\s]*(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message (?:réexpédié|transféré)"
    r"|Inicio del mensaje reenviado|Início da mensagem reencaminhada|Inizio messaggio inoltrato|Begin doorgestuurd bericht"
    r"|Początek przekazywanej wiadomości)\s*:\s*$",
    re.IGNORECASE,
)

_FROM = r"from|von|de|da|van|od|från|fra|lähettäjä|от|от кого|发件人|差出人"
_OTHERS = (
    r"sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|kopie|envoyé(?: le)?|à|objet|pour|enviado(?: el)?|fecha"
    r"|para|asunto|data|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|dw|skickat|till|ämne|sendt|til|emne"
    r"|дата|кому|тема|отправлено|importance|organisation"
)
_FIRST_FIELD = re.compile(rf"^[>\s]*[*_]{{0,2}}(?:{_FROM})\s?[*_]{{0,2}}\s?:[*_]{{0,2}}\s*\S", re.IGNORECASE)
_FIELD = re.compile(rf"^[>\s]*[*_]{{0,2}}(?:{_OTHERS})\s?[*_]{{0,2}}\s?:[*_]{{0,2}}", re.IGNORECASE)
_RULE = re.compile(r"^[>\s]*[-_=*]{5,}\s*$")


def may_be_attribution(lines: list[str], at: int) -> bool:
    """A cheap look: a date or address here, and the end of an introduction soon after."""
    begins = re.search(r"[@\d]", lines[at][:_WIDEST])
    return bool(begins) and any(_MAY_END.search(line[:_WIDEST]) for line in lines[at : at + 7])


def attribution_at(lines: list[str], at: int) -> int:
    """How many lines from `at` introduce a quote with a sentence ("On … Maya wrote:"); 0 if none."""
    joined = ""
    for length, line in enumerate(lines[at : at + 7], start=1):
        if length > 1 and _PARAGRAPH.search(joined) and not line.strip().startswith(("<", "mailto:", ">")):
            return 0
        joined = f"{joined} {line.strip()}".strip() if line.strip() else joined + " \n"
        if len(joined) > _WIDEST:
            return 0
        if line.strip() and _MAY_END.search(line) and any(s.match(_flat(joined)) for s in _SENTENCES):
            return length
    return 0


_WIDEST = 320
# Looked for in the last line before the costlier patterns are tried.
_MAY_END = re.compile(rf"{_WROTE}|[:：]\s*$|\bGMT[+-]|>\s*$", re.IGNORECASE)
# An empty line ends an introduction, except where Outlook's app spreads name and address over several.
_PARAGRAPH = re.compile(r"\n\s*$")


def _flat(joined: str) -> str:
    flat = re.sub(r"\s+", " ", joined).strip()
    return re.sub(r"&lt;|&gt;", lambda m: "<" if m[0] == "&lt;" else ">", flat)


def separator_at(lines: list[str], at: int) -> bool:
    """Does a line like "-----Original Message-----" stand here?"""
    return bool(_SEPARATOR.match(lines[at]))


def header_block_at(lines: list[str], at: int) -> bool:
    """Do copied headers (From, Sent, To, Subject) begin here, perhaps after a rule?

    After a rule they may stand in any order; without one the first must be From.
    """
    start = at
    if _RULE.match(lines[at]):
        start = at + 1
        while start < len(lines) and not lines[start].strip():
            start += 1
    block = [line for line in lines[start : start + 9] if line.strip()][:5]
    if not block:
        return False
    fields = [bool(_FIRST_FIELD.match(line)) or 2 * bool(_FIELD.match(line)) for line in block]
    if start == at:
        return fields[0] == 1 and fields[1:].count(2) >= 2
    return fields[0] > 0 and 1 in fields and fields.count(2) >= 2
