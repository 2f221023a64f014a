"""The phrases in which postings speak of letters and referees: English, German, French, Spanish.

Data for `letter_terms`; patterns are matched against one sentence or clause, case ignored. Blanks in
it are single ones, so a blank stands for itself.
"""

from __future__ import annotations

import re

from vouchsafe.core.reading.posting.phrases import Phrases

_PEOPLE = (
    r"(?:referees?|recommenders?|professors?|faculty|teachers?|supervisors?|advis[eo]rs?|employers?|managers?|instructors?|mentors?"
    r"|lecturers?|academics?|colleagues|people|persons|individuals?)"
)
WORD = r"[\w'’()/-]+"

ANY_MENTION = re.compile(
    r"(?i)letter|reference|referee|recommend|lors?\b|empfehlung|referenz|gutachten|lettre|f[ée]rence|carta|referencia"
)
"""Without one of these words a text says nothing about letters or referees."""

LETTER = Phrases(
    r"\bletter(?:s|\(s\))? of (?:recommendation|reference|endorsement)s?\b(?! (?:number|no\.|code))",
    r"\b(?:recommendation|reference|referee|recommender)s?[’']? letters?\b",
    rf"\bletters? (?:of support )?(?:from|by) (?:{WORD} ){{0,4}}?{_PEOPLE}\b",
    rf"\b{_PEOPLE} (?:[\w’'-]+ ){{0,6}}?(?:upload|send|submit|e-?mail|write|provide) (?:\w+ ){{0,2}}?letters?\b(?! of (?:motivation|intent|interest|application|support))",
    r"\bletters? (?:will|may|shall) (?:\w+ )?be (?:solicit|request)\w*|\bupload (?:their|the|a) letters?\b",
    r"\breferees?[’']? (?:reports?|statements?)\b",
    r"\b(?:written|academic|confidential|signed) (?:professional |academic |confidential )?references?\b",
    r"\b(?:teacher|faculty|academic|counsel?lor|written) recommendations?\b",
    r"\brecommendation forms?\b",
    r"\b(?-i:L[oO]Rs?)\b",
    r"\b(?:empfehlungs|referenz)(?:schreiben|briefe?[ns]?)\b",
    r"\bschriftliche[nr]? (?:referenz|empfehlung)(?:en)?\b",
    r"(?<=zwei )gutachten\b|(?<=drei )gutachten\b|(?<=ein )gutachten\b|(?<=\d )gutachten\b",
    r"\bgutachten (?:von|durch) (?:\w+ ){0,3}?(?:hochschul|profess|gutachter)\w*",
    r"\blettres? de (?:recommandation|r[ée]f[ée]rence)s?\b",
    r"\bcartas? de (?:recomendaci[oó]n|referencias?)\b",
)
"""A letter written about the applicant; never a covering, motivation or intent letter."""

REFEREES = Phrases(
    r"\breferees?\b(?! (?:for|in) (?:a )?(?:match|game|football|soccer|journal))",
    r"(?<!preferences and )(?<!terms of )\breferences\b(?! (?:to|in|and citations|cited|section|list|manager|numbers?|codes?))",
    r"\b(?:professional|character|personal|work|employment|employer) reference\b(?! (?:number|no\b|code|manual|data|check(?:er|ing) duties))",
    r"\brecommenders?\b",
    r"\breferenz(?:en|personen|geber\w*)\b",
    r"\br[ée]f[ée]rences (?:professionnelles|d['’]employeurs|sur demande)\b",
    r"\breferencias (?:profesionales|laborales|personales|disponibles)\b",
)
"""People who can be asked about the applicant, by name or telephone."""

