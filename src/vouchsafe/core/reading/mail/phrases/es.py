"""Yes and no in Spanish."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = r"(?:eso|esto|una (?:buena )?(?:carta|recomendación|referencia)(?: de recomendación)?|la carta|tu carta|su carta|esa carta|esta carta|la carta de recomendación|la recomendación)"
_ACT = rf"(?:(?:escribir|redactar|hacer|dar|preparar|ayudar|recomendar|apoyar)(?:te|le|la|lo|tela|sela|telo|selo|los)?(?: {_LETTER})?)"
_YES = r"(?:sí|si|claro|claro que sí|por supuesto|desde luego|con mucho gusto|con gusto|encantado|encantada|cómo no|sin duda|con placer|faltaría más|naturalmente|por supuesto que sí|obvio|dale)"

SPANISH = Phrases(
    language="es",
    yes=rf"""{_YES}|{_YES} {_YES}|sí señor|(?:sí )?(?:cuenta|cuente|puedes contar|puede contar) conmigo\Z|cuenta con ello|acepto(?: (?:encantado|encantada|con gusto))?
        |(?:{_YES} )?(?:te|le|se|lo|la|te la|se la|te lo|se lo)? ?(?:escribo|escribiré|hago|haré|redacto|redactaré|ayudo|ayudaré|recomiendo)(?: {_LETTER})?(?: (?:encantado|encantada|con (?:mucho )?gusto|con placer))?
        |(?:{_YES} )?(?:puedo|voy a) {_ACT}|sí (?:puedo|quiero|acepto)|(?:estaré|estaría|estoy|quedo) (?:muy )?(?:encantado|encantada|feliz|contento|contenta) de {_ACT}|(?:encantado|encantada|feliz) de {_ACT}
        |(?:me )?(?:encantaría|encantará|encantaria)(?: {_ACT})?|(?:será|sería|es) (?:un|una|todo un) (?:placer|honor|gusto|alegría)(?: {_ACT})?|lo haré|lo hago|me apunto|(?:por mí )?encantado de la vida""",
    no=rf"""no|no gracias|no lo siento|lo siento no|por desgracia no|lamentablemente no|desafortunadamente no|esta vez no|me temo que no|no esta vez|no esta vez lo siento
        |(?:no )?(?:lamentablemente |desafortunadamente |por desgracia |lo siento |lo siento pero |siento decir que |me temo que )?no (?:puedo|podré|voy a poder|me es posible|voy a|me será posible)(?: {_ACT})?(?: esta vez| en esta ocasión)?
        |(?:lamentablemente |lo siento )?(?:tengo que|debo|voy a tener que|prefiero)(?: lamentablemente)? (?:decir que no|decirte que no|decirle que no|declinar|rechazar)(?:la|lo)?(?: esta vez| tu petición| su petición)?|prefiero no (?:hacerlo|hacerla|escribirla)|no puedo comprometerme(?: este (?:año|semestre|curso))?|no me es posible|no será posible|declino""",
    kind=r"""(?:muchas |muchísimas |mil )?gracias(?: de nuevo| a ti| a usted)?|(?:muchas |muchísimas )?gracias por (?:tu|su|el|la|pensar en mí|escribirme|escribir|preguntar|tus|sus|contactarme)(?: (?:amable ))?(?: ?(?:mensaje|correo|confianza|palabras|petición|solicitud|mail))?
        |felicidades|enhorabuena|(?:mucha |buena )?suerte(?: (?:con|en) [\w' -]{1,50})?|de acuerdo|hecho|(?:te|le)? ?(?:escribo|escribiré|ayudo|ayudaré)|(?:voy a|puedo) (?:escribir|ayudar)(?:te|le)?|de nada|(?:espero que )?(?:estés|esté|todo vaya|te vaya|le vaya)(?: muy)? bien|qué (?:gusto|alegría|bueno) saber de (?:ti|usted)
        |me (?:siento )?(?:halaga|honra|honrado|honrada|halagado|halagada)(?: mucho)?(?: tu petición| su petición| tu confianza)?|(?:perdón|disculpa|disculpe|perdona|siento) (?:por )?(?:el retraso|la demora|la tardanza)
        |cómo estás|cómo está|hasta pronto""",
    ease=r"""(?:no hay|sin|ningún) (?:ningún )?problema|por qué no
        |(?:por favor )?(?:envíame|mándame|envíeme|mándeme) (?:tu|el|la|los|su) (?:cv|currículum|curriculum|currículo|documentos|fecha límite|detalles|oferta|convocatoria)(?: por favor)?""",
    regret=r"""lo siento(?: mucho| muchísimo)?|lamentablemente|desafortunadamente|por desgracia|lo lamento(?: mucho)?|mis disculpas|disculpa|disculpe|perdona|perdón|espero que (?:lo entiendas|lo entienda|lo comprendas|lo comprenda|entiendas|comprendas)
        |no tengo tiempo(?: (?:en este momento|ahora mismo|este mes))?|estoy (?:demasiado ocupado|demasiado ocupada|muy ocupado|muy ocupada)(?: (?:en este momento|ahora mismo|este mes))?|no te conozco (?:lo suficiente|bastante bien)|no le conozco lo suficiente|(?:pídeselo|pídaselo) a (?:otra persona|otro)""",
    tail=r"para|por|esta semana|la semana que viene",
    turns=words_of(
        """si pero no sin salvo solo sólo solamente nunca jamás ningún ninguna nadie alguien otro otra otros
        quizá quizás tal vez posiblemente probablemente luego después más tarde año semestre cuando hasta
        condición siempre colega compañero compañera asistente preguntar aunque excepto tampoco mes verano
        otoño invierno primavera broma menos"""
    ),
    joins=r" y (?:sí )?| - ",
)
