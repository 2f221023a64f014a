"""The phrases in which postings speak of letters and referees: English, German, French, Spanish.

Data for `letter_terms`; patterns are matched against one sentence or clause, case ignored.
"""

from __future__ import annotations

import re


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_PEOPLE = (
    r"(?:referees?|recommenders?|professors?|faculty|teachers?|supervisors?|advis[eo]rs?|employers?|managers?|instructors?|mentors?"
    r"|lecturers?|academics?|colleagues|people|persons|individuals?)"
)
WORD = r"[\w'’()/-]+"

LETTER = _any(
    r"\bletter(?:s|\(s\))?\s+of\s+(?:recommendation|reference|endorsement)s?\b(?!\s+(?:number|no\.|code))",
    r"\b(?:recommendation|reference|referee|recommender)s?[’']?\s+letters?\b",
    rf"\bletters?\s+(?:of\s+support\s+)?(?:from|by)\s+(?:{WORD}\s+){{0,4}}?{_PEOPLE}\b",
    r"\b(?:referees?|recommenders?)\s+(?:to\s+|will\s+|must\s+|should\s+)?(?:upload|send|submit|e-?mail|write|provide)\s+(?:\w+\s+){0,2}?letters?\b",
    r"\bletters?\s+(?:will|may|shall)\s+(?:\w+\s+)?be\s+(?:solicit|request)\w*|\bupload\s+(?:their|the|a)\s+letters?\b",
    r"\breferees?[’']?\s+(?:reports?|statements?)\b",
    r"\b(?:written|academic|confidential|signed)\s+(?:professional\s+|academic\s+|confidential\s+)?references?\b",
    r"\b(?:teacher|faculty|academic|counsel?lor|written)\s+recommendations?\b",
    r"\brecommendation\s+forms?\b",
    r"\b(?-i:L[oO]Rs?)\b",
    r"\b(?:empfehlungs|referenz)(?:schreiben|briefe?[ns]?)\b",
    r"\bschriftliche[nr]?\s+(?:referenz|empfehlung)(?:en)?\b",
    r"(?<=zwei )gutachten\b|(?<=drei )gutachten\b|(?<=ein )gutachten\b|(?<=\d )gutachten\b",
    r"\bgutachten\s+(?:von|durch)\s+(?:\w+\s+){0,3}?(?:hochschul|profess|gutachter)\w*",
    r"\blettres?\s+de\s+(?:recommandation|r[ée]f[ée]rence)s?\b",
    r"\bcartas?\s+de\s+(?:recomendaci[oó]n|referencias?)\b",
)
"""A letter written about the applicant; never a covering, motivation or intent letter."""

REFEREES = _any(
    r"\breferees?\b(?!\s+(?:for|in)\s+(?:a\s+)?(?:match|game|football|soccer|journal))",
    r"(?<!preferences and )(?<!terms of )\breferences\b(?!\s+(?:to|in|and\s+citations|cited|section|list|manager|numbers?|codes?))",
    r"\b(?:professional|character|personal|work|employment|employer)\s+reference\b(?!\s+(?:number|no\b|code|manual|data|check(?:er|ing)\s+duties))",
    r"\brecommenders?\b",
    r"\breferenz(?:en|personen|geber\w*)\b",
    r"\br[ée]f[ée]rences\s+(?:professionnelles|d['’]employeurs|sur\s+demande)\b",
    r"\breferencias\s+(?:profesionales|laborales|personales|disponibles)\b",
)
"""People who can be asked about the applicant, by name or telephone."""