NOT_ABOUT_THE_APPLICANT = Phrases(
    r"\b(?:work|duties|role|responsibilities|tasks) (?:will |may )?includes?\b|\byou(?:['’]ll| will) (?:also )?(?:review|read|evaluat|assess|collect|manag|handl|process|screen)\w*\b",
    rf"\b(?:writ|draft|prepar|compos|process|proofread)\w* (?:{WORD} ){{0,4}}?(?:letters? of \w+|\w+ letters?) (?:for|on behalf of)\b",
    rf"\bletters? (?:of \w+ )?(?:for|on behalf of) (?:{WORD} )?(?:students|pupils|mentees|staff|graduates|alumni|employees|others|trainees|patients|clients)\b",
    r"\b(?:you|interns?|students?|participants?|volunteers?|trainees?|fellows|graduates)(?: who \w+)? (?:will |may |can |also )*(?:receive|earn|get|gain|obtain|be given|be offered|be awarded|leave with)\b",
    rf"\bwe (?:will |can |also |gladly |happily |are happy to )*(?:offer|write|give|provide|issue) (?:{WORD} ){{0,5}}?(?:letters?|references?)\b",
    r"\b(?:perks?|benefits?|what we offer|in return|upon (?:successful )?completion|at the end of (?:the|your) (?:internship|placement|programme|program))\b",
    r"\b(?:erhalten sie|(?:sie|praktikant\w*) (?:erhalten|bekommen)|erh[äa]ltst du|bekommen sie|bekommst du|stellen (?:wir )?(?:ihnen|dir))\b",
    r"\bvous (?:recevrez|obtiendrez)\b|\b(?:recibirás|recibirá|obtendrás)\b",
    r"\b(?:terms|frame|point)s? of reference\b(?!.*\breferees?\b)",
)
"""Duties and benefits: the post writes letters for others, or gives one at its end."""

HARMLESS_NOT = Phrases(
    r"\bno(?:t)? (?:more|later|longer|older|fewer|less|earlier|exceed\w*) than\b",
    r"\bnot (?:only|exceed(?:ing)?|hesitate|limited to)\b",
    r"\b(?:do not|don[’']t) (?:hesitate|forget|fail)\b",
    r"\b(?:must|may|should|can|shall)\s?not (?:be )?(?:older|longer|exceed|come from|written by|from|relatives|related|dated)\b",
    r"\b(?:not|never) (?:be )?(?:from )?(?:relatives|family|friends|related)\b",
    r"\bno exceptions?\b|\bwithout (?:exception|fail|delay)\b",
    r"\bnicht (?:älter|länger|später|mehr) als\b|\bnicht nur\b",
    r"\bpas plus (?:de|tard)\b|\bne pas (?:dépasser|oublier|hésiter)\b",
    r"\bno (?:más|mas) (?:de|tarde)\b|\bno (?:dude|olvide)\b",
)

LACKING = Phrases(
    r"\b(?:without|missing|lacking|fewer than|less than|incomplete)\b.*\b(?:not|never|n[’']t) be (?:\w+ )?(?:considered|accepted|processed|reviewed|evaluated|forwarded|complete)\b",
    r"\b(?:without|missing|lacking|fewer than)\b.*\b(?:rejected|disregarded|incomplete|ineligible|disqualified)\b",
    r"\b(?:not|n[’']t|cannot) be (?:\w+ )?(?:considered|accepted|processed|reviewed|complete) (?:without|until|unless)\b",
    r"\bohne\b.*\bnicht (?:berücksichtigt|bearbeitet|angenommen)\b",
    r"\bsans\b.*\bne (?:sera|seront|serons)\b.*\bpas\b|\bsin\b.*\bno (?:se|será|serán)\b",
)
"""“Applications without two letters will not be considered”: two negations that demand."""

