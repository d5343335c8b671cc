"""Words that tell how the others belong together, by what they do."""

from assistant.reading.vocabulary.cues import Cue

FORMS: dict[Cue, str] = {
    Cue.HOW_MANY: """how many|number of|count|count of|the count|how often|how many of|headcount|tally|hm|quantity of|
        count up|how many times|what number of|no of|how mny|amount of accounts""",
    Cue.HOW_MUCH: "how much|how much is|what amount|how high|how much money|how many euros|how many dollars",
    Cue.TOTAL: """total|sum|sum of|altogether|combined|together|in total|all in all|overall|aggregate|added up|sum up|
        summed|in sum|grand total|totals|totalled|add up|adds up to|cumulative|taken together|total up|summed up|
        adding up|sums|amount to""",
    Cue.COMPARE: """compare|vs|versus|comparison|compared|against|side by side|compared to|compared with|comparing|
        difference between|differences between|stack up|stacks up|contrast|head to head|next to each other|
        compares|how do they compare|differ|differs|measure up|relative to|in comparison|better off|
        comparison of|comparison between|difference""",
    Cue.MORE_THAN: """bigger than|larger than|further than|ahead of|higher than|longer than|better than|smaller than|
        worth more than|more than|older than the other|less than|lower than|behind""",
    Cue.WHY: """why|reason|reasons|how come|what for|for what reason|reasoning|whats the reason|because of what|
        what caused|cause|due to what|grounds|on what grounds|wherefore|what makes|what made|explain|whats behind|
        explanation|what led to|the thinking behind|what justifies|for which reason|how so|y|justify|
        on what basis|behind the decision|motivation""",
    Cue.WHEN: """when|what date|which date|what day|which day|at what date|on what date|on which day|on which date|
        by when|until when|till when|which week|what week|what time|how soon|date|date of|on what day|the day when|
        the date when|what month|which month|since what date|in which month""",
    Cue.SINCE_WHEN: """since when|from when|how long ago|from what date|since what time|as of when|since which date|
        since which day|since what day""",
    Cue.HOW_LONG: """how long|for how long|how many days|how many weeks|since how many days|since how long|
        how long for|number of days|how many months""",
    Cue.WHO: "who|whom|by whom|which person|whos|who is|who are|with whom|to whom|which of us|who all|which people",
    Cue.WHOSE: "whose",
    Cue.WHICH: "which|what|which ones|which one|what are|which are|what is|which of|what ones|wich|wat|wht|whats",
    Cue.WHERE: "where|wheres|on which|in which|at which|where all|where else",
    Cue.HOW: "how|hows|how is|how are",
    Cue.SHOW: """show|list|give|display|print|tell|name|get|pull|pull up|bring up|see|enumerate|fetch|find|show me|
        give me|tell me|let me see|list up|list out|i want|i need|want|id like|i would like|search|look up|lookup|
        open up|i want to see|i need to see|let me know|run me through|walk me through|read out|shw|gimme|lemme see|
        bring|need a list of|can i see|can i get|can i have|send me|let me have|point me to|wanna see|want to see|
        want to know|like to know|like to see|need to know|need to see|wanna know|hand me|report|report on|overview of|
        rundown of|share|lets see|mention""",
    Cue.IS: "is|are|was|were|isnt|arent|wasnt|werent|be|been|being|am|im|r|iz",
    Cue.DO: "do|does|did|doesnt|dont|didnt|hasnt|havent|hadnt|haven|didn|doesn|hasn|will|would|wont|should",
    Cue.HAVE: "have|has|had|have got|has got|having|got|have a|has a|have an|has an|got a|have the|has the|do have|does have",
    Cue.THERE_IS: """is there|are there|was there|were there|is anything|is anybody|is anyone|is somebody|is someone|
        do we have|do we have any|have we got|have we any|do i have|do i have any|have i got|anything|has anything|
        has anybody|has anyone|has somebody|has someone|did anything|did anybody|did anyone|did somebody|did someone|
        does anything|does anybody|does anyone|does somebody|any|are any|is any|do any|has any|have any|did any|
        are there any|is there any|is there anything|is there anybody|is there anyone|does any|got any|
        anybody|anyone|was anything|was anybody|was anyone|were any|do they have|does it have|is something|
        has something|did something|something|isnt there|arent there""",
    Cue.CARD: """how is it going|how are we doing|how is it looking|how are things|how is it|how are they|
        status of|status|state of play|whats up with|what up with|what is up with|tell me about|tell about|
        summary|summary of|summarise|summarize|brief me|briefing|overview|where do we stand|where are we|
        where do things stand|situation|card|card of|card for|account card|rundown|run down|picture|snapshot|
        catch me up|fill me in|bring me up to speed|up to speed|get me up to speed|the latest|latest|latest on|
        what do we know|what should i know|anything i should know|everything about|all about|info|info on|
        information|details|profile|one pager|how goes|hows things|what about|looking|look|looks|doing|going|
        stand|stands|standing with us|version|quick version|whats the story|whats the deal with|give me the gist|
        gist|recap of|the short version|recap on|how did|should know|need to know|must know|low down|lowdown|
        deal with|how far are we|how well|what is the state|check on|check in on|sitrep|intro to|
        tldr|tl dr|heads up on|bullet points|highlights|skinny|the scoop|scoop on|where does it stand|
        where are things|prep me|prepare me|whats the score with|the word on|how things are|hows it""",
    Cue.NEWS: """whats new|what is new|news|any news|what else is new|whats going on|what is going on|going on|
        what happened|what has happened|whats happening|what is happening|happening|anything new|happen|happened|happens|
        what changed|what has changed|what did i miss|did i miss|miss|missed|changed|went on|has been going on|
        catch up|catch me up since|new things|occurred|took place|been up to|happend|hapened|what did we miss|
        been happening|passiert|go on|new developments|transpired|gone on""",
}

