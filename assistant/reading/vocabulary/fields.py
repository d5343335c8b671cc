"""Words for the fields of an account, and what they count by."""

from assistant.query import Field, Per

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