NOT_ABOUT_THE_APPLICANT = _any(
    rf"\b(?:writ|draft|prepar|compos|process|proofread)\w*\s+(?:{WORD}\s+){{0,4}}?(?:letters?\s+of\s+\w+|\w+\s+letters?)\s+(?:for|on\s+behalf\s+of)\b",
    rf"\bletters?\s+(?:of\s+\w+\s+)?(?:for|on\s+behalf\s+of)\s+(?:{WORD}\s+)?(?:students|pupils|mentees|staff|graduates|alumni|employees|others|trainees|patients|clients)\b",
    r"\b(?:you|interns?|students?|participants?|volunteers?|trainees?|fellows|graduates)(?:\s+who\s+\w+)?\s+(?:will\s+|may\s+|can\s+|also\s+)*(?:receive|earn|get|gain|obtain|be\s+given|be\s+offered|be\s+awarded|leave\s+with)\b",
    rf"\bwe\s+(?:will\s+|can\s+|also\s+|gladly\s+|happily\s+|are\s+happy\s+to\s+)*(?:offer|write|give|provide|issue)\s+(?:{WORD}\s+){{0,5}}?(?:letters?|references?)\b",
    r"\b(?:perks?|benefits?|what\s+we\s+offer|in\s+return|upon\s+(?:successful\s+)?completion|at\s+the\s+end\s+of\s+(?:the|your)\s+(?:internship|placement|programme|program))\b",
    r"\b(?:erhalten\s+sie|(?:sie|praktikant\w*)\s+(?:erhalten|bekommen)|erh[äa]ltst\s+du|bekommen\s+sie|bekommst\s+du|stellen\s+(?:wir\s+)?(?:ihnen|dir))\b",
    r"\bvous\s+(?:recevrez|obtiendrez)\b|\b(?:recibirás|recibirá|obtendrás)\b",
    r"\b(?:terms|frame|point)s?\s+of\s+reference\b(?!.*\breferees?\b)",
)
"""Duties and benefits: the post writes letters for others, or gives one at its end."""

HARMLESS_NOT = _any(
    r"\bno(?:t)?\s+(?:more|later|longer|older|fewer|less|earlier|exceed\w*)\s+than\b",
    r"\bnot\s+(?:only|exceed(?:ing)?|hesitate|limited\s+to)\b",
    r"\b(?:do\s+not|don[’']t)\s+(?:hesitate|forget|fail)\b",
    r"\b(?:must|may|should|can|shall)\s?not\s+(?:be\s+)?(?:older|longer|exceed|come\s+from|written\s+by|from|relatives|related|dated)\b",
    r"\b(?:not|never)\s+(?:be\s+)?(?:from\s+)?(?:relatives|family|friends|related)\b",
    r"\bno\s+exceptions?\b|\bwithout\s+(?:exception|fail|delay)\b",
    r"\bnicht\s+(?:älter|länger|später|mehr)\s+als\b|\bnicht\s+nur\b",
    r"\bpas\s+plus\s+(?:de|tard)\b|\bne\s+pas\s+(?:dépasser|oublier|hésiter)\b",
    r"\bno\s+(?:más|mas)\s+(?:de|tarde)\b|\bno\s+(?:dude|olvide)\b",
)

LACKING = _any(
    r"\b(?:without|missing|lacking|fewer\s+than|less\s+than|incomplete)\b.*\b(?:not|never|n[’']t)\s+be\s+(?:\w+\s+)?(?:considered|accepted|processed|reviewed|evaluated|forwarded|complete)\b",
    r"\b(?:without|missing|lacking|fewer\s+than)\b.*\b(?:rejected|disregarded|incomplete|ineligible|disqualified)\b",
    r"\b(?:not|n[’']t|cannot)\s+be\s+(?:\w+\s+)?(?:considered|accepted|processed|reviewed|complete)\s+(?:without|until|unless)\b",
    r"\bohne\b.*\bnicht\s+(?:berücksichtigt|bearbeitet|angenommen)\b",
    r"\bsans\b.*\bne\s+(?:sera|seront|serons)\b.*\bpas\b|\bsin\b.*\bno\s+(?:se|será|serán)\b",
)
"""“Applications without two letters will not be considered”: two negations that demand."""

NOT_TAKEN_BEFORE = _any(
    rf"\b(?:do\s+not|don[’']t|never|should\s+not|must\s+not|may\s+not|cannot|need\s+not\s+to)\s+(?:{WORD}\s+){{0,2}}?(?:send|submit|include|attach|enclose|provide|upload|e?-?mail|solicit|supply|forward|accept|take|read|consider|use|review|want)\b[^.;]*$",
    r"\b(?:no\s+longer|not)\s+(?:accept|take|read|consider|use|review|accepting|taking|considering)\b[^.;]*$",
    r"\brefrain\s+from\b[^.;]*$",
    rf"\bno\s+(?:{WORD}\s+){{0,3}}?$",
    r"\bkeine?[nrms]?\s+(?:[\wäöüß-]+\s+){0,2}$",
    r"\bverzichten\s+sie\s+(?:bitte\s+)?auf\b[^.;]*$|\bverzicht\w*\s+auf\b[^.;]*$",
    r"\b(?:aucune?s?|pas\s+de|ne\s+pas\s+(?:joindre|envoyer|fournir|transmettre)(?:\s+\w+)?)\s*(?:\w+\s+){0,2}$",
    r"\b(?:ne\s+joignez|n[’']envoyez|ne\s+fournissez)\s+pas\b[^.;]*$|\bn[’']acceptons\s+pas\b[^.;]*$",
    r"\bno\s+(?:se\s+(?:aceptan|admiten|aceptarán|admitirán)|aceptamos|enviar|envíe|envíen|adjuntar|adjunte|incluir|incluya)\b[^.;]*$",
    r"\bninguna\s+$",
)
"""Just before the mention."""