TIES: dict[Cue, str] = {
    Cue.WITH: "with|w|having|that have|who have|which have|that has|which has|including|wit|who has|whith|got a|carrying",
    Cue.WITHOUT: """without|w/o|wo|no|not any|without any|with no|with none|have no|has no|had no|having no|dont have|doesnt have|
        do not have|does not have|havent got|hasnt got|have not got|has not got|have none|not have|not having|
        that have no|which have no|there is no|there are no|have not any|without a|without an|with no|nobody|noone|
        no one|nothing|none|never|never had|not had|didnt have|did not have|havent had|hasnt had|zero|
        free of|devoid of|has not had|have not had|dont have any|do not have any|doesnt have any|
        have no|haven t|dont yet have|still have no|still has no|still no|got no|w out|theres no|neither|nor|
        nowhere|have never had|has never had|dont even have|we have no|not a single""",
    Cue.MISSING: """missing|lacking|lack|lacks|miss a|misses|short of|absent|unassigned|unknown|
        not set|not recorded|not filled in|blank|unfilled|vacant|is missing|are missing|still missing|
        incomplete in|not known|gap|gaps|lacked|in want of|not there|open gaps|not filled|undefined|unset|
        missing out on|not covered|uncovered|we lack|not defined""",
    Cue.NOT: "not|isnt|arent|wasnt|werent|doesnt|dont|didnt|hasnt|havent|except|excluding|but not|other than|aint|cant",
    Cue.BY: "by",
    Cue.PER: """per|for each|for every|split by|broken down by|grouped by|group by|break down by|breakdown by|by each|
        each|split per|divided by|in each|at each|broken down per|distributed over|across each|split up by|
        split between|split across|breakdown per|distribution by|distribution over|separately for|individually|
        separated by|in every|with each|break it down by|break down per|grouped per|by every|breakdown of|split over""",
    Cue.SORTED: """sorted by|ordered by|ranked by|sort by|order by|rank by|in order of|sorted on|by order of|
        sorted after|ranking by|ranked on|arranged by|sorted|ranked|ordered|rank|in the order of|ranking""",
    Cue.AT: "at|in|on|within|inside|across|among|from the|amongst|over at|in the|on the|at the|under|between|throughout",
    Cue.ABOUT: """about|regarding|concerning|on the subject of|related to|relating to|around|to do with|mentioning|
        re|mention|mentions|that mention|called|named so|over the|containing|with regard to|in connection with|
        on the topic of|dealing with|that says|saying""",
    Cue.FOR: "for|of|to",
    Cue.FROM: "from",
    Cue.THAN: "than|then",
    Cue.AND: "and|plus|as well as|n|und|also with|but|along with",
    Cue.OR: "or|either",
}