NOT_TAKEN_BEFORE = Phrases(
    rf"\b(?:do not|don[’']t|never|should not|must not|may not|cannot|need not to) (?:{WORD} ){{0,2}}?(?:send|submit|include|attach|enclose|provide|upload|e?-?mail|solicit|supply|forward|accept|take|read|consider|use|review|want)\b[^.;]*$",
    r"\b(?:no longer|not) (?:accept|take|read|consider|use|review|accepting|taking|considering)\b[^.;]*$",
    r"\brefrain from\b[^.;]*$",
    rf"\bno (?:{WORD} ){{0,3}}?$",
    r"\bkeine?[nrms]? (?:[\wäöüß-]+ ){0,2}$",
    r"\bverzichten sie (?:bitte )?auf\b[^.;]*$|\bverzicht\w* auf\b[^.;]*$",
    r"\b(?:aucune?s?|pas de|ne pas (?:joindre|envoyer|fournir|transmettre)(?: \w+)?)\s*(?:\w+ ){0,2}$",
    r"\b(?:ne joignez|n[’']envoyez|ne fournissez) pas\b[^.;]*$|\bn[’']acceptons pas\b[^.;]*$",
    r"\bno (?:se (?:aceptan|admiten|aceptarán|admitirán)|aceptamos|enviar|envíe|envíen|adjuntar|adjunte|incluir|incluya)\b[^.;]*$",
    r"\bninguna $",
)
"""Just before the mention."""

NOT_TAKEN_AFTER = Phrases(
    rf"^[^.;]*?\b(?:will|are|is|can|shall|should|must|may)\s?(?:not|n[’']t) (?:be )?(?:{WORD} )?(?:accept|consider|read|review|taken|submit|sent|includ|attach|used|opened|evaluat|permitt|allow|forward)\w*",
    r"^[^.;]*?\b(?:are|is) (?:strongly )?(?:discouraged|unwelcome|not welcome)\b",
    r"^[^.;]*?\bwon[’']t be (?:accept|consider|read|review|taken|forward)\w*",
    r"^[^.;]*?\b(?:werden|sind|wird|ist)\b[^.;]*?\bnicht (?:berücksichtigt|angenommen|akzeptiert|gelesen|erwünscht|beizufügen|einzureichen)\b",
    r"^[^.;]*?\bne (?:sont|seront|sera|est) pas (?:acceptée?s?|prises?|lues?|considérée?s?|examinée?s?)",
    r"^[^.;]*?\bno (?:se (?:acept|admit|considerar|tendrán)\w*|ser[áa]n? (?:acept|admit|considerad)\w*)",
)

NOT_REQUIRED = Phrases(
    r"\b(?:not|n[’']t|nor) (?:be )?(?:strictly |currently |normally |yet )?(?:require|requested|necessary|need|mandatory|compulsory|expected|obligatory|ask)\w*",
    r"\bno need (?:for|to)\b|\bno longer (?:required|needed|necessary|require|need)\b|\bmay apply without\b",
    r"\b(?:in lieu|instead) of (?:\w+ ){0,3}?$|\brather than (?:\w+ ){0,3}?$",
    r"\bnicht (?:zwingend |unbedingt )?(?:erforderlich|nötig|notwendig|verlangt|benötigt)\b",
    r"\b(?:ne|n[’'])\s*(?:sont|est|seront) pas (?:requis|nécessaire|exigé|demandé|obligatoire)\w*",
    r"\bno (?:es|son|será|serán) (?:necesari|obligatori|requerid|imprescindible)\w*|\bno se (?:requier|necesit|exig|pid)\w*",
)

NONE_NEEDED = Phrases(r"^\s*[:–-]\s*(?:none|no|n/?a|not applicable|keine|aucune|ninguna)\b")
"""Just after the mention, as a form's answer."""

NO_SUCH_NEED = Phrases(r"^\s*(?:is|are|will be) (?:needed|required|necessary|expected)\b")
"""After “no letter of recommendation …”: unneeded rather than unwanted."""

ONLY_THIS_WAY = Phrases(
    r"^\s*(?:\([^)]*\)\s*)?(?:by|via|from|without|dated|older|that|which|who|sent|submitted|signed|written|on paper|in paper)\b",
    r"^\s*(?:per|von|ohne|die|par|sans|qui|por|sin|que)\b",
)
"""After the mention: not letters are refused but a way of sending them, or some of their writers."""

