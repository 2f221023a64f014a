"""Yes and no in English."""

from __future__ import annotations

from vouchsafe.core.reading.mail.phrases.phrases import Phrases, words_of

_LETTER = (
    r"(?:it|that|this|one|so|(?:a|an|the|your|that|this|my)(?: (?:short|strong|good|nice|positive|glowing|warm|brief|excellent"
    r"|reference|recommendation|personal))*(?: (?:letter|recommendation|reference|one))(?: letter)?"
    r"(?: of (?:recommendation|reference|support))?)"
)
_ACT = (
    rf"(?:(?:write|do|provide|draft|prepare|send|give)(?: (?:you|her|him|them))? {_LETTER}|write|write (?:for )?you|do so"
    r"|help|help you|help out|help with (?:this|that|it|the letter|your letter|your application)"
    r"|help you (?:out|with (?:this|that|it|the letter|your application))|support (?:you|your application)"
    r"|recommend you|be (?:a|your) (?:reference|referee|recommender)|serve as (?:a|your) (?:reference|referee|recommender)|oblige)"
)
_WILLING = r"(?:(?:very|so|really|truly|absolutely|more than|only too|most|just)(?: |-))?(?:happy|glad|delighted|hono(?:u)?red|pleased|thrilled)"
_SURE = r"(?:yes|yep|yeah|yup|sure|of course|certainly|absolutely|definitely|gladly|totally)"