ORDER: dict[Cue, str] = {
    Cue.BIGGEST: """biggest|largest|most valuable|highest value|greatest|most expensive|bigger|larger|richest|huge|
        worth most|worth the most|worth more|most important|highest valued|heaviest|main|fattest|largest by value|
        highest worth|juiciest|most money|more valuable|most revenue|most lucrative|highest value|top value""",
    Cue.SMALLEST: """smallest|least valuable|lowest value|cheapest|smaller|tiniest|littlest|worth least|worth the least|
        worth less|lowest valued|least expensive|least important|least money|less valuable|minor""",
    Cue.OLDEST: """oldest|longest open|longest running|longest standing|open longest|open the longest|most aged|
        been open longest|been open the longest|longest lasting|around longest|longest unresolved""",
    Cue.NEWEST: "newest|youngest|latest one|most recent|freshest|most recently opened|last opened|last added|latest opened",
    Cue.LONGEST: """longest|longest in stage|longest in its stage|longest in their stage|longer|the longest|longest time|
        longest in the same stage|sat longest|sits longest|sit longest|most days|longest in one stage|
        longest stuck|stuck longest|stuck the longest|sits longer|longest in this stage|most time""",
    Cue.SHORTEST: "shortest|shortest in stage|least time|shorter|fewest days|the shortest|shortest time",
    Cue.HIGHEST: """highest|best|most|strongest|higher|better|greater|the most|maximum|max|hottest|top ranked|high|
        stronger|hotter|warmest|high scoring|best scoring|warmer|good""",
    Cue.LOWEST: """lowest|worst|least|weakest|lower|poorest|fewest|minimum|min|coldest|low|less|weaker|
        bottom|fewer|coolest|poor|bad""",
    Cue.SOONEST: """soonest|closest|closes next|close next|closing next|earliest|closes first|close first|closing first|
        closes soonest|next to close|closing soonest|first to close|closest to closing|closes earliest|due first|
        due next|most imminent|nearest|due soonest|closing earliest|close soonest|up next""",
    Cue.FURTHEST: """furthest|farthest|furthest along|most advanced|farthest along|further along|further|farther|
        more advanced|closest to customer|ahead|furthest ahead|further ahead|furthest down the funnel|in front|
        most mature|along|in the lead""",
    Cue.TOP: "top|first few|the top|leading",
    Cue.OLDER: """older than|open for more than|open longer than|open more than|more than|longer than|for more than|
        open over|older|for over|open since before|for longer than|over|at least|open for over|open for longer than|
        open for at least|more old than""",
    Cue.NEWER: "newer than|younger than|less than|not older than|open for less than|younger|newer|open less than|within",
    Cue.NEXT: "next|upcoming|coming|following|forthcoming|scheduled|planned|future",
    Cue.LAST: "last|previous|latest|most recent|recent|prior|past|final|lately",
    Cue.NOW: "now|currently|right now|at the moment|at present|as of now|presently|atm|these days|nowadays|so far|yet|already|still|just now",
}

