"""Yes and no in Italian."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = r"(?:questo|una (?:bella |buona )?(?:lettera|raccomandazione|referenza)(?: di (?:raccomandazione|referenze|presentazione))?|la lettera|la tua lettera|la sua lettera|questa lettera|quella lettera|la lettera di (?:raccomandazione|referenze|presentazione))"
_ACT = rf"(?:(?:scriver|far|prepar|aiut|redig|raccomand|sosten|d)(?:e|lo|la|ti|le|tela|gliela|telo|are|arti|arla|er|ere|erla|erti|arle|aiutar|l)*(?: {_LETTER})?)"
_YES = r"(?:sì|si|certo|certo che sì|certamente|certo che si|volentieri|molto volentieri|più che volentieri|ben volentieri|con piacere|con molto piacere|con grande piacere|assolutamente sì|senz'altro|naturalmente|ovviamente|come no)"

ITALIAN = Phrases(
    language="it",
    yes=rf"""{_YES}|{_YES} {_YES}|ma certo|ma certo che sì|sì assolutamente|cont[ai](?: pure)? su di me\Z|(?:puoi|può) contare su di me\Z|l[ao] scrivo io|accetto(?: (?:volentieri|con piacere))?|ci sto
        |(?:{_YES} )?(?:te la|gliela|ti|le|la|lo|te lo|glielo)? ?(?:scrivo|scriverò|faccio|farò|preparo|preparerò|aiuto|aiuterò|raccomando)(?: (?:molto |ben )?(?:volentieri|con piacere))?(?: {_LETTER})?(?: (?:(?:molto |ben )?volentieri|con (?:molto )?piacere))?
        |(?:{_YES} )?(?:posso|potrò) (?:certamente |volentieri |sicuramente )?{_ACT}|sì posso|sì lo (?:faccio|farò)|(?:sarei|sarò|sono)(?: molto| davvero| ben)? (?:felice|lieto|lieta|onorato|onorata|contento|contenta) di {_ACT}|(?:felice|lieto|lieta|onorato|onorata) di {_ACT}
        |mi farebbe (?:molto )?piacere|(?:sarebbe|sarà|è) (?:un|per me un)(?: vero| grande)? (?:piacere|onore)(?: {_ACT})?|lo (?:faccio|farò)(?: (?:molto )?volentieri)?""",
    no=rf"""no|no grazie|no mi dispiace|mi dispiace no|purtroppo no|no purtroppo|questa volta no|stavolta no|temo di no|non questa volta|non stavolta
        |(?:no )?(?:purtroppo |mi dispiace |mi dispiace ma |spiacente |sono spiacente ma |temo che |sfortunatamente )?non (?:posso|potrò|riesco a|riuscirò a|sono in grado di|mi è possibile)(?: {_ACT})?(?: questa volta| stavolta)?|purtroppo non posso|non riesco|non ce la faccio
        |(?:purtroppo |mi dispiace )?(?:devo|dovrò|sono costretto a|sono costretta a|preferisco)(?: purtroppo)? (?:rifiutare|declinare|dire di no|dirti di no|dirle di no|rinunciare)(?: (?:questa volta|la richiesta|la tua richiesta|l'invito))?|preferisco (?:di no|non farlo)|preferirei di no|preferirei non farlo|rifiuto|declino|non sarà possibile""",
    kind=r"""(?:molte |tante |mille )?grazie(?: mille| tante| ancora| infinite| a te| a lei)?|(?:molte |tante )?grazie(?: mille| tante| ancora)? (?:per|di|del|della) (?:il|la|aver|avermi|tuo|tua|sua|suo|il tuo|la tua|la sua|il suo|le tue|le sue)?(?: )?(?:messaggio|mail|email|richiesta|fiducia|parole|pensato a me|scritto|avermi scritto|chiesto)
        |complimenti|congratulazioni|auguri|(?:buona fortuna|in bocca al lupo|tanti auguri)(?: (?:per|con) [\w' -]{1,50})?|d'accordo|va bene|(?:ti|le)? ?(?:scrivo|scriverò|aiuto|aiuterò)(?: volentieri)?|posso (?:scriverti|scriverle|aiutarti|aiutarla|scrivere|aiutare)|figurati|si figuri|prego|di niente|(?:spero (?:che )?)?(?:tu stia|lei stia|tutto vada)(?: molto)? bene|che (?:bello|piacere) (?:sentirti|sentirla)
        |(?:sono )?(?:molto )?(?:lusingato|lusingata|onorato|onorata)(?: (?:dalla|della) (?:tua|sua) richiesta)?|(?:scusa|scusi|scusami|mi scuso|mi scusi) (?:per )?il ritardo
        |come stai|come sta|a presto""",
    ease=r"""nessun problema|non c'è problema|perché no
        |(?:per favore )?(?:mandami|inviami|mi mandi|mi invii) (?:il tuo|il suo|il|la|i|i tuoi) (?:cv|curriculum|documenti|scadenza|bando|dettagli|annuncio)(?: per favore)?""",
    regret=r"""purtroppo|sfortunatamente|(?:mi|me ne) dispiace(?: molto| tanto| davvero)?|mi spiace(?: molto)?|spiacente|sono spiacente|spero (?:che )?(?:tu )?(?:capisca|comprenda|capirai|comprenderà|comprenderai|capirà)|spero che tu possa capire
        |non ho (?:il )?tempo(?: (?:in questo (?:momento|periodo)|adesso|ora|questo mese))?|sono (?:troppo|molto) (?:occupato|occupata|impegnato|impegnata)(?: (?:in questo momento|adesso|ora|questo mese))?|non ti conosco abbastanza(?: bene)?|(?:chiedi|chieda) a qualcun altro""",
    tail=r"per|entro|questa settimana|la prossima settimana",
    turns=words_of(
        """se ma non no però senza salvo solo soltanto mai nessun nessuno nessuna qualcuno qualcun altro altra
        altri forse magari eventualmente probabilmente possibilmente dopo tardi anno semestre quando
        condizione purché collega assistente chiedere anche benché tranne appena finché mese estate autunno
        inverno primavera scherzo meno invece posto"""
    ),
    joins=r" e (?:sì )?| - ",
)
