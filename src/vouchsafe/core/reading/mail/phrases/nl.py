"""Yes and no in Dutch."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = r"(?:dat|het|dit|er een|er eentje|een (?:goede |mooie |korte |sterke )?(?:brief|aanbevelingsbrief|aanbeveling|referentie|referentiebrief)|de brief|je brief|uw brief|die brief|deze brief|de aanbevelingsbrief|jouw brief)"
_FOR = r"(?: (?:voor je|voor jou|voor u|je|jou|u))?"
_DO = r"(?:schrijven|doen|maken|opstellen|helpen|aanbevelen|verzorgen|regelen)"
_YES = r"(?:ja|jazeker|jawel|zeker|zeker weten|natuurlijk|graag|heel graag|met plezier|met alle plezier|met genoegen|uiteraard|tuurlijk|vanzelfsprekend|absoluut)"

DUTCH = Phrases(
    language="nl",
    yes=rf"""{_YES}|{_YES} {_YES}|ja {_YES} {_YES}|ja hoor|jazeker wel|komt in orde|doe ik|doe ik graag|dat doe ik(?: (?:heel )?graag)?|reken op mij\Z|(?:je kunt|je kan|u kunt) op me rekenen\Z
        |(?:{_YES} )?(?:dat )?(?:doe|schrijf|wil|zal|kan) ik(?: {_LETTER})?{_FOR}(?: (?:heel )?(?:graag|zeker|met plezier))?(?: {_LETTER})?{_FOR}(?: {_DO})
        |(?:{_YES} )?ik (?:wil|zal|kan|ga)(?: {_LETTER})?{_FOR}(?: (?:heel )?(?:graag|zeker|natuurlijk|met plezier))?(?: {_LETTER})?{_FOR} {_DO}|(?:{_YES} )?ik wil (?:heel )?graag|ja (?:dat )?(?:wil|kan|zal) ik(?: (?:heel )?graag)?
        |(?:{_YES} )?ik (?:schrijf|doe|maak|help)(?: {_LETTER})?{_FOR}(?: (?:heel )?(?:graag|met plezier))?(?: {_LETTER})?(?: (?:heel )?(?:graag|met plezier))?|ik help je (?:daar )?(?:heel )?graag(?: (?:mee|bij|hiermee|daarmee))?
        |(?:het )?(?:is|zou|wordt) (?:me|mij|voor mij)? ?een (?:eer|genoegen|groot genoegen|plezier)(?: zijn)?|ik zeg ja|ik zou het (?:heel )?(?:graag|leuk vinden om te) doen""",
    no=rf"""nee|neen|nee sorry|sorry nee|helaas niet|nee helaas|nee helaas niet|helaas nee|nee dank je|nee bedankt|nee dank u|deze keer niet|dit keer niet|ditmaal niet|ik ben bang van niet
        |(?:nee )?(?:helaas |sorry |het spijt me maar )?(?:dat )?(?:kan|zal|ga) ik(?: dat| het| dit)?{_FOR}(?: helaas)? niet(?: {_DO})?(?: deze keer| dit keer)?|(?:nee )?(?:sorry |het spijt me maar |het spijt me )?ik (?:kan|zal|ga)(?: {_LETTER}| je| u)?{_FOR}(?: helaas| deze keer| dit keer)*(?: dat| het| dit)? niet(?: {_DO})?
        |(?:helaas )?(?:ik )?(?:moet|zal)(?: ik)?(?: dit| je| u| helaas| hiervoor)* (?:weigeren|afwijzen|bedanken|nee zeggen|afzeggen|passen|nee moeten zeggen)(?: deze keer| dit keer)?|ik moet nee zeggen|ik zeg(?: helaas)? nee|ik kan(?: helaas)? geen (?:aanbevelingsbrief|brief|referentie|aanbeveling)(?: voor (?:je|u))? schrijven
        |dat (?:gaat|lukt)(?: me| mij)?(?: helaas)? niet|het (?:gaat|lukt)(?: me| mij)(?: helaas)? niet|het is(?: voor mij| mij)?(?: helaas)? niet mogelijk|dat gaat(?: me| mij)?(?: helaas| dit jaar| nu| deze keer| dit keer)* niet lukken|liever niet|ik doe het(?: helaas| liever)? niet""",
    kind=r"""(?:heel erg |hartelijk |veel |erg )?(?:bedankt|dank|dank je|dank u|dankjewel|dank je wel|dank u wel)(?: nog)?|(?:hartelijk |heel erg )?(?:bedankt|dank|dank je wel|dank je|dank u wel) voor (?:je|uw|het|de|jouw)(?: (?:lieve|leuke|aardige|vriendelijke|mooie))? (?:bericht|mail|mailtje|e-mail|vraag|vertrouwen|woorden|verzoek|herinnering|berichtje)
        |gefeliciteerd|van harte gefeliciteerd|(?:veel )?succes(?: (?:met|bij) [\w' -]{1,50})?|graag gedaan|akkoord|prima|dat is goed|afgesproken|ik (?:schrijf|help)(?: je| jou| u)?(?: graag)?|ik (?:kan|zal|ga)(?: je| jou| u)? (?:schrijven|helpen)|(?:wat )?(?:leuk|fijn|goed) (?:om )?(?:van je|weer van je|van u|wat van je) te horen|(?:ik )?hoop dat (?:alles|het) goed(?: met je| met u)? (?:gaat|is)
        |(?:ik ben |ik voel me )?(?:zeer |erg )?(?:vereerd|gevleid)(?: (?:door|met) (?:je|uw) (?:vraag|verzoek))?|(?:sorry|excuses|excuus) voor (?:de|mijn) (?:late|trage) (?:reactie|antwoord)
        |hoe gaat het(?: met je| met u)?|tot snel|tot gauw""",
    ease=r"""geen (?:enkel )?probleem|geen punt|waarom niet
        |(?:stuur|stuurt u|mail) (?:me|mij)(?: nog| even| maar| gerust)* (?:je|de|uw|het) (?:cv|vacature|documenten|deadline|gegevens)(?: maar| even| door)?""",
    regret=r"""helaas|jammer|sorry|het spijt me(?: zeer| erg| heel erg)?|spijtig|mijn excuses|ik hoop dat (?:je het begrijpt|u het begrijpt|je dat begrijpt|u dat begrijpt|je begrip hebt)|ik heb(?: er)?(?: nu| momenteel| helaas| op dit moment)* geen tijd(?: voor)?|ik ben(?: nu| momenteel| helaas)* te druk|(?:daar|hier) heb ik(?: nu| momenteel| helaas)* geen tijd voor
        |ik heb het(?: nu| momenteel| helaas)* te druk|ik ken (?:je|u)(?: daarvoor| helaas| hiervoor)* niet goed genoeg|vraag (?:het )?(?:maar )?(?:aan )?iemand anders""",
    tail=r"voor|deze week|volgende week",
    turns=words_of(
        """als maar niet geen nooit alleen mits tenzij indien echter iemand ander andere anders misschien
        wellicht eventueel later daarna jaar semester wanneer zodra totdat collega assistent assistente
        vragen hoewel behalve waarschijnlijk pas zonder maand zomer herfst winter voorjaar grapje minder
        niemand niets of plaats"""
    ),
    joins=r" en (?:ja )?| - ",
)