NOT_YET = Phrases(
    r"\bat this (?:stage|time|point|moment)\b|\binitially\b|\bat the (?:initial|first|application) stage\b|\bfor now\b|\byet\b",
    r"\bat the time of (?:the )?application\b|\bwith (?:your|the) (?:initial )?application\b|\bup\s?front\b|\bto apply\b|\bat present\b",
    r"\bzunächst\b|\bvorerst\b|\bnoch\b|\bderzeit\b|\bin dieser phase\b|\bzum (?:jetzigen|derzeitigen) zeitpunkt\b",
    r"\bà ce stade\b|\bpour l[’']instant\b|\bdans un premier temps\b",
    r"\ben esta (?:etapa|fase)\b|\bpor ahora\b|\bde momento\b",
)

LATER = Phrases(
    r"\bshort-?\s?list\w*|\blong-?\s?list\w*|\b(?:semi-?)?finalists?\b|\btop (?:candidates|applicants)\b",
    r"\bat a later (?:stage|date|point|time)\b|\blater in the (?:process|search)\b|\bin the (?:second|next|final) (?:stage|round)\b",
    r"\bif (?:you are |they are )?(?:invited|selected|successful)\b|\b(?:selected|invited|successful) (?:candidates|applicants)\b",
    r"\bonly be (?:requested|required|asked|solicited)\b|\bunder (?:serious |final )?consideration\b",
    r"\b(?:up)?on request\b|\bafter (?:the )?(?:first|initial) (?:round|review|screening|interview)\b|\b(?:following|after) (?:the |an )?interviews?\b",
    r"\b(?:prior to|before) (?:an? |the |any )?(?:job )?offer\b|\b(?:may|might) be (?:requested|asked for|required|solicited|contacted)\b",
    r"\bengeren? (?:wahl|auswahl)\b|\bauf (?:anfrage|nachfrage|anforderung)\b|\bzu einem späteren zeitpunkt\b",
    r"\b(?:candidats?|candidates?) (?:présélectionné|retenu)\w*|\bsur demande\b|\bultérieurement\b",
    r"\bpreseleccionad\w+|\ba petición\b|\bmás adelante\b",
)

OPTIONAL_NEAR = Phrases(
    r"\boptional\b|\bif (?:available|applicable|any|desired|possible)\b|\bif you (?:have|wish|like)\b|\ba plus\b|\bdesirable\b|\bpreferred\b",
    r"\bfalls vorhanden\b|\bsofern vorhanden\b|\bggf\b|\bgerne\b|\bvon vorteil\b",
    r"\bfacultati\w+|\ble cas échéant\b|\béventuel\w*|\bun plus\b|\bsi disponibles?\b",
    r"\bopcional\w*|\bsi dispone\b|\bsi las tiene\b",
)
"""Only beside the mention itself: in a list, “optional” belongs to its own item."""

OPTIONAL = Phrases(
    r"\bwelcome[ds]?\b|\bencouraged?\b|\bhelpful\b|\bappreciated\b|\bgladly\b|\bhappy to\b|\bat your discretion\b|\bup to\b|\b(?:is|are) optional\b",
    r"\b(?:may|can|could) (?:also |optionally |choose to )*(?:be )?(?:submit|includ|attach|send|sent|provid|upload|add|enclos|suppl)\w*",
    r"\b(?:are|is|will be|also) (?:gladly |happily )?(?:accepted|considered)\b|\bwe (?:also |gladly |happily )*(?:accept|take|read|consider)\b",
    r"\bwillkommen\b|\berwünscht\b|\bkönnen\b",
    r"\bbienvenue?s?\b|\bpeuvent\b|\bpeut être\b|\bappréciée?s?\b|\bsouhaitée?s?\b",
    r"\bpueden?\b|\bbienvenidas?\b|\bse valorar\w*",
)