VERBS: dict[Cue, str] = {
    Cue.OWN: """own(s)|owned|owning|looks after|look after|looked after|looking after|handle(s)|handling|
        in charge of|in charge|responsible for|responsible|manage(s)|managed|managing|cover(s)|covering|covered by|
        taking care of|take care of|takes care of|lead(s)|leading|running it|runs it|run by|accountable|
        assigned to|sits with|belongs to|belong to|working on it|works on|work on|working on|works the|carries|
        handled by|managed by|led by|owned by|who runs|serves|hold the relationship|holds the relationship|
        account of|has the account|hold|in the hands of|on it|drives|driving|is on|are on|with us on|
        caring for|cares for|accountable for|take(s) the lead|in the driving seat|owner of|owner for|owners of|
        talk to internally|go to person|person to ask|speak to internally|ask internally|talk to on our side|
        responsibility|responsibilities|responsable|belonging to|who has""",
    Cue.OWE: """owe(s)|owed|owing|on the hook|on the hook for|plate|have to do|has to do|need to do|needs to do|
        must do|got to do|gotta do|supposed to do|should do|to get done|to deliver|promised|promise to|on my list|
        have to deliver|must deliver|committed to|commit to|have on|assigned|down for|obliged|expected of|
        expected from|left to do for|have i got|has got to do|still got to do|got on|work have|have to finish|
        must finish|need to finish|needs to finish|has to finish|in my queue|in my court|in my hands|on my desk|
        up to me|pledged|undertake|undertaken|agreed to do|signed up for|on my to do|need to get done|do next|
        want me to do|am i doing|to be doing|working through|to tackle|should be doing|should i be doing|
        tasked with|i need to do|should work on|must i do|must do next|on the agenda for me|waiting on me to do|
        have to get done|in my backlog|on my backlog|backlog""",
    Cue.DUE: """due|due date|deadline(s)|falling due|fall due|falls due|come due|comes due|coming due|expire(s)|
        to be done|should be done|must be done|has to be done|have to be done|needs to be done|need to be done|
        needs doing|get done by|supposed to be done|coming up|be finished|should be finished|scheduled for|on the calendar|
        due on|due by|is due|expected|have to be finished|must be finished|meant to be done|want done|on for""",
    Cue.OVERDUE: """overdue|late|past due|behind schedule|past the deadline|past its date|past their date|
        missed deadline(s)|missed their deadline|should have been done|should be done already|delinquent|lapsed|
        past deadline|tardy|too late|over due|running late|past their due date|missed its deadline|
        past its due date|past their deadline|not done in time|not done on time|beyond the deadline|expired|
        in arrears|should have finished|missed the deadline|over the deadline|belated|behind with|behind on|is behind""",
    Cue.BLOCK: """block(s)|blocking|hinder(s)|hindering|hold(s) up|holding up|hold(s) back|holding back|
        holding us up|holding it up|holding us back|holding it back|holding them back|holding them up|holds us up|
        holds it up|holds us back|holds it back|in the way|in our way|standing in the way|stands in the way|
        stopping|stops|prevent(s)|preventing|keeps us from|keeping us from|obstructing|stuck on|hung up on|
        bottlenecking|slowing down|slowing us down|slows us down|stuck with|what is stuck|impeding|impedes|
        hampers|hampering|delaying|delays|stuck because|stuck at|jamming|in its way|standing in our way|
        hanging on|hangs on|snarled|slowing|stop us|stops us|hang on|stalls us|getting in the way|gets in the way|
        tripping up|tripping us up|keeping us|stuck for|stuck waiting""",
    Cue.BLOCKED: "blocked|held up|being held up|impeded|hindered|obstructed|held back|jammed|stopped by|gated",
    Cue.NEED: """need(s)|needing|needed|require(s)|required|depend(s) on|dependent on|rely on|want from|need from|
        needs from|calls for|call for|asks for|help from|input from|support from|needs input from|waits on""",
    Cue.WAIT: """wait(s)|waiting|wait for|waiting for|waiting on|waits for|wait on|stuck on us|pending with|pending on|
        hang on|hanging with|sitting with|lies with|waited for|awaiting|await|awaits|in the queue of|blocked by|blocked on|
        held up by""",
    Cue.DECIDE: """decide(s)|decided|deciding|agree(d) on|agree on|conclude(d)|agreed|resolved to|settle(d) on|ruled|
        determined|chose|choose|chosen|agree|agreed in the review|made the call|make the call|came out of|
        come out of|signed off|agreed upon|was the outcome|outcome|outcomes|result of the review|verdict|
        outcome of the discussion|result of the discussion|discussion on|verdict on""",
    Cue.MOVE: """move(s)|moved|moving|shift(s)|changed stage(s)|change(s) stage|changed its stage|budge(d)|mover(s)|
        switched stage|moves on|stage changed|moved stage(s)|change of stage|changing stage|went from|go from|
        gone from|moved at all|moved anywhere|got moving|reach|reached|become|became|turn into|turned into|
        get to|got to|enter|entered|changed phase|made it to|make it to|went to|go to|arrive|arrived|hit""",
    Cue.TOUCH: """touched|contacted|spoken to|spoke to|talked to|spoken with|talked with|spoke with|heard from|
        reached out to|been in touch|in touch with|met with|reached out|contacting|talk to|speak to|speak with|
        talk with|hear from|hear back|heard back|get in touch|got in touch|engaged with|been in contact|in contact|
        reach out|emailed|rung|rang|visited them|called them|talked|talking to|talking with|speaking to|
        speaking with|spoke|spoken|replied|replied to us|written to us|met|meeting them|got back to us|
        responded|reply|reply to us|get back to us|any contact|had contact|have contact|chatted with|contact them""",
    Cue.SILENT: """silent|gone quiet|quiet|gone silent|gone dark|no contact|not heard from|havent heard from|
        hasnt heard from|not contacted|untouched|nobody touched|no touch|went quiet|went dark|dark|neglected|
        nobody contacted|nobody spoke to|nobody talked to|not spoken to|not touched|not been touched|radio silence|
        ghosted|ghosting us|inactive|unattended|forgotten|ignored|cold|not in touch|went silent|gone cold|
        not talked to|no reply|no answer|no response|havent spoken to|havent talked to|havent touched|
        nobody has touched|nobody has spoken to|nobody has contacted|havent contacted|without contact|
        without a touch|without touch|no one touched|no one has touched|not responded|not replied|
        no one spoke to|no one has spoken to|nobody has talked to|no one talked to|not been contacted|
        been silent|been quiet|have gone quiet|no buyer contact|no life sign|no sign of life|mute""",
    Cue.KNOW: """know|do we know|we know|our contacts|have we met|we met|we talk to|are we talking to|do we talk to|
        in contact with|we speak to|we are talking to|we have a contact|are our contacts|acquainted|
        are we in touch with|we deal with""",
    Cue.ATTEND: """attended|attend|present|took part|take part|participated|participants|attendees|attendance|
        in the room|who was there|was there|were there|turned up|showed up|joined the review|in the review|at the review|
        joined the meeting|led|lead the|runs the|facilitator|facilitates|facilitated|chair(s)|chaired|host(s)|
        hosted|sat in|was in|attending|participant|who came""",
    Cue.CLOSE: """close(s)|closing|sign(s)|signing|get signed|supposed to sign|expect to close|expected to close|
        expected to sign|going to close|due to close|land(s)|sign the deal|sign the contract|going to sign|
        scheduled to close|planned to close|forecast to close|win it|plan to close|hope to close|be signed|
        become a customer|be a customer|be closed|get closed|set to close|come in|comes in""",
    Cue.START: "started|start(s)|launched|begin|began|begun|launch|kicked off a|running since|starting|kick off the play",
    Cue.RAISE: """raised|raise|opened|report(ed)|reported|come up|came up|brought up|flagged|appear(ed)|arise|arose|
        occur|logged the blocker|found|arisen|popped up|pop up|emerged|emerge|crop up|cropped up|set in|surfaced|
        surface|begin to block|been open|open since|first raised|opened up|turn up""",
    Cue.ADD: """added|add|joined|join|came on|come on|came onto|come onto|put on the list|named this|newly added|
        added to the list|got on the list|get on the list|put on our list|entered the list|new entries|nominate(d)|
        nominated|brought in|got added|been added|get added|made the list|make the list|came on the list|
        come on the list|added on|got onto|get onto|put on|goes on the list|went on the list|got named|gets named|
        suggested it|suggested them|proposed it|taken on|took on|onto the list|onto our list""",
    Cue.LEAVE: "left|leave|leaving|leaves|gone off|exit|exited",
    Cue.PROMOTE: """promoted|promote|promotion(s)|moved up a tier|up a tier|upgraded tier|upgraded to|tiered up|
        promoting|moved up to|tier up|bumped up|raised to|lifted to|tier upgrade(s)""",
    Cue.DEMOTE: """demoted|demote|demotion(s)|downgraded|downgrade(s)|moved down a tier|down a tier|tiered down|
        demoting|moved down to|tier down|bumped down|lowered to|relegated|tier downgrade(s)|dropped to|put down to""",
    Cue.RECORD: """recorded|record|logged|log|entered|enter|noted|wrote|written|say so|said so|said that|says so|
        put in|typed in|documented|put that in|told us|reported that|entered that|update it|updated it|updated|
        edited|edit|said|says|say|claims that|write|captured|filed|put it in|touched it|touched last|
        touched this|last touched|made the entry|entered this|came up with that|claimed it|claimed that|updates|
        set it|set that|did the update|kept up to date|posted""",
    Cue.DISCUSS: """discuss(ed)|discuss|talk about|talked about|reviewed|review it|go over|went over|
        looked at in a review|on the agenda|come up in the review|meet on|meet about|met about|met on|talk through|
        meet|get together|sit down|meeting about|hold the|held|hold a|hold|come together|convene|speak about|spoke about""",
    Cue.PROPOSE: "",
    Cue.BUYER_DID: """did the buyer do|has the buyer done|buyer did|did they do|the buyer do|buyer side do|
        has the buyer|the buyer done|did the customer do|did the client do|from the buyer side|buyer side|
        buyer done|customer done|did the buyer|on their side|their side|buyers do|proof that they|proof that|
        what shows|shows that|show that they|demonstrates|proves|prove|proven by|backs up|backed by|
        what proves|do for us""",
    Cue.ON_OUR_SIDE: """on our side|our side|internally|from our side|on our end|in our company|in house|inhouse|
        at our end|from our end|from us|among us|with us""",
    Cue.DOING: """send|sends|sent|sending|call|calls|called|calling|prepare(s)|prepared|preparing|write|writes|book|books|
        booked|arrange(s)|arranged|organise|organised|organize|organized|email|emails|ring|phone|phones|draft|drafts|
        drafted|set up|invite(s)|invited|schedule|schedules|chase|chases|chased|follow up with|followed up|answer|
        collect|check(s)|checked|create(s)|created|build|builds|built|run|ran|present(s)|presented|hand over|pay|
        order|ask for|submit|submits|submitted|upload|introduce|introduced|visit the|talk through with|
        get back to|handed over|worked on|make|made|host the|dealing|tackling|picks up|pick up|do the|does the|
        sort out|sorts out|help with|helps with""",
    Cue.IN_STAGE: "in stage|in its stage|in this stage|in that stage|at this stage|in their stage|in the same stage|in the stage|in current stage|in the current stage|in its current stage",
}