ENGLISH = Phrases(
    language="en",
    yes=rf"""{_SURE}|{_SURE} {_SURE}|yes indeed|sure thing|with pleasure|why of course|count me in\Z|will do|i will
        |consider it done|i accept|i'm in|it's a yes|that's a yes|it's a yes from me|yes from me|yes please count me in\Z
        |(?:{_SURE} )?(?:i'd|i would|i will|i'll) (?:certainly |definitely |of course |absolutely )?be {_WILLING} to(?: {_ACT}(?: and {_ACT})?)?
        |(?:{_SURE} )?(?:i'm|i am) {_WILLING} to(?: {_ACT}(?: and {_ACT})?)?|(?:{_SURE} )?{_WILLING} to(?: {_ACT}(?: and {_ACT})?)?
        |(?:{_SURE} )?(?:i'd|i would) (?:absolutely |really )?love to(?: {_ACT}(?: and {_ACT})?)?
        |(?:{_SURE} )?(?:i'll|i will|i can)(?: certainly| definitely| gladly| happily| absolutely| of course)? {_ACT}
        |{_SURE} (?:i'll|i will|i can|i would|i do)|i (?:certainly|definitely|absolutely|gladly) (?:will|can)
        |it (?:would|will) be (?:a|an|my)(?: great| real)? (?:pleasure|hono(?:u)?r|privilege)(?: to {_ACT})?
        |i'll (?:have|get) it (?:done|ready|finished|to you|written)|i'll get (?:right )?on it|i'll get started|i agree to {_ACT}""",
    no=rf"""no|nope|no sorry|sorry no|no thanks|no thank you|not this time|not this time sorry|sorry not this time|afraid not|(?:absolutely|certainly|definitely|of course) not
        |i'm afraid not|i am afraid not|it's a no|it's a no from me|i'm afraid it's a no|no i'm sorry|unfortunately no|unfortunately not
        |(?:no )?(?:unfortunately |sadly |regrettably |sorry |sorry but )?(?:(?:i'm|i am)(?: so| very| really| terribly)? (?:afraid|sorry)
        (?: but| that)? )?(?:i )?(?:(?:simply |really |just )?(?:can't|cannot|can not|won't|will not)|am not able to|(?:won't|will not) be able to
        |am unable to)(?: {_ACT})?(?: for you| this time| on this occasion| this (?:year|term|semester))*
        |(?:unfortunately |sadly )?i'm (?:unable to|not able to)(?: {_ACT})?(?: for you| this time| on this occasion| this (?:year|term|semester))*
        |(?:unfortunately |sadly |sorry )?(?:(?:i'm|i am) (?:afraid|sorry)(?: but| that)? )?(?:i )?(?:have to|need to|must|will have to|'ll have to|am going to have to)
        (?: respectfully| regretfully| sadly| unfortunately)? (?:say no|decline|pass|turn (?:this|it|you) down|refuse)(?: this time| on this occasion| this one| on (?:this|that)(?: one)?)?
        |i'll (?:have to|need to) (?:say no|decline|pass)(?: this time| on this occasion| this one| on (?:this|that)(?: one)?)?|i (?:respectfully |regretfully |must )?decline
        |i(?:'d| would) (?:rather|prefer) not(?: to)?""",
    kind=r"""(?:many )?thanks(?: a lot| so much| again| very much)?|thank you(?: so much| very much| again)?|(?:many )?(?:thanks|thank you)(?: so much| very much| again| a lot)? for
        (?: asking| thinking of me| asking me| your (?:kind |lovely |nice )?(?:mail|email|e-mail|message|note|words|kind words|trust|request|patience)| reaching out| getting in touch| writing| the reminder| considering me)
        (?: and your kind words)?|congratulations|congrats|(?:congratulations|congrats) on [\w' ]{1,50}
        |(?:good luck|best of luck|all the best|best wishes)(?: (?:with|for) [\w' ]{1,50})?|(?:i )?hope (?:you are|you're|all is|everything is|this finds you|you and yours are)(?: doing)? (?:well|fine|good|great)
        |you're (?:very )?welcome|my pleasure
        |(?:yes )?i(?:'ll| will| can)(?: certainly| definitely| gladly| happily| absolutely| of course)? (?:write|write (?:for )?you|send it|send that|send this|help|help you)
        |(?:it's |it was )?(?:so |very |really )?(?:great|good|nice|lovely|wonderful) to hear from you|(?:i'm |i am )?(?:so |very )?(?:flattered|touched|hono(?:u)?red)(?: that you (?:asked|thought of me)| you asked)?
        |sorry for the (?:late|slow|delayed) (?:reply|response|answer)|sorry for the delay|apologies for the (?:delay|late reply|slow reply)
        |(?:it was|i) (?:a (?:real )?pleasure|great|lovely|enjoyed|loved|really enjoyed)(?: to have| having| working with| to work with| teaching) you(?: in (?:my|the) [\w ]{1,30})?
        |i wish you (?:all the best|good luck|every success|the best of luck)(?: with [\w' ]{1,40})?|how are you|take care|talk soon|speak soon""",
    ease=r"""no problem(?: at all)?|no worries|not a problem|no trouble(?: at all)?|any ?time|why not|always|let me know what you need(?: from me)?
        |(?:please |just )?send me (?:your|the) (?:latest |current )?(?:cv|resume|résumé|details|documents|deadline|link|posting|job description|transcript)(?: please)?
        |you (?:deserve|earned|have earned|'ve earned) it|well deserved|(?:could|can|would) you (?:please )?send me (?:your|the) (?:latest |current )?(?:cv|resume|résumé|details|documents|deadline|link|posting|job description|transcript)
        |when (?:do you need it(?: by)?|is the deadline|is it due)|what(?:'s| is) the deadline|where (?:do|should) i send it""",
    regret=r"""sorry|so sorry|(?:i'm|i am)(?: so| very| really| terribly)? sorry(?: about that)?|unfortunately|sadly|regrettably|my apologies|apologies|i hope you understand
        |i hope you (?:can )?find (?:someone|somebody)(?: else)?|i(?:'m| am) (?:far )?too busy(?: (?:at the moment|right now|this month|this term|these days))?
        |(?:please|you should|you had better|better) (?:ask|find) (?:someone|somebody) else|i (?:don't|do not) have (?:the )?time(?: (?:at the moment|right now|this month))?
        |i (?:don't|do not)(?: really)? know you well enough(?: to [\w' ]{1,50})?|i'm afraid|(?:as |because |since )?(?:i'm|i am) (?:on (?:leave|sabbatical)|abroad)(?: until [a-z]+)?|(?:i'm|i am) (?:probably )?not the right (?:person|one|choice)(?: for (?:this|that|it))?|the month is full|my (?:month|schedule|calendar) is full""",
    tail=r"for|in support of|to support|by|this week|next week|over the weekend",
    turns=words_of(
        """if but unless except only not no never none cannot can't won't don't someone somebody anyone else
        other another instead maybe perhaps might possibly probably later year term semester once when until
        till after depending provided assuming ask asking colleague assistant however though although
        whether hardly joking kidding either month summer autumn winter spring nobody without unlikely think
        should would could"""
    ),
    joins=r" and (?:yes )?| - ",
)
