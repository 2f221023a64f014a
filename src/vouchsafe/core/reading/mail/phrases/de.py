"""Yes and no in German."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_FOR = r"(?: (?:dir|ihnen|euch|für dich|für sie|für euch))?"
_LETTER = (
    r"(?:das|es|dies|eins|(?:ein|einen|eine|das|den|die|dein|deinen|ihr|ihren)(?: (?:gutes|starkes|kurzes|schönes|gute|starke))?"
    r" (?:empfehlungsschreiben|schreiben|brief|empfehlungsbrief|empfehlung|referenz|referenzschreiben|gutachten|zeugnis))"
)
_DO = r"(?:schreiben|verfassen|machen|tun|übernehmen|ausstellen|erledigen|unterstützen|helfen|aufsetzen)"
_YES = r"(?:ja|jawohl|klar|na klar|natürlich|selbstverständlich|gern|gerne|sehr gern|sehr gerne|aber gern|aber gerne|auf jeden fall|unbedingt|sicher|logisch|freilich)"

GERMAN = Phrases(
    language="de",
    yes=rf"""{_YES}|{_YES} {_YES}|ja {_YES} {_YES}|mit vergnügen|mit (?:großer |grosser )?freude|ja das mache ich|wird gemacht|mache ich|mach ich|das mache ich|das mach ich
        |(?:{_YES} )?(?:das )?(?:mache|mach|schreibe|übernehme) ich{_FOR}(?: (?:sehr )?(?:gern|gerne))?(?: {_LETTER})?
        |(?:{_YES} )?ich (?:mache|schreibe|übernehme|verfasse)(?: {_LETTER})?{_FOR}(?: (?:sehr )?(?:gern|gerne))?(?: {_LETTER})?
        |(?:{_YES} )?ich (?:kann|werde|würde|will|möchte){_FOR}(?: (?:sehr )?(?:gern|gerne|natürlich|selbstverständlich))?(?: {_LETTER})?{_FOR}(?: (?:sehr )?(?:gern|gerne))? {_DO}
        |ja ich kann|ja ich (?:will|werde)|ich helfe{_FOR}(?: (?:sehr )?(?:gern|gerne))(?: dabei)?|(?:das )?kann ich (?:sehr )?(?:gern|gerne) (?:machen|tun|übernehmen)|(?:das )?tue ich (?:gern|gerne)
        |es (?:ist|wäre|wird) mir eine (?:große )?(?:ehre|freude)|ich sage (?:gern|gerne )?(?:zu|ja)|ich bin (?:gern|gerne )?dabei|ich bin bereit dazu|ich unterstütze (?:dich|sie)(?: (?:sehr )?(?:gern|gerne))?(?: dabei)?""",
    no=rf"""nein|nee|leider nein|nein leider|leider nicht|nein leider nicht|nein danke|tut mir leid nein|diesmal nicht|dieses mal nicht|diesmal leider nicht|nein tut mir leid
        |(?:nein )?(?:leider )?(?:das )?(?:kann|werde) ich(?: das)?{_FOR}(?: leider)?(?: das)?(?: diesmal)? nicht(?: (?:machen|tun|schreiben|übernehmen|leisten|zusagen))?
        |(?:nein )?(?:leider )?ich (?:kann|werde)(?: das| es)?{_FOR}(?: leider)?(?: das| es)?(?: diesmal)? nicht(?: (?:machen|tun|schreiben|übernehmen|leisten|zusagen))?
        |(?:nein )?(?:leider )?(?:ich kann|kann ich|ich werde){_FOR}(?: leider)? kein(?:e|en)? (?:empfehlungsschreiben|schreiben|brief|empfehlung|referenz|gutachten|zeugnis) (?:schreiben|verfassen|ausstellen)
        |(?:leider )?(?:muss ich|ich muss)(?: das| dir| ihnen)?(?: leider)?(?: hier| diesmal)? (?:absagen|ablehnen|passen|nein sagen|verzichten)|ich sage(?: leider)? (?:ab|nein)|ich lehne(?: das)?(?: leider)? ab
        |es ist mir(?: leider)? nicht möglich|(?:das )?ist mir(?: leider)? nicht möglich|das geht(?: bei mir)? leider nicht|ich möchte das(?: lieber)? nicht|lieber nicht""",
    kind=r"""(?:vielen|herzlichen|besten|lieben|schönen) dank(?: nochmal)?|danke(?: sehr| schön| dir| ihnen)?|(?:(?:vielen|herzlichen|besten|lieben) dank|danke) für (?:die|deine|ihre|das|dein|ihr|eure)(?: (?:nette|netten|liebe|freundliche))? (?:anfrage|nachricht|mail|e-mail|email|worte|vertrauen|zeilen|erinnerung|frage)
        |(?:herzlichen )?glückwunsch|viel (?:erfolg|glück)(?: (?:bei|mit|für) [\w' -]{1,50})?|alles (?:gute|liebe)(?: (?:für|bei) [\w' -]{1,50})?|gern geschehen|gerne geschehen|schön von (?:dir|ihnen) zu hören
        |(?:ich )?(?:freue|freu) mich(?: sehr)?(?: (?:über deine|über ihre) (?:anfrage|nachricht))?|(?:ich )?fühle mich(?: sehr)? geehrt|(?:entschuldige|entschuldigen sie|entschuldigung für) die späte antwort|sorry für die späte antwort
        |(?:das )?(?:schreibe|helfe) ich(?: dir| ihnen| euch)?(?: gern| gerne)?|ich (?:schreibe|helfe)(?: dir| ihnen| euch)?(?: gern| gerne)?|ich (?:kann|werde)(?: dir| ihnen| euch)?(?: gern| gerne)? schreiben|wie geht(?:'s| es)(?: dir| ihnen)?|bis bald""",
    ease=r"""(?:gar )?kein problem|keine ursache|kein ding|warum nicht|(?:kannst du|können sie) mir(?: bitte| noch)* (?:deinen|ihren|den|die) (?:lebenslauf|unterlagen|ausschreibung|frist) schicken|bis wann (?:brauchst du|brauchen sie) (?:es|das|ihn)|wann ist die frist
        |(?:bitte )?(?:schick|schicke|sende|schicken sie|senden sie) mir(?: bitte| noch)* (?:deinen|ihren|den|die|deine|ihre) (?:lebenslauf|unterlagen|ausschreibung|stellenanzeige|frist|details)(?: zu)?""",
    regret=r"""leider|(?:es )?tut mir(?: sehr| wirklich)? leid|das tut mir leid|schade|ich hoffe (?:du verstehst|sie verstehen) das|ich habe(?: gerade| leider| momentan| zurzeit)* keine zeit|(?:dafür |dazu |mir )?fehlt(?: mir)?(?: leider| gerade| im moment)* die zeit|ich bin(?: dafür| dazu| leider)* nicht (?:die|der) richtige(?: dafür)?
        |ich bin(?: gerade| momentan| leider)* (?:zu beschäftigt|ausgelastet|überlastet)|ich kenne (?:dich|sie)(?: dafür| leider)* nicht gut genug|frag(?:en sie)? (?:bitte )?jemand(?:en)? anders?|bitte um verständnis|ich bitte um verständnis""",
    tail=r"für|bis|zur|zum|diese woche|nächste woche",
    turns=words_of(
        """wenn falls aber nicht kein keine keinen nie niemals nur sofern jedoch allerdings jemand jemanden
        ander anderen anderer anders statt stattdessen vielleicht eventuell möglicherweise später jahr
        semester sobald nachdem kollege kollegin kollegen assistentin assistent fragen obwohl außer ungern
        erst wohl kaum wahrscheinlich ob ohne monat sommer herbst winter frühjahr scherz"""
    ),
    joins=r" und (?:ja )?| - ",
)