NOT_TAKEN_AFTER = _any(
    rf"^[^.;]*?\b(?:will|are|is|can|shall|should|must|may)\s?(?:not|n[’']t)\s+(?:be\s+)?(?:{WORD}\s+)?(?:accept|consider|read|review|taken|submit|sent|includ|attach|used|opened|evaluat|permitt|allow|forward)\w*",
    r"^[^.;]*?\b(?:are|is)\s+(?:strongly\s+)?(?:discouraged|unwelcome|not\s+welcome)\b",
    r"^[^.;]*?\bwon[’']t\s+be\s+(?:accept|consider|read|review|taken|forward)\w*",
    r"^[^.;]*?\b(?:werden|sind|wird|ist)\b[^.;]*?\bnicht\s+(?:berücksichtigt|angenommen|akzeptiert|gelesen|erwünscht|beizufügen|einzureichen)\b",
    r"^[^.;]*?\bne\s+(?:sont|seront|sera|est)\s+pas\s+(?:acceptée?s?|prises?|lues?|considérée?s?|examinée?s?)",
    r"^[^.;]*?\bno\s+(?:se\s+(?:acept|admit|considerar|tendrán)\w*|ser[áa]n?\s+(?:acept|admit|considerad)\w*)",
)

NOT_REQUIRED = _any(
    r"\b(?:not|n[’']t|nor)\s+(?:be\s+)?(?:strictly\s+|currently\s+|normally\s+|yet\s+)?(?:require|requested|necessary|need|mandatory|compulsory|expected|obligatory|ask)\w*",
    r"\bno\s+need\s+(?:for|to)\b|\bno\s+longer\s+(?:required|needed|necessary|require|need)\b|\bmay\s+apply\s+without\b",
    r"\b(?:in\s+lieu|instead)\s+of\s+(?:\w+\s+){0,3}?$|\brather\s+than\s+(?:\w+\s+){0,3}?$",
    r"\bnicht\s+(?:zwingend\s+|unbedingt\s+)?(?:erforderlich|nötig|notwendig|verlangt|benötigt)\b",
    r"\b(?:ne|n[’'])\s*(?:sont|est|seront)\s+pas\s+(?:requis|nécessaire|exigé|demandé|obligatoire)\w*",
    r"\bno\s+(?:es|son|será|serán)\s+(?:necesari|obligatori|requerid|imprescindible)\w*|\bno\s+se\s+(?:requier|necesit|exig|pid)\w*",
)

NONE_NEEDED = _any(r"^\s*[:–-]\s*(?:none|no|n/?a|not\s+applicable|keine|aucune|ninguna)\b")
"""Just after the mention, as a form's answer."""

NO_SUCH_NEED = _any(r"^\s*(?:is|are|will\s+be)\s+(?:needed|required|necessary|expected)\b")
"""After “no letter of recommendation …”: unneeded rather than unwanted."""

ONLY_THIS_WAY = _any(
    r"^\s*(?:\([^)]*\)\s*)?(?:by|via|from|without|dated|older|that|which|who|sent|received|submitted|signed|written|on\s+paper|in\s+paper)\b",
    r"^\s*(?:per|von|ohne|die|par|sans|qui|por|sin|que)\b",
)
"""After the mention: not letters are refused but a way of sending them, or some of their writers."""

