"""Yes and no in Portuguese, of Portugal and of Brazil."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = r"(?:isso|isto|uma (?:boa )?(?:carta|recomendação|referência)(?: de recomendação)?|a carta|a sua carta|sua carta|a tua carta|essa carta|esta carta|a carta de recomendação|a recomendação)"
_ACT = rf"(?:(?:te |lhe |o |a )?(?:escrever|escrevê|redigir|fazer|fazê|dar|preparar|ajudar|recomendar|apoiar)(?:-(?:te|lhe|la|lo|a|o))?(?: (?:você|você com isso|com isso|nisso))?(?: {_LETTER})?)"
_YES = r"(?:sim|claro|claro que sim|com certeza|certamente|com todo o prazer|com todo prazer|com muito gosto|com gosto|com prazer|com muito prazer|sem dúvida|lógico|obviamente|naturalmente|pode ser sim|de bom grado)"

PORTUGUESE = Phrases(
    language="pt",
    yes=rf"""{_YES}|{_YES} {_YES}|(?:podes? contar|cont[ae]) comigo\Z|aceito(?: (?:com prazer|com gosto|com todo o prazer|sim))?|por mim sim
        |(?:{_YES} )?(?:eu )?(?:te |lhe )?(?:escrevo|escreverei|faço|farei|redijo|redigirei|ajudo|ajudarei|recomendo)(?:-(?:te|lhe|a|o))?(?: sim)?(?: {_LETTER})?(?: (?:com (?:todo o |muito )?(?:prazer|gosto)))?
        |(?:{_YES} )?(?:eu )?(?:posso|vou)(?: sim)? {_ACT}|(?:sim )?(?:posso|vou|quero) sim|sim (?:posso|aceito|quero)|(?:eu )?(?:adoraria|adorava|gostaria muito de|terei (?:todo o |muito )?(?:prazer|gosto) em|tenho (?:todo o |muito )?(?:prazer|gosto) em|teria (?:todo o |muito )?(?:prazer|gosto) em|fico feliz em|ficaria feliz em|ficarei feliz em|fico contente em) {_ACT}
        |(?:será|seria|é) (?:um|uma)(?: grande| enorme)? (?:prazer|honra|alegria|gosto)(?: {_ACT})?|(?:eu )?adoraria|o farei|farei isso|faço isso""",
    no=rf"""não|não obrigado|não obrigada|infelizmente não|lamento não|desculpe não|desta vez não|dessa vez não|não desta vez|receio que não|temo que não|lamento mas não|(?:não )?(?:desta|dessa) vez não (?:posso|consigo|vou poder)
        |(?:não )?(?:infelizmente |lamento mas |lamento |desculpe mas |desculpa mas |sinto muito mas |receio que )?(?:eu )?não (?:posso|poderei|vou poder|consigo|conseguirei|vou conseguir|me é possível|vou)(?: {_ACT})?(?: desta vez| dessa vez| nesta ocasião)?
        |(?:infelizmente )?(?:eu )?(?:tenho de|tenho que|vou ter de|vou ter que|devo|preciso|prefiro)(?: infelizmente)? (?:recusar|declinar|dizer não|dizer que não)(?: (?:desta vez|dessa vez|o pedido|o seu pedido|o convite))?|prefiro não(?: [oa])? (?:fazer|escrever)(?: {_LETTER})?|(?:não será|não é|não me é) possível|(?:eu )?recuso""",
    kind=r"""(?:muito |muitíssimo )?obrigad[oa](?: mesmo| mais uma vez)?|(?:muito )?obrigad[oa] (?:por|pelo|pela|pelas) (?:o |a )?(?:contato|contacto|mensagem|e-mail|email|mail|convite|pedido|confiança|palavras|lembrar de mim|pensar em mim|ter pensado em mim|perguntar|escrever|sua mensagem|tua mensagem|seu e-mail)
        |parabéns|boa sorte(?: (?:com|em|no|na|para) [\w' -]{1,50})?|de acordo|combinado|(?:eu )?(?:te |lhe )?(?:escrevo|escreverei|ajudo|ajudarei)(?:-te|-lhe)?|(?:eu )?(?:vou|posso) (?:te |lhe )?(?:escrever|ajudar)(?:-te|-lhe)?|de nada|(?:espero que )?(?:estejas|esteja|tudo esteja)(?: tudo)? bem|que bom (?:ter notícias suas|saber de você|receber notícias suas)|tudo bem
        |(?:fico|sinto-me|estou) (?:muito )?(?:honrado|honrada|lisonjeado|lisonjeada|feliz)(?: (?:com|pelo) (?:o )?(?:convite|pedido))?|(?:desculpe|desculpa|perdão) (?:a demora|pela demora|o atraso|pelo atraso)
        |como vai|até breve""",
    ease=r"""sem problemas?|não (?:tem|há) problema|por que não
        |(?:por favor )?(?:me )?(?:envie|envia|mande|manda)(?:-me)? (?:o|a|os|seu|teu|o seu|o teu) (?:cv|currículo|documentos|prazo|edital|detalhes)(?: por favor)?""",
    regret=r"""infelizmente|lamento(?: muito| imenso)?|sinto muito|desculpe|desculpa|peço desculpa|peço desculpas|espero que (?:compreenda|compreendas|entenda|entendas)|não tenho tempo(?: (?:neste momento|agora|este mês))?
        |estou (?:muito|demasiado) (?:ocupado|ocupada)(?: (?:neste momento|agora|este mês))?|não (?:o|a|te) conheço (?:bem )?o suficiente|não (?:o|a|te) conheço suficientemente bem|(?:peça|pede) a outra pessoa""",
    tail=r"para|até|esta semana|essa semana|na próxima semana",
    turns=words_of(
        """se mas não nao sem salvo só somente apenas nunca jamais nenhum nenhuma ninguém alguém outro outra
        outrem talvez possivelmente provavelmente depois mais tarde ano semestre quando condição desde
        colega assistente perguntar embora exceto porém todavia mês verão outono inverno primavera
        brincadeira menos vez"""
    ),
    joins=r" e (?:sim )?| - ",
)
