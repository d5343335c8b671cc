"""Find the days in a text: "since Monday", "from 1 to 15 November", "older than 30 days", "by Friday"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from agendas.errors import NotUnderstood
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.text.limits import shown
from assistant.query import Field, Per, Period
from assistant.reading.dates import (
    COUNTED,
    SEASONS,
    UNIT_NAMES,
    WHOLE,
    counted,
    days_of,
    may_be_days,
    may_begin_days,
    spelled,
    unit_named,
)
from assistant.reading.tokens import Days, Token, Unit, as_typed, moved

# Kinds of words that are neither a subject, a field nor a value of a filter, but tell how these belong together.


class Cue(StrEnum):
    """Effect of a word or phrase in a question."""

    # The form
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    TOTAL = "total"
    COMPARE = "compare"
    MORE_THAN = "more than"
    WHY = "why"
    WHEN = "when"
    SINCE_WHEN = "since when"
    HOW_LONG = "how long"
    WHO = "who"
    WHOSE = "whose"
    WHICH = "which"
    WHERE = "where"
    HOW = "how"
    SHOW = "show"
    IS = "is"
    DO = "do"
    THERE_IS = "there is"
    CARD = "card"
    # What ties words together
    WITH = "with"
    WITHOUT = "without"
    HAVE = "have"
    MISSING = "missing"
    NOT = "not"
    BY = "by"
    PER = "per"
    SORTED = "sorted"
    AT = "at"
    ABOUT = "about"
    FOR = "for"
    FROM = "from"
    AND = "and"
    OR = "or"
    THAN = "than"
    # Order
    BIGGEST = "biggest"
    SMALLEST = "smallest"
    OLDEST = "oldest"
    NEWEST = "newest"
    LONGEST = "longest"
    SHORTEST = "shortest"
    HIGHEST = "highest"
    LOWEST = "lowest"
    SOONEST = "soonest"
    FURTHEST = "furthest"
    TOP = "top"
    OLDER = "older"
    NEWER = "newer"
    NEXT = "next"
    LAST = "last"
    NOW = "now"
    # Verbs and the like that tell the subject
    OWN = "own"
    OWE = "owe"
    DUE = "due"
    OVERDUE = "overdue"
    RESOLVE = "resolve"
    BLOCK = "block"
    BLOCKED = "blocked"
    NEED = "need"
    WAIT = "wait"
    DECIDE = "decide"
    MOVE = "move"
    NEWS = "news"
    TOUCH = "touch"
    SILENT = "silent"
    KNOW = "know"
    ATTEND = "attend"
    CLOSE = "close"
    START = "start"
    RAISE = "raise"
    ADD = "add"
    LEAVE = "leave"
    PROMOTE = "promote"
    DEMOTE = "demote"
    RECORD = "record"
    DISCUSS = "discuss"
    PROPOSE = "propose"
    BUYER_DID = "buyer did"
    ON_OUR_SIDE = "on our side"
    IN_STAGE = "in stage"
    # Who
    ME = "me"
    MY = "my"
    US = "us"
    # What stands on the answer before
    IT = "it"
    THEY = "they"
    PERSON = "person"
    THAT = "that"
    ONLY = "only"
    ALL = "all"
    OTHER = "other"
    OTHERS = "others"
    CORRECTION = "correction"
    SAME = "same"
    YES = "yes"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    # No question
    HELLO = "hello"
    THANKS = "thanks"
    HELP = "help"
    VERDICT = "verdict"
    DOING = "doing"
    """A verb of work that is only the verb of a title: send, call, prepare."""
    HERE = "here"
    ANY = "any"
    ASKED = "asked"
    RIGHT = "right"
    JOB = "job"
    GO_AFTER = "go after"
    OWNERLESS = "ownerless"
    RECAP = "recap"
    UNPLANNED = "unplanned"
    HAVE_GOT = "have got"
    TITLE = "title"
    """A word of titles of actions and blockers, which means nothing else here."""
    IF = "if"
    FILLER = "filler"


# Words for the fields of an account, and what they count by.

FIELDS: dict[Field, str] = {
    Field.TIER: "tier|tiers|tiering|tier level|account tier",
    Field.STAGE: """stage|stages|journey stage|buying stage|phase|buyer stage|how far along|where in the journey|
        where in the funnel|how far|stage of the journey|how far down the funnel|account stage|pipeline stage|
        point in the journey|in the funnel|in the journey|in the buying journey|in the sales funnel|in our funnel|
        in the buyer journey""",
    Field.STATE: "state|bucket|health|rag|rag status|traffic light|standing|health status|account health|colour|color",
    Field.STATUS: "list status|status on the list|naming status|listing status",
    Field.OWNER: """owner(s)|account owner(s)|account manager(s)|account executive(s)|account exec(s)|ae|aes|
        sales rep(s)|rep|reps|salesperson|sales person|seller(s)|account lead(s)|sales owner(s)|point person|dri|
        lead owner|key account manager|kam|sales lead|responsible person|sales guy|account rep(s)|sales contact|
        person in charge|person responsible""",
    Field.PARTNER: """marketing partner(s)|partner(s)|marketing owner(s)|marketing lead(s)|
        marketing counterpart(s)|marketing person|marketer(s)|abm marketer(s)|marketing contact|abm partner|
        marketing colleague|marketing guy|marketing manager|marketing side|abm lead|abm manager""",
    Field.EXECUTIVE: """our executive|our exec|our executive sponsor|our exec sponsor|internal sponsor|
        our own executive|executive on our side|exec on our side|internal executive|assigned executive|
        executive owner|exec owner|our sponsor|internal exec|executive partner|our exec owner|
        our leadership sponsor|our execs|our executives|our execs sponsors|our executives sponsors|
        our own executives|our own execs|our exec sponsors|one of our execs|execs sponsors|which exec|
        which executive|who from leadership|exec we have|executive we have|assigned exec|
        leadership sponsor|executive assigned|exec assigned|executive of ours|exec of ours|which executive of ours|
        which exec of ours|executive sponsor on our side|exec sponsor on our side|sponsor on our side|
        sponsor from our side|which of our execs|
        which of our executives""",
    Field.SEGMENT: """segment(s)|industry|industries|sector(s)|vertical(s)|line of business|branch|account segment|
        market segment|kind of business|kind of company|type of company|type of business""",
    Field.DOMAIN: """domain(s)|website(s)|web site|url|homepage|home page|web address|email domain|mail domain|
        internet address|web page|webpage|web domain""",
    Field.CHANNEL: "channel(s)|slack channel(s)|slack room|own channel|channel name|account channel",
    Field.VALUE: """paying us|pay us|pays us|spending with us|spend with us|in euro|in euros|in dollars|in money|
        in revenue terms|bring in|brings in|revenue wise|
        money wise|value wise|in money terms|value|values|worth|acv|arr|annual value|contract value|account value|
        annual contract value|how big|how large|revenue|annual revenue|yearly value|money|how valuable|
        how many euros|how many dollars|worthwhile|recurring revenue|price tag|acvs|dollar value|euro value|
        potential value|size""",
    Field.PIPELINE: """pipeline|open pipeline|funnel|pipe|pipeline value|deal pipeline|sales pipeline|
        weighted pipeline|forecast|expected revenue|revenue forecast|expected bookings|bookings|sales forecast|
        open opportunities value|in pipe|in the pipe|in pipeline|in the pipeline""",
    Field.CLOSE_DATE: """date of signature|expected date of signature|date of signing|day of signing|when signed|
        eta|signature|eta of the signature|close date(s)|closing date(s)|expected close|expected close date|
        signing date|signature date|expected signature|closing day|closure date|estimated close|target close date|
        planned close|forecast close|target close|decision date|expected closing|planned closing|expected to land|
        expected signing|estimated closing|estimated signing|estimated signature|planned signing|planned signature|
        target closing|target signing|forecast closing|likely closing|likely close date|projected close|
        anticipated close""",
    Field.ROLES: """roles|role coverage|coverage|role|buying roles|group coverage|buying group coverage|role gaps|
        buying group gaps|gaps""",
    Field.FIT: """fit|fit score(s)|fit scored|scored|icp fit|score|fit rating|fit grade|icp score|account fit|
        account score|rating|scoring|scorecard|fit result""",
    Field.ENGAGEMENT: """engagement|engagement score(s)|engagement level(s)|how engaged|level of engagement|
        engagement points|account engagement|heat|engagement trend|how active|how warm|how hot""",
    Field.NARRATIVE: """narrative(s)|story|storyline|messaging|pitch|pov|point of view|value prop|
        value proposition|account narrative|our story|our message|message|narrative version|key message|
        core message|sales story|angle|business pressure|pressure|pressures""",
    Field.JUSTIFICATION: """justification(s)|rationale|business case|account rationale|naming reason|
        reason for naming|case for|reasons for naming|selection reason|why this account|why now""",
    Field.LAST_REVIEW: """last review|previous review|latest review|last reviewed|last discussed|
        most recent review|last account review|last review date|prior review|last time reviewed|last meeting|
        last came up|last time we reviewed|last time we discussed|last on the agenda|last talked about|last rev|
        last mtg|last sync""",
    Field.NEXT_REVIEW: """next review|upcoming review|next account review|next meeting|coming review|next reviewed|
        next review date|next discussed|up for review|due for review|following review|next on the agenda|
        next talk about|next discuss|next up for review|next come up|next rev|next mtg|next sync""",
    Field.LAST_MOVEMENT: """last movement|last move|last moved|latest movement|last stage change|last advance|
        last advanced|last progressed|most recent movement|last progress|last stage move|last changed stage|
        last change stage|last change of stage""",
    Field.LAST_UPDATE: """last update|last updated|latest update|last change|last entry|last recorded|last edited|
        most recent update|last changed|last modified|last news|latest entry|last note|latest change|last written|
        last anything recorded""",
    Field.LAST_TOUCH: """last touch|last contact|last touched|last touchpoint|last touch point|last spoken|
        last heard|last interaction|last conversation|last talked to|last talked with|last spoke|latest contact|
        latest touch|last contacted|last speak|last hear|last talk to|last talk with|most recent contact|
        most recent touch|last reached out|last reach out|last in touch|last met|last meet|last reply|
        last buyer touch|last time we spoke|last time we talked|last time anybody spoke|last time somebody spoke|
        last call|last got in touch|last had contact|last sign of life|last responded|last respond""",
    Field.DAYS_IN_STAGE: """days in stage|time in stage|days in the stage|days in its stage|time in its stage|
        days in this stage|stage age|age in stage|days at this stage|stage duration|days in the current stage|
        days in current stage|time in the stage|time in current stage|days on stage|weeks in stage""",
    Field.NAMED_ON: """named on|naming date|date named|date of naming|on the list since|day named|listed since|
        named since|day it was named|on our list since|been on the list""",
    Field.DUE: "due date(s)|deadline date",
    Field.AGE: "age|how old|age of the blocker|days open",
    Field.AMOUNT: """amount(s)|deal size|deal value|deal amount|size of the deal|value of the deal|ticket size|
        deal sizes""",
}

PER: dict[Per, str] = {
    Per.TIER: "tier|tiers|account tier",
    Per.STAGE: "stage|stages|phase|journey stage|account stage|stage of the journey",
    Per.STATE: "state|states|bucket|health|standing|health state",
    Per.STATUS: "status|statuses|list status",
    Per.SEGMENT: """segment|segments|industry|industries|sector|sectors|vertical|verticals|account segment|
        line of business""",
    Per.OWNER: """owner|owners|person|people|rep|reps|head|seller|sellers|team member|member|colleague|salesperson|
        everyone|everybody|who|account owner|assignee|user|account manager|ae|each person|name|human|individual|
        teammate|team mate|every person|every rep|each rep|each owner|each of us|each colleague|each seller|
        each one of us|every owner|each member|each team member|seller name|responsible person""",
    Per.CURRENCY: "currency|currencies",
    Per.FUNCTION: """function|functions|department|departments|team|teams|needed function|who we wait for|
        who they are waiting for|who theyre waiting for|who it waits for|who is needed|who they need|area|
        who we are waiting for|who they wait for|who needs to act""",
}


# Words without a meaning of their own in a question.

FILLERS = """still worth it|worth it|worth the effort|
    thinking|we thinking|terms|in writing|live|lives|belong|rated|exact|the exact|precise|precisely who|
    heard|expecting|we expecting|telling|we telling|falls under|fall under|per year|a year|per annum|euros|dollars|
    vouches|took|y/n|yes/no|yes or no|true or false|bits of|for long|long|a long time|fine|ok with|alright|ever|
    all right|for me|for us|taken|in play|deal wise|paired|paired with|marked as|marked|listed as|registered as|
    ring a bell|if anyone|if anybody|so kind as to|be so kind|showed|showing|shown|expect|expects|hope|hoping|
    hopefully|reckon|anticipate|foresee|likely|in two sentences|in a few words|in one sentence|two sentences|
    one liner|in three lines|carry|told|told me|understood|again please|in this program|in the program|program|
    business|new business|riding|riding on|tied up|i.e|ie|single|real|proper|actual|formal|valid|so to speak|
    at stake|wants|came|covered|wanted|really have|sitting|sat|been sitting|stay|stayed|staying|remain|remained|
    spent|spending|supposed to|came in|come in|early|supposed|meant to|expected to|planned to|going to|about to|
    sits|sit|away|out of office|a|an|the|please|pls|plz|kindly|well|so|um|uh|hmm|like|really|quite|very|quickly|
    quick|maybe|perhaps|possibly|basically|honestly|btw|by the way|fyi|can you|could you|would you|will you|can u|
    could u|can i|could i|may i|could we|can we|do you know|do you have|any idea|any chance|i wonder|wondering|
    im wondering|i was wondering|was wondering|id like to know|i would like to know|i want to know|i need to know|
    could you please|can you please|would you mind|if you can|if possible|mind|cadence|bot|hey bot|dear|mate|folks|
    guys|buddy|remind me|could you remind me|even|though|anyway|sth|smth|stuff|kind of|sort of|a bit|bit|little|
    lot|lots|a lot|lots of|far|up to now|until now|to date|as well|too|then|again|still|yet|already|exactly|
    precisely|roughly|about|approximately|in total of|our|us|we|you|your|u|people of ours|in|on|at|of|for|to|from|
    by|with|and|or|as|into|onto|over|up|down|out|off|via|s|re|is|are|was|were|be|been|being|do|does|did|has|have|
    had|having|will|would|can|could|should|shall|may|might|must|got|get|gets|getting|gotten|it|its|there|this|that|
    these|those|thing|things|one|ones|some|any|other|such|own|which|what|who|whom|when|where|how|if|whether|but|
    because|while|than|not|no|right|ok|okay|hey|hi|hello|oh|ah|eh|yo|yeah|mm|sir|everyone|all|both|each|every|
    whole|entire|going|doing|looking|look|see|know|known|tell|show|give|let|me|my|i|need|want|think|guess|believe|
    say|mean|meant|put|made|make|makes|making|take|takes|come|comes|go|goes|went|gone|done|together|also|just|only|
    currently|now|today s|actually|literally|generally|usually|normally|specifically|particularly|especially|
    certainly|definitely|probably|apparently|supposedly|meanwhile|recorded|on file|on record|registered|stored|
    noted down|in our system|in the system|in the tool|in the history|in the database|according to you|
    according to the history|as far as we know|as far as you know|that you know of|for now|in place|in there|
    in here|at all|whatsoever|anywhere|somewhere|somehow|someone|somebody|something|anyone|anybody|everybody|
    everything|anything|nobody|nothing|until|till|since|before|after|during|through|between|within|per|against|
    towards|toward|upon|off of|out of|across|along|among|around|behind|whats|hows|whos|wheres|whens|whys|theres|
    heres|thats|lets|im|ive|id|ill|youre|youve|theyre|theyve|weve|dont|doesnt|didnt|isnt|arent|wasnt|werent|hasnt|
    havent|hadnt|wont|wouldnt|cant|cannot|couldnt|shouldnt|account|accounts|company|companies|list|full list|
    current list|board meeting|ten minutes|in a meeting|my boss|the boss|the board|boss asks|asking|ask you|ask|
    asks|question|quick question|question for you|one question|another question|curious|sorry to bother|
    for my boss|for the board|for the meeting|for my call|before my call|before i call them|before the call|
    before the meeting|before i ring them|i need it for|it says|i think|i guess|i believe|i suppose|i assume|
    assume|assuming|if any|if there are any|if there is one|if at all|lemme|gonna|wanna|gotta|kinda|sorta|y'know|
    ya know|eg|etc|and so on|thing is|the thing is|long story short|short|shortly|brief|briefly|in short|in brief|
    simply|simple|plain|plainly|in a nutshell|in one line|one line|in a word|in a sentence|in two words|real quick|
    super quick|asap|now please|thank|recall|remember|as we speak|these days|nowadays|at the minute|bloody|damn|
    hell|the hell|on earth|wtf|lol|haha|omg|stand at|figure|figures|number|numbers|how about|what about|
    and what about|and how about|involved|concerned|relevant|given|certain|particular|specific|various|several|few|
    many|much|lately|recently|thus far|by any chance|in particular|in general|in fact|overall|work|works|working|
    use|used|else|more|most|different|way|ways|side|part|parts|point|points|place|places|situation wise|wise|
    minutes|second|seconds|minute|moment|sec|30 second|boss|somebody s|end up|ended up|at a glance|collected|gathered|
    turned out|turn out|
    happen to|happens to|appear to|appears to|seem|seems|seemed|seem to|seems to|on the ground|of late|speaks for|
    speaks|spokesperson|way into|way in|inside|the heck|heck|in the world|dates of|the dates of|across the board|
        descending|desc|
        come back|got back|
        on holiday|on vacation|on leave|on parental leave|off sick|on pto|
    seriously|honestly now|for crying out loud|for the record|pray|if you would|if you please|if you dont mind|
    when you have a moment|when you get a chance|when you have a minute|as a list|in a list|as bullets|in bullets|
    as a table|in a table|with names|by name|with dates|with their dates|with details|with the owner|with the owners|
        with their owners|in full|one by one|
    if thats ok|thanks in advance|many thanks in advance|cheers in advance|much appreciated in advance|
    kind regards|best regards|regards|br|vg|my friend|pal|dude|bro|man|honey|love|chap|old boy|old chap|team|
    guys and gals|u know|ya|innit|aye|lad|lass"""
"""They are used up where nothing else claims them."""


# Words for the values of filters: stages, states, statuses, roles, functions, kinds.

TIERS: dict[int, str] = {
    1: """tier 1(s)|tier one(s)|t1(s)|tier1(s)|t 1|one to one|1:1(s)|1 to 1|first tier|top tier|1to1|tier i|
        highest tier|1st tier|tier ones""",
    2: "tier 2(s)|tier two(s)|t2(s)|tier2(s)|t 2|one to few|1:few|1 to few|second tier|1tofew|tier ii|2nd tier",
    3: """tier 3(s)|tier three(s)|t3(s)|tier3(s)|t 3|one to many|1:many|1 to many|third tier|1tomany|tier iii|
        lowest tier|bottom tier|3rd tier""",
}

STAGES: dict[Stage, str] = {
    Stage.TARGET: "target|target stage|targets|stage target|untouched stage",
    Stage.AWARE: "aware|awareness|aware stage|stage aware|awareness stage",
    Stage.ENGAGED: "engaged|engaged stage|stage engaged|engagement stage",
    Stage.MQA: "mqa(s)|marketing qualified account(s)|marketing qualified|qualified|qualified account(s)|mqa stage",
    Stage.OPPORTUNITY: """opportunity|opportunity stage|opp stage|stage opportunity|opportunity accounts|
        are opportunities""",
    Stage.CUSTOMER: """customer(s)|customer stage|client(s)|customer account(s)|existing customer(s)|
        paying customer(s)|buying customer(s)|current customer(s)""",
}

STATES: dict[AccountStanding, str] = {
    AccountStanding.NEEDS_INTERVENTION: """needs intervention|need intervention|needs help|need help|
        needs attention|need attention|needing intervention|needing attention|needing help|needs intervening|red|
        in the red|intervention needed|require intervention|requires intervention|requiring intervention|
        calls for intervention|attention needed|help needed|require attention|requires attention|marked red|
        critical|on fire|urgent|burning|need an intervention|needs an intervention|in need of intervention|
        in need of help|intervention|in need of attention|escalated|needing an intervention|want intervention|
        need us to intervene|require help|crying for help|needs us to intervene|marked for intervention|
        needs intervention state|need somebody to step in|need someone to step in|needs somebody to step in|
        needs someone to step in|step in|have to step in|must step in|should step in|someone to step in|
        somebody to step in|intervene at|needs rescue|need rescuing|needs us|need us|need a hand|needs a hand|
        needs support|need support|need somebody senior|sos|emergency|emergencies|fires|alarm|alarming|
        need us to step in|needs us to step in|call for help|calling for help|need saving|needs saving|need a push|
        needs a push from above|need an exec to step in|in need of an intervention|in crisis|crisis|burn|red ones|
        red accounts|reds|red flagged|flagged red|need someone senior|intervention accounts|requiring attention|
        deserve attention|want attention|need our attention|needs our attention|needs our help|need our help|
        cry for help|must be rescued|to be rescued|to intervene in|do we need to intervene|need to intervene|
        must we intervene|should we intervene|have to intervene|we have to intervene|must we step in|
        should we step in|need to step in|do we need to step in|do we have to step in|need to get involved|
        must we get involved""",
    AccountStanding.STALLED: """stalled|stalling|stall|stalls|stuck|stagnant|stagnating|frozen|standing still|
        gone nowhere|going nowhere|idle|yellow|at a standstill|stand still|dead in the water|not progressing|stale|
        not advancing|stopped moving|dormant|stood still|not budging|lost momentum|bogged down|no movement state|
        sluggish|plateaued|get stuck|got stuck|gotten stuck|stands still|ground to a halt|come to a halt|
        came to a halt|at a halt|halted|grind to a halt|run aground|out of steam|lost steam|run out of steam|
        hit a wall|hit the wall|going in circles|at a dead end|not going anywhere|going nowhere fast|
        treading water|in limbo|no progress|not making progress|making no progress|flatlining|flat|
        spinning our wheels|spinning its wheels|at a dead stop|not moved on|not getting anywhere|getting nowhere|
        not getting any further|no momentum|out of momentum|nothing happens|nothing is happening|nothing happening|
        nothing going on|where nothing happens|standing|sleeping|dead|asleep|in a rut|rusting|rotting|hang|hangs|
        hanging around|stand idle|static|motionless|immobile|dragging|dragging on|dragging their feet|stopped|
        come to a standstill|at standstill|have stalled|has stalled|slow movers|wont move|will not move|
        stuck in the mud|bogged|deadlocked|deadlock|stalemate""",
    AccountStanding.EXPANDED: "expanded state",
    AccountStanding.ADVANCED: "green|advanced state|going places|moving in the right direction|green ones|greens",
    AccountStanding.CLAIMED: """claimed|only claimed|unproven|unverified|unevidenced|not evidenced|unsupported|
        just claimed|not proven|claimed only|claimed stage(s)|claimed state|not verified|without backing|
        nothing to show for it|not proven yet|lacking evidence for their stage|no evidence for their stage|
        stage not evidenced|stage without evidence|stage is only claimed|stage only claimed|merely claimed|
        purely claimed|asserted|so called|allegedly|supposed stage|on paper only|unsubstantiated|not substantiated|
        not supported|not confirmed|unconfirmed|nothing proves|no proof of stage""",
    AccountStanding.NEW: """new|new account(s)|new one(s)|brand new|newly named|new on the list|new to the list|
        fresh|just joined|new arrivals|new joiners|recently named|just named|freshly named|new names|newly joined|
        brand new accounts""",
    AccountStanding.STEADY: """steady|stable|quiet ones|on track|in good shape|unchanged|healthy|going well|
        no change state|doing fine|doing well|all good|nothing to worry about|no problems|calm|smooth|
        under control|running smoothly|in order|okay ones|fine ones|no worries|no drama|without drama|
        in good health|as usual|business as usual|stable ones|steady ones|doing ok|doing okay|humming along|
        ticking along|quiet and fine|holding steady""",
}
AT_RISK = """at risk|in trouble|in danger|risky|endangered|troubled|not going well|going badly|going wrong|shaky|
    in jeopardy|problematic|unhealthy|not healthy|doing badly|off track|worrying|in bad shape|risk accounts|
    trouble accounts|struggling|wobbly|in difficulty|not doing well|derailing|going off the rails|of concern|
    slipping away|gone wrong|losing ground|wobbling|could lose|might lose|may lose|about to lose|not looking good|
    look bad|looks bad|looking bad|danger zone|worry about|worried about|should worry about|concerned about|
    worries|in the red zone|sinking|slipping away from us|on the brink|under threat|threatened|vulnerable|exposed|
    in a bad place|not good|in a bad way|heading south|going south|sick|ailing|unwell|causing concern|
    causing worries|risks|problem accounts|problem children|problem child|trouble spots|hot spots|endangered ones|
    risky ones|at risk accounts|that worry us|that should worry us|give us headaches|headaches|in hot water|
    in peril|in the danger zone|precarious|critical state|are we on track|are we still on track|are we on course"""

STATUSES: dict[ListStatus, str] = {
    ListStatus.CANDIDATE: """candidate(s)|nominated|nominee(s)|nomination(s)|proposed account(s)|
        suggested account(s)|not yet named|waiting to be named|candidate account(s)|up for naming|waiting list|
        candidate list|wait list|was nominated|got nominated|been nominated|were nominated|
        waiting for a decision on nomination|awaiting nomination|waiting for nomination|
        awaiting a decision on nomination|still to be named|to be named|pending accounts|applicants|not named yet|
        up for approval|waiting for approval|in the queue|hopefuls|prospective accounts|potential accounts|
        awaiting approval|accounts to be|wannabes|waiting room|being considered|under consideration|
        in consideration|considered|on the waiting list|contenders|prospects|suggested ones|
        suggestions for the list|nominated ones|candidate stage|proposals for the list|waiting to get on the list|
        want to name|wanting to be named|waiting for a decision|not decided yet""",
    ListStatus.NAMED: """on the list|on our list|on the named list|on list|active account(s)|named ones|listed|
        on our named list|on the account list|part of the list|in the list|active ones|on the target list|
        in the program|in our program|in the programme|part of the program|current account(s)|named|
        a named account|named account now|a target account""",
    ListStatus.PAUSED: """paused|on hold|on pause|put on hold|suspended|parked|on a break|paused account(s)|
        put on ice|on ice|frozen|resting|shelved|mothballed|time out|in hibernation|hibernating|put aside|set aside|
        benched|on the back burner|back burner|not active|inactive on the list|taking a break|sleeping accounts|
        pausing|in pause|stand by|on standby|dormant accounts|halted accounts""",
    ListStatus.REMOVED: """removed|taken off the list|off the list|dropped from the list|taken off|
        kicked off the list|struck off|removed account(s)|delisted|off our list|no longer on the list|
        not on the list any more|left the list|leave the list|come off the list|came off the list|
        fall off the list|fell off the list|kicked off|kicked out|thrown off the list|off the named list|
        dropped off the list|thrown out|taken off our list|left our list|got off the list|kick off the list|
        drop off the list|taken from the list|removed from the list|leaving the list|come off|came off|
        go off the list|went off the list|gone from the list|drop from the list|deleted from the list|
        fallen off the list|take off the list|take off|kick off|throw off the list|take off our list|
        remove from the list|drop off|dropped off|fell off|exited the list|kicked|kick|ex accounts|former accounts|
        no longer named|gone from our list|past accounts|dropped accounts|deleted accounts|no longer ours|
        not ours any more|not ours anymore|former|crossed off the list|crossed off|not on the list anymore|
        disappeared from the list|have been taken off|was taken off|were taken off|got taken off|fell out|
        fallen out|thrown off|struck from the list|scratched|out of the program|left the program|
        dropped from our list|expelled|ejected|ousted|parted with""",
    ListStatus.REJECTED: """rejected|turned down|declined|refused|said no to|not accepted|rejected account(s)|
        rejected candidate(s)|say no to|turn down|knocked back|denied|voted down|not admitted|not let on the list|
        say no|said no|says no|reject|decline|not let in|passed on|not taken|not admitted to the list|
        did not make it|didnt make it|failed to make the list|not make the list|not approved|thumbs down|vetoed|
        dismissed|ruled out|discarded candidates|didnt make the list|never made the list|did not make the list|
        no go|nogo|shot down|binned candidates|rejects|rejections""",
}


# Words that say the form of an answer, its order and number.

FORMS: dict[Cue, str] = {
    Cue.HOW_MANY: """how many|numero of|number of|count|count of|the count|how often|how many of|headcount|tally|hm|
        quantity of|count up|how many times|what number of|no of|how mny|amount of accounts|counts|breakdown|
        distribution|split|numbers of|just the number|only the number|nr of|num of|number only|how many are there|
        just a number|just the count|only a number""",
    Cue.HOW_MUCH: "how much|how much is|what amount|how high|how much money|how many euros|how many dollars",
    Cue.TOTAL: """total|sum|sum of|altogether|combined|together|in total|all in all|overall|aggregate|added up|
        sum up|summed|in sum|grand total|totals|totalled|add up|adds up to|cumulative|taken together|total up|
        summed up|adding up|sums|amount to|put together|all together|taken as a whole|as a whole""",
    Cue.COMPARE: """compare|vs|versus|comparison|compared|against|side by side|compared to|compared with|comparing|
        difference between|differences between|stack up|stacks up|contrast|head to head|next to each other|
        compares|how do they compare|differ|differs|measure up|relative to|in comparison|better off|comparison of|
        comparison between|difference|v|next to|or rather|line up|line them up|lined up|stack them up|weigh|
        match up|put side by side|side to side""",
    Cue.MORE_THAN: "beats|outperform(s)",
    Cue.WHY: """why|reason|reasons|how come|what for|for what reason|reasoning|whats the reason|because of what|
        what caused|cause|due to what|grounds|on what grounds|wherefore|what makes|what made|explain|whats behind|
        explanation|what led to|the thinking behind|what justifies|for which reason|how so|y|justify|on what basis|
        behind the decision|motivation""",
    Cue.WHEN: """when|what date|which date|what day|which day|at what date|on what date|on which day|on which date|
        by when|until when|till when|which week|what week|what time|how soon|date|date of|on what day|the day when|
        the date when|what month|which month|since what date|in which month|last time|the last time|
        most recent time""",
    Cue.SINCE_WHEN: """since when|from when|how long ago|from what date|since what time|as of when|
        since which date|since which day|since what day""",
    Cue.HOW_LONG: """how long|for how long|how many days|how many weeks|since how many days|since how long|
        how long for|number of days|how many months""",
    Cue.WHO: """which of the reps|which reps|which sellers|which of the sellers|which owners|which owner|which seller|
        name of the person|
        the name of the person|name of the person who|name of whoever|whoever|
        the person who|name of the person that|name of the one who|the name of whoever|name of who|which name|who|
        whom|by whom|which person|whos|who is|who are|with whom|to whom|which of us|who all|which people|
        which of our people|which of our folks|which colleague|which colleagues|which one of us|who over|
        who out of us|whose idea was it|whose idea|which of you|which of the team|which teammate|which rep|
        who exactly|who precisely|who actually|just who|who the hell|who on earth""",
    Cue.WHOSE: """whose|on whose desk|whose desk|in whose court|on whose plate|whose plate|whose job|whose task|
        whose turn""",
    Cue.WHICH: """which|what|which ones|which one|what are|which are|what is|which of|what ones|wich|wat|wht|whats|
        whichever|whatever""",
    Cue.WHERE: "where|wheres|on which|in which|at which|where all|where else",
    Cue.HOW: "how|hows|how is|how are",
    Cue.SHOW: """show|list|give|display|print|tell|name|get|pull|pull up|bring up|see|enumerate|fetch|find|show me|
        give me|tell me|let me see|list up|list out|id like|i would like|search|look up|lookup|open up|
        i want to see|i need to see|let me know|run me through|walk me through|read out|shw|gimme|lemme see|bring|
        need a list of|can i see|can i get|can i have|send me|let me have|point me to|wanna see|want to see|
        want to know|like to know|like to see|need to know|need to see|wanna know|hand me|report|report on|
        overview of|rundown of|share|lets see|mention|get me|bring me|fetch me|mail me|email me|may i have|
        do tell me|do show me|i like|i like to see|i like the list|i like a list|hit me with|pass me|may i see|
        might i see|may i get|please send|make me a list|make a list|make me a list of|draw up|do list|kindly list|
        compile|i need the|i need a|i need all|i need an|i need my|i want the|i want all|i want a|i am after|
        i am looking for|looking for the|looking for|after the|please state|kindly state|state the|do state|
        please name|kindly name|name the|name all|do name|i would appreciate|i appreciate|provide|provide me with|
        provide us with|provide me with a list of|provide a list of|supply me with|please send me|please give me|
        please show me|furnish|set out|state which|
        state who|state what|name me|prepare a list of|run a list of|put together a list of|make a list of|grab me|
        show us|give us|tell us|get us|pull me|find me|help me find|help me see|need to find|im looking for|
        im after|would like to see|would like to know|would like a list of|would like the|let us see|let us know|
        quickly show|quickly list|search for|look for""",
    Cue.IS: "is|are|was|were|isnt|arent|wasnt|werent|be|been|being|am|r|iz",
    Cue.DO: "do|does|did|doesnt|dont|didnt|hasnt|havent|hadnt|haven|didn|doesn|hasn|will|would|wont|should",
    Cue.HAVE: """have|has|had|have got|has got|having|got|have a|has a|have an|has an|got a|have the|has the|
        do have|does have""",
    Cue.THERE_IS: "is there|are there|was there|were there|do we have|have we got|isnt there|arent there",
    Cue.ANY: """is anything|is anybody|is anyone|is somebody|is someone|do we have any|have we any|do i have any|
        anything|has anything|has anybody|has anyone|has somebody|has someone|did anything|did anybody|did anyone|
        did somebody|did someone|does anything|does anybody|does anyone|does somebody|any|are any|is any|do any|
        has any|have any|did any|are there any|is there any|is there anything|is there anybody|is there anyone|
        does any|got any|anybody|anyone|was anything|was anybody|was anyone|were any|is something|has something|
        did something|something|anything else at all|some|something thats|anything thats""",
    Cue.CARD: """how is it going|how are we doing|how is it looking|how are things|how is it|how are they|
        status of|status|state of play|whats up with|what up with|what is up with|tell me about|tell about|summary|
        summary of|summarise|summarize|brief me|briefing|overview|where do we stand|where are we|
        where do things stand|situation|card|card of|card for|account card|rundown|run down|picture|snapshot|
        catch me up|fill me in|bring me up to speed|up to speed|get me up to speed|the latest|latest|latest on|
        what do we know|what should i know|anything i should know|everything about|all about|info|info on|
        information|details|profile|one pager|how goes|hows things|what about|looking|look|looks|doing|going|stand|
        stands|standing with us|version|quick version|whats the story|whats the deal with|give me the gist|gist|
        recap of|the short version|recap on|should know|need to know|must know|low down|lowdown|
        how far are we|how well|what is the state|check on|check in on|sitrep|intro to|tldr|tl dr|heads up on|
        bullet points|highlights|skinny|the scoop|scoop on|where does it stand|where are things|prep me|prepare me|
        whats the score with|the word on|how things are|hows it|status update|update on|update for|updates on|
        quick update on|status report|status on|news on|briefing on|brief on|summary on|news about|report about""",
    Cue.NEWS: """whats new|what is new|news|any news|what else is new|whats going on|what is going on|going on|
        what happened|what has happened|whats happening|what is happening|happening|anything new|happen|happened|
        happens|what changed|what has changed|what did i miss|did i miss|miss|missed|changed|went on|
        has been going on|catch up|catch me up since|new things|occurred|took place|been up to|happend|hapened|
        what did we miss|been happening|passiert|go on|new developments|transpired|gone on|been doing|
        has been doing|is up to|was up to|been working on|have i missed|did we miss|have we missed|i have missed|
        ive missed|i missed|we missed|what else happened|whats been going on|what has been going on|
        whats been happening|what has been happening|been going on|any developments|what went down|what went on|
        what came in|whats changed|what else changed|anything changed|anything happen|did anything happen|
        has anything happened|something happen|new since|news since|updates since""",
}

ORDER: dict[Cue, str] = {
    Cue.BIGGEST: """biggest|largest|most valuable|highest value|greatest|most expensive|bigger|larger|richest|huge|
        worth most|worth the most|worth more|most important|highest valued|heaviest|main|fattest|largest by value|
        highest worth|juiciest|most money|more valuable|most revenue|most lucrative|top value|biggest by value|
        from biggest to smallest|biggest first|largest first|highest value first|most valuable first|fat|big|large|
        whales|whale|high value|heavyweights|heavyweight""",
    Cue.SMALLEST: """smallest|least valuable|lowest value|cheapest|smaller|tiniest|littlest|worth least|
        worth the least|worth less|lowest valued|least expensive|least important|least money|less valuable|minor|
        smallest first|from smallest to biggest|least valuable first|small|tiny|lowest value first|minnows|
        low value|small fry""",
    Cue.OLDEST: """oldest|longest open|longest running|longest standing|open longest|open the longest|most aged|
        been open longest|been open the longest|longest lasting|around longest|longest unresolved|oldest first|
        longest lasting first|longest first|most ancient|age old""",
    Cue.NEWEST: """newest|youngest|latest one|most recent|freshest|most recently opened|last opened|last added|
        latest opened|newest first|most recent first|latest first""",
    Cue.LONGEST: """longest|longest in stage|longest in its stage|longest in their stage|longer|the longest|
        longest time|longest in the same stage|sat longest|sits longest|sit longest|most days|longest in one stage|
        longest stuck|stuck longest|stuck the longest|sits longer|longest in this stage|most time|
        how long they are in stage|longest in stage first|longest at the same stage|sitting longest|
        sitting the longest|been sitting longest|been there longest|been stuck longest|been stuck the longest|
        stuck for the longest|longest without moving|not moved for the longest|waiting longest|oldest in stage|
        longest in the stage|oldest in their stage""",
    Cue.SHORTEST: "shortest|shortest in stage|least time|shorter|fewest days|the shortest|shortest time",
    Cue.HIGHEST: """highest|best|most|strongest|higher|better|greater|the most|maximum|max|hottest|top ranked|high|
        stronger|hotter|warmest|high scoring|best scoring|warmer|good""",
    Cue.LOWEST: """lowest|worst|least|weakest|lower|poorest|fewest|minimum|min|coldest|low|less|weaker|bottom|
        fewer|coolest|poor|bad""",
    Cue.SOONEST: """closer to close|closer to closing|likely to close first|likely to sign first|signs first|soonest|
        closest|closes next|close next|closing next|earliest|closes first|close first|
        closing first|closes soonest|next to close|closing soonest|first to close|closest to closing|
        closes earliest|due first|due next|most imminent|nearest|due soonest|closing earliest|close soonest|up next""",
    Cue.FURTHEST: """furthest|farthest|furthest along|most advanced|farthest along|further along|further|farther|
        more advanced|closest to customer|ahead|furthest ahead|further ahead|furthest down the funnel|in front|
        most mature|along|in the lead|ahead of|further than|further along than""",
    Cue.TOP: "top|first few|the top|leading",
    Cue.OLDER: """older than|open for more than|open longer than|open more than|more than|longer than|
        for more than|open over|older|for over|open since before|for longer than|over|at least|open for over|
        open for longer than|open for at least|more old than""",
    Cue.NEWER: """newer than|younger than|less than|not older than|open for less than|younger|newer|open less than|
        within""",
    Cue.NEXT: "next|next time|next one|upcoming|coming|following|forthcoming|scheduled|planned|future",
    Cue.LAST: """last|previous|latest|most recent|recent|prior|past|final|lately|last time|the last time|
        most recent time""",
    Cue.NOW: """now|currently|right now|at the moment|at present|as of now|presently|atm|as of today|
        these days|nowadays|
        so far|yet|already|still|just now""",
}


MOST_WORDS = 7
"""Words of the longest form of days: `the end of the week after next`."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """Days that a text tells, and the tokens from `start` up to `end` that tell them.

    Attributes:
        past, coming: the days as those of what happened, and of what is to come; None where they can't be told.
        is_age: true for "older than 30 days", "for three weeks", "more than a month ago": `past.last` is the day that
            many days ago, with nothing since where it is said of what did not happen.
        is_since_review: true for "since the last review" of each account.
        step: the unit and number by which the days said before are moved: "the week before" is (`Unit.WEEK`, -1).
        problem: a sentence for days that are said but can't be read, '' for none.
    """

    start: int
    end: int
    past: Period | None = None
    coming: Period | None = None
    is_age: bool = False
    is_since_review: bool = False
    step: tuple[Unit, int] | None = None
    problem: str = ""


SINCE = frozenset({"on or after", "since", "from", "after", "starting", "as of"})
UNTIL = frozenset({"by", "until", "till", "til", "through", "up to", "upto"})
AT_LATEST = frozenset({"no later than", "not later than", "at the latest by", "on or before", "at or before"})
BEFORE = frozenset({"before", "prior to", "earlier than", "ahead of"})
WITHIN = frozenset({"on", "in", "during", "over", "for", "within", "throughout", "of"})
LEADS = sorted(SINCE | UNTIL | AT_LATEST | BEFORE | WITHIN | {"between"}, key=lambda lead: -lead.count(" "))
LEADS_BY_WORD = {
    word: [each for each in LEADS if each.split()[0] == word] for word in {lead.split()[0] for lead in LEADS}
}
"""The words before days by the first of them, the longest first."""
ONWARDS = ("on", "onward", "onwards", "forward")
RANGE_LEADS = ("", "from", "between", "during", "for", "in")
TO = ("to", "and", "until", "till", "til", "through", "thru")

LAST_REVIEW = (
    r"(?:(?:the|our|my|its|their) )?(?:last|previous|latest|most recent) (?:account )?(?:reviews?|meetings?|sessions?)"
    r"|we last met|(?:the|our) review"
)
SINCE_REVIEW = re.compile(rf"since (?:{LAST_REVIEW})")
OLDER = r"(?:for |in )?(?:(?:more|older|longer|greater|later) than|over|above|beyond|at least|>|upwards of)"
YOUNGER = r"(?:(?:in )?(?:less|fewer|newer|younger|sooner) than|under|below|<|within|inside)"
AHEAD = "from now|from today|away|ahead"
AGE = re.compile(rf"(?:{OLDER}|for(?: about| almost| nearly| some)?) {COUNTED}(?: (?:ago|old|now|(?P<ahead>{AHEAD})))?")
FRESH = re.compile(rf"{YOUNGER}(?: the next| next| the)? {COUNTED}(?: (?:ago|old))?")
OLD = re.compile(rf"{COUNTED} (?:or more|old|or older|plus)")
STEP = re.compile(rf"the (?:(?P<way>previous|following) )?(?P<unit>{WHOLE}|day)(?: (?P<after>before|after))?")


def read_periods(tokens: Sequence[Token], today: date) -> tuple[When, ...]:
    """Return the days that a text tells, in its order; today is the asker's local date."""
    words = [spelled(each) for each in tokens]
    found: list[When] = []
    position = 0
    while position < len(words):
        if words[position : position + 3] == ["as", "of", "today"]:
            # what is so now, and no day
            position += 3
            continue
        when = _when_at(tokens, words, position, today) if may_begin_days(words[position]) else None
        when = when or _own_days(tokens, words, position, today)
        if when is None:
            position += 1
            continue
        found.append(when)
        position = when.end
    exact = [each for each in found if SEASONS.keys().isdisjoint(words[each.start : each.end])]
    return tuple(_joined(exact or found, words))