NOT_YET = _any(
    r"\bat\s+this\s+(?:stage|time|point|moment)\b|\binitially\b|\bat\s+the\s+(?:initial|first|application)\s+stage\b|\bfor\s+now\b|\byet\b",
    r"\bat\s+the\s+time\s+of\s+(?:the\s+)?application\b|\bwith\s+(?:your|the)\s+(?:initial\s+)?application\b|\bup\s?front\b|\bto\s+apply\b|\bat\s+present\b",
    r"\bzunächst\b|\bvorerst\b|\bnoch\b|\bderzeit\b|\bin\s+dieser\s+phase\b|\bzum\s+(?:jetzigen|derzeitigen)\s+zeitpunkt\b",
    r"\bà\s+ce\s+stade\b|\bpour\s+l[’']instant\b|\bdans\s+un\s+premier\s+temps\b",
    r"\ben\s+esta\s+(?:etapa|fase)\b|\bpor\s+ahora\b|\bde\s+momento\b",
)

LATER = _any(
    r"\bshort-?\s?list\w*|\blong-?\s?list\w*|\b(?:semi-?)?finalists?\b|\btop\s+(?:candidates|applicants)\b",
    r"\bat\s+a\s+later\s+(?:stage|date|point|time)\b|\blater\s+in\s+the\s+(?:process|search)\b|\bin\s+the\s+(?:second|next|final)\s+(?:stage|round)\b",
    r"\bif\s+(?:you\s+are\s+|they\s+are\s+)?(?:invited|selected|successful)\b|\b(?:selected|invited|successful)\s+(?:candidates|applicants)\b",
    r"\b(?:up)?on\s+request\b|\bafter\s+(?:the\s+)?(?:first|initial)\s+(?:round|review|screening|interview)\b|\b(?:following|after)\s+(?:the\s+|an\s+)?interviews?\b",
    r"\b(?:prior\s+to|before)\s+(?:an?\s+|the\s+|any\s+)?(?:job\s+)?offer\b|\b(?:may|might)\s+be\s+(?:requested|asked\s+for|required|solicited|contacted)\b",
    r"\bengeren?\s+(?:wahl|auswahl)\b|\bauf\s+(?:anfrage|nachfrage|anforderung)\b|\bzu\s+einem\s+späteren\s+zeitpunkt\b",
    r"\b(?:candidats?|candidates?)\s+(?:présélectionné|retenu)\w*|\bsur\s+demande\b|\bultérieurement\b",
    r"\bpreseleccionad\w+|\ba\s+petición\b|\bmás\s+adelante\b",
)

OPTIONAL_NEAR = _any(
    r"\boptional\b|\bif\s+(?:available|applicable|any|desired|possible)\b|\bif\s+you\s+(?:have|wish|like)\b|\ba\s+plus\b|\bdesirable\b|\bpreferred\b",
    r"\bfalls\s+vorhanden\b|\bsofern\s+vorhanden\b|\bggf\b|\bgerne\b|\bvon\s+vorteil\b",
    r"\bfacultati\w+|\ble\s+cas\s+échéant\b|\béventuel\w*|\bun\s+plus\b|\bsi\s+disponibles?\b",
    r"\bopcional\w*|\bsi\s+dispone\b|\bsi\s+las\s+tiene\b",
)
"""Only beside the mention itself: in a list, “optional” belongs to its own item."""

OPTIONAL = _any(
    r"\bwelcome[ds]?\b|\bencouraged?\b|\bhelpful\b|\bappreciated\b|\bgladly\b|\bhappy\s+to\b|\bat\s+your\s+discretion\b|\bup\s+to\b|\b(?:is|are)\s+optional\b",
    r"\b(?:may|can|could)\s+(?:also\s+|optionally\s+|choose\s+to\s+)*(?:be\s+)?(?:submit|includ|attach|send|sent|provid|upload|add|enclos|suppl)\w*",
    r"\b(?:are|is|will\s+be|also)\s+(?:gladly\s+|happily\s+)?(?:accepted|considered)\b|\bwe\s+(?:also\s+|gladly\s+|happily\s+)*(?:accept|take|read|consider)\b",
    r"\bwillkommen\b|\berwünscht\b|\bkönnen\b",
    r"\bbienvenue?s?\b|\bpeuvent\b|\bpeut\s+être\b|\bappréciée?s?\b|\bsouhaitée?s?\b",
    r"\bpueden?\b|\bbienvenidas?\b|\bse\s+valorar\w*",
)