DEMAND = Phrases(
    r"\brequire\w*|\bmust\b|\bneed(?:s|ed)?\b|\bmandatory\b|\bcompulsory\b|\bnecessary\b|\bshould\b|\bshall\b|\bexpect(?:s|ed)?\b|\bplease\b|\bminimum\b|\bat least\b",
    r"\b(?:submit|send|sent|includ|attach|enclos|provid|arrang|upload|suppl|request|solicit|gather|obtain)\w*|\bhave (?:\w+ ){0,3}?(?:referees?|recommenders?|letters?)\b",
    r"\bconsists? of\b|\bcompris\w+|\bapplication (?:package|materials?|dossier|packet|documents?|file|checklist)\b|\bcomplete application\b|\bto apply\b|\bdue\b|\bwe (?:want|ask)\b|\bask (?:\w+ ){0,3}?(?:referees?|recommenders?|professors?|people)\b",
    r"\berforderlich\b|\beinreich\w*|\beinzureich\w*|\bbeifüg\w*|\bbeizufüg\w*|\bfügen\b|\bsenden\b|\bschick\w*|\bbenötig\w*|\bverlang\w*|\bnotwendig\b|\bvorzuleg\w*|\bbitte\b|\bmuss\b|\bmüssen\b|\benthalten\b|\bumfass\w*|\bladen sie\b|\bbewerbungsunterlagen\b",
    r"\brequis\w*|\bexig\w*|\bobligatoire\w*|\bjoindre\b|\bjoignez\b|\benvoyer\b|\bfournir\b|\btransmettre\b|\bdoi(?:t|vent)\b|\bdemand\w*|\bveuillez\b|\bmerci de\b|\bcomprend\w*|\baccompagn\w*",
    r"\brequier\w*|\brequerid\w*|\bobligatori\w*|\badjunt\w*|\benvi\w*|\bpresent\w*|\baport\w*|\bdeben?\b|\bnecesari\w*|\bincluir\b|\bincluya\w*|\bacompañ\w*",
)

CONDITION = Phrases(
    r"\bif\b|\bunless\b|\bonly (?:for|if)\b|\bapplicants (?:who|with|without|from|to)\b|\bcandidates (?:who|with|without|from)\b|\b(?:international|external|doctoral|phd|first-time) applicants\b",
    r"\bwenn\b|\bsofern\b|\bfalls\b|\bsauf\b|\bsi (?:vous|le|la)\b|\bsalvo\b",
)

CONTACTS = Phrases(
    rf"\b(?:names?|contact|details|list|addresses|e-?mails?|phone numbers?)\b(?:[,\s]+{WORD}){{0,10}}?[,\s]+(?:of|for|from) (?:{WORD} ){{0,5}}?$",
    r"\b(?:namen?|kontaktdaten|adressen)\b[^.;]*$",
    r"\b(?:noms?|coordonnées)\b[^.;]*$|\b(?:nombres?|datos de contacto)\b[^.;]*$",
)

PORTAL = Phrases(
    r"\bupload\w*|\bportal\b|\bonline (?:application )?(?:system|form|platform)\b|\bapplication system\b|\binterfolio\b|\bacademicjobsonline\b|\bmathjobs\b",
    r"\bhochlad\w*|\bladen\b.*\bhoch\b|\bonline-?(?:portal|formular)\b|\bplateforme\b|\bplataforma\b|\bsubir\b",
)
BY_MAIL = Phrases(
    r"\be-?mail(?:ed|ing)?\b(?! address)|@",
    r"\bper (?:e-?)?mail\b|\bpar (?:courriel|e-?mail|courrier électronique)\b|\bpor correo electrónico\b",
)
BY_POST = Phrases(
    r"\bby post\b|\bpostal mail\b|\bhard cop(?:y|ies)\b|\bsealed envelopes?\b|\bper post\b|\bpar (?:la )?poste\b|\bcorreo postal\b",
)
THE_LETTERS = Phrases(
    r"^(?:the |all |these |those |your )?(?:letters|they|these|referees|recommenders|references|diese|die schreiben|elles|les lettres|las cartas)\b"
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
