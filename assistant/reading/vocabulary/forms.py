"""Words that say the form of an answer, its order and number."""

from assistant.reading.vocabulary.cues import Cue

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
