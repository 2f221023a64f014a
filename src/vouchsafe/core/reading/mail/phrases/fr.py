"""Yes and no in French."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = r"(?:ça|cela|le|une (?:belle |bonne |courte )?(?:lettre|recommandation|référence)(?: de recommandation)?|cette (?:lettre|recommandation)(?: de recommandation)?|la lettre|ta lettre|votre lettre|la lettre de recommandation)"
_ACT = rf"(?:(?:t'|te |vous |l'|la |le |t'en |vous en )?(?:écrire|rédiger|faire|fournir|préparer|aider|recommander|soutenir)(?: {_LETTER})?)"
_YES = r"(?:oui|ouais|bien sûr|bien sur|évidemment|absolument|certainement|volontiers|naturellement|tout à fait|avec plaisir|avec grand plaisir|avec joie|sans hésiter|sans hésitation|bien entendu)"

FRENCH = Phrases(
    language="fr",
    yes=rf"""{_YES}|{_YES} {_YES}|mais oui|mais bien sûr|bien sûr que oui|pas de souci je (?:le|la) fais|comptez sur moi\Z|compte sur moi\Z|c'est oui|je suis d'accord|j'accepte(?: (?:volontiers|avec plaisir))?|c'est entendu|c'est d'accord(?: pour moi)?\Z
        |(?:{_YES} )?je (?:le|la|l'|t'|te|vous)? ?(?:ferai|fais|écrirai|écris|rédigerai|rédige|aiderai|recommande)(?: (?:volontiers|avec plaisir|avec grand plaisir|avec joie))?(?: {_LETTER})?(?: (?:volontiers|avec plaisir|avec grand plaisir|avec joie))?
        |(?:{_YES} )?je (?:serais|serai|suis)(?: très| vraiment)? (?:heureux|heureuse|ravi|ravie|honoré|honorée|content|contente) (?:de|d')(?: )?{_ACT}
        |(?:{_YES} )?(?:très |vraiment )?(?:heureux|heureuse|ravi|ravie|honoré|honorée) (?:de|d')(?: )?{_ACT}
        |(?:{_YES} )?je (?:peux|vais|veux bien)(?: (?:volontiers|bien sûr|certainement))? {_ACT}|(?:{_YES} )?je (?:veux|peux) bien|oui je (?:peux|vais|le peux)
        |ce (?:serait|sera) (?:un|avec)(?: grand| vrai)? (?:plaisir|honneur)(?: (?:de|d')(?: )?{_ACT})?|ce sera avec plaisir|c'est avec (?:grand )?plaisir que j'accepte|je m'en (?:charge|occupe)""",
    no=rf"""non|non merci|non désolée?|désolée? non|malheureusement non|hélas non|pas cette fois|pas cette fois-ci|non pas cette fois|je crains que non|c'est non|je préf(?:ère|érerais) ne pas (?:l'|le |la )?(?:écrire|rédiger|faire)(?: {_LETTER})?
        |(?:non )?(?:malheureusement |hélas |désolée? )?(?:je (?:suis|regrette)(?: vraiment| sincèrement)? (?:désolée? )?(?:mais )?)?je (?:ne |n')(?:peux|pourrai|puis|vais)(?: malheureusement| hélas| vraiment)? pas(?: malheureusement| hélas)?(?: {_ACT})?(?: cette fois(?:-ci)?)?
        |(?:malheureusement |désolée? )?je (?:dois|vais devoir|suis obligée? de|préfère)(?: malheureusement| hélas)? (?:décliner|refuser|dire non|te dire non|vous dire non)(?: (?:cette fois|ta demande|votre demande|cette demande))?|je (?:décline|refuse)(?: (?:ta|votre|cette) demande)?
        |je ne suis pas en mesure (?:de|d'){_ACT}|je ne suis pas en mesure de le faire|(?:ce n'est|ce ne sera|cela ne m'est|ça ne m'est|il ne m'est)(?: malheureusement)? pas possible(?: pour moi)?|je préfère ne pas(?: le faire)?""",
    kind=r"""(?:un grand |mille )?merci(?: beaucoup| bien| encore| à toi| à vous| infiniment)?|merci(?: beaucoup| bien| encore)? (?:pour|de|d')(?: )?(?:ta|ton|votre|tes|vos|avoir)(?: (?:gentil|gentille|aimable))? (?:message|mail|courriel|demande|confiance|mots|pensé à moi|mot)
        |félicitations|bravo|bon courage|bonne chance(?: (?:pour|avec) [\w' -]{1,50})?|(?:tous )?mes (?:meilleurs )?vœux|d'accord|je (?:t'|te |vous )?(?:écris|écrirai|rédige|aide|aiderai)(?: (?:volontiers|avec plaisir))?|je (?:vais|peux) (?:t'|te |vous )?(?:écrire|aider)|je t'en prie|je vous en prie|de rien|(?:ravi|ravie|content|contente|heureux|heureuse) d'avoir de (?:tes|vos) nouvelles
        |(?:je suis )?(?:très )?(?:touché|touchée|flatté|flattée|honoré|honorée)(?: (?:par|de) (?:ta|votre) (?:demande|confiance))?|(?:désolé|désolée|pardon) (?:pour|de) (?:le retard|ma réponse tardive|la réponse tardive)
        |(?:j'espère que )?(?:tu vas|vous allez|tout va) bien|comment vas-tu|comment allez-vous|à bientôt|bonne journée|bonne soirée""",
    ease=r"""pas de (?:problème|souci|soucis)|aucun (?:problème|souci)|pourquoi pas
        |(?:envoie|envoyez)-moi (?:ton|votre|le|la|les) (?:cv|documents|offre|annonce|date limite|détails)(?: s'il te plaît| s'il vous plaît)?""",
    regret=r"""malheureusement|hélas|désolée?|(?:je suis |vraiment |sincèrement )+désolée?|je regrette|(?:toutes )?mes excuses|j'espère que (?:tu comprendras|vous comprendrez|tu comprends|vous comprenez)|je n'ai(?: vraiment)? pas le temps(?: en ce moment| ce (?:semestre|trimestre)| cette année)?|je suis (?:trop occupée?|débordée?)(?: en ce moment)?
        |je ne (?:te|vous) connais pas assez(?: bien)?|(?:demande|demandez|adresse-toi|adressez-vous) à quelqu'un d'autre""",
    tail=r"pour|d'ici|cette semaine|la semaine prochaine",
    turns=words_of(
        """si mais pas non ne n' sauf seulement jamais aucun aucune quelqu'un autre plutôt peut-être peut
        éventuellement plus tard après année semestre lorsque quand dès condition collègue assistant
        assistante demander cependant toutefois sans avant-hier sinon moins uniquement probablement place
        mois été automne hiver printemps blague rire"""
    ),
    joins=r" et (?:oui )?| - ",
)