STANDS_ON: dict[Cue, str] = {
    Cue.ME: "me|i|ive|im|ill|id|myself",
    Cue.MY: "my|mine|my own|of mine|mines|me own",
    Cue.US: "we|us|our|ours|weve|were we|ourselves|my team|our own",
    Cue.IT: """it|its|this account|that account|this one|this company|the account|this customer|that company|
        the company|the same account|that one|the customer|itself|them account|this client|that customer""",
    Cue.THEY: "they|them|their|theirs|those|these|both|both of them|those ones|these ones|theyre|theyve|all of them|of those|of these|of them|the two",
    Cue.PERSON: "he|she|him|his|her|hers|hes|shes|himself|herself",
    Cue.THAT: "that|this|thats|thing",
    Cue.ONLY: "only|just|solely|exclusively|nothing but|purely|merely|narrow to|narrow down to|limit to|restrict to|filter by|filter to|filter on",
    Cue.ALL: """all|everything|everybody|everyone|every|whole|entire|everyones|everybodys|all of it|all of the|
        full|complete list|anybodys|anyones|regardless|no matter|any kind|whole list|in general|globally""",
    Cue.OTHER: "other|the other|another|other one|the other one|the others one|a different|different",
    Cue.OTHERS: "others|the others|the rest|rest|more|else|who else|what else|any others|any more|some more|the remaining|other ones|further ones|what more|anything else|anyone else|anybody else",
    Cue.CORRECTION: """no i mean|i mean|i meant|sorry|no not|not that|not that one|wrong one|wrong|rather|instead|oops|
        actually|no sorry|no wait|wait|correction|nope|my bad|i was asking about|mistake|whoops|scratch that|
        thats not|thats wrong|meant|ment|typo|no i meant|make that|not this one|not him|not her|no no|i said""",
    Cue.SAME: "same|the same|again|same for|same thing|same question|likewise|ditto|same again|same with|repeat|once more|once again|as well|too|the same for",
    Cue.YES: "yes|yep|yeah|yup|ok|okay|sure|yes please|go ahead|please do|right|correct|exactly|sure thing|y e s|of course|do it|go on",
    Cue.FIRST: "first|1st|former|first one|the first",
    Cue.SECOND: "second|2nd|latter|second one|the second",
    Cue.THIRD: "third|3rd|third one|the third",
    Cue.HERE: "here|in here|in this channel|this channel|there|over there|in this room|on this account|on this one|at this account",
}
