"""Yes and no in Polish. "No" alone is left out: in Polish it means yes, elsewhere it does not."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = r"(?:to|ten list|taki list|list|list polecający|list rekomendacyjny|rekomendację|referencje|opinię|ci list polecający|tę rekomendację|taką rekomendację|dobry list|krótki list)"
_FOR = r"(?: (?:ci|tobie|pani|panu|dla ciebie|dla pani|dla pana))?"
_ACT = rf"(?:(?:napisać|zrobić|przygotować|pomóc|wystawić|sporządzić|polecić){_FOR}(?: {_LETTER})?{_FOR})"
_YES = r"(?:tak|jasne|oczywiście|pewnie|naturalnie|chętnie|bardzo chętnie|z przyjemnością|z wielką przyjemnością|z chęcią|z miłą chęcią|z radością|zgadzam się|jak najbardziej|no jasne|no pewnie|no tak|ależ oczywiście|ależ tak|rzecz jasna|bez wątpienia)"

POLISH = Phrases(
    language="pl",
    yes=rf"""{_YES}|{_YES} {_YES}|że tak|oczywiście że tak|pewnie że tak|jasne że tak|(?:możesz|może pani|może pan) na mnie liczyć\Z|zrobi się|da się zrobić|zrobię to|jestem na tak|jestem za
        |(?:{_YES} )?(?:napiszę|zrobię|przygotuję|pomogę|wystawię|polecę){_FOR}(?: {_LETTER})?{_FOR}(?: (?:bardzo )?(?:chętnie|z przyjemnością|z radością))?|(?:{_YES} )?(?:bardzo )?(?:chętnie|z (?:wielką )?przyjemnością|z radością)(?: to)? (?:napiszę|zrobię|przygotuję|pomogę|wystawię){_FOR}(?: {_LETTER})?{_FOR}
        |(?:{_YES} )?(?:mogę|zamierzam) (?:to |ci )?{_ACT}|tak mogę|{_LETTER} (?:napiszę|przygotuję|wystawię|zrobię)|(?:będzie|byłoby|to)(?: dla mnie)? (?:mi )?(?:bardzo )?(?:miło|zaszczyt|zaszczytem|przyjemność|przyjemnością)(?: {_ACT})?|to dla mnie zaszczyt|będę (?:zaszczycony|zaszczycona)|podejmę się(?: tego)?""",
    no=rf"""nie|niestety nie|nie niestety|nie dziękuję|przykro mi nie|tym razem nie|nie tym razem|obawiam się że nie|niestety tym razem nie
        |(?:nie )?(?:niestety |przykro mi ale |przykro mi |bardzo mi przykro ale )?nie (?:mogę|będę mógł|będę mogła|dam rady|jestem w stanie|zdołam|napiszę)(?: {_ACT})?(?: tym razem)?(?: listu| takiego listu| tego listu| listu polecającego| tej (?:rekomendacji|opinii))?|nie dam rady|nie podejmę się(?: tego)?
        |(?:niestety )?(?:muszę|będę musiał|będę musiała|wolę)(?: niestety)? (?:odmówić|zrezygnować|powiedzieć nie)(?: tym razem)?|odmawiam|wolałbym nie|wolałabym nie|to(?: dla mnie)? niemożliwe|nie jest to możliwe""",
    kind=r"""(?:bardzo |serdecznie |wielkie )?(?:dziękuję|dzięki|dziękuje)(?: bardzo| serdecznie| ci| pani| panu| jeszcze raz)*|(?:bardzo |serdecznie )?(?:dziękuję|dzięki)(?: bardzo| serdecznie| ci| pani| panu)* za (?:wiadomość|maila|mail|e-mail|zaufanie|miłe słowa|list|pamięć|prośbę|pytanie|twoją wiadomość|pani wiadomość|twojego maila)
        |gratulacje|gratuluję|(?:życzę )?powodzenia(?: (?:w|z|na) [\w' -]{1,50})?|zgoda|proszę bardzo|(?:napiszę|pomogę)(?: ci| pani| panu)?|mogę (?:napisać|pomóc)(?: ci| pani| panu)?|(?:mam nadzieję że )?(?:wszystko|u ciebie wszystko) (?:w porządku|dobrze)|miło (?:cię|panią|pana|było cię) (?:słyszeć|usłyszeć)|cieszę się(?: bardzo)?(?: że piszesz)?
        |przepraszam za (?:zwłokę|opóźnienie|późną odpowiedź)|co słychać|jak się masz|do usłyszenia|do zobaczenia|(?:to|jest to) (?:dla mnie )?(?:bardzo )?miłe""",
    ease=r"""nie ma (?:problemu|sprawy)|żaden problem|czemu nie
        |(?:proszę )?(?:przyślij|wyślij|prześlij|przesłać|wysłać)(?: mi)?(?: proszę| tylko)* (?:swoje |twoje |swój )?(?:cv|życiorys|dokumenty|ogłoszenie|termin)""",
    regret=r"""niestety|przykro mi(?: bardzo)?|bardzo mi przykro|przepraszam(?: bardzo)?|wybacz|mam nadzieję że (?:zrozumiesz|pani zrozumie|pan zrozumie|rozumiesz)|(?:niestety )?nie mam(?: teraz| niestety| obecnie)* czasu|jestem(?: teraz| obecnie)* (?:zbyt|bardzo) (?:zajęty|zajęta)
        |nie znam (?:cię|pani|pana)(?: wystarczająco| na tyle)* dobrze|(?:poproś|zapytaj) kogoś innego""",
    tail=r"dla|do|na|w tym tygodniu|w przyszłym tygodniu",
    turns=words_of(
        """jeśli jeżeli ale lecz nie bez tylko chyba nigdy nikt nikogo ktoś kogoś inny inna innego innej może
        później potem rok roku semestr semestrze kiedy gdy dopiero pod warunkiem kolega koleżanka kolegi
        asystent asystentka zapytać poprosić chociaż jednak oprócz prawdopodobnie raczej zamiast miesiąc
        miesiącu latem jesienią zimą wiosną żart o ile czy"""
    ),
    joins=r" i (?:tak )?| - ",
)