def _when_at(tokens: Sequence[Token], words: Sequence[str], start: int, today: date) -> When | None:
    """Return the longest days that begin at a token."""
    for end in range(min(len(words), start + MOST_WORDS + 3), start, -1):
        said = " ".join(words[start:end])
        try:
            found = _special(said, start, end, today) or _with_lead(tokens, words, (start, end), today)
        except NotUnderstood as problem:
            return When(start, end, problem=str(problem))
        except (ValueError, OverflowError):
            typed = as_typed(tokens[start:end])
            return When(start, end, problem=f"{shown(typed)} is not in the calendar.")
        if found is not None:
            return found
    return None


def _own_days(tokens: Sequence[Token], words: Sequence[str], start: int, today: date) -> When | None:
    """Return the days of "my week" and "Nora's day", and of "how does the week look"."""
    unit = words[start + 1] if words[start] in ("my", "our", "the") and start + 1 < len(words) else words[start]
    is_first = unit == words[start]
    if unit not in UNIT_NAMES or (is_first and not (start and tokens[start - 1].is_possessive)):
        return None
    end = start + 1 + (not is_first)
    if words[start] == "the" and not "".join(words[end : end + 1]).startswith("look"):
        return None
    days = days_of(f"this {unit}" if unit != "day" else "today", today)
    return _bounded(days, "", start, end) if days else None