DEMAND = _any(
    r"\brequire\w*|\bmust\b|\bneed(?:s|ed)?\b|\bmandatory\b|\bcompulsory\b|\bnecessary\b|\bshould\b|\bshall\b|\bexpect(?:s|ed)?\b|\bplease\b|\bminimum\b|\bat\s+least\b",
    r"\b(?:submit|send|sent|includ|attach|enclos|provid|arrang|upload|suppl|request|solicit|gather|obtain)\w*|\bhave\s+(?:\w+\s+){0,3}?(?:referees?|recommenders?|letters?)\b",
    r"\bconsists?\s+of\b|\bcompris\w+|\bapplication\s+(?:package|materials?|dossier|packet|documents?|file|checklist)\b|\bcomplete\s+application\b|\bto\s+apply\b|\bdue\b|\bwe\s+(?:want|ask)\b|\bask\s+(?:\w+\s+){0,3}?(?:referees?|recommenders?|professors?|people)\b",
    r"\berforderlich\b|\beinreich\w*|\beinzureich\w*|\bbeifüg\w*|\bbeizufüg\w*|\bfügen\b|\bsenden\b|\bschick\w*|\bbenötig\w*|\bverlang\w*|\bnotwendig\b|\bvorzuleg\w*|\bbitte\b|\bmuss\b|\bmüssen\b|\benthalten\b|\bumfass\w*|\bladen\s+sie\b|\bbewerbungsunterlagen\b",
    r"\brequis\w*|\bexig\w*|\bobligatoire\w*|\bjoindre\b|\bjoignez\b|\benvoyer\b|\bfournir\b|\btransmettre\b|\bdoi(?:t|vent)\b|\bdemand\w*|\bveuillez\b|\bmerci\s+de\b|\bcomprend\w*|\baccompagn\w*",
    r"\brequier\w*|\brequerid\w*|\bobligatori\w*|\badjunt\w*|\benvi\w*|\bpresent\w*|\baport\w*|\bdeben?\b|\bnecesari\w*|\bincluir\b|\bincluya\w*|\bacompañ\w*",
)

CONDITION = _any(
    r"\bif\b|\bunless\b|\bonly\s+(?:for|if)\b|\bapplicants\s+(?:who|with|without|from|to)\b|\bcandidates\s+(?:who|with|without|from)\b|\b(?:international|external|doctoral|phd|first-time)\s+applicants\b",
    r"\bwenn\b|\bsofern\b|\bfalls\b|\bsauf\b|\bsi\s+(?:vous|le|la)\b|\bsalvo\b",
)

CONTACTS = _any(
    rf"\b(?:names?|contact|details|list|addresses|e-?mails?|phone\s+numbers?)\b(?:[,\s]+{WORD}){{0,10}}?[,\s]+(?:of|for|from)\s+(?:{WORD}\s+){{0,5}}?$",
    r"\b(?:namen?|kontaktdaten|adressen)\b[^.;]*$",
    r"\b(?:noms?|coordonnées)\b[^.;]*$|\b(?:nombres?|datos\s+de\s+contacto)\b[^.;]*$",
)

PORTAL = _any(
    r"\bupload\w*|\bportal\b|\bonline\s+(?:application\s+)?(?:system|form|platform)\b|\bapplication\s+system\b|\binterfolio\b|\bacademicjobsonline\b|\bmathjobs\b",
    r"\bhochlad\w*|\bladen\b.*\bhoch\b|\bonline-?(?:portal|formular)\b|\bplateforme\b|\bplataforma\b|\bsubir\b",
)
BY_MAIL = _any(
    r"\be-?mail(?:ed|ing)?\b(?!\s+address)|@",
    r"\bper\s+(?:e-?)?mail\b|\bpar\s+(?:courriel|e-?mail|courrier\s+électronique)\b|\bpor\s+correo\s+electrónico\b",
)
BY_POST = _any(
    r"\bby\s+post\b|\bpostal\s+mail\b|\bhard\s+cop(?:y|ies)\b|\bsealed\s+envelopes?\b|\bper\s+post\b|\bpar\s+(?:la\s+)?poste\b|\bcorreo\s+postal\b",
)
THE_LETTERS = re.compile(
    r"(?i)^(?:the\s+|all\s+|these\s+|those\s+|your\s+)?(?:letters|they|these|referees|recommenders|references|diese|die\s+schreiben|elles|les\s+lettres|las\s+cartas)\b"
)

NUMBERS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "a an one ein eine einen einem une un una uno single",
            "two zwei deux dos both",
            "three drei trois tres",
            "four vier quatre cuatro",
            "five fünf cinq cinco",
            "six sechs seis",
        ),
        1,
    )
    for name in names.split()
} | {str(number): number for number in range(1, 11)}