def _special(said: str, start: int, end: int, today: date) -> When | None:
    """Return what stands on its own: ages, the last review, and steps from the days said before."""
    if SINCE_REVIEW.fullmatch(said):
        return When(start, end, is_since_review=True)
    if (step := STEP.fullmatch(said)) and (step["way"] or step["after"]):
        back = (step["way"] or step["after"]) in ("previous", "before")
        return When(start, end, step=(unit_named(step["unit"]), -1 if back else 1))
    if found := AGE.fullmatch(said) or OLD.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        period = Period(None, moved(today, unit, -number))
        is_ahead = said.startswith("in ") or bool(found.groupdict().get("ahead"))
        coming = Period(moved(today, unit, number) + ONE_DAY) if is_ahead else period
        return When(start, end, period, coming, is_age=True)
    if found := FRESH.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        return When(start, end, Period(moved(today, unit, -number)), Period(today, moved(today, unit, number)))
    return None


def _with_lead(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], today: date) -> When | None:
    """Return days with the word before them that says from or up to when, if there is one."""
    start, end = span
    leads = LEADS_BY_WORD.get(words[start], ())
    lead = next((each for each in leads if list(words[start : start + each.count(" ") + 1]) == each.split()), "")
    for each in (lead, "") if lead else ("",):
        begin = start + (each.count(" ") + 1 if each else 0)
        if begin < end and may_be_days(tokens, words, (begin, end), each):
            is_onwards = words[end - 1] in ONWARDS and end - 1 > begin and (each in SINCE or words[end - 1] != "on")
            days = days_of(_days_said(each, words[begin : end - is_onwards]), today)
            if days is not None:
                is_of_day = each == "from" and words[begin:end] == ["yesterday"]
                return _bounded(days, "since" if is_onwards else "" if is_of_day else each, start, end)
            if each in RANGE_LEADS and (days := _range(tokens, words, (begin, end), today)):
                return _bounded(days, "", start, end)
    return None


def _days_said(lead: str, words: Sequence[str]) -> str:
    """Return the words of days; "for the week" is this week."""
    if lead in WITHIN and lead != "on" and words[0] == "the" and len(words) == 2 and words[1] in UNIT_NAMES:
        return " ".join(("this", *words[1:]))
    return " ".join(words)


def _range(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], today: date) -> Days | None:
    """Return the days from one to another: `monday to friday`, `oct-dec`, `1 nov and 15 nov`."""
    begin, end = span
    for middle in range(begin + 1, end):
        is_word = words[middle] in TO
        if not (is_word or tokens[middle].is_glued or tokens[middle - 1].mark == "-"):
            continue
        first = days_of(" ".join(words[begin:middle]), today)
        last = days_of(" ".join(words[middle + is_word : end]), today) if first else None
        if first and last:
            last = last.not_before(first)
            return replace(
                first,
                past=replace(first.past, last=last.past.last),
                coming=replace(first.coming, last=last.coming.last),
                is_day=False,
            )
    return None


def _bounded(days: Days, lead: str, start: int, end: int) -> When:
    """Return the days as the word before them bounds them: `since` from their first, `by` up to their last."""
    past, coming = days.past, days.coming
    if lead in ("since", "starting", "as of", "on or after") or (lead == "from" and days.is_day):
        return When(start, end, Period(past.first), Period(coming.first if lead == "from" else past.first))
    if lead == "after":
        return When(start, end, Period(past.last + ONE_DAY), Period(coming.last + ONE_DAY))
    if lead in UNTIL or lead in AT_LATEST:
        return When(start, end, Period(None, past.last), Period(None, coming.last))
    if lead in BEFORE:
        return When(start, end, Period(None, past.first - ONE_DAY), Period(None, coming.first - ONE_DAY))
    return When(start, end, Period(past.first, past.last), Period(coming.first, coming.last))


def _joined(found: Sequence[When], words: Sequence[str]) -> list[When]:
    """Return the days with those that touch made one: "this week and next week", "today or tomorrow"."""
    joined: list[When] = []
    for when in found:
        last = joined[-1] if joined else None
        if last is not None and words[last.end : when.start] in (["and"], ["or"], ["plus"]) and _touch(last, when):
            joined[-1] = replace(
                last, end=when.end, past=_both(last.past, when.past), coming=_both(last.coming, when.coming)
            )
        else:
            joined.append(when)
    return joined


def _touch(one: When, other: When) -> bool:
    """Return true if the second days begin the day after the first end."""
    first, second = one.coming, other.coming
    return bool(first and second and first.last and first.first and second.first == first.last + ONE_DAY)


def _both(one: Period | None, other: Period | None) -> Period | None:
    return Period(one.first, other.last) if one and other else None
